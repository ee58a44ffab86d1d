"""People who sign in. The columns that Flask-Security asks for keep its names."""

from __future__ import annotations

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.base.db import Model, internal, personal

ADMINISTRATOR = "administrator"
KEEP_DAYS = 365


class UserRole(Model):
    """That somebody has an installation-wide role."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)


class Role(Model, RoleMixin):
    """An installation-wide role; there is one, the administrator's. Roles in an edition are its team's."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = internal(unique=True)
    description: Mapped[str | None] = internal()


class User(Model, UserMixin):
    """Somebody who runs events: administrator of the installation, or on the team of editions."""

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = personal("signs in and is reached by it", keep_days=KEEP_DAYS, unique=True)
    name: Mapped[str] = personal("colleagues see who did what", keep_days=KEEP_DAYS)
    # Hashed with argon2id by Flask-Security; empty until an invitation is taken up.
    password: Mapped[str | None] = internal()
    active: Mapped[bool] = mapped_column(default=True)
    # Changing it ends all sessions and links of this person (Flask-Security).
    fs_uniquifier: Mapped[str] = internal(unique=True)
    language: Mapped[str] = internal(default="da")
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    roles: Mapped[list[Role]] = relationship(secondary="user_role", lazy="selectin")  # type: ignore[assignment]

    @property
    def is_administrator(self) -> bool:
        """Whether this person runs the installation."""
        return any(role.name == ADMINISTRATOR for role in self.roles)

    @property
    def is_invited(self) -> bool:
        """Whether this person was invited and has no password yet."""
        return self.password is None
