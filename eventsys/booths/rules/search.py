"""The search: everybody who can be placed is placed, then wishes are met as well as can be.

First the hardest to place, each on the place that it wastes least of; who finds none takes one from others, who then
look anew (ejection, with a memory so that two don't drive each other out for ever). Then moves, swaps and exchanges
of three towards unmet wishes, worse ones accepted now and then (simulated annealing over steps of work, not over time).
Same input, seed and work give the same result.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp

from eventsys.booths.rules.places import Pair, Problem
from eventsys.booths.rules.points import how_many_placed
from eventsys.booths.rules.rulebook import PLACED, Rule

SEED = 2011
WARM, COLD = 12.0, 0.4
MOST_LOST = PLACED // 2
TOLD_EVERY = 2_000
DRAWS = 20
ASKED_EVERY = 50
# Places that may be looked at while the street is filled: where somebody must go for another one, every place is.
LOOKS_A_STEP = 20


class State:
    """An allocation as it changes: who stands where, what each board carries, what it is worth."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rng = random.Random(SEED)  # noqa: S311 - a seed makes it repeatable
        self.at = [-1] * len(problem.booths)
        self.points = 0
        days = max((mask.bit_length() for mask in problem.days), default=0)
        # Who stands on a pitch on a day, -1 for nobody; what a board carries on a day.
        self.on = [[-1] * days for _ in problem.pitches]
        self.load = [[0] * days for _ in problem.boards]
        # Who stands at a board and draws from it, whatever the day.
        self.fed: list[set[int]] = [set() for _ in problem.boards]
        self.capacity = problem.capacity
        self.watts = [need.power_watts for need in problem.booths]
        self.days_of = [[day for day in range(days) if mask >> day & 1] for mask in problem.days]
        self.pairs_of = problem.pairs_of
        # Booths with the same places share one list, and so one set.
        sets = {id(fits): frozenset(fits) for fits in problem.fits}
        self.fit_sets = [sets[id(fits)] for fits in problem.fits]
        self.near = {pair.distance_m: problem.near(pair.distance_m) for pair in problem.pairs}
        self.too_near = problem.near(problem.rulebook.of(Rule.KEEP_APART).distance_m)

    def gain_of(self, booth: int, place: int) -> int:
        """The points that a booth would bring there, everybody else standing as they do."""
        points = self.problem.points[booth] + self.problem.liking[booth].get(place, 0)
        at = self.at
        for pair in self.pairs_of[booth]:
            other = at[pair.other if pair.one == booth else pair.one]
            if other >= 0 and other in self.near[pair.distance_m][place]:
                points += pair.weight
        return points

    def put(self, booth: int, place: int) -> None:
        """Let a booth stand on a place, which must be free for it."""
        self.points += self.gain_of(booth, place)
        self.at[booth] = place
        there = self.problem.places[place]
        for day in self.days_of[booth]:
            for pitch in there.pitches:
                self.on[pitch][day] = booth
            if there.board >= 0:
                self.load[there.board][day] += self.watts[booth]
        if there.board >= 0 and self.watts[booth]:
            self.fed[there.board].add(booth)

    def take(self, booth: int) -> int:
        """Take a booth off its place, which is returned."""
        place = self.at[booth]
        self.at[booth] = -1
        self.points -= self.gain_of(booth, place)
        there = self.problem.places[place]
        for day in self.days_of[booth]:
            for pitch in there.pitches:
                self.on[pitch][day] = -1
            if there.board >= 0:
                self.load[there.board][day] -= self.watts[booth]
        if there.board >= 0:
            self.fed[there.board].discard(booth)
        return place

    def in_the_way(self, booth: int, place: int) -> set[int]:
        """Who would have to go for this booth to stand there; of a board's load, the fewest and largest."""
        there = self.problem.places[place]
        days = self.days_of[booth]
        found = {self.on[pitch][day] for pitch in there.ground for day in days}
        near = self.too_near[place]
        for other in self.problem.apart[booth]:
            if self.at[other] in near:
                found.add(other)
        found.discard(-1)
        found.discard(booth)
        if there.board >= 0 and self.watts[booth]:
            found |= self._overloading(booth, there.board, found)
        return found

    def _overloading(self, booth: int, board: int, gone: set[int]) -> set[int]:
        leaving: set[int] = set()
        for day in self.days_of[booth]:
            over = self.load[board][day] + self.watts[booth] - self.capacity[board][day]
            for other in (booth, *gone, *leaving):
                if other in self.fed[board] and self._is_there(other, day):
                    over -= self.watts[other]
            if over <= 0:
                continue
            drawing = sorted(
                (o for o in self.fed[board] if o != booth and self._is_there(o, day) and o not in gone | leaving),
                key=lambda o: (-self.watts[o], o),
            )
            for other in drawing:
                if over <= 0:
                    break
                leaving.add(other)
                over -= self.watts[other]
        return leaving

    def _is_there(self, booth: int, day: int) -> bool:
        return bool(self.problem.days[booth] >> day & 1)

    def is_free_for(self, booth: int, place: int) -> bool:
        """Whether a booth, which stands nowhere, may stand there as everybody else does."""
        there = self.problem.places[place]
        for day in self.days_of[booth]:
            if any(self.on[pitch][day] >= 0 for pitch in there.ground):
                return False
            board, watts = there.board, self.watts[booth]
            if board >= 0 and watts and self.load[board][day] + watts > self.capacity[board][day]:
                return False
        near, at = self.too_near[place], self.at
        return not any(at[other] in near for other in self.problem.apart[booth])


