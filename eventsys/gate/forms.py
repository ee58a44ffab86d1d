"""Adding gates and letting phones in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, cast

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import TextInput

from eventsys.base.clock import COPENHAGEN
from eventsys.base.fields import CheckboxesField, Form, Needed, WholeNumberField, line
from eventsys.base.i18n import LANGUAGES, in_language
from eventsys.base.ids import ALPHABET
from eventsys.editions.models import Gate
from eventsys.gate.correcting_shown import QuarterToType
from eventsys.gate.messages import MessageSaid
from eventsys.gate.rules.correcting import LONGEST_REASON, Counted, time_on
from eventsys.gate.rules.days import DayWindow
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.intake import MOST_TALLY
from eventsys.gate.rules.messages import LONGEST_MESSAGE
from eventsys.gate.rules.scans import Direction
from eventsys.gate.ruling import Wanted
from eventsys.gate.texts import DEVICE_ROLES, DIRECTIONS
from eventsys.gate.zones import ZoneSaid
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.texts import KINDS

EVERY_GATE = "*"  # No gate has such a code.
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class AddGateForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    code = line(_("Code"), DataRequired(_("Give the gate a code.")), longest=6)
    name_da = line(_("Name in Danish"), DataRequired(_("Give the gate a name.")))
    name_en = line(_("Name in English"))
    name_ar = line(_("Name in Arabic"))


def people(label: Any) -> Any:
    """A field for a number of people that may stay empty."""
    return WholeNumberField(
        label, validators=[Optional()], description=_("People at once. Empty when nobody has set it.")
    )


class ZoneForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    code = line(_("Code"), DataRequired(_("Give the zone a code.")), longest=6)
    name_da = line(_("Name in Danish"), DataRequired(_("Give the zone a name.")))
    name_en = line(_("Name in English"))
    name_ar = line(_("Name in Arabic"))
    capacity = people(_("How many it holds"))
    gates = CheckboxesField(_("Gates that lead into it"))

    def offer(self, gates: Sequence[Gate], *, is_new: bool) -> None:
        """The gates to choose from; the code of a zone that is there stays."""
        self.gates.choices = [(gate.code, f"{gate.code} – {in_language(gate.name)}") for gate in gates]
        if not is_new:
            del self.code

    def said(self) -> ZoneSaid:
        """What was said."""
        name = {language: self[f"name_{language}"].data or "" for language in LANGUAGES}
        code = (self.code.data or "") if "code" in self else ""
        return ZoneSaid(code, name, self.capacity.data, self.gates.data or ())


class CapacityForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    capacity = people(_("How many the whole site holds"))


class RuleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    kinds = CheckboxesField(
        _("Kinds of pass"),
        validators=[Needed()],
        coerce=int,
        choices=[(kind.value, word) for kind, word in KINDS.items()],
    )
    begins = TimeField(
        _("Comes in from"), validators=[Optional()], description=_("Leave both times empty for any hour of the day.")
    )
    ends = TimeField(
        _("Comes in until"), validators=[Optional()], description=_("May be past midnight, such as 02:00.")
    )
    is_shut = BooleanField(_("Nobody comes in here on this day"))
    on_all_days = BooleanField(_("The same on every day"))

    def wanted(self) -> Wanted:
        """What was said."""
        kinds = frozenset(PassKind(value) for value in self.kinds.data or ())
        return Wanted(kinds, not self.is_shut.data, self.begins.data, self.ends.data)


class PeopleField(WholeNumberField):
    """A number of people, at least so many. What is none stays as it was typed, and is told once.

    In a browser's own field for numbers it would be lost, and a turn of the wheel would change what was typed.
    """

    widget = TextInput()

    def __init__(self, label: Any, least: int, *validators: Any, **more: Any) -> None:
        bounds = NumberRange(least, MOST_TALLY, _("Give a whole number, %(min)s to %(max)s."))
        super().__init__(label, [*validators, bounds], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        if "".join(valuelist).strip():
            try:
                super().process_formdata(valuelist)
            except ValueError:
                self.data = -1


def why(label: Any) -> Any:
    """A field for a reason, which goes into the log."""
    return line(
        label,
        DataRequired(_("Say why.")),
        longest=LONGEST_REASON,
        description=_("Stays beside the figures for good. No names, please."),
    )


class ReasonForm(Form):
    reason = why(_("Why"))


class TakeBackForm(Form):
    ticket = HiddenField()
    is_whole = BooleanField()
    reason = why(_("Why"))

    def offer(self, others: int) -> None:
        """Whether to take back as well what was saved together with it, where there is something."""
        if others:
            words = ngettext(
                "And %(num)s count that was saved together with it",
                "And %(num)s counts that were saved together with it",
                others,
            )
            self.is_whole.label.text = words
        elif not self.is_submitted():
            del self.is_whole

    @property
    def takes_others(self) -> bool:
        """Whether they are taken back, too."""
        return "is_whole" in self and bool(self.is_whole.data)


class CorrectForm(Form):
    ticket = HiddenField()
    gate = SelectField(_("Gate"), validators=[InputRequired(_("Choose a gate."))])
    at = TimeField(_("Time"), validators=[InputRequired(_("Give a time, such as 14:30."))])
    direction = RadioField(
        _("Which way"), coerce=Direction, default=Direction.IN, validators=[InputRequired(_("Say which way."))]
    )
    change = RadioField(_("What to do"), validators=[InputRequired(_("Say whether people are added or taken off."))])
    people = PeopleField(_("How many people"), 1, InputRequired(_("Say how many people.")))
    reason = why(_("Why"))

    def offer(self, gates: Sequence[Gate]) -> None:
        """The gates and words to choose from."""
        named = [(gate.code, f"{gate.code} – {in_language(gate.name)}") for gate in gates]
        self.gate.choices = [("", gettext("Choose a gate.")), *named]
        self.direction.choices = [(one.value, word) for one, word in DIRECTIONS.items()]
        self.change.choices = [
            ("more", gettext("Add people to the count")),
            ("fewer", gettext("Take people off the count")),
        ]

    def counted(self, day: DayWindow) -> Counted:
        """What was said. Refusal(TIME_OUTSIDE_DAY)."""
        people, clock = cast("int", self.people.data), cast("time", self.at.data)
        signed = people if self.change.data == "more" else -people
        return Counted(self.direction.data, time_on(day, clock, zone=COPENHAGEN), signed)


class SheetForm(Form):
    """Counts from paper; `sheet_form` gives it a field for each quarter of an hour and direction."""

    ticket = HiddenField()
    reason = why(_("Why, for all of them"))
    quarters: tuple[datetime, ...] = ()

    def number(self, at: datetime, direction: str) -> Any:
        """The field for a quarter of an hour."""
        return self[_cell(at, direction)]

    def counted(self) -> list[Counted]:
        """What was typed, in order of time; empty fields and noughts are nothing."""
        typed = [Counted(way, at, self.number(at, way).data or 0) for at in self.quarters for way in Direction]
        return [one for one in typed if one.people]


def sheet_form(sheet: Sequence[QuarterToType], **data: Any) -> SheetForm:
    """The form for the quarters of an hour of a sheet."""
    cells: dict[str, Any] = {"quarters": tuple(quarter.at for quarter in sheet)}
    for quarter in sheet:
        for direction, word in DIRECTIONS.items():
            label = gettext("%(direction)s, %(hours)s", direction=word, hours=quarter.words)
            cells[_cell(quarter.at, direction)] = PeopleField(label, 0, Optional())
    kind: Any = type("SheetFormHere", (SheetForm,), cells)
    return kind(data=data)  # type: ignore[no-any-return]


def _cell(at: datetime, direction: str) -> str:
    return f"{direction}_{at:%Y%m%dT%H%M}"


class MakeLinkForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    gate = SelectField(_("Gate"), validators=[InputRequired(_("Choose a gate."))])
    role = RadioField(
        _("What the phones may do"),
        coerce=DeviceRole,
        default=DeviceRole.SCAN,
        validators=[InputRequired(_("Choose what the phones may do."))],
    )
    valid_from = DateTimeLocalField(
        _("From"), format=MOMENT_FORMATS, validators=[InputRequired(_("Say when the shift begins."))]
    )
    valid_until = DateTimeLocalField(
        _("Until"), format=MOMENT_FORMATS, validators=[InputRequired(_("Say when the shift ends."))]
    )
    most_devices = WholeNumberField(
        _("How many phones"), validators=[InputRequired(_("Say how many phones."))], default=5
    )

    def offer(self, gates: Sequence[Gate]) -> None:
        self.gate.choices = [(gate.code, f"{gate.code} – {in_language(gate.name)}") for gate in gates]
        self.role.choices = [(role.value, DEVICE_ROLES[role]) for role in DeviceRole]


class MessageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    text = line(
        _("Message to the phones"),
        DataRequired(_("Write what the phones shall show.")),
        longest=LONGEST_MESSAGE,
        description=_("One sentence, such as “Close gate 3”. No names: every phone shows it."),
        render_kw={"data-longest": LONGEST_MESSAGE},
    )
    gate = SelectField(_("To which gate"), validators=[InputRequired(_("Choose a gate."))], default=EVERY_GATE)
    code = HiddenField(validators=[Optional(), Regexp(f"^[{ALPHABET}]{{8}}$")])

    def offer(self, gates: Sequence[Gate]) -> None:
        """The gates to choose from, all of them first."""
        self.gate.choices = [
            (EVERY_GATE, _("All gates")),
            *((one.code, f"{one.code} – {in_language(one.name)}") for one in gates),
        ]

    def said(self) -> MessageSaid:
        """What was said."""
        gate = "" if self.gate.data == EVERY_GATE else self.gate.data
        return MessageSaid(self.text.data or "", gate or "", self.code.data or "")


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    pass


class ImportScansForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    file = FileField(_("File of a phone"), description=_("As the scanner saves it: scans-….json."))
