"""Plans that assign booths to pitches, and proposals in the making."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models import Application
from eventsys.base.db import Model, db, internal
from eventsys.base.ids import new_code
from eventsys.booths.models.ground import Pitch
from eventsys.editions.models import Day


class PlanState(StrEnum):
    """A plan is a draft until it is taken over; then the one before it is history."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class RunState(StrEnum):
    """Where a proposal in the making stands."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"


class Plan(Model):
    """A version of the whole allocation."""

    __table_args__ = (
        UniqueConstraint("site_id", "version"),
        Index(
            "uq_plan_published",
            "site_id",
            unique=True,
            sqlite_where=db.text("state = 'published'"),
            postgresql_where=db.text("state = 'published'"),
        ),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    # What the proposal said of itself: objective, bound, gap, status, unplaced with reasons.
    proposal: Mapped[dict[str, Any]] = internal(default=dict)


class Assignment(Model):
    """One booth on one pitch on one day, in one plan."""

    __table_args__ = (
        UniqueConstraint("plan_id", "pitch_id", "day_id"),
        # A hard rule that doesn't hold is kept with its reason and by hand alone, so that no proposal moves it.
        CheckConstraint("override_reason = '' OR is_locked", name="override_is_locked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitch.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("day.id"))
    # Fixed by hand: no proposal moves it.
    is_locked: Mapped[bool] = mapped_column(default=False)
    # Why an organiser lets it stand there although a hard rule says no.
    override_reason: Mapped[str] = internal(default="")
    pitch: Mapped[Pitch] = relationship(lazy="joined")
    application: Mapped[Application] = relationship(lazy="joined")
    day: Mapped[Day] = relationship(lazy="joined")


class ProposalRun(Model):
    """A proposal in the making: how far it is, whether somebody stops it, what came of it."""

    __table_args__ = (
        CheckConstraint("work > 0", name="work"),
        CheckConstraint("(finished_at IS NULL) = (state = 'queued' OR state = 'running')", name="finished"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[RunState] = mapped_column(default=RunState.QUEUED, index=True)
    work: Mapped[int]
    placed: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=0)
    bound: Mapped[int] = mapped_column(default=0)
    # Asked to stop: it ends with the best found.
    is_stopping: Mapped[bool] = mapped_column(default=False)
    # A refusal's code, where nothing came of it.
    trouble: Mapped[str] = internal(default="")
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
