"""How near pitches lie to each other, also where there are thousands of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, hypot

from eventsys.booths.rules.needs import PitchFacts

# Two pitches count as neighbours when their middles are no further apart than half their widths and this.
GAP_M = 1.0


def neighbours(pitches: Sequence[PitchFacts]) -> list[tuple[int, int]]:
    """Which pitches lie side by side, by their places in the order; each two once."""
    reach = max((pitch.width_cm for pitch in pitches), default=0) / 100 + GAP_M
    return [
        (n, m)
        for n, beside in enumerate(around(pitches, reach))
        for m in sorted(beside)
        if n < m and are_neighbours(pitches[n], pitches[m])
    ]


def are_neighbours(one: PitchFacts, other: PitchFacts) -> bool:
    """Whether two pitches lie side by side, neither over the other."""
    if other.number in one.overlaps or one.number in other.overlaps:
        return False
    return distance(one, other) <= (one.width_cm + other.width_cm) / 200 + GAP_M


def around(pitches: Sequence[PitchFacts], distance_m: float) -> list[set[int]]:
    """For each pitch those within a distance by their middles, itself too."""
    size = max(distance_m, 1.0)
    cells: dict[tuple[int, int], list[int]] = {}
    for n, pitch in enumerate(pitches):
        cells.setdefault((floor(pitch.x_m / size), floor(pitch.y_m / size)), []).append(n)
    found = []
    for pitch in pitches:
        column, row = floor(pitch.x_m / size), floor(pitch.y_m / size)
        beside = (n for dx in (-1, 0, 1) for dy in (-1, 0, 1) for n in cells.get((column + dx, row + dy), ()))
        found.append({n for n in beside if distance(pitches[n], pitch) <= distance_m})
    return found


def distance(one: PitchFacts, other: PitchFacts) -> float:
    """Metres between the middles of two pitches."""
    return hypot(one.x_m - other.x_m, one.y_m - other.y_m)
