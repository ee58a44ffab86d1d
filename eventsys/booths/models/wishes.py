"""What an edition sets for its street: how the rules hold."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model
from eventsys.booths.rules.rulebook import Rule


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
