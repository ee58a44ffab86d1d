"""Flask-Security, set up for us: sign-in, sign-out and lost passwords; nobody registers by themselves."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, hash_password, user_authenticated
from flask_security.signals import password_reset

from eventsys.accounts.models import Role, User
from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import current_language
from eventsys.mail import actions as mail

SHORTEST_PASSWORD = 12

# Whom the library's own pages let in.
PAGES = {
    "security.login": frozenset({Allow.PUBLIC}),
    "security.logout": frozenset({Allow.PUBLIC}),
    "security.forgot_password": frozenset({Allow.PUBLIC}),
    "security.reset_password": frozenset({Allow.PUBLIC}),
    "security.change_password": frozenset({Allow.SIGNED_IN}),
    "security.static": frozenset({Allow.PUBLIC}),
}

datastore = SQLAlchemyUserDatastore(db, User, Role)


class OutboxMail(MailUtil):
    """Mails of the library go through our outbox like all others."""

    def send_mail(  # noqa: PLR0917 - the library's signature
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002 - the outbox knows the sender
        body: str | None,
        html: str | None,  # noqa: ARG002 - made of the same words by the outbox
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Queue what the library has rendered."""
        address = recipient if isinstance(recipient, str) else recipient[1]
        mail.queue_text(
            str(subject),
            (body or "").strip(),
            to=address,
            language=current_language(),
            now=clock.now(),
            about="account",
            template=f"security/{template}",
        )


def settings(*, fast_hashes: bool) -> dict[str, Any]:
    """The library's configuration. `fast_hashes` is for tests: argon2 with the smallest costs."""
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_PASSWORD_HASH_OPTIONS": (
            {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1} if fast_hashes else {}
        ),
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_POST_LOGIN_VIEW": "/organise/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_RESET_VIEW": "/account/login",
        "SECURITY_POST_CHANGE_VIEW": "/organise/",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=3),
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    }


def install(app: Flask) -> None:
    """Mount sign-in on the app."""
    Security(app, datastore, mail_util_cls=OutboxMail, register_blueprint=True)

    @user_authenticated.connect_via(app)
    def remember_when(_app: Flask, user: User, **_more: object) -> None:
        user.last_signed_in_at = clock.now()
        db.session.commit()

    @password_reset.connect_via(app)
    def confirm(_app: Flask, user: User, **_more: object) -> None:
        user.active = True


def hashed(password: str) -> str:
    """A password's hash, of the form that sign-in compares with: it normalises to NFKD, so must we."""
    hashed_password: str = hash_password(unicodedata.normalize("NFKD", password))
    return hashed_password
