"""Visitors take free passes; organisers say whether they may, and how many there are a day."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import current_language
from eventsys.base.ids import new_token
from eventsys.base.web.access import access
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.passes import queries
from eventsys.passes.actions import handing
from eventsys.passes.forms import TakeForm, VisitorsForm, code_by
from eventsys.passes.texts import TEXTS
from eventsys.passes.views.blueprint import bp

# A family's phones, and a mobile network's many customers, share one address.
OFTEN_ENOUGH = "60 per hour"


@bp.route("/<edition:edition>/pass", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(OFTEN_ENOUGH, methods=["POST"])
@once_more_on_conflict
def take(edition: Edition) -> ResponseReturnValue:
    if not edition.is_published:
        abort(404)
    sign_up, days = queries.visitor_sign_up(edition), handing.days_on_offer(edition, now=clock.now())
    left = handing.left_on(edition, sign_up, days)
    form = TakeForm(data={"ticket": new_token(), "people": "1"})
    form.offer(days, left)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            wanted = form.wanted(current_language())
            made = handing.take(
                edition, wanted, code=code_by(form.ticket.data, wanted), by=Actor("visitor"), now=clock.now()
            )
            db.session.commit()
            if made.email:
                flash(_("A mail with the link to this page is on its way to %(email)s.", email=made.email), "success")
            return redirect(url_for(".bundle", code=made.code))
    is_open = sign_up is not None and sign_up.is_open
    page = render_template("passes/take.html", edition=edition, form=form, days=days, left=left, is_open=is_open)
    return page, 422 if form.is_submitted() else 200


@bp.route("/organise/<edition:edition>/passes/visitors", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def visitors(edition: Edition) -> ResponseReturnValue:
    form = VisitorsForm.of(queries.visitor_sign_up(edition))
    if form.validate_on_submit():
        is_open, most = bool(form.is_open.data), form.most()
        handing.open_visitors(edition, is_open=is_open, most_per_day=most, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The sign-up for visitors is changed."), "success")
        return redirect(url_for(".visitors", edition=edition))
    taken = queries.visitors_by_day(edition)
    return render_template("passes/visitors.html", edition=edition, form=form, taken=taken), 422 if form.errors else 200
