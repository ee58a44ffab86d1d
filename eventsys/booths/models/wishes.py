"""What an edition sets for its street: how the rules hold, and what organisers wish for single booths."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models import Application
from eventsys.base.db import Model, internal, sensitive
from eventsys.booths.rules.rulebook import Rule

KEEP_DAYS = 365


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
    # Who says so: the fire authority's letter, a law, a decision of the team.
    source: Mapped[str] = internal(default="")


class BoothWish(Model):
    """What organisers wish for a booth: a part of the street, two pitches. No row: nothing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    # A zone of the pitches; empty: any.
    zone: Mapped[str] = internal(default="")
    wants_two: Mapped[bool] = mapped_column(default=False)


class ApartWish(Model):
    """That two booths shall not stand near each other. That there is such a wish, and why, is for organisers alone."""

    __table_args__ = (UniqueConstraint("application_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = sensitive("booths placed with tact", keep_days=KEEP_DAYS)
    application: Mapped[Application] = relationship(foreign_keys=[application_id], lazy="joined")
    other: Mapped[Application] = relationship(foreign_keys=[other_id], lazy="joined")
