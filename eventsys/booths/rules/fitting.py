"""How a booth would stand on each pitch, as the others stand: what an organiser sees with a booth in the hand.

Asks `broken_by` of every pitch, with nobody around but those whom a rule could speak of: who stands there, who draws
from its boards, and whom the booth has a wish or a distance with. So it is quick on the largest streets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from eventsys.booths.rules.nearness import are_neighbours
from eventsys.booths.rules.placing import At, Broken, broken_by
from eventsys.booths.rules.problem import Problem, needs_two


class Verdict(StrEnum):
    """How a booth would stand somewhere."""

    FITS = "fits"
    WISHES = "wishes"  # A wish is lost.
    BREAKS = "breaks"  # A hard rule is broken.


@dataclass(frozen=True, slots=True)
class Fit:
    """A booth on one pitch, or on that and its neighbour where it needs two, and what it would break there."""

    pitches: tuple[int, ...]
    broken: tuple[Broken, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of it."""
        return verdict_of(self.broken)


def verdict_of(broken: Sequence[Broken]) -> Verdict:
    """The worst of what is broken."""
    if any(one.is_hard for one in broken):
        return Verdict.BREAKS
    return Verdict.WISHES if broken else Verdict.FITS


def fitting(problem: Problem, at: At, booth: int) -> list[Fit]:
    """The booth on each pitch, in the order of the pitches."""
    own = replace(problem, pairs=[pair for pair in problem.pairs if booth in {pair.one, pair.other}])
    always = {pair.one for pair in own.pairs} | {pair.other for pair in own.pairs} | problem.apart[booth] | {booth}
    on: dict[int, set[int]] = {}
    drawing: dict[str, set[int]] = {}
    for n, by_day in enumerate(at):
        for pitch in {pitch for pitches in by_day.values() for pitch in pitches}:
            on.setdefault(pitch, set()).add(n)
            drawing.setdefault(problem.pitches[pitch].board or "", set()).add(n)
    is_double = needs_two(problem, problem.booths[booth])
    found = []
    for pitch in range(len(problem.pitches)):
        pitches = with_neighbour(problem, booth, pitch) if is_double else (pitch,)
        others = always.union(*(on.get(part, set()) | _drawing(problem, part, drawing) for part in pitches))
        found.append(Fit(pitches, tuple(_among(own, at, booth, pitches=pitches, others=others))))
    return found


def _drawing(problem: Problem, pitch: int, drawing: dict[str, set[int]]) -> set[int]:
    board = problem.pitches[pitch].board
    return drawing.get(board, set()) if board else set()


def _among(problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...], others: set[int]) -> list[Broken]:
    """What is broken as if nobody but `others` were there; they are numbered anew, in the same order."""
    there = sorted(others)
    number_of = {n: place for place, n in enumerate(there)}
    small = replace(
        problem,
        booths=[problem.booths[n] for n in there],
        days=[problem.days[n] for n in there],
        apart=[{number_of[m] for m in problem.apart[n] if m in number_of} for n in there],
        pairs=[replace(pair, one=number_of[pair.one], other=number_of[pair.other]) for pair in problem.pairs],
    )
    return broken_by(small, [at[n] for n in there], number_of[booth], pitches=pitches)


def with_neighbour(problem: Problem, booth: int, pitch: int) -> tuple[int, ...]:
    """The pitch and with it that neighbour on the same board which leaves least over; alone where there is none."""
    need, here = problem.booths[booth], problem.pitches[pitch]
    beside = [
        (there.width_cm, m)
        for m, there in enumerate(problem.pitches)
        if m != pitch and there.board == here.board and need.width_cm <= here.width_cm + there.width_cm
        if are_neighbours(here, there)
    ]
    return tuple(sorted((pitch, min(beside)[1]))) if beside else (pitch,)
