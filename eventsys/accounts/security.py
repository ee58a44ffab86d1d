"""Flask-Security, set up for us: sign-in, sign-out and lost passwords; nobody registers by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, request
from flask_security import (
    MailUtil,
    PasswordUtil,
    Security,
    SQLAlchemyUserDatastore,
    reset_password_instructions_sent,
    user_authenticated,
)

from config import ROOT
from eventsys.accounts import forms
from eventsys.accounts.models import Role, User
from eventsys.accounts.rules import SHORTEST_PASSWORD, Allow, check_password
from eventsys.accounts.texts import MESSAGES, TEXTS
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import page_language
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import sentence_of
from eventsys.mail import actions as mail

LOST_PASSWORD_LASTS = timedelta(hours=2)
STAY_SIGNED_IN = timedelta(days=14)
NORMAL_FORM = "NFKD"  # In which passwords are compared: å typed as one sign or as two is the same.

# Whom the library's own pages let in.
PAGES = {
    "security.login": frozenset({Allow.PUBLIC}),
    "security.logout": frozenset({Allow.PUBLIC}),
    "security.forgot_password": frozenset({Allow.PUBLIC}),
    "security.reset_password": frozenset({Allow.PUBLIC}),
    "security.change_password": frozenset({Allow.SIGNED_IN}),
}

# How often one address may try, and how often anybody may try one account.
TRIES = {
    "security.login": "10 per minute; 60 per hour",
    "security.forgot_password": "5 per minute; 20 per hour",
    "security.reset_password": "10 per minute; 60 per hour",
    "security.change_password": "10 per minute; 60 per hour",
}
TRIES_OF_ONE_ACCOUNT = {"security.login": "100 per hour", "security.forgot_password": "6 per hour"}

datastore = SQLAlchemyUserDatastore(db, User, Role)


class OutboxMail(MailUtil):
    """Mails of the library: our own words, in the reader's language, by our outbox."""

    def send_mail(  # noqa: PLR0917 - the library's signature
        self,
        template: str,
        subject: str,  # noqa: ARG002 - the first line of our template
        recipient: str | tuple[str, str],  # noqa: ARG002 - the user's
        sender: str | tuple[str, str],  # noqa: ARG002 - the outbox knows the sender
        body: str | None,  # noqa: ARG002 - none is rendered, see `settings`
        html: str | None,  # noqa: ARG002 - made of the same words by the outbox
        **context: Any,
    ) -> None:
        """Queue `templates/mail/accounts/<name>.txt` to the user; links start with the address in our settings."""
        user: User = context["user"]
        token = context.get("reset_token")
        mail.queue(
            f"accounts/{template.removeprefix('security/email/')}",
            to=user.email,
            language=page_language(user.language),
            now=clock.now(),
            about=f"user:{user.id}",
            name=user.name,
            link=address_of("security.reset_password", token=token)
            if token
            else address_of("security.forgot_password"),
            hours=int(LOST_PASSWORD_LASTS.total_seconds()) // 3600,
        )


class OurPasswords(PasswordUtil):
    """Which passwords are good enough is our rule."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: ARG002
        """What is wrong with a password, and the password in the form that is hashed."""
        user: User | None = kwargs.get("user")
        try:
            check_password(password, email=user.email if user else "", name=user.name if user else "")
        except Refusal as refusal:
            return [sentence_of(refusal, TEXTS)], self.normalize(password)
        return None, self.normalize(password)


def settings(*, fast_hashes: bool, is_secure: bool) -> dict[str, Any]:
    """The library's configuration. `fast_hashes` is for tests: argon2 with the smallest costs."""
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_NORMALIZE_FORM": NORMAL_FORM,
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": (
            {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1} if fast_hashes else {}
        ),
        "SECURITY_REGISTERABLE": False,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": True,
        "SECURITY_EMAIL_PLAINTEXT": False,  # The library renders nothing: OutboxMail does.
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_FRESHNESS": timedelta(seconds=-1),  # No page asks for the password a second time.
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_POST_LOGIN_VIEW": "/organise/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_RESET_VIEW": "/account/login",
        "SECURITY_POST_CHANGE_VIEW": "/organise/",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_RESET_PASSWORD_WITHIN": LOST_PASSWORD_LASTS,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_I18N_DOMAIN": "messages",
        "SECURITY_I18N_DIRNAME": str(ROOT / "translations"),
        **{f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()},
        "REMEMBER_COOKIE_DURATION": STAY_SIGNED_IN,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SECURE": is_secure,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
    }


def install(app: Flask) -> None:
    """Mount sign-in on the app."""
    Security(
        app,
        datastore,
        mail_util_cls=OutboxMail,
        password_util_cls=OurPasswords,
        login_form=forms.LoginForm,
        forgot_password_form=forms.ForgotPasswordForm,
        reset_password_form=forms.ResetPasswordForm,
        change_password_form=forms.ChangePasswordForm,
        register_blueprint=True,
    )
    app.login_manager.request_loader(None)  # type: ignore[attr-defined]  # Sessions alone: no token in a header or address signs anybody in.
    _limit(app)

    @user_authenticated.connect_via(app)
    def remember_when(_app: Flask, user: User, **_more: object) -> None:
        user.last_signed_in_at = clock.now()
        db.session.commit()

    @reset_password_instructions_sent.connect_via(app)
    def store_mail(_app: Flask, **_more: object) -> None:
        db.session.commit()  # The library's view is done here and commits nothing itself.


def _limit(app: Flask) -> None:
    for endpoint in TRIES:
        app.view_functions[endpoint] = _limited(endpoint, app.view_functions[endpoint])


@cache  # A limit counts as often as it was put on a view, and the library's views are the same for every app.
def _limited(endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
    limited: Callable[..., Any] = limiter.limit(TRIES[endpoint], methods=["POST"])(view)
    if endpoint in TRIES_OF_ONE_ACCOUNT:
        limited = limiter.limit(TRIES_OF_ONE_ACCOUNT[endpoint], key_func=_named_account, methods=["POST"])(limited)
    return limited


def _named_account() -> str:
    return f"account {request.form.get('email', '').strip().lower()[:200]}"
