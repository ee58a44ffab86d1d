"""Hashes of passwords, and the signed link by which somebody invited chooses the first one."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from flask import current_app
from flask_security import hash_password
from itsdangerous import BadSignature, URLSafeSerializer

from eventsys.accounts import queries
from eventsys.accounts.models import User
from eventsys.base.rendering import address_of

INVITATION_LASTS = timedelta(days=3)


def hashed(password: str) -> str:
    """A password's hash, of the form that sign-in compares with: it normalises to NFKD, so must we."""
    hashed_password: str = hash_password(unicodedata.normalize("NFKD", password))
    return hashed_password


def invitation_link(user: User, *, now: datetime) -> str:
    """The address at which this person sets the first password: for three days, and once."""
    until = int((now + INVITATION_LASTS).timestamp())
    return address_of("accounts.take_up", token=_serializer().dumps([user.fs_uniquifier, until]))


def invited_by(token: str, *, now: datetime) -> User | None:
    """Whom a link invites; None when it is forged, too old, or taken up already."""
    try:
        uniquifier, until = _serializer().loads(token)
    except (BadSignature, ValueError):
        return None
    user = queries.by_uniquifier(str(uniquifier))
    is_open = user is not None and user.active and user.password is None and now.timestamp() < until
    return user if is_open else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="invitation")
