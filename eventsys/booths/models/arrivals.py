"""Vehicles on their way to the booths: kerbs, the times on them, who comes when, and what participants were told of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models import Application
from eventsys.base.db import Model, Texts, internal, public
from eventsys.booths.rules.arrivals import MOST_AT_ONCE
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.editions.models import Day


class Kerb(Model):
    """A side of the street that vehicles drive up along: how many at once, from which end, and the way there."""

    __table_args__ = (
        UniqueConstraint("site_id", "side"),
        CheckConstraint(f"most_vehicles BETWEEN 1 AND {MOST_AT_ONCE}", name="most_vehicles"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = public()
    most_vehicles: Mapped[int]
    # Whether vehicles drive in where the distance along the kerb is largest, else where it is 0.
    is_entered_from_end: Mapped[bool] = mapped_column(default=False)
    route: Mapped[Texts] = public(default=dict)


class ArrivalSlot(Model):
    """A time on a kerb in which so many vehicles may stand there at once."""

    __table_args__ = (
        UniqueConstraint("kerb_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="hours"),
        CheckConstraint(f"most_vehicles BETWEEN 1 AND {MOST_AT_ONCE}", name="most_vehicles"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kerb_id: Mapped[int] = mapped_column(ForeignKey("kerb.id", ondelete="CASCADE"), index=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("day.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    most_vehicles: Mapped[int]
    kerb: Mapped[Kerb] = relationship(lazy="joined")
    day: Mapped[Day] = relationship(lazy="joined")


class Arrival(Model):
    """The time in which a booth's vehicle comes, for one of the booth's days; it may lie on a day for building up.

    Each takes a numbered seat of its time, so that two who take the last one at once can't both have it.
    """

    __table_args__ = (
        UniqueConstraint("slot_id", "seat"),
        UniqueConstraint("application_id", "day_id"),
        CheckConstraint(f"seat BETWEEN 1 AND {MOST_AT_ONCE}", name="seat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("arrival_slot.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("day.id", ondelete="CASCADE"), index=True)
    seat: Mapped[int]
    # Set by hand: no new assignment moves it.
    is_fixed: Mapped[bool] = mapped_column(default=False)
    slot: Mapped[ArrivalSlot] = relationship(lazy="joined")
    application: Mapped[Application] = relationship(lazy="joined")
    day: Mapped[Day] = relationship(lazy="joined")


class Vehicle(Model):
    """What drives up to a booth, once somebody has said."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    kind: Mapped[VehicleKind]


class PlaceTold(Model):
    """What a participant was told last of place, times and way, so that a change can be told as one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    # Numbers of the pitches, times by day, the way in words: `rules.news.Told`.
    told: Mapped[dict[str, Any]] = internal(default=dict)
    told_at: Mapped[datetime]
