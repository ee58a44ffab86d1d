"""Why here, and why not: what an organiser is told about each booth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.needs import Need, own_wishes
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.problem import waste_at
from eventsys.booths.rules.room import lacking_of
from eventsys.booths.rules.rulebook import Rule
from eventsys.booths.rules.search import State


@dataclass(frozen=True, slots=True)
class Held:
    """A wish of a booth, whether it holds, and what it counts; `other` is a reference, empty for a wish of its own."""

    rule: Rule
    other: str
    is_held: bool
    weight: int


@dataclass(frozen=True, slots=True)
class Better:
    """A place that would count more for a booth, or as much and waste less: by how many points, what stands in the way.

    `in_the_way` are those who would have to go; what the board lacks is what it would lack without them.
    """

    pitches: tuple[str, ...]
    points: int
    in_the_way: tuple[str, ...]
    board: str = ""
    lacks_watts: int = 0


@dataclass(frozen=True, slots=True)
class WhyHere:
    """What speaks for the place of a booth, and for which other one it would leave it."""

    wishes: tuple[Held, ...]
    better: Better | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a booth has no place: `count` places it concerns, by whom they are taken, which board lacks how much.

    `needs` are the fewest of its needs that leave no more places than these, with its width and power for the words.
    """

    misfit: Misfit
    count: int = 0
    others: tuple[str, ...] = ()
    board: str = ""
    lacks_watts: int = 0
    needs: tuple[Misfit, ...] = ()
    width_cm: int = 0
    power_watts: int = 0


def state_of(problem: Problem, at: Sequence[int]) -> State:
    """The street with everybody where they stand."""
    state = State(problem)
    for booth, place in enumerate(at):
        if place >= 0:
            state.put(booth, place)
    return state


def why_here(state: State, booth: int) -> WhyHere:
    """The wishes of a placed booth, and the next better place with what stood in the way of it."""
    problem, at = state.problem, state.at
    here = at[booth]
    wishes = []
    for pair in state.pairs_of[booth]:
        other = pair.other if pair.one == booth else pair.one
        if at[other] < 0:
            continue
        is_near = at[other] in state.near[pair.distance_m][here]
        is_held = is_near == (pair.weight > 0)
        # Of all with the same kitchen, only those who stand too near are worth a word.
        if pair.weight > 0 or not is_held or pair.rule is Rule.SENSITIVE:
            wishes.append(Held(pair.rule, problem.booths[other].reference, is_held, abs(pair.weight)))
    own = own_wishes(
        problem.rulebook, problem.booths[booth], [problem.pitches[n] for n in problem.places[here].pitches]
    )
    wishes += [Held(rule, "", is_held, weight) for rule, is_held, weight in own]
    return WhyHere(tuple(wishes), _better(state, booth))


def _better(state: State, booth: int) -> Better | None:
    """The place that counts most, if it counts more than this one; else one that counts as much and wastes less.

    Of equals one that is free, then the thriftiest.
    """
    problem, need = state.problem, state.problem.booths[booth]
    here = state.take(booth)
    try:
        now, wasted = state.gain_of(booth, here), waste_at(problem, need, problem.places[here])
        gains = {place: state.gain_of(booth, place) for place in problem.fits[booth] if place != here}
        most = max(gains.values(), default=now)
        best = [
            place
            for place, gain in gains.items()
            if gain == most
            and (gain > now or (gain == now and waste_at(problem, need, problem.places[place]) < wasted))
        ]
        if not best:
            return None
        place = next((place for place in best if state.is_free_for(booth, place)), best[0])
        in_the_way, board, lacks = _hindrance(state, booth, place)
        return Better(_numbers(problem, place), most - now, in_the_way, board, lacks)
    finally:
        state.put(booth, here)


def _hindrance(state: State, booth: int, place: int) -> tuple[tuple[str, ...], str, int]:
    """Who would have to go for a booth that stands nowhere, and what the board of the place lacks even then."""
    ground, near = state.problem.places[place].ground, state.too_near[place]
    there = {state.on[pitch][day] for pitch in ground for day in state.days_of[booth]} - {-1}
    there |= {other for other in state.problem.apart[booth] if state.at[other] in near}
    at = {other: state.take(other) for other in sorted(there)}
    board, lacks = _lack(state, booth, place)
    for other, back in at.items():
        state.put(other, back)
    return _references(state.problem, there), board, lacks


