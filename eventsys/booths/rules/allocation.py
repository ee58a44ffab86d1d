"""The proposal: who stands where. Hard rules hold always; as many as can be are placed, then wishes are met.

The hardest to place go first, each on the pitch that it wastes least of. Who finds none takes a pitch from others, who
then look anew (ejection, with a memory so that two don't drive each other out for ever). At last, moves and swaps that
bring wished neighbours together. Same input and seed, same result.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts, misfits, unused

KEEP_APART_M = 10.0
NEIGHBOURS_M = 10.0
FOR_PLACED = 100
FOR_NEIGHBOUR = 15
WITHIN = 0.01
STEPS = 20_000
SEED = 2011


class Status(StrEnum):
    """How good a proposal is known to be."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pitch numbers by reference; why the others have none; and how good it is.

    `objective` = 100 for each placed + 15 for each wish to be neighbours that holds; `bound` is a number that no
    allocation of these booths can exceed; gap = (bound - objective) / bound.
    """

    pitch_of: Mapping[str, str]
    days_of: Mapping[str, tuple[int, ...]]
    unplaced: Mapping[str, tuple[Misfit, ...]]
    objective: int
    bound: int

    @property
    def gap(self) -> float:
        """How far from the bound, as a share of it; 0 where there was nothing to place."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    @property
    def status(self) -> Status:
        """Proven optimal, within one per cent of the bound, or just the best found."""
        if self.objective == self.bound:
            return Status.OPTIMAL
        return Status.WITHIN_GAP if self.gap <= WITHIN else Status.STOPPED

    def as_json(self, seconds: float) -> dict[str, object]:
        """The object that `flask booths propose --format json` prints."""
        return {
            "placed": len(self.pitch_of),
            "assignments": [
                {"reference": reference, "pitches": [number], "days": list(self.days_of[reference])}
                for reference, number in sorted(self.pitch_of.items())
            ],
            "unplaced": [
                {"reference": reference, "reasons": [why.value for why in reasons]}
                for reference, reasons in sorted(self.unplaced.items())
            ],
            "objective": self.objective,
            "bound": self.bound,
            "gap": round(self.gap, 6),
            "seconds": round(seconds, 3),
            "status": self.status.value,
        }


class Street:
    """The street as it fills: who stands where, and whether one more may."""

    def __init__(self, needs: Iterable[Need], pitches: Iterable[PitchFacts], boards: Iterable[BoardFacts]) -> None:
        self.needs = {need.reference: need for need in needs}
        self.pitches = {pitch.number: pitch for pitch in pitches}
        self.boards = {board.code: board for board in boards}
        self.pitch_of: dict[str, str] = {}
        self._on: dict[tuple[str, int], str] = {}
        self._load: dict[tuple[str, int], int] = {}
        self.apart = _both_ways(self.needs, lambda need: need.keep_apart)
        self.beside = _both_ways(self.needs, lambda need: need.next_to)
        self.fitting = {
            need.reference: sorted(
                (number for number, pitch in self.pitches.items() if not misfits(need, pitch, self._board(pitch))),
                key=lambda number: (unused(need, self.pitches[number]), number),
            )
            for need in self.needs.values()
        }

    def _board(self, pitch: PitchFacts) -> BoardFacts | None:
        return self.boards.get(pitch.board) if pitch.board else None

    def distance_m(self, one: str, other: str) -> float:
        """Between the middles of two pitches."""
        a, b = self.pitches[one], self.pitches[other]
        return hypot(a.x_m - b.x_m, a.y_m - b.y_m)

    def in_the_way(self, reference: str, number: str) -> list[str]:
        """Who would have to go for this booth to stand there; of a board's load, the fewest and largest."""
        need = self.needs[reference]
        blocking = {self._on[number, day] for day in need.days if (number, day) in self._on}
        for other in self.apart[reference]:
            taken = self.pitch_of.get(other)
            if taken is not None and self.distance_m(number, taken) < KEEP_APART_M:
                blocking.add(other)
        blocking |= self._overloading(need, number, gone=blocking)
        blocking.discard(reference)
        return sorted(blocking)

    def _overloading(self, need: Need, number: str, *, gone: set[str]) -> set[str]:
        board = self._board(self.pitches[number])
        if board is None or need.power_watts == 0:
            return set()
        leaving: set[str] = set()
        for day in sorted(need.days):
            load = self._load.get((board.code, day), 0) + need.power_watts
            for other in (*gone, *leaving, need.reference):
                if self._draws(other, board.code, day):
                    load -= self.needs[other].power_watts
            heaviest = sorted(
                (o for o in self.pitch_of if self._draws(o, board.code, day) and o not in gone | leaving),
                key=lambda o: (-self.needs[o].power_watts, o),
            )
            while load > board.capacity_watts and heaviest:
                out = heaviest.pop(0)
                if out != need.reference:
                    leaving.add(out)
                    load -= self.needs[out].power_watts
        return leaving

    def _draws(self, reference: str, board: str, day: int) -> bool:
        number = self.pitch_of.get(reference)
        return number is not None and self.pitches[number].board == board and day in self.needs[reference].days

    def put(self, reference: str, number: str) -> None:
        """Let a booth stand on a pitch; it must be free for it."""
        need = self.needs[reference]
        self.pitch_of[reference] = number
        board = self.pitches[number].board
        for day in need.days:
            self._on[number, day] = reference
            if board:
                self._load[board, day] = self._load.get((board, day), 0) + need.power_watts

    def take_away(self, reference: str) -> str:
        """Take a booth off its pitch, which is returned."""
        need = self.needs[reference]
        number = self.pitch_of.pop(reference)
        board = self.pitches[number].board
        for day in need.days:
            del self._on[number, day]
            if board:
                self._load[board, day] -= need.power_watts
        return number

    def neighbours_met(self, reference: str) -> int:
        """How many wishes to stand beside this booth, or of it, hold."""
        number = self.pitch_of.get(reference)
        if number is None:
            return 0
        return sum(
            self.distance_m(number, self.pitch_of[other]) <= NEIGHBOURS_M
            for other in self.beside[reference]
            if other in self.pitch_of
        )

    def all_met(self) -> int:
        """How many wished pairs are neighbours."""
        return sum(self.neighbours_met(reference) for reference in self.pitch_of) // 2


