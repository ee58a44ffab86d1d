"""Every rule that a booth breaks on certain pitches, hard ones and wishes, as the others stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.nearness import are_neighbours, distance
from eventsys.booths.rules.needs import misfits, own_wishes
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.rulebook import Rule

# For each booth, its pitches by the number of the day; those of one day by their places in the order of pitches.
At = Sequence[Mapping[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that doesn't hold: a hard one (`misfit`) or a wish (`rule`), with whom, and by how much of a board."""

    misfit: Misfit | None = None
    rule: Rule | None = None
    others: tuple[str, ...] = ()
    board: str = ""
    over_watts: int = 0

    @property
    def is_hard(self) -> bool:
        """Whether it takes a reason to let it be."""
        return self.misfit is not None


@dataclass(frozen=True, slots=True)
class _Street:
    """The street around one booth that would stand on some pitches on some days."""

    problem: Problem
    at: At
    booth: int
    pitches: tuple[int, ...]
    days: Collection[int] = field(default_factory=frozenset)

    def others(self) -> list[tuple[int, int, tuple[int, ...]]]:
        """Who else stands where on these days: booth, day, pitches."""
        return [
            (n, day, there[day])
            for n, there in enumerate(self.at)
            if n != self.booth
            for day in self.days
            if there.get(day)
        ]

    def names(self, booths: Collection[int]) -> tuple[str, ...]:
        """Their references, each once."""
        return tuple(dict.fromkeys(self.problem.booths[n].reference for n in sorted(booths)))

    def distance_m(self, pitches: tuple[int, ...]) -> float:
        """How near others stand, by the middles of their pitches."""
        ground = self.problem.pitches
        return min(distance(ground[n], ground[m]) for n in self.pitches for m in pitches)


def broken_by(
    problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...], days: Collection[int] | None = None
) -> list[Broken]:
    """What a booth breaks on these pitches on these days, all of its own if none are named, as the others stand in `at`."""
    own = problem.booths[booth].days
    street = _Street(problem, at, booth, pitches, sorted(own if days is None else own & set(days)))
    return [
        *_unfit(street),
        *_taken(street),
        *_overlapped(street),
        *_overload(street),
        *_too_near(street),
        *_unmet(street),
    ]


def broken_where(problem: Problem, at: At, booth: int, *, where: Mapping[int, tuple[int, ...]]) -> list[Broken]:
    """What a booth breaks that stands day by day where it is said, each rule once; nothing on a day without a place."""
    days: dict[tuple[int, ...], list[int]] = {}
    for day, pitches in where.items():
        if pitches:
            days.setdefault(pitches, []).append(day)
    found = [one for pitches, on in days.items() for one in broken_by(problem, at, booth, pitches=pitches, days=on)]
    return list(dict.fromkeys(found))


def _unfit(street: _Street) -> list[Broken]:
    need, parts = street.problem.booths[street.booth], [street.problem.pitches[n] for n in street.pitches]
    boards = {board.code: board for board in street.problem.boards}
    found = [Misfit.WIDTH] if need.width_cm > sum(part.width_cm for part in parts) else []
    for part in parts:
        found += misfits(need, part, boards.get(part.board or ""), is_wide_enough=True)
    # In a row: each beside the next one, in the order in which they lie.
    row = sorted(parts, key=lambda part: (part.x_m, part.y_m))
    is_row = all(are_neighbours(one, other) for one, other in pairwise(row))
    if not is_row or (need.wants_two and len(parts) < 2):
        found.append(Misfit.TWO_PITCHES)
    return [Broken(misfit) for misfit in dict.fromkeys(found)]


def _taken(street: _Street) -> list[Broken]:
    there = {n for n, _day, pitches in street.others() if set(pitches) & set(street.pitches)}
    return [Broken(Misfit.TAKEN, others=street.names(there))] if there else []


def _overlapped(street: _Street) -> list[Broken]:
    over = {m for n in street.pitches for m in street.problem.over[n]} - set(street.pitches)
    there = {n for n, _day, pitches in street.others() if over & set(pitches)} if over else set()
    return [Broken(Misfit.OVERLAP, others=street.names(there))] if there else []


def _overload(street: _Street) -> list[Broken]:
    problem = street.problem
    code, watts = problem.pitches[street.pitches[0]].board, problem.booths[street.booth].power_watts
    board = next((one for one in problem.boards if one.code == code), None)
    if board is None or not watts or watts > board.capacity_watts:
        return []  # Told as a misfit where it is too much for the board alone.
    load = dict.fromkeys(street.days, watts)
    for n, day, pitches in street.others():
        if problem.pitches[pitches[0]].board == code:
            load[day] += problem.booths[n].power_watts
    over = max(load.values(), default=0) - board.capacity_watts
    return [Broken(Misfit.BOARD_CAPACITY, board=board.code, over_watts=over)] if over > 0 else []


def _too_near(street: _Street) -> list[Broken]:
    least, apart = street.problem.rulebook.of(Rule.KEEP_APART).distance_m, street.problem.apart[street.booth]
    there = {n for n, _day, pitches in street.others() if n in apart and street.distance_m(pitches) <= least}
    return [Broken(Misfit.KEEP_APART, others=street.names(there))] if there else []


def _unmet(street: _Street) -> list[Broken]:
    problem = street.problem
    distances: dict[int, list[float]] = {}
    for n, _day, pitches in street.others():
        distances.setdefault(n, []).append(street.distance_m(pitches))
    found: dict[Rule, set[int]] = {}
    for pair in problem.pairs:
        other = pair.other if pair.one == street.booth else pair.one
        if street.booth in {pair.one, pair.other} and other in distances:
            near = [metres <= pair.distance_m for metres in distances[other]]
            if not all(near) if pair.weight > 0 else any(near):
                found.setdefault(pair.rule, set()).add(other)
    need, parts = problem.booths[street.booth], [problem.pitches[n] for n in street.pitches]
    own = own_wishes(problem.rulebook, need, parts)
    return [
        *(Broken(rule=rule, others=street.names(others)) for rule, others in found.items()),
        *(Broken(rule=rule) for rule, is_held, _weight in own if not is_held),
    ]
