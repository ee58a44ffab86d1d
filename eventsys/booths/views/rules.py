"""The rules of an edition's street: how much each wish weighs, and how far it reaches."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict
from eventsys.booths import queries
from eventsys.booths.actions import placing
from eventsys.booths.forms import rules_form, settings_of
from eventsys.booths.texts import RULE_HINTS, RULES
from eventsys.booths.views.blueprint import bp
from eventsys.editions.access import actor
from eventsys.editions.models import Edition


@bp.route("/organise/<edition:edition>/booths/rules", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def rules(edition: Edition) -> ResponseReturnValue:
    rulebook = queries.rulebook_of(edition)
    form = rules_form(rulebook)
    if form.validate_on_submit():
        placing.set_rules(edition, settings_of(form, rulebook), by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The rules are kept. They count for the next proposal."), "success")
        return redirect(url_for(".rules", edition=edition))
    page = render_template("booths/rules.html", edition=edition, form=form, rules=RULES, hints=RULE_HINTS)
    return page, 422 if form.is_submitted() else 200
