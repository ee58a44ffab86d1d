"""What a search works on, by number: booths, places, wishes between them.

A *place* is one pitch, or two neighbouring ones for a booth that is wider than any or asks for two, or whatever somebody
has fixed a booth on. What is called a booth here is one on some days: one that is fixed on different pitches on different
days is several, and each counts by its share of the days.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from eventsys.booths.rules.locks import Trouble
from eventsys.booths.rules.nearness import around
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.rulebook import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Pair:
    """A wish between two booths: `weight` points when they stand within `distance_m` of each other.

    Below zero it is a wish to stand further apart: points are lost.
    """

    rule: Rule
    one: int
    other: int
    weight: int
    distance_m: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a booth may stand: one pitch or two, by their place in the order of pitches."""

    pitches: tuple[int, ...]
    name: str
    width_cm: int
    x_m: float
    y_m: float
    board: int
    # Its pitches with those that lie over one of them: nobody else may stand on any.
    ground: tuple[int, ...]


@dataclass(slots=True)
class Problem:
    """All that a search needs, by number. `fits[i]` are the places of booth i, the thriftiest first."""

    booths: list[Need]
    pitches: list[PitchFacts]
    boards: list[BoardFacts]
    rulebook: Rulebook
    places: list[Place] = field(default_factory=list)
    fits: list[list[int]] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    # For each booth: what it counts to be placed, and place → points for standing there beside.
    points: list[int] = field(default_factory=list)
    liking: list[dict[int, int]] = field(default_factory=list)
    apart: list[set[int]] = field(default_factory=list)
    # For each pitch those that lie over it.
    over: list[frozenset[int]] = field(default_factory=list)
    locked: dict[int, int] = field(default_factory=dict)
    # Days as a bit mask, bit 0 for day 1: those of the booth, and of all its parts together.
    days: list[int] = field(default_factory=list)
    whole_days: list[int] = field(default_factory=list)
    # What each board may carry on each day, in watts: what is fixed by hand may take it beyond its own.
    capacity: list[list[int]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    _near: dict[float, list[frozenset[int]]] = field(default_factory=dict)

    def near(self, distance_m: float) -> list[frozenset[int]]:
        """For each place those within a distance, itself too."""
        found = self._near.get(distance_m)
        if found is None:
            found = self._near[distance_m] = _within(self, distance_m)
        return found

    @property
    def pairs_of(self) -> list[list[Pair]]:
        """The wishes that each booth takes part in."""
        found: list[list[Pair]] = [[] for _ in self.booths]
        for pair in self.pairs:
            found[pair.one].append(pair)
            found[pair.other].append(pair)
        return found


def joined(problem: Problem, numbers: tuple[int, ...]) -> Place:
    """Several pitches as one place; its power is that of the first."""
    parts = [problem.pitches[n] for n in numbers]
    x, y = (sum(getattr(part, name) for part in parts) / len(parts) for name in ("x_m", "y_m"))
    name, board = "+".join(part.number for part in parts), problem.places[numbers[0]].board
    ground = sorted({*numbers, *(m for n in numbers for m in problem.over[n])})
    return Place(numbers, name, sum(part.width_cm for part in parts), x, y, board, tuple(ground))


def _within(problem: Problem, distance_m: float) -> list[frozenset[int]]:
    """For each place those with a pitch no further from one of its pitches, by their middles."""
    near = around(problem.pitches, distance_m)
    holding: list[list[int]] = [[] for _ in problem.pitches]
    for number, place in enumerate(problem.places):
        for n in place.pitches:
            holding[n].append(number)
    return [
        frozenset(number for n in place.pitches for m in near[n] for number in holding[m]) for place in problem.places
    ]
