"""What somebody should look at: passes that came in twice, and people let in against the verdict.

Read from the log each time: the caches tell which passes may be concerned, the fold says what it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, false, func, or_, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.gate import caches
from eventsys.gate.caches import SCANS, Ground
from eventsys.gate.models import QuarterCount
from eventsys.gate.rules.admissions import Duplicate, Note
from eventsys.gate.rules.days import DayWindow
from eventsys.gate.rules.fold import Fold
from eventsys.gate.rules.scans import Direction, ScanRecord
from eventsys.gate.rules.verdicts import Verdict

QUARTER = timedelta(minutes=15)
MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody went in against the verdict; `pass_id` None for a code that is no pass."""

    at: datetime
    gate: str
    pass_id: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Attention:
    """Of one day: passes that came in again without an exit (those without fault apart), and people let in against the verdict."""

    duplicates: tuple[Duplicate, ...]
    no_fault: tuple[Duplicate, ...]
    let_in: tuple[LetIn, ...]


def of_day(edition: Edition, day: int) -> Attention:
    """What a day has to be looked at, the latest first."""
    ground = caches.ground_of(edition.id)
    window = next((window for window in ground.days if window.number == day), None)
    if window is None:
        return Attention((), (), ())
    let_in = _let_in(ground, window)
    pass_ids = _came_twice(ground, window) | {scan.pass_id for scan in let_in if scan.pass_id is not None}
    fold = _fold(ground, pass_ids, apart=[scan for scan in let_in if scan.pass_id is None])
    twice = sorted((found for found in fold.duplicates if found.day == day), key=lambda found: found.at, reverse=True)
    return Attention(
        tuple(found for found in twice if not found.is_no_fault),
        tuple(found for found in twice if found.is_no_fault),
        tuple(_against(let_in, fold)),
    )


def _against(scans: Iterable[ScanRecord], fold: Fold) -> list[LetIn]:
    found = []
    for scan in scans:
        judged = fold.judged[scan.scan_id]
        if Note.LET_IN_AGAINST in judged.notes and judged.verdict is not None:
            found.append(LetIn(scan.corrected_at, scan.gate, scan.pass_id, judged.verdict))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _came_twice(ground: Ground, window: DayWindow) -> set[str]:
    rows = db.session.scalars(
        select(SCANS.c.pass_id)
        .where(
            SCANS.c.edition_id == ground.edition_id,
            SCANS.c.corrected_at >= window.opens_at,
            SCANS.c.corrected_at < window.until,
            SCANS.c.direction == Direction.IN,
            SCANS.c.pass_id.is_not(None),
        )
        .group_by(SCANS.c.pass_id)
        .having(func.count() > 1)
    )
    return set(rows)


def _let_in(ground: Ground, window: DayWindow) -> list[ScanRecord]:
    """Scans that let somebody in, of the gates and quarters of an hour where the caches count one against the verdict."""
    places = db.session.execute(
        select(QuarterCount.gate_id, QuarterCount.starts_at)
        .where(
            QuarterCount.edition_id == ground.edition_id,
            QuarterCount.day_number == window.number,
            QuarterCount.let_in_against > 0,
        )
        .order_by(QuarterCount.starts_at.desc())
        .limit(MOST_PLACES)
    ).all()
    there = [
        and_(
            SCANS.c.gate_id == gate_id,
            SCANS.c.corrected_at >= starts_at,
            SCANS.c.corrected_at < starts_at + QUARTER,
        )
        for gate_id, starts_at in places
    ]
    return caches.records(
        ground, or_(false(), *there), SCANS.c.let_in, SCANS.c.direction == Direction.IN, SCANS.c.tally.is_(None)
    )


def _fold(ground: Ground, pass_ids: set[str], *, apart: list[ScanRecord]) -> Fold:
    scans = caches.records(ground, SCANS.c.pass_id.in_(pass_ids)) if pass_ids else []
    return caches.fold_of(
        caches.grouped(scans),
        apart,
        facts=caches.facts_of(ground, pass_ids),
        ground=ground,
        voided=frozenset(caches.voids_among(ground, {scan.scan_id for scan in (*scans, *apart)})),
    )
