"""Inviting to the team of an edition."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired

from eventsys.accounts.rules import Role
from eventsys.base.fields import clean_line, line
from eventsys.base.i18n import LANGUAGES
from eventsys.editions.texts import ROLE_HINTS, ROLES


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    name = line(_("Name"), DataRequired(_("Give the person's name.")))
    email = EmailField(_("Mail address"), validators=[DataRequired(_("Give a mail address."))], filters=[clean_line])
    role = RadioField(_("Role"), validators=[InputRequired(_("Choose a role."))], choices=())
    language = SelectField(
        _("Language of the mail"),
        validators=[InputRequired()],
        choices=[SelectChoice(*item) for item in LANGUAGES.items()],
        default="da",
    )

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = [SelectChoice(role.value, f"{ROLES[role]}: {ROLE_HINTS[role]}") for role in Role]
