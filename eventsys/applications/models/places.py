"""How many may take part, and who on the waiting list is offered a place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models.application import Application
from eventsys.applications.rules.places import OfferOutcome
from eventsys.base.db import Model, db
from eventsys.organisations.rules.kinds import Kind


class PlaceLimit(Model):
    """How many organisations of a kind may be approved at an edition; its row is the lock for who approves."""

    __table_args__ = (UniqueConstraint("edition_id", "kind"), CheckConstraint("places >= 0", name="places"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind]
    places: Mapped[int]


class Offer(Model):
    """A place held for a waitlisted application until the applicant answers or the offer expires."""

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed"),
        CheckConstraint("expires_at > made_at", name="expires"),
        Index(
            "uq_offer_open",
            "application_id",
            unique=True,
            sqlite_where=db.text("closed_at IS NULL"),
            postgresql_where=db.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[OfferOutcome | None]
    application: Mapped[Application] = relationship(lazy="joined")