def search(
    problem: Problem,
    *,
    work: int,
    start: Sequence[int] | None = None,
    bound: int | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[int, int], None] = lambda _points, _placed: None,
) -> list[int]:
    """The best allocation found in so many steps: the place of each booth, -1 for none.

    `start` is an allocation to go on from. It ends early at `bound`, which no allocation exceeds, and when
    `is_stopped` says so; `tell` hears of the points and the placed ones now and then.
    """
    state = State(problem)
    for booth, place in enumerate(start or ()):
        if place >= 0 and place in problem.fits[booth] and state.is_free_for(booth, place):
            state.put(booth, place)
    for booth, place in problem.locked.items():
        if state.at[booth] < 0:
            state.put(booth, place)
    fill(state, steps=work, is_stopped=is_stopped)
    _become(state, _improve(state, work, Following(bound, is_stopped, tell)))
    _take_what_is_free(state)
    return list(state.at)


@dataclass(frozen=True, slots=True)
class Following:
    """When a search ends early, and who hears how far it is."""

    bound: int | None
    is_stopped: Callable[[], bool]
    tell: Callable[[int, int], None]

    def is_enough(self, problem: Problem, step: int, *, best: Sequence[int], points: int) -> bool:
        """Whether to end at this step; tells now and then."""
        if points == self.bound:
            return True
        if step % TOLD_EVERY:
            return False
        self.tell(points, how_many_placed(problem, best))
        return self.is_stopped()


