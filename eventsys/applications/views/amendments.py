"""Changes after an approval: the applicant takes one back, organisers agree or decline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import amendments
from eventsys.applications.forms.deciding import AmendmentForm
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.decisions import check_is_free_to_decide
from eventsys.applications.views.organisers import application_page
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import has_arrived, moment_or_none, once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition

ADDRESS = "/organise/<edition:edition>/applications/<code>"


@bp.post("/my/<code>/retract-change")
@access(Allow.APPLICANT)
@once_more_on_conflict
def retract_change(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    with refusals_of(None, TEXTS):
        amendments.retract(application, by=Actor("applicant", code), now=clock.now())
        db.session.commit()
        flash(_("Taken back. What we had agreed on holds."), "success")
    return redirect(url_for(".status", code=code))


@bp.post(f"{ADDRESS}/accept-change")
@access(Allow.ORGANISER)
@once_more_on_conflict
def accept_change(edition: Edition, code: str) -> ResponseReturnValue:
    return _answer(edition, code, amendments.accept, said=_("Agreed to the change of %(name)s, and mailed."))


@bp.post(f"{ADDRESS}/decline-change")
@access(Allow.ORGANISER)
@once_more_on_conflict
def decline_change(edition: Edition, code: str) -> ResponseReturnValue:
    return _answer(edition, code, amendments.decline, said=_("Declined the change of %(name)s, and mailed why."))


def _answer(edition: Edition, code: str, act: Callable[..., None], *, said: str) -> ResponseReturnValue:
    application = queries.find_in(edition, code, is_locked=True) or abort(404)
    form = AmendmentForm()
    seen: datetime = moment_or_none(form.seen.data) or abort(400)
    is_stale = seen != application.changed_at
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            check_is_free_to_decide(application)
            act(application, note=form.note.data, by=actor(), now=clock.now(), seen=seen)
            db.session.commit()
            flash(said % {"name": application.organisation.name}, "success")
            back = url_for(".show", edition=edition, code=code)
            has_arrived(f"{back}/change")
            return redirect(back)
    page = application_page(application, amendment_form=form, seen=seen if is_stale else None)
    return page, 409 if is_stale else 422
