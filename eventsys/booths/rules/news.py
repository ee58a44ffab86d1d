"""What a participant was told of place, times and way, and what is new since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Letter(StrEnum):
    """The mail that says what is new; each is a template of `mail/booths/`."""

    GIVEN = "given"
    CHANGED = "changed"
    GONE = "gone"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class Time:
    """From when to when a vehicle may stand at the kerb."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Where somebody stands and when its vehicle comes, for each of its days (by number), and the way there in words."""

    places: tuple[tuple[int, tuple[str, ...]], ...] = ()
    times: tuple[tuple[int, Time], ...] = ()
    route: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """All pitches, whatever the day."""
        return tuple(sorted({number for _day, numbers in self.places for number in numbers}))

    def kept(self) -> dict[str, Any]:
        """As the database keeps it."""
        times = [[day, time.starts_at.isoformat(), time.ends_at.isoformat()] for day, time in self.times]
        places = [[day, list(numbers)] for day, numbers in self.places]
        return {"places": places, "times": times, "route": self.route}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Told:
        """What the database kept."""
        times = tuple(
            (int(day), Time(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)))
            for day, starts_at, ends_at in kept.get("times", ())
        )
        places = tuple((int(day), tuple(numbers)) for day, numbers in kept.get("places", ()))
        return cls(places, times, str(kept.get("route", "")))


def letter_for(before: Told, now: Told) -> Letter | None:
    """The mail that tells the difference; None where there is none. Who has no place is told nothing of times and way."""
    if before.places != now.places:
        if not before.places:
            return Letter.GIVEN
        return Letter.CHANGED if now.places else Letter.GONE
    return Letter.ARRIVAL if now.places and (before.times, before.route) != (now.times, now.route) else None


def times_apart(before: Told, now: Told) -> list[tuple[Time | None, Time | None]]:
    """For each day that either has a time for: the time before and the time now, None where there is none."""
    old, new = dict(before.times), dict(now.times)
    return [
        (old.get(day), new.get(day)) for day in sorted({*old, *new}, key=lambda day: _first(old.get(day), new.get(day)))
    ]


def _first(*times: Time | None) -> datetime:
    return min(time.starts_at for time in times if time is not None)