def _both_ways(needs: Mapping[str, Need], asks: object) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = {reference: set() for reference in needs}
    for need in needs.values():
        for other in asks(need):  # type: ignore[operator]
            if other in needs and other != need.reference:
                pairs[need.reference].add(other)
                pairs[other].add(need.reference)
    return pairs


def propose(
    needs: Sequence[Need],
    pitches: Sequence[PitchFacts],
    boards: Sequence[BoardFacts],
    *,
    steps: int = STEPS,
    rng: random.Random | None = None,
) -> Proposal:
    """Place everybody who can be placed. `steps` bounds the work; with the same seed it gives the same result."""
    street = Street(sorted(needs, key=lambda need: need.reference), pitches, boards)
    chance = rng or random.Random(SEED)  # noqa: S311 - a seed makes it repeatable
    _fill(street, steps=steps, rng=chance)
    _bring_together(street, steps=steps)
    return _told(street)


def _hardness(street: Street, reference: str) -> tuple[int, int, str]:
    need = street.needs[reference]
    return (len(street.fitting[reference]), -need.power_watts * len(need.days), reference)


def _fill(street: Street, *, steps: int, rng: random.Random) -> None:
    waiting = sorted((r for r in street.needs if street.fitting[r]), key=lambda r: _hardness(street, r))
    driven_out: dict[str, int] = {}
    best = dict(street.pitch_of)
    for _ in range(steps):
        if not waiting:
            break
        reference = waiting.pop(0)
        number, blocking = _cheapest(street, reference, driven_out, rng=rng)
        for other in blocking:
            street.take_away(other)
            driven_out[other] = driven_out.get(other, 0) + 1
        street.put(reference, number)
        waiting += sorted(blocking, key=lambda r: _hardness(street, r))
        if len(street.pitch_of) > len(best):
            best = dict(street.pitch_of)
    if len(street.pitch_of) < len(best):
        for reference in list(street.pitch_of):
            street.take_away(reference)
        for reference, number in best.items():
            street.put(reference, number)