def why_not(state: State, booth: int) -> tuple[Reason, ...]:
    """The smallest set of reasons why a booth has no place.

    Where no place fits it in an empty street: what the nearest ones to fit lack. Else by what those that fit are
    barred: taken, too near to whom it must not stand beside, or on a board that carries no more.
    """
    problem = state.problem
    if not problem.pitches:
        return (Reason(Misfit.NO_PITCH),)
    lacking = lacking_of(problem, booth)
    if not lacking:
        return (Reason(Misfit.TWO_PITCHES),)
    if not problem.fits[booth]:
        return _nothing_fits(problem, booth, lacking)
    taken, beneath, near, boards = Counter[int](), set[int](), set[int](), dict[int, int]()
    barred = Counter[Misfit]()
    for place in problem.fits[booth]:
        there = problem.places[place]
        holders, over = (
            {state.on[pitch][day] for pitch in pitches for day in state.days_of[booth]} - {-1}
            for pitches in (there.pitches, there.ground)
        )
        too_near = {other for other in problem.apart[booth] if state.at[other] in state.too_near[place]}
        if holders:
            barred[Misfit.TAKEN] += 1
            taken.update(holders)
        elif over:
            barred[Misfit.OVERLAP] += 1
            beneath |= over
        elif too_near:
            barred[Misfit.KEEP_APART] += 1
            near |= too_near
        else:
            barred[Misfit.BOARD_CAPACITY] += 1
            _code, lacks = _lack(state, booth, place)
            boards[there.board] = min(lacks, boards.get(there.board, lacks))
    in_the_way = {Misfit.TAKEN: taken, Misfit.OVERLAP: beneath, Misfit.KEEP_APART: near}
    reasons = _barred(problem, barred, in_the_way=in_the_way, boards=boards)
    return (_with_needs(problem.booths[booth], reasons[0], needs=_binding(lacking)), *reasons[1:])


def _binding(lacking: Counter[tuple[Misfit, ...]]) -> tuple[Misfit, ...]:
    """The fewest needs that alone rule out every place that is ruled out."""
    out = [set(misses) for misses in lacking if misses]
    kinds = [misfit for misfit in Misfit if any(misfit in misses for misses in out)]
    return next(
        chosen
        for size in range(len(kinds) + 1)
        for chosen in combinations(kinds, size)
        if all(misses.intersection(chosen) for misses in out)
    )


def _with_needs(need: Need, reason: Reason, *, needs: tuple[Misfit, ...]) -> Reason:
    return replace(reason, needs=needs, width_cm=need.width_cm, power_watts=need.power_watts)


def _barred(
    problem: Problem, barred: Counter[Misfit], *, in_the_way: Mapping[Misfit, Iterable[int]], boards: dict[int, int]
) -> list[Reason]:
    found = [
        Reason(misfit, barred[misfit], _references(problem, there))
        for misfit, there in in_the_way.items()
        if barred[misfit]
    ]
    if boards:
        board, lacks = min(boards.items(), key=lambda item: (item[1], item[0]))
        code = problem.boards[board].code
        found.append(Reason(Misfit.BOARD_CAPACITY, barred[Misfit.BOARD_CAPACITY], board=code, lacks_watts=lacks))
    return found


def _nothing_fits(problem: Problem, booth: int, lacking: Counter[tuple[Misfit, ...]]) -> tuple[Reason, ...]:
    """What no place has; where each need is met somewhere, what the nearest to fit lack."""
    binding, need = _binding(lacking), problem.booths[booth]
    # The fewest things that would have to be otherwise; of equals, where most places lack just these.
    fewest, count = min(lacking.items(), key=lambda item: (len(item[0]), -item[1], item[0]))
    if len(binding) == 1:
        return (_with_needs(need, Reason(binding[0], lacking[binding]), needs=binding),)
    nearest = Reason(Misfit.NEAREST, count)
    return tuple(
        _with_needs(need, reason, needs=needs)
        for reason, needs in ((Reason(Misfit.TOGETHER), binding), (nearest, fewest))
    )


def _lack(state: State, booth: int, place: int) -> tuple[str, int]:
    """How many watts the board of a place has too few for a booth that stands nowhere, on its worst day."""
    board = state.problem.places[place].board
    if board < 0:
        return "", 0
    over = max(
        (state.load[board][day] + state.watts[booth] - state.capacity[board][day] for day in state.days_of[booth]),
        default=0,
    )
    return (state.problem.boards[board].code, over) if over > 0 else ("", 0)


def _numbers(problem: Problem, place: int) -> tuple[str, ...]:
    return tuple(problem.pitches[n].number for n in problem.places[place].pitches)


def _references(problem: Problem, booths: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(problem.booths[n].reference for n in booths))
