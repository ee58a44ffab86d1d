"""The one place that asks what time it is. Views and commands ask; everything below is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_standing: list[datetime] = []


def now() -> datetime:
    """This moment in UTC, or the moment that `standing_at` holds."""
    return _standing[-1] if _standing else datetime.now(UTC)


def today() -> date:
    """The date on the wall in Copenhagen."""
    return now().astimezone(COPENHAGEN).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at an aware moment: for tests, and for a demo that tells a past festival."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    _standing.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.pop()


def local(moment: datetime) -> datetime:
    """The same moment as Copenhagen's clocks show it."""
    return moment.astimezone(COPENHAGEN)


def from_local(naive: datetime) -> datetime:
    """The UTC moment of a naive wall-clock time in Copenhagen (the first one where an hour comes twice)."""
    return naive.replace(tzinfo=COPENHAGEN).astimezone(UTC)