def _cheapest(
    street: Street, reference: str, driven_out: Mapping[str, int], *, rng: random.Random
) -> tuple[str, list[str]]:
    """The pitch from which the fewest, least often driven out, must go; the thriftiest of equals."""
    best: tuple[float, str, list[str]] | None = None
    for number in street.fitting[reference]:
        blocking = street.in_the_way(reference, number)
        if not blocking:
            return number, []
        cost = sum(1 + driven_out.get(other, 0) for other in blocking) + rng.random() / 2
        if best is None or cost < best[0]:
            best = (cost, number, blocking)
    if best is None:
        raise LookupError(reference)
    return best[1], best[2]


def _bring_together(street: Street, *, steps: int) -> None:
    """Move a booth beside one that it wishes for, or change its place with who stands there."""
    tries = 0
    for reference in sorted(street.pitch_of):
        for wished in sorted(street.beside[reference]):
            target = street.pitch_of.get(wished)
            if target is None or street.distance_m(street.pitch_of[reference], target) <= NEIGHBOURS_M:
                continue
            for number in street.fitting[reference]:
                tries += 1
                if tries > steps:
                    return
                is_beside = number != target and street.distance_m(number, target) <= NEIGHBOURS_M
                if is_beside and _moved(street, reference, number):
                    break


def _moved(street: Street, reference: str, number: str) -> bool:
    """Whether the booth could go there for more wishes met, at most by an exchange with one other."""
    blocking = street.in_the_way(reference, number)
    if len(blocking) > 1:
        return False
    before, home = street.all_met(), street.pitch_of[reference]
    other = blocking[0] if blocking else None
    if other is not None and street.pitch_of[other] != number:
        return False
    street.take_away(reference)
    if other is not None:
        street.take_away(other)
    if _puts(street, ((reference, number), (other, home))) and street.all_met() > before:
        return True
    for moved in (reference, other):
        if moved is not None and moved in street.pitch_of:
            street.take_away(moved)
    street.put(reference, home)
    if other is not None:
        street.put(other, number)
    return False


def _puts(street: Street, wanted: Iterable[tuple[str | None, str]]) -> bool:
    for reference, number in wanted:
        if reference is None:
            continue
        if number not in street.fitting[reference] or street.in_the_way(reference, number):
            return False
        street.put(reference, number)
    return True


def _told(street: Street) -> Proposal:
    placeable = {reference for reference, fitting in street.fitting.items() if fitting}
    pairs = sum(len(street.beside[r] & placeable) for r in placeable) // 2
    return Proposal(
        pitch_of=dict(street.pitch_of),
        days_of={reference: tuple(sorted(street.needs[reference].days)) for reference in street.pitch_of},
        unplaced={r: why_not(street, r) for r in sorted(street.needs) if r not in street.pitch_of},
        objective=FOR_PLACED * len(street.pitch_of) + FOR_NEIGHBOUR * street.all_met(),
        bound=FOR_PLACED * min(len(placeable), _room(street, placeable)) + FOR_NEIGHBOUR * pairs,
    )


def _room(street: Street, placeable: set[str]) -> int:
    """No more booths than pitches can stand on any one day; those who come on one day alone may share a pitch."""
    days = {day for r in placeable for day in street.needs[r].days}
    spots = len(street.pitches) * max(1, len(days))
    taken = sorted(len(street.needs[r].days) for r in placeable)
    count = 0
    for size in taken:
        spots -= size
        if spots < 0:
            break
        count += 1
    return count


def why_not(street: Street, reference: str) -> tuple[Misfit, ...]:
    """Why a booth has no pitch: what no pitch offers, or else what those that fit are taken by."""
    need = street.needs[reference]
    if not street.pitches:
        return (Misfit.NO_PITCH,)
    if not street.fitting[reference]:
        lists = [set(misfits(need, pitch, street._board(pitch))) for pitch in street.pitches.values()]  # noqa: SLF001
        common = set.intersection(*lists)
        return tuple(why for why in Misfit if why in (common or set().union(*lists)))
    reasons: set[Misfit] = set()
    for number in street.fitting[reference]:
        on_it = any(street._on.get((number, day)) for day in need.days)  # noqa: SLF001
        near = any(
            street.distance_m(number, street.pitch_of[other]) < KEEP_APART_M
            for other in street.apart[reference]
            if other in street.pitch_of
        )
        reasons.add(Misfit.TAKEN if on_it else Misfit.KEEP_APART if near else Misfit.BOARD_CAPACITY)
    return tuple(why for why in Misfit if why in reasons)
