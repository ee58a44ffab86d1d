"""Reading the people who sign in."""

from __future__ import annotations

from sqlalchemy import func, select

from eventsys.accounts.models import Role, User
from eventsys.base.db import db


def by_email(email: str) -> User | None:
    """The person who signs in with this address, however it is spelled."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def by_uniquifier(uniquifier: str) -> User | None:
    """The person whom sessions and links know by this secret."""
    return db.session.scalar(select(User).where(User.fs_uniquifier == uniquifier))


def role_named(name: str) -> Role | None:
    """The installation-wide role of that name, once somebody has it."""
    return db.session.scalar(select(Role).where(Role.name == name))


def how_many() -> int:
    """How many people may sign in."""
    return db.session.scalar(select(func.count()).select_from(User)) or 0
