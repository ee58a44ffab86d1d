"""How much room the street has for a booth: what each of its needs rules out, what is left, and what of that is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.needs import OFFERED, Need, misfits
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.problem import needs_two, waste_at
from eventsys.booths.rules.search import State


@dataclass(frozen=True, slots=True)
class Ruled:
    """A need of a booth, and how many places it rules out by itself; `others` whom it must keep apart from, as they stand."""

    need: Misfit
    out: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """Of `places` places (pitches, or two neighbouring ones where `is_double`) those with all that a booth needs.

    `free` are the numbers of those among them that it could move to now, the thriftiest first.
    """

    is_double: bool
    places: int
    ruled: tuple[Ruled, ...]
    left: int
    free: tuple[tuple[str, ...], ...]


# Which need it is that a misfit speaks of, where that is another word.
ASKED = {
    Misfit.QUIET_ZONE: Misfit.AMPLIFIED_SOUND,
    Misfit.NO_BOARD: Misfit.BOARD_CAPACITY,
    Misfit.PHASE_CAPACITY: Misfit.BOARD_CAPACITY,
}


def room_for(state: State, booth: int) -> Room:
    """How much room there is for a booth; where it stands itself is not counted as free."""
    problem, need = state.problem, state.problem.booths[booth]
    misses = misses_at(problem, booth)
    ruled = [Ruled(one, sum(_speaks_of(found, one) for found in misses.values())) for one in _needs_of(need)]
    apart = sorted(n for n in problem.apart[booth] if state.at[n] >= 0)
    if apart:
        out = sum(any(state.at[n] in state.too_near[place] for n in apart) for place in misses)
        others = tuple(dict.fromkeys(problem.booths[n].reference for n in apart))
        ruled.append(Ruled(Misfit.KEEP_APART, out, others))
    left = [place for place, found in misses.items() if not found]
    return Room(_size(problem, need) == 2, len(misses), tuple(ruled), len(left), _free(state, booth, left))


def _needs_of(need: Need) -> list[Misfit]:
    """What a booth asks of a place: its width, what it shall have or allow, power."""
    power = [Misfit.BOARD_CAPACITY] if need.power_watts > 0 else []
    return [Misfit.WIDTH, *(misfit for misfit, name in OFFERED if getattr(need, name)), *power]


def _speaks_of(found: Iterable[Misfit], need: Misfit) -> bool:
    return any(ASKED.get(misfit, misfit) is need for misfit in found)


def _free(state: State, booth: int, left: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    problem, here = state.problem, state.at[booth]
    if here >= 0:
        state.take(booth)
    free = [
        place for place in left if place != here and state.is_free_for(booth, place) and _feeds(state, booth, place)
    ]
    if here >= 0:
        state.put(booth, here)
    free.sort(key=lambda place: (waste_at(problem, problem.booths[booth], problem.places[place]), place))
    return tuple(tuple(problem.pitches[n].number for n in problem.places[place].pitches) for place in free)


def _feeds(state: State, booth: int, place: int) -> bool:
    """Whether the board has enough by itself: what is fixed by hand may have taken it beyond that."""
    board, watts = state.problem.places[place].board, state.watts[booth]
    if board < 0 or not watts:
        return True
    most = state.problem.boards[board].capacity_watts
    return all(state.load[board][day] + watts <= most for day in state.days_of[booth])


def lacking_of(problem: Problem, booth: int) -> Counter[tuple[Misfit, ...]]:
    """How many places lack what in an empty street; of two neighbouring pitches, where the booth takes two."""
    return Counter(misses_at(problem, booth).values())


def misses_at(problem: Problem, booth: int) -> dict[int, tuple[Misfit, ...]]:
    """What each place lacks in an empty street, of those of the size that the booth takes."""
    need, boards = problem.booths[booth], {board.code: board for board in problem.boards}
    size, found = _size(problem, need), dict[int, tuple[Misfit, ...]]()
    for number, place in enumerate(problem.places):
        if len(place.pitches) == size:
            parts = [problem.pitches[n] for n in place.pitches]
            is_wide_enough = need.width_cm <= place.width_cm
            misses = (
                misfit
                for part in parts
                for misfit in misfits(need, part, boards.get(part.board or ""), is_wide_enough=is_wide_enough)
            )
            found[number] = tuple(dict.fromkeys(misses))
    return found


def _size(problem: Problem, need: Need) -> int:
    """How many pitches a booth takes; one where there are no neighbours: what the single ones lack says more."""
    if not needs_two(problem, need):
        return 1
    return 2 if need.wants_two or any(len(place.pitches) > 1 for place in problem.places) else 1
