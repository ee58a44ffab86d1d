"""The call of an edition: from when until when, how many of each kind, whom to reach."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import places
from eventsys.applications.forms.deciding import CallForm
from eventsys.applications.views.blueprint import bp
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions import actions as editions
from eventsys.editions.access import signed_in_user
from eventsys.editions.models import Edition
from eventsys.editions.texts import TEXTS as EDITION_TEXTS


@bp.route("/organise/<edition:edition>/call", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def call(edition: Edition) -> ResponseReturnValue:
    standings = queries.standings_of(edition)
    form = CallForm.of(edition, {kind: standing.places for kind, standing in standings.items()})
    with refusals_of(form, EDITION_TEXTS):
        if form.validate_on_submit():
            user = signed_in_user()
            by, now = Actor("user", str(user.id) if user else ""), clock.now()
            editions.settle_call(edition, form.terms(), by=by, now=now)
            for kind, number in form.limits().items():
                places.set_limit(edition, kind, number, by=by, now=now)
            db.session.commit()
            flash(_("The call is kept. It counts from this moment."), "success")
            return redirect(url_for(".call", edition=edition))
    page = render_template("applications/call.html", edition=edition, form=form, standings=standings)
    return page, 422 if form.is_submitted() else 200
