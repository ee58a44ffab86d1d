"""Indicators with targets, their frozen measurements, and figures kept by hand from earlier years."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model, Texts, internal, public
from eventsys.indicators.rules.figures import Quality
from eventsys.indicators.rules.measures import Measure, Subject


class Indicator(Model):
    """A success criterion: wording, population, measure, target."""

    __table_args__ = (UniqueConstraint("edition_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = public()
    position: Mapped[int]
    name: Mapped[Texts] = public()
    measure: Mapped[Measure]
    # The definition in the form of `indicators.rules.measures` (population, item, property …).
    definition: Mapped[dict[str, Any]] = public()
    # The target in the form of `indicators.rules.targets`; empty when there is none.
    target: Mapped[dict[str, Any] | None] = public()
    # The document that the criterion stands in.
    source: Mapped[str] = public(default="")


class Measurement(Model):
    """A computed value as it was frozen for a report. Append-only by trigger."""

    __table_args__ = (CheckConstraint("length(inputs_hash) = 64", name="inputs_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    # What `flask indicators evaluate --format json` printed for it then.
    evaluation: Mapped[dict[str, Any]] = public()
    inputs_hash: Mapped[str] = internal()
    cutoff_at: Mapped[datetime]
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = internal()


class RecordedFigure(Model):
    """A figure of an earlier holding, kept by hand because the system wasn't there."""

    __table_args__ = (
        UniqueConstraint("event_id", "year", "subject"),
        CheckConstraint("day_count IS NULL OR day_count >= 1", name="day_count"),
        CheckConstraint("value >= 0", name="value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    year: Mapped[int]
    subject: Mapped[Subject]
    value: Mapped[int]
    day_count: Mapped[int | None]
    quality: Mapped[Quality] = mapped_column(default=Quality.COUNTED)
    source: Mapped[str] = public(default="")
