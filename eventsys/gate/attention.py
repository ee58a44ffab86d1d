"""What somebody should look at: passes that came in twice, and people let in against the verdict.

Read from the cache that is kept with the log: a screen that asks every second must not fold the day's scans each time.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.gate import caches
from eventsys.gate.caches import Ground
from eventsys.gate.models import Remark
from eventsys.gate.rules.admissions import Duplicate, LetIn

MOST_LISTED = 100
IS_AGAIN = Remark.before_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Attention:
    """Of one day: passes that came in again without an exit (those without fault apart), and people let in against the verdict.

    The latest of each, and how many there are.
    """

    duplicates: tuple[Duplicate, ...] = ()
    no_fault: tuple[Duplicate, ...] = ()
    let_in: tuple[LetIn, ...] = ()
    duplicates_count: int = 0
    no_fault_count: int = 0
    let_in_count: int = 0


def of_day(edition: Edition, day: int, *, most: int = MOST_LISTED) -> Attention:
    """What a day has to be looked at, the latest first, at most so many of each kind."""
    counts = _counts(edition, day)
    if not counts:
        return Attention()
    ground = caches.ground_of(edition.id)
    twice = _latest(ground, day, IS_AGAIN, Remark.is_no_fault.is_(False), most=most)
    again = _latest(ground, day, IS_AGAIN, Remark.is_no_fault.is_(True), most=most)
    let_in = _latest(ground, day, ~IS_AGAIN, most=most)
    return Attention(
        tuple(found for found in twice if isinstance(found, Duplicate)),
        tuple(found for found in again if isinstance(found, Duplicate)),
        tuple(found for found in let_in if isinstance(found, LetIn)),
        counts.get((True, False), 0),
        counts.get((True, True), 0),
        counts.get((False, False), 0),
    )


def _counts(edition: Edition, day: int) -> dict[tuple[bool, bool], int]:
    """How many there are, by whether the pass came in again, and whether that is no fault."""
    rows = db.session.execute(
        select(IS_AGAIN, Remark.is_no_fault, func.count())
        .where(Remark.edition_id == edition.id, Remark.day_number == day)
        .group_by(IS_AGAIN, Remark.is_no_fault)
    )
    return {(bool(is_again), is_no_fault): count for is_again, is_no_fault, count in rows}


def _latest(ground: Ground, day: int, *which: ColumnElement[bool], most: int) -> list[Duplicate | LetIn]:
    rows = db.session.scalars(
        select(Remark)
        .where(Remark.edition_id == ground.edition_id, Remark.day_number == day, *which)
        .order_by(Remark.at.desc(), Remark.scan_id.desc())
        .limit(most)
    )
    return [caches.remark_of(row, ground) for row in rows]
