"""Every rule that a booth breaks on certain pitches, hard ones and wishes, as the others stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.needs import misfits
from eventsys.booths.rules.problem import Problem, distance
from eventsys.booths.rules.rulebook import Rule

At = Sequence[tuple[int, ...]]


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


def broken_by(problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...]) -> list[Broken]:
    """What a booth breaks on these pitches. `at` are the pitches of everybody, empty for who has none."""
    return [
        *_unfit(problem, booth, pitches),
        *_taken(problem, at, booth, pitches=pitches),
        *_overload(problem, at, booth, pitches=pitches),
        *_too_near(problem, at, booth, pitches=pitches),
        *_unmet(problem, at, booth, pitches=pitches),
    ]


def _unfit(problem: Problem, booth: int, pitches: tuple[int, ...]) -> list[Broken]:
    need = problem.booths[booth]
    boards = {board.code: board for board in problem.boards}
    parts = [problem.pitches[n] for n in pitches]
    found = [Misfit.WIDTH] if need.width_cm > sum(part.width_cm for part in parts) else []
    for part in parts:
        found += misfits(need, part, boards.get(part.board or ""), is_wide_enough=True)
    return [Broken(misfit) for misfit in dict.fromkeys(found)]


def _taken(problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...]) -> list[Broken]:
    others = [
        problem.booths[n].reference
        for n, there in enumerate(at)
        if n != booth and set(there) & set(pitches) and problem.days[n] & problem.days[booth]
    ]
    return [Broken(Misfit.TAKEN, others=tuple(others))] if others else []


def _overload(problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...]) -> list[Broken]:
    code = problem.pitches[pitches[0]].board
    board = next((one for one in problem.boards if one.code == code), None)
    watts = problem.booths[booth].power_watts
    if board is None or not watts or watts > board.capacity_watts:
        return []  # Told as a misfit where it is too much for the board alone.
    over = 0
    for day in range(problem.days[booth].bit_length()):
        if problem.days[booth] >> day & 1:
            load = sum(
                problem.booths[n].power_watts
                for n, there in enumerate(at)
                if n != booth and there and problem.pitches[there[0]].board == code and problem.days[n] >> day & 1
            )
            over = max(over, load + watts - board.capacity_watts)
    return [Broken(Misfit.BOARD_CAPACITY, board=board.code, over_watts=over)] if over > 0 else []


def _between_m(problem: Problem, one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return min(distance(problem.pitches[n], problem.pitches[m]) for n in one for m in other)


def _too_near(problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...]) -> list[Broken]:
    least = problem.rulebook.of(Rule.KEEP_APART).distance_m
    others = [
        problem.booths[n].reference
        for n in sorted(problem.apart[booth])
        if at[n] and _between_m(problem, pitches, at[n]) <= least
    ]
    return [Broken(Misfit.KEEP_APART, others=tuple(others))] if others else []


def _unmet(problem: Problem, at: At, booth: int, *, pitches: tuple[int, ...]) -> list[Broken]:
    found: dict[Rule, list[str]] = {}
    for pair in problem.pairs:
        if booth not in {pair.one, pair.other}:
            continue
        other = pair.other if pair.one == booth else pair.one
        if at[other]:
            is_near = _between_m(problem, pitches, at[other]) <= pair.distance_m
            if is_near != (pair.weight > 0):
                found.setdefault(pair.rule, []).append(problem.booths[other].reference)
    return [Broken(rule=rule, others=tuple(others)) for rule, others in found.items()]
