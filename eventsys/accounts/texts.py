"""The sentences for the codes of `rules`, and what the sign-in library says, in our words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.accounts.rules import Code

TEXTS = {
    Code.EMAIL_SHAPE: _("“%(email)s” is not a mail address."),
    Code.EMAIL_TAKEN: _("Somebody with the address %(email)s can sign in already."),
    Code.NAME_MISSING: _("Give the person's name."),
    Code.PASSWORD_LENGTH: _("Use %(shortest)s to %(longest)s characters; three or four words do well."),
    Code.PASSWORD_GUESSABLE: _("This password is easy to guess. Choose one without your name, with different letters."),
}


def N_(text: str) -> str:  # noqa: N802 - the name by which the collector of texts knows a text that is translated later
    """The text itself; the library translates it when it is said."""
    return text


# What Flask-Security says. One answer for all failures of sign-in, and one for every address that asks for a new
# password, so that nobody learns who has an account.
MESSAGES = {
    "API_ERROR": (N_("That wasn't understood. Reload the page and try again."), "error"),
    "DISABLED_ACCOUNT": (N_("This account is closed. Ask an administrator."), "error"),
    "EMAIL_NOT_PROVIDED": (N_("Give your mail address."), "error"),
    "FORGOT_PASSWORD": (N_("Forgot your password?"), "info"),
    "GENERIC_AUTHN_FAILED": (N_("Mail address or password is wrong."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("This is not a mail address."), "error"),
    "INVALID_PASSWORD": (N_("This is not your password."), "error"),
    "INVALID_REDIRECT": (N_("We don't lead to other sites. Sign in, then choose the page."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (N_("This link doesn't work any more. Ask for a new one."), "error"),
    "PASSWORD_CHANGE": (N_("Your password is changed."), "success"),
    "PASSWORD_IS_THE_SAME": (N_("Choose another password than the one you have."), "error"),
    "PASSWORD_NOT_PROVIDED": (N_("Give a password."), "error"),
    "PASSWORD_RESET": (N_("Your new password is set."), "success"),
    "PASSWORD_RESET_EXPIRED": (N_("This link is too old. Ask for a new one."), "error"),
    "PASSWORD_RESET_NO_LOGIN": (N_("Your new password is set. Sign in with it."), "success"),
    "PASSWORD_RESET_REQUEST": (
        N_("If %(email)s can sign in here, a mail with a link is on its way. Look in the spam folder too."),
        "info",
    ),
    "RETYPE_PASSWORD_MISMATCH": (N_("The two passwords are not the same."), "error"),
    "UNAUTHENTICATED": (N_("Sign in first."), "info"),
    "UNAUTHORIZED": (N_("This page is not open to you."), "error"),
    "USER_DOES_NOT_EXIST": (N_("Mail address or password is wrong."), "error"),
}
