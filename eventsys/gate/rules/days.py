"""When a day of an edition begins and ends at the gate: from its opening to the next day's, so midnight is nothing special."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

LAST_DAY = timedelta(hours=24)
NO_DAY = 0
"""The number that stands for "outside every day's window" in counts; days are numbered from 1."""


@dataclass(frozen=True, slots=True)
class DayWindow:
    """A numbered day at the gate: `opens_at` belongs to it, `until` no longer."""

    number: int
    opens_at: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether the moment falls in this day."""
        return self.opens_at <= at < self.until


def windows(openings: Mapping[int, datetime]) -> tuple[DayWindow, ...]:
    """Day numbers with their openings as windows in order of time; the last one ends 24 hours after its opening.

    Days need neither be consecutive nor numbered in the order of time. Of two with one opening only one holds moments.
    """
    ordered = sorted(openings.items(), key=lambda day: (day[1], day[0]))
    ends = [opens_at for _, opens_at in ordered[1:]] + [opens_at + LAST_DAY for _, opens_at in ordered[-1:]]
    return tuple(DayWindow(number, opens_at, until) for (number, opens_at), until in zip(ordered, ends, strict=True))


def day_at(days: Sequence[DayWindow], at: datetime) -> DayWindow | None:
    """The day whose window holds the moment; None before the first and after the last."""
    return next((day for day in days if day.holds(at)), None)


def hours_in(day: DayWindow, begins: time, ends: time, *, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """From when to when the clocks on the wall go from one time to another within a day's window, midnight or not.

    None when they don't. Of an hour that comes twice the first one begins and the second one ends, so that the night
    when summer time ends is not cut short; a time that the clocks leave out is an hour later.
    """
    opens_at = _shown(begins, since=day.opens_at, zone=zone)
    if not day.holds(opens_at):
        return None
    closes_at = _shown(ends, since=opens_at + timedelta(microseconds=1), zone=zone, is_second=True)
    return (opens_at, closes_at) if closes_at <= day.until else None


def moment_at(day: DayWindow, clock: time, *, zone: tzinfo) -> datetime | None:
    """The first moment of a day's window at which the clocks on the wall show a time; None when they don't within it.

    Of an hour that comes twice it is the first one; a time that the clocks leave out is an hour later.
    """
    at = _shown(clock, since=day.opens_at, zone=zone)
    return at if day.holds(at) else None


def _shown(clock: time, *, since: datetime, zone: tzinfo, is_second: bool = False) -> datetime:
    """The first moment from another one on at which clocks show a time."""
    date = since.astimezone(zone).date()
    shown = (_at(datetime.combine(date + timedelta(days=n), clock), zone, is_second) for n in range(3))
    return next(at for at in shown if at >= since)


def _at(wall: datetime, zone: tzinfo, is_second: bool) -> datetime:
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if is_second and second > first else first


def quarter_of(at: datetime) -> datetime:
    """The start of the quarter of an hour that holds the moment."""
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)
