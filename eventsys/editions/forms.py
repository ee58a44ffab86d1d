"""Inviting to the team of an edition."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField
from wtforms.validators import InputRequired

from eventsys.accounts.rules import Role
from eventsys.base.fields import clean_line, line
from eventsys.base.i18n import LANGUAGES
from eventsys.editions.texts import ROLE_HINTS, ROLES


class InviteForm(FlaskForm):
    name = line(_("Name"), InputRequired(_("Give the person's name.")))
    email = EmailField(_("Mail address"), validators=[InputRequired(_("Give a mail address."))], filters=[clean_line])
    role = RadioField(
        _("Role"),
        coerce=Role,
        choices=[(role.value, role) for role in Role],
        validators=[InputRequired(_("Choose a role."))],
    )
    language = SelectField(_("Language of the mail"), choices=list(LANGUAGES.items()), default="da")

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = [(role.value, f"{ROLES[role]}: {ROLE_HINTS[role]}") for role in Role]
