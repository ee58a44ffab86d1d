"""Writing indicators: defining them, keeping figures of earlier years, freezing measurements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Holder, Indicator, Measurement, ProgrammeYear, RecordedFigure
from eventsys.indicators.rules import definitions as rules
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.evaluation import as_json
from eventsys.indicators.rules.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Defined:
    """How many indicators were new, and how many were there already and stay as they are."""

    added: int
    unchanged: int


def holding(holder: Holder) -> dict[str, int]:
    """The column that says whose an indicator is."""
    return {"programme_year": holder.year} if isinstance(holder, ProgrammeYear) else {"edition_id": holder.id}


def define(holder: Holder, indicators: Iterable[rules.Indicator], *, by: Actor, now: datetime) -> Defined:
    """Give an edition or a programme year its indicators; one whose key is there already is left as it is."""
    kept_before = queries.indicators_of(holder)
    there = {kept.key for kept in kept_before}
    last = max((kept.position for kept in kept_before), default=0)
    new = list(indicators)
    added = 0
    for indicator in new:
        if indicator.key in there:
            continue
        added += 1
        db.session.add(
            Indicator(
                **holding(holder),
                key=indicator.key,
                position=last + added,
                name=indicator.name,
                measure=indicator.measure,
                definition=indicator.definition.to_json(),
                target=None if indicator.target is None else indicator.target.to_json(),
                source=indicator.source,
            )
        )
        record("indicators.defined", "indicator", f"{holder.slug}/{indicator.key}", by=by, now=now)
    return Defined(added, len(new) - added)


def change(holder: Holder, kept: Indicator, indicator: rules.Indicator, *, by: Actor, now: datetime) -> None:
    """Say anew what an indicator is. What was frozen of it stays as it was, and is shown to differ."""
    kept.name, kept.measure = indicator.name, indicator.measure
    kept.definition = indicator.definition.to_json()
    kept.target = None if indicator.target is None else indicator.target.to_json()
    kept.source = indicator.source
    record("indicators.changed", "indicator", f"{holder.slug}/{kept.key}", by=by, now=now)


def remove(holder: Holder, kept: Indicator, *, by: Actor, now: datetime) -> None:
    """Take an indicator away. Refused: IS_FROZEN, since a report speaks of it."""
    if queries.latest_measurement(kept) is not None:
        raise Refusal(Code.IS_FROZEN)
    record("indicators.removed", "indicator", f"{holder.slug}/{kept.key}", by=by, now=now)
    db.session.delete(kept)


def keep_figures(edition: Edition, figures: Iterable[Recorded], *, by: Actor, now: datetime) -> int:
    """Keep figures of earlier years beside the edition's event; one that is there is corrected. Returns how many."""
    there = {(kept.year, kept.subject): kept for kept in queries.recorded_figures(edition)}
    count = 0
    for figure in figures:
        kept = there.get((figure.year, figure.subject))
        if kept is None:
            kept = RecordedFigure(event_id=edition.event_id, year=figure.year, subject=figure.subject)
            db.session.add(kept)
        kept.value, kept.day_count = figure.value, figure.day_count
        kept.quality, kept.source = figure.quality, figure.source
        record("indicators.figure_kept", "event", f"{edition.event.slug}/{figure.year}", by=by, now=now)
        count += 1
    return count


def freeze(holder: Holder, indicator: Indicator, *, by: Actor, now: datetime) -> Measurement:
    """Store an indicator's value with its inputs' hash, for a report. It never changes from then on."""
    evaluation, inputs_hash = queries.evaluated_one(holder, indicator, cutoff=now)
    measurement = Measurement(
        indicator_id=indicator.id,
        evaluation=as_json(evaluation),
        inputs_hash=inputs_hash,
        cutoff_at=now,
        frozen_at=now,
        frozen_by=str(by),
    )
    db.session.add(measurement)
    record("indicators.frozen", "indicator", f"{holder.slug}/{indicator.key}", by=by, now=now)
    return measurement
