"""Indicators with targets, their frozen measurements, and figures kept by hand from earlier years."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model, Texts, internal, public
from eventsys.editions.models import Edition
from eventsys.indicators.rules.figures import Quality
from eventsys.indicators.rules.measures import Measure, Subject
from eventsys.indicators.rules.register import FIRST_YEAR, LARGEST, LAST_YEAR, LONGEST, EntryKind

WHOLE_BUT_HOURS = "kind = 'hours' OR hundredths % 100 = 0"


class ProgrammeYear(Model):
    """A year of the programme: what hangs on no edition hangs here, the register and criteria of its own."""

    __table_args__ = (CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime]

    @property
    def slug(self) -> str:
        """How the audit trail calls it."""
        return f"programme-{self.year}"


class Indicator(Model):
    """A success criterion of an edition or of a programme year: wording, population, measure, target."""

    __table_args__ = (
        UniqueConstraint("edition_id", "key"),
        Index("uq_indicator_programme_year_key", "programme_year", "key", unique=True),
        CheckConstraint("(edition_id IS NULL) <> (programme_year IS NULL)", name="holder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    programme_year: Mapped[int | None] = mapped_column(ForeignKey("programme_year.year"))
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


class RegisterEntry(Model):
    """A line of the hand-kept register of a programme year. Taken away it counts no longer, and can be taken up again."""

    __table_args__ = (
        CheckConstraint(f"hundredths BETWEEN 0 AND {LARGEST * 100}", name="hundredths"),
        CheckConstraint(WHOLE_BUT_HOURS, name="whole"),
        CheckConstraint(f'length("group") <= {LONGEST}', name="group"),
        CheckConstraint(f"length(note) <= {LONGEST}", name="note"),
        Index("ix_register_entry_year_kind", "year", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    year: Mapped[int] = mapped_column(ForeignKey("programme_year.year"))
    kind: Mapped[EntryKind]
    # The challenge, the school, the administration: whatever the kind is split by. Never a person.
    group: Mapped[str] = public(default="")
    happened_on: Mapped[date | None]
    # How many, or how many hours, times a hundred.
    hundredths: Mapped[int]
    quality: Mapped[Quality] = mapped_column(default=Quality.COUNTED)
    note: Mapped[str] = internal(default="")
    removed_at: Mapped[datetime | None]


class PublishedFigure(Model):
    """A figure that somebody else published, such as one of the Inclusion Barometer: it belongs to a strand of such."""

    __table_args__ = (
        UniqueConstraint("strand", "published_on"),
        CheckConstraint(f"length(strand) BETWEEN 1 AND {LONGEST}", name="strand"),
        CheckConstraint("length(source) >= 1", name="source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    strand: Mapped[str] = public()
    published_on: Mapped[date]
    # The figure in its own unit (21.3 percent), times a thousand.
    thousandths: Mapped[int]
    source: Mapped[str] = public()
    removed_at: Mapped[datetime | None]


# What has indicators of its own.
Holder: TypeAlias = Edition | ProgrammeYear
