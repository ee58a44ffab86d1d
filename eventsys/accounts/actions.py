"""Making the people who sign in."""

from __future__ import annotations

from datetime import datetime

from email_validator import EmailNotValidError, validate_email

from eventsys.accounts import queries
from eventsys.accounts.credentials import hashed
from eventsys.accounts.models import ADMINISTRATOR, Role, User
from eventsys.accounts.rules import Code, check_password
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_token
from eventsys.base.refusals import Refusal


def create_user(
    email: str,
    *,
    name: str,
    by: Actor,
    now: datetime,
    password: str = "",
    language: str = "da",
    is_administrator: bool = False,
) -> User:
    """Somebody who may sign in; without a password only once an invitation has been taken up.

    Refusal: EMAIL_SHAPE, EMAIL_TAKEN, NAME_MISSING, PASSWORD_LENGTH, PASSWORD_GUESSABLE.
    """
    address = _address(email)
    if queries.by_email(address) is not None:
        raise Refusal(Code.EMAIL_TAKEN, field="email", email=address)
    if not name.strip():
        raise Refusal(Code.NAME_MISSING, field="name")
    user = User(
        email=address,
        name=name.strip(),
        password=hashed(check_password(password, email=address, name=name)) if password else None,
        active=True,
        fs_uniquifier=new_token(),
        language=language,
        created_at=now,
        roles=[_administrator()] if is_administrator else [],
    )
    db.session.add(user)
    db.session.flush()  # The audit entry names the key.
    record("accounts.created", "user", str(user.id), by=by, now=now)
    return user


def take_up(user: User, *, password: str, now: datetime) -> None:
    """Set the first password of somebody who was invited; the link is spent. Refusal: PASSWORD_*."""
    user.password = hashed(check_password(password, email=user.email, name=user.name))
    user.fs_uniquifier = new_token()
    record("accounts.taken_up", "user", str(user.id), by=Actor("user", str(user.id)), now=now)


def forget(user: User, *, by: Actor, now: datetime) -> None:
    """Delete somebody who was invited and never came; their link stops working."""
    record("accounts.forgotten", "user", str(user.id), by=by, now=now)
    db.session.delete(user)


def _address(email: str) -> str:
    try:
        # An association's own server may be called `localhost` or end in `.test`; whether mail arrives, mail tells.
        checked = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Refusal(Code.EMAIL_SHAPE, field="email", email=email.strip()) from None
    return checked.normalized.lower()


def _administrator() -> Role:
    role = queries.role_named(ADMINISTRATOR)
    if role is None:
        role = Role(name=ADMINISTRATOR, description=None)
        db.session.add(role)
    return role
