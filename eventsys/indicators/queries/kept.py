"""Reading what is kept: indicators, what was frozen of them, the register, figures of earlier years and of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.indicators.models import (
    Holder,
    Indicator,
    Measurement,
    ProgrammeYear,
    PublishedFigure,
    RecordedFigure,
    RegisterEntry,
)
from eventsys.indicators.rules import definitions as rules
from eventsys.indicators.rules.figures import Quality
from eventsys.indicators.rules.register import Entry, EntryKind
from eventsys.indicators.rules.targets import Target


def programme_year(year: int) -> ProgrammeYear | None:
    """A year of the programme, if anything hangs on it."""
    return db.session.get(ProgrammeYear, year)


def programme_years() -> Sequence[ProgrammeYear]:
    """Every year of the programme, the latest first."""
    return db.session.scalars(select(ProgrammeYear).order_by(ProgrammeYear.year.desc())).all()


def year_of(holder: Holder) -> int:
    """The programme year that a holder of indicators belongs to."""
    return holder.year if isinstance(holder, ProgrammeYear) else holder.starts_on.year


def held_by(holder: Holder) -> ColumnElement[bool]:
    """The condition for the indicators of an edition or of a programme year."""
    if isinstance(holder, ProgrammeYear):
        return Indicator.programme_year == holder.year
    return Indicator.edition_id == holder.id


def indicators_of(holder: Holder) -> Sequence[Indicator]:
    """The indicators of an edition or a programme year in the order in which they are shown."""
    return db.session.scalars(select(Indicator).where(held_by(holder)).order_by(Indicator.position, Indicator.id)).all()


def find(holder: Holder, key: str) -> Indicator | None:
    """One indicator by its key."""
    return db.session.scalar(select(Indicator).where(held_by(holder), Indicator.key == key))


def as_rules(kept: Indicator) -> rules.Indicator:
    """The indicator as the rules see it."""
    return rules.Indicator(
        key=kept.key,
        name=dict(kept.name),
        definition=rules.definition_from_json(kept.definition),
        target=None if kept.target is None else Target.from_json(kept.target),
        source=kept.source,
    )


def latest_measurement(indicator: Indicator) -> Measurement | None:
    """What was frozen last for an indicator."""
    return db.session.scalar(
        select(Measurement).where(Measurement.indicator_id == indicator.id).order_by(Measurement.id.desc())
    )


def latest_measurements(holder: Holder) -> dict[int, Measurement]:
    """What was frozen last for each indicator of an edition or a programme year, by the indicator's id."""
    found = db.session.scalars(
        select(Measurement)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(held_by(holder))
        .order_by(Measurement.id)
    )
    return {measurement.indicator_id: measurement for measurement in found}


def recorded_figures(edition: Edition) -> Sequence[RecordedFigure]:
    """The figures kept by hand for earlier years of the edition's event, the latest year first."""
    return db.session.scalars(
        select(RecordedFigure)
        .where(RecordedFigure.event_id == edition.event_id)
        .order_by(RecordedFigure.year.desc(), RecordedFigure.subject)
    ).all()


def register_rows(
    year: int, *, kind: EntryKind | None = None, quality: Quality | None = None, words: str = ""
) -> list[RegisterEntry]:
    """The entries of a programme year's register that weren't taken away, the latest first; `words` stand in group or note."""
    query = select(RegisterEntry).where(RegisterEntry.year == year, RegisterEntry.removed_at.is_(None))
    if kind is not None:
        query = query.where(RegisterEntry.kind == kind)
    if quality is not None:
        query = query.where(RegisterEntry.quality == quality)
    found = db.session.scalars(query).all()
    wanted = words.casefold()
    return sorted(
        (row for row in found if wanted in f"{row.group} {row.note}".casefold()),
        key=lambda row: (row.happened_on or date.min, row.id),
        reverse=True,
    )


def register_of(year: int) -> list[Entry]:
    """The register of a programme year as the rules see it."""
    return [entry_of(row) for row in register_rows(year)]


def entry_of(row: RegisterEntry) -> Entry:
    """An entry as the rules see it."""
    return Entry(row.kind, row.group, row.happened_on, row.hundredths, row.quality, row.note)


def register_entry(code: str, *, is_locked: bool = False) -> RegisterEntry | None:
    """One entry of the register by its code, taken away or not."""
    query = select(RegisterEntry).where(RegisterEntry.code == code)
    return db.session.scalar(query.with_for_update() if is_locked else query)


def published_figures(strand: str = "") -> Sequence[PublishedFigure]:
    """The figures that others published, of one strand or of all, the latest last."""
    query = select(PublishedFigure).where(PublishedFigure.removed_at.is_(None))
    if strand:
        query = query.where(PublishedFigure.strand == strand)
    return db.session.scalars(query.order_by(PublishedFigure.strand, PublishedFigure.published_on)).all()


def published_figure(code: str) -> PublishedFigure | None:
    """One published figure by its code, taken away or not."""
    return db.session.scalar(select(PublishedFigure).where(PublishedFigure.code == code))


def published_figure_on(strand: str, published_on: date) -> PublishedFigure | None:
    """The figure of a strand of one date, taken away or not."""
    return db.session.scalar(
        select(PublishedFigure).where(PublishedFigure.strand == strand, PublishedFigure.published_on == published_on)
    )
