"""Criteria, and what reviewers say against them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.accounts.models import User
from eventsys.applications.models import Application
from eventsys.base.db import Model, Texts, internal, personal, public
from eventsys.base.ids import new_code
from eventsys.organisations.rules.kinds import Kind
from eventsys.reviews.rules.recommendations import Recommendation

KEEP_DAYS = 365


class Criterion(Model):
    """What applications of an edition are judged by; stated in the call, so that everybody knows it beforehand."""

    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 10", name="weight"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    # Whom it is about; everybody where it is empty.
    kind: Mapped[Kind | None]
    label: Mapped[Texts] = public()
    help: Mapped[Texts] = public(default=dict)
    weight: Mapped[int] = mapped_column(default=1)
    retired_at: Mapped[datetime | None]


class Review(Model):
    """What one reviewer says of one application; who declares a conflict of interest recommends nothing."""

    __table_args__ = (
        UniqueConstraint("application_id", "user_id"),
        CheckConstraint("NOT has_conflict OR recommendation IS NULL", name="conflict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    recommendation: Mapped[Recommendation | None]
    has_conflict: Mapped[bool] = mapped_column(default=False)
    # Code of the criterion → 1 to 5.
    scores: Mapped[dict[str, Any]] = internal(default=dict)
    comment: Mapped[str] = personal("the reviewer's words", keep_days=KEEP_DAYS, default="")
    reviewed_at: Mapped[datetime]
    application: Mapped[Application] = relationship(lazy="joined")
    user: Mapped[User] = relationship(lazy="joined")
