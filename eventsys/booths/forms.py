"""The forms of placing by hand, of the rules, and of the arrivals of vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FileField, RadioField, SelectField, TimeField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsys.base import fields
from eventsys.base.fields import Form, Needed, WholeNumberField
from eventsys.base.i18n import plain_number
from eventsys.base.spreadsheet import number
from eventsys.booths.rules.arrivals import LONGEST_MINUTES, MOST_AT_ONCE, SHORTEST_MINUTES
from eventsys.booths.rules.import_pitches import FLAGS
from eventsys.booths.rules.rulebook import MOST_WEIGHT, TURNING, WITHOUT_WEIGHT, Rule, Rulebook, Setting
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.booths.texts import DISTANCES, OFFERS, PITCHES, RULES, VEHICLES, WITH_DISTANCE, rule_called

MOST_METRES = 500
WHOLE = _("Give a whole number, %(min)s to %(max)s.")


class GroundForm(Form):
    pitches = FileField(
        _("Pitches (GeoJSON or CSV)"),
        description=_(
            "GeoJSON as any map program exports it, in WGS 84; or a sheet with the columns number, width_m, depth_m, longitude and "
            "latitude. A sheet may leave out what shall stay as it is."
        ),
    )
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
    days = fields.CheckboxesField(
        _("On these days alone"),
        coerce=int,
        description=_("None chosen: on all of its days. On the others it stays where it is."),
    )
    reason = fields.line(_("Why a rule may be broken"), description=_("Kept, and printed on the plan."))

    def __init__(self, days: Iterable[int] = (), **more: Any) -> None:
        super().__init__(**more)
        _offer_days(self, days)

    def pitches(self) -> list[str]:
        """The numbers that are written."""
        return [one for one in re.split(r"[\s,;+]+", self.numbers.data or "") if one]

    def on_days(self) -> frozenset[int]:
        """The days that are chosen, none for all."""
        return _days_chosen(self)


def _offer_days(form: Any, days: Iterable[int]) -> None:
    """Some of several days may be chosen; where there is but one, nothing is asked."""
    form.days.choices = [(day, gettext("Day %(number)s", number=day)) for day in days]
    if len(form.days.choices) < 2:
        del form.days


def _days_chosen(form: Any) -> frozenset[int]:
    return frozenset(form.days.data or ()) if "days" in form else frozenset()


class WishForm(Form):
    zone = SelectField(_("Into this zone"), description=_("Zones are told with the pitches."))
    wants_two = BooleanField(_("Two pitches side by side"))

    def __init__(self, zones: Iterable[str], **more: Any) -> None:
        super().__init__(**more)
        self.zone.choices = [("", gettext("Wherever it fits")), *((zone, zone) for zone in zones)]


class AwayForm(Form):
    class Meta:
        csrf = False  # The app checks every POST; with the prefix, the token would have another name.

    other = SelectField(_("Not near to"), validate_choice=False, validators=[Needed()])
    reason = fields.text(
        _("Why"),
        Needed(),
        description=_("For organisers alone: no participant, reviewer or supervisor sees it, and no file holds it."),
    )

    def __init__(self, others: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(prefix="away", **more)
        self.other.choices = list(others)


class SwapForm(Form):
    class Meta:
        csrf = False  # The app checks every POST; with the prefix, the token would have another name.

    other = SelectField(
        _("Change places with"),
        description=_("Those with whom no rule would be broken come first; reckoned for all of their days."),
        validate_choice=False,
        validators=[Needed()],
    )
    days = fields.CheckboxesField(
        _("On these days alone"),
        coerce=int,
        description=_("None chosen: on all of their days. On the others both stay where they are."),
    )
    reason = fields.line(_("Why a rule may be broken"), description=_("Kept, and printed on the plan."))

    def __init__(self, others: Mapping[str, list[tuple[str, str]]], days: Iterable[int] = ()) -> None:
        super().__init__(prefix="swap")
        self.other.choices = dict(others)
        _offer_days(self, days)

    def on_days(self) -> frozenset[int]:
        """The days that are chosen, none for all."""
        return _days_chosen(self)


def metres(_form: Form, field: Any) -> None:
    """A validator: metres with a decimal comma or point, or nothing."""
    found = number(field.data) if field.data else None
    if field.data and (found is None or not 0 <= found <= MOST_METRES):
        raise ValidationError(gettext("Give metres, 0 to %(most)s.", most=MOST_METRES))


def rules_form(rulebook: Rulebook) -> Any:
    """A form with the weight of every rule that has one, and the distance of every rule over one.

    `named` of a field says which rule it belongs to, for where it stands apart from it.
    """
    made: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for rule in RULES:
        setting = rulebook.of(rule)
        if rule not in WITHOUT_WEIGHT:
            least = -MOST_WEIGHT if rule in TURNING else 0
            made[f"weight_{rule}"] = WholeNumberField(
                _("Points"), validators=[Needed(), Optional(), NumberRange(least, MOST_WEIGHT, WHOLE)]
            )
            given[f"weight_{rule}"] = setting.weight
        if rule in WITH_DISTANCE:
            made[f"distance_{rule}"] = fields.number(DISTANCES[rule], Needed(), metres)
            given[f"distance_{rule}"] = plain_number(setting.distance_m)
        made[f"source_{rule}"] = fields.line(_("Who says so"))
        given[f"source_{rule}"] = setting.source
    form = type("RulesForm", (Form,), made)(data=given)
    for rule in RULES:
        for name in (f"weight_{rule}", f"distance_{rule}", f"source_{rule}"):
            if name in form:
                called = rule_called(rule, is_turned=rulebook.is_turned(rule))
                form[name].named = f"{called}: {form[name].label.text}"
    return form


def settings_of(form: Any, rulebook: Rulebook) -> dict[Rule, Setting]:
    """What the form says; where it is empty, what holds."""
    found = {}
    for rule in RULES:
        weight, distance = form[f"weight_{rule}"].data if f"weight_{rule}" in form else 0, rulebook.of(rule).distance_m
        if f"distance_{rule}" in form and form[f"distance_{rule}"].data:
            distance = float(number(form[f"distance_{rule}"].data) or 0)
        usual = rulebook.of(rule).weight if weight is None else weight
        found[rule] = Setting(usual, distance, form[f"source_{rule}"].data or "")
    return found


def whole(label: Any, least: int, most: int) -> Any:
    """A field for a whole number between two."""
    bounds = NumberRange(least, most, WHOLE)
    return WholeNumberField(label, validators=[InputRequired(_("Give a number.")), bounds])


class KerbForm(Form):
    most_vehicles = whole(_("Vehicles at once"), 1, MOST_AT_ONCE)
    entered_at = RadioField(_("Vehicles drive in at"), validators=[InputRequired(_("Say where they drive in."))])
    route_da = fields.text(
        _("The way there in Danish"), description=_("From where, by which street, and where out again.")
    )
    route_en = fields.text(_("The way there in English"))
    route_ar = fields.text(_("The way there in Arabic"))

    def offer(self, first: str, last: str) -> None:
        """Name the two ends by the pitches that lie there."""
        self.entered_at.choices = [
            ("start", str(gettext("the end where %(number)s lies", number=first))),
            ("end", str(gettext("the end where %(number)s lies", number=last))),
        ]


class SlotsForm(Form):
    side = SelectField(_("Side of the street"), validators=[InputRequired()])
    day = SelectField(_("Day"), coerce=int, validators=[InputRequired()])
    since = TimeField(_("From"), validators=[InputRequired(_("Give a time, such as 06:00."))])
    until = TimeField(_("Until"), validators=[InputRequired(_("Give a time, such as 06:00."))])
    minutes = whole(_("Minutes for each"), SHORTEST_MINUTES, LONGEST_MINUTES)
    most_vehicles = whole(_("Vehicles at once"), 1, MOST_AT_ONCE)


class MoveForm(Form):
    class Meta:
        csrf = False  # The app checks every POST; with the prefix, the token would have another name.

    slot = SelectField(_("Another time"), validate_choice=False, validators=[Needed()])

    def __init__(self, day: int, slots: Iterable[tuple[str, str]]) -> None:
        super().__init__(prefix=f"day{day}")
        self.slot.choices = list(slots)


class VehicleForm(Form):
    kind = SelectField(_("What drives up to the booth"), validators=[Optional()])

    def __init__(self, kind: VehicleKind | None = None) -> None:
        super().__init__(data={"kind": kind.value if kind else ""})
        self.kind.choices = [("", gettext("not known")), *((one.value, str(word)) for one, word in VEHICLES.items())]

    def chosen(self) -> VehicleKind | None:
        """What is chosen; None for not known."""
        return VehicleKind(self.kind.data) if self.kind.data else None
