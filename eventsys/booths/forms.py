"""The forms of placing by hand and of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FileField, IntegerField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional

from eventsys.base import fields
from eventsys.base.fields import Form, Needed
from eventsys.base.spreadsheet import number
from eventsys.booths.rules.import_pitches import FLAGS
from eventsys.booths.rules.rulebook import MOST_WEIGHT, ON_THE_GROUND, Rule, Rulebook, Setting
from eventsys.booths.texts import OFFERS, PITCHES, RULES, WITH_DISTANCE

MOST_METRES = 500
# Hard rules and what is measured on the drawing have no weight.
UNWEIGHED = {Rule.KEEP_APART, *ON_THE_GROUND}


class GroundForm(Form):
    pitches = FileField(_("Pitches (GeoJSON)"), description=_("As any map program exports them, in WGS 84."))
    boards = FileField(_("Electric boards (CSV)"), description=_("With the columns board and capacity_kw."))


class WaitingForm(Form):
    class Meta:
        csrf = False  # It only asks.

    who = fields.line(_("Name or number"))
    need = SelectField(_("Needs"), validate_choice=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        offers = [(key, str(OFFERS[name])) for key, name in FLAGS.items() if name in OFFERS]
        self.need.choices = [("", _("Anything")), ("power", _("power")), *offers]


class PitchesForm(Form):
    class Meta:
        csrf = False  # It only asks.

    pitch = fields.line(_("Pitch, board or name"))
    which = SelectField(_("Which"), validate_choice=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.which.choices = list(PITCHES.items())


class PlaceForm(Form):
    numbers = fields.line(
        _("Number of the pitch"), Needed(), description=_("Two neighbouring ones with a comma between.")
    )
    reason = fields.line(_("Why a rule may be broken"), description=_("Kept, and printed on the plan."))

    def pitches(self) -> list[str]:
        """The numbers that are written."""
        return [one for one in re.split(r"[\s,;+]+", self.numbers.data or "") if one]


class SwapForm(Form):
    class Meta:
        csrf = False  # The app checks every POST; with the prefix, the token would have another name.

    other = SelectField(_("With whom"), validate_choice=False, validators=[Needed()])
    reason = fields.line(_("Why a rule may be broken"), description=_("Kept, and printed on the plan."))

    def __init__(self, others: Iterable[tuple[str, str]]) -> None:
        super().__init__(prefix="swap")
        self.other.choices = list(others)


def metres(_form: Form, field: Any) -> None:
    """A validator: metres with a decimal comma or point, or nothing."""
    found = number(field.data) if field.data else None
    if field.data and (found is None or not 0 <= found <= MOST_METRES):
        raise ValidationError(gettext("Give metres, 0 to %(most)s.", most=MOST_METRES))


def rules_form(rulebook: Rulebook) -> Any:
    """A form with the weight of every rule that has one, and the distance of every rule over one."""
    made: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for rule, word in RULES.items():
        setting = rulebook.of(rule)
        if rule not in UNWEIGHED:
            bounds = NumberRange(-MOST_WEIGHT, MOST_WEIGHT, _("Give a whole number, %(min)s to %(max)s."))
            made[f"weight_{rule}"] = IntegerField(word, validators=[Needed(), Optional(), bounds])
            given[f"weight_{rule}"] = setting.weight
        if rule in WITH_DISTANCE:
            made[f"distance_{rule}"] = fields.number(_("Over so many metres"), Needed(), metres)
            given[f"distance_{rule}"] = f"{setting.distance_m:g}".replace(".", ",")
    return type("RulesForm", (Form,), made)(data=given)


def settings_of(form: Any, rulebook: Rulebook) -> dict[Rule, Setting]:
    """What the form says; where it is empty, what holds."""
    found = {}
    for rule in RULES:
        weight, distance = form[f"weight_{rule}"].data if f"weight_{rule}" in form else 0, rulebook.of(rule).distance_m
        if f"distance_{rule}" in form and form[f"distance_{rule}"].data:
            distance = float(number(form[f"distance_{rule}"].data) or 0)
        found[rule] = Setting(rulebook.of(rule).weight if weight is None else weight, distance)
    return found
