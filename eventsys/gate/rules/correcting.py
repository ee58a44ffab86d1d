"""Counts that are put right on a page: what is typed becomes scans of a gate's desk, as a phone would have sent them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from eventsys.base.ids import uuid7
from eventsys.base.refusals import Refusal
from eventsys.gate.rules.admissions import Counts
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.days import LAST_DAY, DayWindow, moment_at, quarter_of
from eventsys.gate.rules.intake import UUID7, Entry
from eventsys.gate.rules.scans import Direction

LONGEST_REASON = 300
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Counted:
    """People put into a count, or taken off it where below zero, at a moment."""

    direction: Direction
    at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A scan that is taken back, with the time that it counts at: what takes it back belongs to the same day."""

    scan_id: str
    direction: Direction
    at: datetime


def time_on(day: DayWindow, clock: time, *, zone: tzinfo) -> datetime:
    """The moment at which clocks show a time in a day's window. Refusal(TIME_OUTSIDE_DAY) where they don't, with field `at`."""
    at = moment_at(day, clock, zone=zone)
    if at is None:
        raise Refusal(Code.TIME_OUTSIDE_DAY, field="at", day=day.number)
    return at


def check(counted: Sequence[Counted], *, day: DayWindow, now: datetime) -> None:
    """Refusal: NOTHING_TYPED; TIME_OUTSIDE_DAY for what doesn't fall in the day, TIME_AHEAD for what is still to come."""
    if not counted:
        raise Refusal(Code.NOTHING_TYPED)
    for one in counted:
        if not day.holds(one.at):
            raise Refusal(Code.TIME_OUTSIDE_DAY, field="at", day=day.number)
        if one.at > now:
            raise Refusal(Code.TIME_AHEAD, field="at")


def quarters_of(day: DayWindow, *, now: datetime) -> tuple[datetime, ...]:
    """The quarters of an hour of a day's first 24 hours that have begun, each by its first moment within the day."""
    found, start = [], quarter_of(day.opens_at)
    while start < min(day.until, day.opens_at + LAST_DAY):
        found.append(max(start, day.opens_at))
        start += QUARTER
    return tuple(at for at in found if at <= now)


def sums_of(counted: Iterable[Counted]) -> dict[Direction, int]:
    """People in and out, all together."""
    sums = dict.fromkeys(Direction, 0)
    for one in counted:
        sums[one.direction] += one.people
    return sums


def check_enough(counts: Counts, sums: Mapping[Direction, int]) -> None:
    """Refusal(MORE_THAN_COUNTED) where more people are taken off than were counted at the gate on the day."""
    counted = {Direction.IN: counts.tallied_in, Direction.OUT: counts.tallied_out}
    for direction, people in sums.items():
        if people < 0 and counted[direction] + people < 0:
            raise Refusal(Code.MORE_THAN_COUNTED, field="people", counted=counted[direction])


def scan_of(scan_id: str, said: Counted | TakenBack) -> dict[str, Any]:
    """What is typed, as a phone with a perfect clock would have sent it."""
    named = {"tally": said.people} if isinstance(said, Counted) else {"voids": said.scan_id}
    return {
        "scan_id": scan_id,
        "direction": said.direction.value,
        "captured_at": said.at.isoformat(),
        "clock_offset_ms": 0,
        "clock_doubt_ms": 0,
        "let_in": False,
        "entry": Entry.TYPED.value,
        **named,
    }


def ids_in(ticket: str, count: int) -> list[str]:
    """The scan ids of what one form saves: the same form has the same ids, however often it is sent.

    `ticket` is made when the form is shown, and is the first of them. Refusal(SCAN_MALFORMED) where it is no scan id.
    """
    if not UUID7.fullmatch(ticket):
        raise Refusal(Code.SCAN_MALFORMED)
    milliseconds = int(ticket.replace("-", "")[:12], 16)
    others = (hashlib.sha256(f"{ticket} {place}".encode()).digest() for place in range(1, count))
    return [ticket, *(str(uuid7(milliseconds, entropy)) for entropy in others)]
