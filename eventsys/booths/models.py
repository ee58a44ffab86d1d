"""The street: boards, pitches, and plans that assign booths to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models import Application
from eventsys.base.db import Model, db, internal, public
from eventsys.base.ids import new_code
from eventsys.booths.rules.rulebook import Rule
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


class Site(Model):
    """The ground of an edition."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = public(default="")


class Board(Model):
    """An electric board."""

    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        CheckConstraint("capacity_watts >= 0", name="capacity_watts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = public()
    capacity_watts: Mapped[int]


class Pitch(Model):
    """A fixed place on the ground with what it offers."""

    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("width_cm > 0", name="width_cm"),
        CheckConstraint("depth_cm > 0", name="depth_cm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"), index=True)
    number: Mapped[str] = public()
    # Ring of [longitude, latitude], WGS 84, closed.
    polygon: Mapped[list[Any]] = public()
    width_cm: Mapped[int]
    depth_cm: Mapped[int]
    zone: Mapped[str] = public(default="")
    side: Mapped[str] = public(default="")
    # Distance along the kerb of `side`.
    along_cm: Mapped[int | None]
    has_three_phase: Mapped[bool] = mapped_column(default=False)
    has_water: Mapped[bool] = mapped_column(default=False)
    allows_gas: Mapped[bool] = mapped_column(default=False)
    allows_open_fire: Mapped[bool] = mapped_column(default=False)
    allows_amplified_sound: Mapped[bool] = mapped_column(default=False)
    has_vehicle_access: Mapped[bool] = mapped_column(default=False)
    is_step_free: Mapped[bool] = mapped_column(default=False)
    # Out of the way: who stood there comes first for another place the next time.
    is_remote: Mapped[bool] = mapped_column(default=False)
    board: Mapped[Board | None] = relationship(lazy="joined")


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


class StreetRule(Model):
    """How a rule between booths holds at an edition, where it isn't as usual."""

    __table_args__ = (
        UniqueConstraint("edition_id", "rule"),
        CheckConstraint("weight BETWEEN -50 AND 50", name="weight"),
        CheckConstraint("distance_cm BETWEEN 0 AND 50000", name="distance_cm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    rule: Mapped[Rule]
    weight: Mapped[int]
    distance_cm: Mapped[int] = mapped_column(default=0)


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
