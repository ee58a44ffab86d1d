"""How a booth would stand on each pitch, as the others stand: what an organiser sees with a booth in the hand.

Asks `broken_by` of every pitch, with nobody around but those whom a rule could speak of: who stands there or on a pitch
over it, who draws from its boards, and whom the booth has a wish or a distance with. So it is quick on the largest
streets. Where one other booth stands, the two would change places, and what that breaks for the other counts as much.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.exchanging import exchanged
from eventsys.booths.rules.nearness import are_neighbours
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.placing import At, Broken, broken_where
from eventsys.booths.rules.problem import needs_two

Where = Mapping[int, tuple[int, ...]]


class Verdict(StrEnum):
    """How a booth would stand somewhere."""

    FITS = "fits"
    WISHES = "wishes"  # A wish is lost, or somebody's place.
    BREAKS = "breaks"  # A hard rule is broken.


@dataclass(frozen=True, slots=True)
class Fit:
    """A booth on one pitch, or on that and its neighbour where it needs two, and what it would break there.

    `there` are the references of who stands there now. Where that is one booth alone, they would change places:
    `broken_by_other` is what it breaks then, and `loses_place` that there is nowhere for it to go.
    """

    pitches: tuple[int, ...]
    broken: tuple[Broken, ...]
    there: tuple[str, ...] = ()
    broken_by_other: tuple[Broken, ...] = ()
    loses_place: bool = False

    @property
    def verdict(self) -> Verdict:
        """The worst of it."""
        all_broken = (*self.broken, *self.broken_by_other)
        if len(self.there) > 1 or any(one.is_hard for one in all_broken):
            return Verdict.BREAKS
        return Verdict.WISHES if all_broken or self.loses_place else Verdict.FITS


def fitting(problem: Problem, at: At, booth: int, *, days: Collection[int] = ()) -> list[Fit]:
    """The booth on each pitch, in the order of the pitches, on some of its days; on all of them if none are named."""
    street, own = _Street(problem, at), problem.booths[booth].days
    some = own & set(days)
    is_double = needs_two(problem, problem.booths[booth])
    return [
        street.fit(
            booth,
            with_neighbour(problem, booth, pitch) if is_double else (pitch,),
            days=sorted(some or own),
            is_part=bool(some),
        )
        for pitch in range(len(problem.pitches))
    ]


def exchanges(problem: Problem, at: At, booth: int) -> dict[int, tuple[list[Broken], list[Broken]]]:
    """What a booth and each other one that stands somewhere would break, had they changed places on all of their days."""
    street = _Street(problem, at)
    others = [n for n, where in enumerate(at) if n != booth and any(where.values())]
    return {other: street.exchange(booth, other, days=())[:2] for other in others}


def hard_broken(problem: Problem, at: At) -> list[list[Broken]]:
    """For each booth the hard rules that it breaks where it stands now, as all others stand."""
    street = _Street(replace(problem, pairs=[]), at)
    return [street.hard_broken_by(n) for n in range(len(problem.booths))]


@dataclass(slots=True)
class _Street:
    """Who stands where, found by pitch and by board."""

    problem: Problem
    at: At
    on: dict[int, set[int]] = field(default_factory=dict)
    drawing: dict[str, set[int]] = field(default_factory=dict)
    always: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for n, by_day in enumerate(self.at):
            for pitch in {pitch for pitches in by_day.values() for pitch in pitches}:
                self.on.setdefault(pitch, set()).add(n)
                self.drawing.setdefault(self.problem.pitches[pitch].board or "", set()).add(n)

    def fit(self, booth: int, pitches: tuple[int, ...], *, days: Collection[int], is_part: bool) -> Fit:
        """The booth there on these days; `is_part` where they aren't all of its days, so that an exchange is on them alone."""
        holders = sorted(
            n
            for n in set().union(*(self.on.get(pitch, set()) for pitch in pitches)) - {booth}
            if any(set(self.at[n].get(day, ())) & set(pitches) for day in days)
        )
        references = tuple(self.problem.booths[n].reference for n in holders)
        if len(holders) != 1:
            [broken] = self._broken({booth: dict.fromkeys(days, pitches)})
            return Fit(pitches, tuple(one for one in broken if one.misfit is not Misfit.TAKEN), references)
        [other] = holders
        broken, broken_by_other, comes = self.exchange(booth, other, days=days if is_part else ())
        return Fit(pitches, tuple(broken), references, tuple(broken_by_other), not any(comes.values()))

    def exchange(self, booth: int, other: int, *, days: Collection[int]) -> tuple[list[Broken], list[Broken], Where]:
        """What each of two breaks that change places on some days, on all if none are named; and where the other one goes."""
        own, theirs = self.problem.booths[booth].days, self.problem.booths[other].days
        goes, comes = exchanged(
            _within(self.at[booth], days),
            _within(self.at[other], days),
            days=days or own,
            days_of_other=theirs & set(days) if days else theirs,
        )
        broken, broken_by_other = self._broken({booth: goes, other: comes})
        return broken, broken_by_other, comes

    def hard_broken_by(self, booth: int) -> list[Broken]:
        """The hard rules that a booth breaks where it stands."""
        [broken] = self._broken({booth: self.at[booth]})
        return [one for one in broken if one.is_hard]

    def _broken(self, moves: Mapping[int, Where]) -> list[list[Broken]]:
        """What each that moves breaks, as if nobody were there but those who matter; they are numbered anew, in the same order."""
        problem, there = self.problem, sorted(set().union(*(self._around(n, where) for n, where in moves.items())))
        number_of = {n: place for place, n in enumerate(there)}
        small = replace(
            problem,
            booths=[problem.booths[n] for n in there],
            days=[problem.days[n] for n in there],
            apart=[{number_of[m] for m in problem.apart[n] if m in number_of} for n in there],
            pairs=[
                replace(pair, one=number_of[pair.one], other=number_of[pair.other])
                for pair in problem.pairs
                if pair.one in number_of and pair.other in number_of and not moves.keys().isdisjoint({pair.one, pair.other})
            ],
        )  # fmt: skip
        at = [{**self.at[n], **moves.get(n, {})} for n in there]
        return [broken_where(small, at, number_of[n], where=where) for n, where in moves.items()]

    def _around(self, booth: int, where: Where) -> set[int]:
        """Whom a rule could speak of, were the booth there."""
        pitches = {pitch for found in where.values() for pitch in found}
        ground = pitches.union(*(self.problem.over[pitch] for pitch in pitches))
        boards = {self.problem.pitches[pitch].board or "" for pitch in pitches} - {""}
        found = self._concerned(booth).union(*(self.on.get(pitch, set()) for pitch in ground))
        return found.union(*(self.drawing.get(board, set()) for board in boards))

    def _concerned(self, booth: int) -> set[int]:
        """The booth itself, and whom it has a wish or a distance with."""
        if booth not in self.always:
            pairs = [pair for pair in self.problem.pairs if booth in {pair.one, pair.other}]
            self.always[booth] = {
                booth,
                *self.problem.apart[booth],
                *(n for pair in pairs for n in (pair.one, pair.other)),
            }
        return self.always[booth]


def _within(there: Where, days: Collection[int]) -> Where:
    return {day: pitches for day, pitches in there.items() if day in days} if days else there


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
