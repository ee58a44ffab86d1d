"""Sign-in and passwords. The library brings the checks, we bring the words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_security.forms import ChangePasswordForm as LibraryChangePasswordForm
from flask_security.forms import EmailValidation, IsString, email_required, password_required, valid_user_email
from flask_security.forms import ForgotPasswordForm as LibraryForgotPasswordForm
from flask_security.forms import LoginForm as LibraryLoginForm
from flask_security.forms import ResetPasswordForm as LibraryResetPasswordForm
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired

from eventsys.base.fields import clean_line

TWO_PASSWORDS = _("The two passwords are not the same.")
NEW_PASSWORD_HINT = _(
    "At least 12 characters. Three or four words that don't belong together are good and easy to keep."
)


def _trimmed(typed: Any) -> Any:
    return (
        clean_line(typed) if isinstance(typed, str) else typed
    )  # Phones add a blank; a JSON request may send anything.


class LoginForm(LibraryLoginForm):
    email = EmailField(
        _("Mail address"), validators=[IsString(), email_required, EmailValidation(verify=False)], filters=[_trimmed]
    )
    password = PasswordField(_("Password"), validators=[IsString(), password_required])
    remember = BooleanField(_("Stay signed in on this device for two weeks"))


class ForgotPasswordForm(LibraryForgotPasswordForm):
    email = EmailField(
        _("Mail address"), validators=[IsString(), email_required, EmailValidation(verify=True), valid_user_email]
    )


class ResetPasswordForm(LibraryResetPasswordForm):
    password = PasswordField(
        _("New password"), validators=[IsString(), password_required], description=NEW_PASSWORD_HINT
    )
    password_confirm = PasswordField(
        _("New password once more"), validators=[IsString(), password_required, EqualTo("password", TWO_PASSWORDS)]
    )


class ChangePasswordForm(LibraryChangePasswordForm):
    password = PasswordField(_("Password that you have now"), validators=[IsString(), password_required])
    new_password = PasswordField(
        _("New password"), validators=[IsString(), password_required], description=NEW_PASSWORD_HINT
    )
    new_password_confirm = PasswordField(
        _("New password once more"), validators=[IsString(), password_required, EqualTo("new_password", TWO_PASSWORDS)]
    )


class TakeUpForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    password = PasswordField(
        _("Password"), validators=[InputRequired(_("Give a password."))], description=NEW_PASSWORD_HINT
    )
    password_confirm = PasswordField(
        _("Password once more"),
        validators=[InputRequired(_("Give the password once more.")), EqualTo("password", TWO_PASSWORDS)],
    )
