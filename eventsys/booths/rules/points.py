"""What an allocation is worth, in points: who is placed, what they like, which wishes hold."""

from __future__ import annotations

from collections.abc import Sequence

from eventsys.booths.rules.places import Pair, Problem


def worth(problem: Problem, at: Sequence[int]) -> int:
    """The points of an allocation: `at[i]` is the place of booth i, -1 for none."""
    placed = sum(problem.points[n] for n, place in enumerate(at) if place >= 0)
    liked = sum(problem.liking[n].get(place, 0) for n, place in enumerate(at) if place >= 0)
    return placed + liked + sum(points_of(problem, pair, at) for pair in problem.pairs)


def how_many_placed(problem: Problem, at: Sequence[int]) -> int:
    """How many have a place on all of their days; one that is several, each on days of its own, counts once."""
    there = {need.reference for need in problem.booths}
    return len(there - {need.reference for need, place in zip(problem.booths, at, strict=True) if place < 0})


def points_of(problem: Problem, pair: Pair, at: Sequence[int]) -> int:
    """What a wish between two booths gives or takes."""
    one, other = at[pair.one], at[pair.other]
    if one < 0 or other < 0:
        return 0
    return pair.weight if other in problem.near(pair.distance_m)[one] else 0
