"""Reading the people who sign in."""

from __future__ import annotations

from sqlalchemy import func, select

from eventsys.accounts.models import User
from eventsys.base.db import db


def by_email(email: str) -> User | None:
    """The person who signs in with this address, however it is spelled."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def how_many() -> int:
    """How many people may sign in."""
    return db.session.scalar(select(func.count()).select_from(User)) or 0
