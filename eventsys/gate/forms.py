"""Adding gates and letting phones in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp

from eventsys.base.fields import CheckboxesField, Needed, line
from eventsys.base.i18n import LANGUAGES, in_language
from eventsys.base.ids import ALPHABET
from eventsys.editions.models import Gate
from eventsys.gate.messages import MessageSaid
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.messages import LONGEST_MESSAGE
from eventsys.gate.ruling import Wanted
from eventsys.gate.texts import DEVICE_ROLES
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
    return IntegerField(label, validators=[Optional()], description=_("People at once. Empty when nobody has set it."))


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
    most_devices = IntegerField(_("How many phones"), validators=[InputRequired(_("Say how many phones."))], default=5)

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
