"""Two booths that change places: where each goes, day by day. Pitches are told in any way, by number or by their place in the order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

Pitch = TypeVar("Pitch")


def exchanged(
    one: Mapping[int, tuple[Pitch, ...]],
    other: Mapping[int, tuple[Pitch, ...]],
    *,
    days: Collection[int],
    days_of_other: Collection[int],
) -> tuple[dict[int, tuple[Pitch, ...]], dict[int, tuple[Pitch, ...]]]:
    """Where `one` goes on `days` and `other` on its own; `other` stands somewhere on one of them.

    Where `one` stands nowhere, `other` has no place then: an empty one.
    """
    there = {day: pitches for day, pitches in one.items() if pitches}
    goes: dict[int, tuple[Pitch, ...]] = dict.fromkeys(sorted(days_of_other), ())
    if there:
        goes = instead_of(there, days_of_other)
    return instead_of({day: pitches for day, pitches in other.items() if pitches}, days), goes


def instead_of(there: Mapping[int, tuple[Pitch, ...]], days: Collection[int]) -> dict[int, tuple[Pitch, ...]]:
    """Where somebody stands who takes another one's place: each day where that one stood, else where it stood first."""
    first = there[min(there)]
    return {day: there.get(day, first) for day in sorted(days)}
