"""The street: boards, pitches, and plans that assign booths to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models import Application
from eventsys.base.db import Model, db, internal, public
from eventsys.editions.models import Day


class PlanState(StrEnum):
    """A plan is a draft until it is taken over; then the one before it is history."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


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

    __table_args__ = (UniqueConstraint("plan_id", "pitch_id", "day_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitch.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("day.id"))
    pitch: Mapped[Pitch] = relationship(lazy="joined")
    application: Mapped[Application] = relationship(lazy="joined")
    day: Mapped[Day] = relationship(lazy="joined")
