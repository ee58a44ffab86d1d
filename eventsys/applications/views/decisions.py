"""Decide now: each act stages a decision, which nobody is told before it is announced."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import panels, queries
from eventsys.applications.actions import decisions
from eventsys.applications.forms.deciding import DecisionForm
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import Act
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.organisers import application_page, news_since
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import has_arrived, moment_or_none, once_more_on_conflict, refusals_of
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition

ADDRESS = "/organise/<edition:edition>/applications/<code>"


def ways_to_limit(edition: Edition) -> dict[Code, tuple[str, str]]:
    """Where the limit is set, for who is refused because of it."""
    way = (str(_("Set the limit")), url_for("applications.call", edition=edition))
    return {Code.NO_PLACE: way, Code.OVER_LIMIT: way}


def _decide(edition: Edition, code: str, act: Act) -> ResponseReturnValue:
    application: Application = queries.find_in(edition, code, is_locked=True) or abort(404)
    form, back = DecisionForm(), url_for(".show", edition=edition, code=code)
    seen = moment_or_none(form.seen.data) or abort(400)
    news = news_since(application, form.read.data)
    is_stale = seen != application.changed_at
    with refusals_of(form, TEXTS, ways_to_limit(edition)):
        if form.validate_on_submit():
            check_is_free_to_decide(application)
            if news and not is_stale:
                raise Refusal(Code.WRITTEN_SINCE)
            asked = form.asked_words(request.form)
            decisions.decide_otherwise(
                application, act, by=actor(), now=clock.now(), note=form.note.data, kept=form.kept.data, asked=asked,
                seen=seen,
            )  # fmt: skip
            db.session.commit()
            flash(_decided(application), "success")
            if "note" in request.form:  # Not where what was staged is taken back: what is written beside it stays.
                has_arrived(f"{back}/decide")
            return redirect(back)
    page = application_page(application, form, seen=seen if is_stale else None, news=news)
    return page, 409 if is_stale or news else 422


def check_is_free_to_decide(application: Application) -> None:
    """Somebody who declared to be too near doesn't decide. Refusal with the objection's code."""
    user = signed_in_user()
    objection = panels.objection_to(application, user) if user else None
    if objection is not None:
        raise Refusal(objection)


def _decided(application: Application) -> str:
    name = application.organisation.name
    if decisions.is_staged(application):
        return str(_("Decided for %(name)s. Nobody is told before you announce it.", name=name))
    return str(_("The decision about %(name)s is taken back. Nobody was told of it.", name=name))


@bp.post(f"{ADDRESS}/approve")
@access(Allow.ORGANISER)
@once_more_on_conflict
def approve(edition: Edition, code: str) -> ResponseReturnValue:
    return _decide(edition, code, Act.APPROVE)


@bp.post(f"{ADDRESS}/waitlist")
@access(Allow.ORGANISER)
@once_more_on_conflict
def waitlist(edition: Edition, code: str) -> ResponseReturnValue:
    return _decide(edition, code, Act.WAITLIST)


@bp.post(f"{ADDRESS}/request-changes")
@access(Allow.ORGANISER)
@once_more_on_conflict
def request_changes(edition: Edition, code: str) -> ResponseReturnValue:
    return _decide(edition, code, Act.REQUEST_CHANGES)


@bp.post(f"{ADDRESS}/reject")
@access(Allow.ORGANISER)
@once_more_on_conflict
def reject(edition: Edition, code: str) -> ResponseReturnValue:
    return _decide(edition, code, Act.REJECT)


@bp.post(f"{ADDRESS}/reopen")
@access(Allow.ORGANISER)
@once_more_on_conflict
def reopen(edition: Edition, code: str) -> ResponseReturnValue:
    return _decide(edition, code, Act.REOPEN)
