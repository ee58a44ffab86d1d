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
from eventsys.booths.rules.rulebook import ON_THE_GROUND, WITHOUT_WEIGHT, Rule
from eventsys.booths.texts import HARD_RULES, RULE_HINTS, RULES, rule_called
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
    called = {rule: rule_called(rule, is_turned=rulebook.is_turned(rule)) for rule in RULES}
    page = render_template(
        "booths/rules.html", edition=edition, form=form, parts=_parts(), rules=called, hints=RULE_HINTS, hard=HARD_RULES
    )
    return page, 422 if form.is_submitted() else 200


def _parts() -> list[tuple[str, str, list[Rule]]]:
    """The rules as the page shows them: what a part is called and says, and its rules."""
    wishes = [rule for rule in RULES if rule not in WITHOUT_WEIGHT]
    return [
        (_("Hard rules"), _("No proposal breaks them; by hand they are broken only with a reason."), [Rule.KEEP_APART]),
        (_("Measured on the drawing"), _("What is too near or too narrow is listed beside the drawing."), list(ON_THE_GROUND)),
        (_("Wishes"), _("A booth that has a place counts 100 points. A wish counts what you give it here; 0 leaves it out."), wishes),
    ]  # fmt: skip
