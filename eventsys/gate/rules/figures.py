"""A day's counts by gate, by zone and by quarter of an hour. All are sums of the same counts, so that they agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsys.gate.rules.admissions import NOTHING, Counts, Place, sum_of

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Step:
    """A quarter of an hour: what happened in it, and how many more had come in than gone out at its end."""

    starts_at: datetime
    counts: Counts
    inside: int


def by_gate(places: Mapping[Place, Counts], gates: Iterable[str]) -> dict[str, Counts]:
    """What a day comes to at each gate, in the order of the gates; gates where nothing happened too."""
    return {gate: at_gates(places, {gate}) for gate in gates}


def at_gates(places: Mapping[Place, Counts], gates: Collection[str]) -> Counts:
    """What a day comes to at some gates together. For those of a zone, `inside` is who came in by them and did not go out by them."""
    return sum_of(counts for place, counts in places.items() if place.gate in gates)


def steps(places: Mapping[Place, Counts], gates: Collection[str]) -> Sequence[Step]:
    """Every quarter of an hour of a day at some gates, from the first in which something happened to the last."""
    happened: dict[datetime, Counts] = {}
    for place, counts in places.items():
        if place.gate in gates:
            happened[place.starts_at] = happened.get(place.starts_at, NOTHING) + counts
    if not happened:
        return ()
    found, inside, at = [], 0, min(happened)
    while at <= max(happened):
        counts = happened.get(at, NOTHING)
        inside += counts.inside
        found.append(Step(at, counts, inside))
        at += QUARTER
    return tuple(found)