def fill(state: State, *, steps: int, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """Place as many as can be, the hardest first, driving others out where nothing is free."""
    problem = state.problem
    hardness = [(len(fits), -state.watts[n] * len(state.days_of[n]), n) for n, fits in enumerate(problem.fits)]
    waiting = sorted((n for n, fits in enumerate(problem.fits) if fits and state.at[n] < 0), key=hardness.__getitem__)
    driven_out = [0] * len(problem.booths)
    best, best_placed = list(state.at), sum(place >= 0 for place in state.at)
    looks = LOOKS_A_STEP * steps
    for step in range(min(steps, 60 * len(problem.booths))):
        if not waiting or looks < 0 or (step % ASKED_EVERY == ASKED_EVERY - 1 and is_stopped()):
            break
        booth = waiting.pop(0)
        looks -= len(problem.fits[booth])
        place, blocking = _cheapest(state, booth, driven_out)
        if place < 0:
            continue
        for other in sorted(blocking):
            state.take(other)
            driven_out[other] += 1
        state.put(booth, place)
        waiting += sorted(blocking, key=hardness.__getitem__)
        placed = sum(there >= 0 for there in state.at)
        if placed > best_placed:
            best, best_placed = list(state.at), placed
    _become(state, best)
    _take_what_is_free(state)


def _take_what_is_free(state: State) -> None:
    """Let nobody be without a place while one is free, however early the search was stopped."""
    for booth, fits in enumerate(state.problem.fits):
        if state.at[booth] < 0:
            place = next((place for place in fits if state.is_free_for(booth, place)), -1)
            if place >= 0:
                state.put(booth, place)


def _become(state: State, at: Sequence[int]) -> None:
    for booth, place in enumerate(at):
        if state.at[booth] >= 0 and state.at[booth] != place:
            state.take(booth)
    for booth, place in enumerate(at):
        if place >= 0 and state.at[booth] < 0:
            state.put(booth, place)


def _cheapest(state: State, booth: int, driven_out: Sequence[int]) -> tuple[int, set[int]]:
    """The place from which the fewest, least often driven out, must go; the thriftiest of equals. -1 where none may."""
    best, best_place, best_blocking = float("inf"), -1, set[int]()
    for place in state.problem.fits[booth]:
        blocking = state.in_the_way(booth, place)
        if not blocking:
            return place, blocking
        if any(other in state.problem.locked for other in blocking):
            continue
        cost = sum(1 + driven_out[other] for other in blocking) + state.rng.random() / 2
        if cost < best:
            best, best_place, best_blocking = cost, place, blocking
    return best_place, best_blocking


def _improve(state: State, work: int, following: Following) -> list[int]:
    best, most = list(state.at), state.points
    moving = [n for n, fits in enumerate(state.problem.fits) if len(fits) > 1 or (fits and state.at[n] < 0)]
    for step in range(work if moving else 0):
        if following.is_enough(state.problem, step, best=best, points=most):
            break
        before = state.points
        undo = _step(state, moving)
        if undo is not None and not _is_accepted(
            state, before - state.points, heat=WARM * (COLD / WARM) ** (step / work)
        ):
            _undo(state, undo)
        if state.points > most:
            best, most = list(state.at), state.points
    return best


def _is_accepted(state: State, lost: int, *, heat: float) -> bool:
    """Metropolis' rule: better ones always, worse ones the rarer the more they lose and the colder it is.

    Never one that costs about a place: who has lost the only place that fits seldom finds back to it.
    """
    return lost <= 0 or (lost < MOST_LOST and state.rng.random() < exp(-lost / heat))


Undo = list[tuple[int, int]]


def _step(state: State, moving: Sequence[int]) -> Undo | None:
    """Change something: a booth goes towards a wish, or anywhere; who stands there goes where it came from, or on."""
    booth = moving[int(state.rng.random() * len(moving))]
    place = _wished_place(state, booth)
    if place == state.at[booth]:
        return None
    blocking = state.in_the_way(booth, place)
    if len(blocking) > 1 or any(other in state.problem.locked for other in blocking):
        return None
    was = [(booth, state.at[booth]), *((other, state.at[other]) for other in blocking)]
    for other, there in was:
        if there >= 0:
            state.take(other)
    state.put(booth, place)
    for other in blocking:
        home = was[0][1]
        if home >= 0 and home in state.problem.fits[other] and state.is_free_for(other, home):
            state.put(other, home)
        else:
            elsewhere = _any_free(state, other)
            if elsewhere >= 0:
                state.put(other, elsewhere)
    return was


def _wished_place(state: State, booth: int) -> int:
    """A place that fits: beside somebody whom it wishes for, one that it likes, or any."""
    problem, fits = state.problem, state.problem.fits[booth]
    pairs = state.pairs_of[booth]
    chance = state.rng.random()
    if pairs and chance < 0.5:
        pair = pairs[int(state.rng.random() * len(pairs))]
        other = state.at[pair.other if pair.one == booth else pair.one]
        if other >= 0:
            around = state.near[pair.distance_m][other]
            good = _beside(state, booth, around) if pair.weight > 0 else _beyond(state, booth, around)
            if good:
                return good[int(state.rng.random() * len(good))]
    liked = problem.liking[booth]
    if liked and chance < 0.7:
        keys = list(liked)
        return keys[int(state.rng.random() * len(keys))]
    return fits[int(state.rng.random() * len(fits))]


def _beside(state: State, booth: int, around: frozenset[int]) -> list[int]:
    """The places near another one that fit; there are few, however long the street is."""
    fits = state.fit_sets[booth]
    return [place for place in around if place in fits]


def _beyond(state: State, booth: int, around: frozenset[int]) -> list[int]:
    """A place that fits and isn't near another one, drawn by lot; none where most are near."""
    fits = state.problem.fits[booth]
    for _ in range(DRAWS):
        place = fits[int(state.rng.random() * len(fits))]
        if place not in around:
            return [place]
    return []


def _any_free(state: State, booth: int) -> int:
    fits = state.problem.fits[booth]
    begin = int(state.rng.random() * len(fits))
    return next((p for p in (*fits[begin:], *fits[:begin]) if state.is_free_for(booth, p)), -1)


def _undo(state: State, was: Undo) -> None:
    for booth, _place in was:
        if state.at[booth] >= 0:
            state.take(booth)
    for booth, place in was:
        if place >= 0:
            state.put(booth, place)


def unmet(problem: Problem, at: Sequence[int]) -> Iterable[Pair]:
    """The wishes between placed booths that don't hold."""
    for pair in problem.pairs:
        one, other = at[pair.one], at[pair.other]
        if one >= 0 and other >= 0:
            is_near = other in problem.near(pair.distance_m)[one]
            if is_near != (pair.weight > 0):
                yield pair
