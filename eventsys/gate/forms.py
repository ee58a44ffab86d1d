"""Adding gates and letting phones in."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired

from eventsys.base.fields import line
from eventsys.base.i18n import in_language
from eventsys.editions.models import Gate
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.texts import DEVICE_ROLES

MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class AddGateForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    code = line(_("Code"), DataRequired(_("Give the gate a code.")), longest=6)
    name_da = line(_("Name in Danish"), DataRequired(_("Give the gate a name.")))
    name_en = line(_("Name in English"))
    name_ar = line(_("Name in Arabic"))


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


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    pass
