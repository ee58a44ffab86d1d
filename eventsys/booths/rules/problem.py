"""The allocation as numbers: booths, places, wishes between them; what a search works on.

A *place* is one pitch, or two neighbouring ones for a booth that is wider than any. Booths, places and pitches are
numbered in a stable order, so that the same input is the same problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, hypot

from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts, misfits, unused
from eventsys.booths.rules.rulebook import PLACED, USUAL, Rule, Rulebook

# Two pitches count as neighbours when their middles are no further apart than half their widths and this.
GAP_M = 1.0


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
    # For each booth: place → points for standing there, beside what it counts to be placed.
    liking: list[dict[int, int]] = field(default_factory=list)
    apart: list[set[int]] = field(default_factory=list)
    locked: dict[int, int] = field(default_factory=dict)
    # Days as a bit mask, bit 0 for day 1.
    days: list[int] = field(default_factory=list)
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


def problem_of(
    needs: Iterable[Need],
    pitches: Iterable[PitchFacts],
    boards: Iterable[BoardFacts],
    *,
    rulebook: Rulebook = USUAL,
    locked: Mapping[str, tuple[str, ...]] | None = None,
    before: Mapping[str, tuple[str, ...]] | None = None,
    is_bare: bool = False,
) -> Problem:
    """Number everything. `locked` are pitch numbers by reference that must stay, `before` those that would rather.

    `is_bare` leaves out the places and what fits them: for looking at who stands where, which is asked often.
    """
    problem = Problem(
        sorted(needs, key=lambda need: need.reference),
        sorted(pitches, key=lambda pitch: pitch.number),
        sorted(boards, key=lambda board: board.code),
        rulebook,
    )
    problem.days = [sum(1 << (day - 1) for day in need.days) for need in problem.booths]
    problem.fits = [[] for _need in problem.booths]
    if not is_bare:
        _add_places(problem)
    number_of = {need.reference: n for n, need in enumerate(problem.booths)}
    problem.apart = _pairs_asked(problem.booths, number_of, lambda need: need.keep_apart)
    _add_wishes(problem, number_of)
    _lock(problem, number_of, locked or {})
    _like_before(problem, number_of, before or {})
    return problem


def _add_places(problem: Problem) -> None:
    board_of = {board.code: place for place, board in enumerate(problem.boards)}
    problem.places = [
        Place((n,), pitch.number, pitch.width_cm, pitch.x_m, pitch.y_m, board_of.get(pitch.board or "", -1))
        for n, pitch in enumerate(problem.pitches)
    ]
    _add_doubles(problem)
    problem.fits = [_fitting(problem, need) for need in problem.booths]


def _add_doubles(problem: Problem) -> None:
    """Two neighbouring pitches on one board as one place, where a booth is wider than any pitch or asks for two."""
    widest = max((pitch.width_cm for pitch in problem.pitches), default=0)
    if not any(need.width_cm > widest or need.wants_two for need in problem.booths):
        return
    for n, one in enumerate(problem.pitches):
        for m in range(n + 1, len(problem.pitches)):
            other = problem.pitches[m]
            apart_m = hypot(one.x_m - other.x_m, one.y_m - other.y_m)
            if one.board == other.board and apart_m <= (one.width_cm + other.width_cm) / 200 + GAP_M:
                middle = (one.x_m + other.x_m) / 2, (one.y_m + other.y_m) / 2
                name, board = f"{one.number}+{other.number}", problem.places[n].board
                problem.places.append(Place((n, m), name, one.width_cm + other.width_cm, *middle, board))


def _fitting(problem: Problem, need: Need) -> list[int]:
    """The places where a booth may stand in an empty street, the thriftiest first."""
    widest = max((pitch.width_cm for pitch in problem.pitches), default=0)
    size = 2 if need.wants_two or need.width_cm > widest else 1
    board_at = [*problem.boards, None]
    found = []
    for number, place in enumerate(problem.places):
        if len(place.pitches) != size or need.width_cm > place.width_cm:
            continue
        parts = [problem.pitches[n] for n in place.pitches]
        if not any(misfits(need, part, board_at[place.board], is_wide_enough=True) for part in parts):
            found.append((unused(need, parts[0]) + place.width_cm - parts[0].width_cm, place.name, number))
    return [number for _waste, _name, number in sorted(found)]


def _pairs_asked(
    booths: Sequence[Need], number_of: Mapping[str, int], asks: Callable[[Need], Iterable[str]]
) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in booths]
    for n, need in enumerate(booths):
        for reference in asks(need):
            other = number_of.get(reference)
            if other is not None and other != n:
                found[n].add(other)
                found[other].add(n)
    return found


def _add_wishes(problem: Problem, number_of: Mapping[str, int]) -> None:
    booths, of = problem.booths, problem.rulebook.of
    asked = {
        Rule.NEAR: _pairs_asked(booths, number_of, lambda need: need.next_to),
        Rule.SENSITIVE: _pairs_asked(booths, number_of, lambda need: need.sensitive_to),
    }
    sign = {Rule.NEAR: 1, Rule.SENSITIVE: -1}
    for rule, others in asked.items():
        setting = of(rule)
        if setting.weight:
            problem.pairs += [
                Pair(rule, n, m, sign[rule] * setting.weight, setting.distance_m)
                for n, found in enumerate(others)
                for m in sorted(found)
                if n < m and problem.days[n] & problem.days[m]
            ]
    alike: dict[Rule, tuple[int, Callable[[Need], str]]] = {
        Rule.SAME_CUISINE: (-1, lambda need: need.cuisine),
        Rule.SAME_AREA: (1, lambda need: "" if need.is_restaurant else need.area),
        Rule.RESTAURANTS_SPREAD: (-1, lambda need: "restaurant" if need.is_restaurant else ""),
    }
    for rule, (turn, group_of) in alike.items():
        setting = of(rule)
        groups: dict[str, list[int]] = {}
        for n, need in enumerate(booths):
            if setting.weight and group_of(need):
                groups.setdefault(group_of(need), []).append(n)
        problem.pairs += [
            Pair(rule, n, m, turn * setting.weight, setting.distance_m)
            for _name, members in sorted(groups.items())
            for place, n in enumerate(members)
            for m in members[place + 1 :]
            if problem.days[n] & problem.days[m]
        ]
    problem.liking = [_liking(problem, n) for n in range(len(booths))]


def _liking(problem: Problem, booth: int) -> dict[int, int]:
    need, of = problem.booths[booth], problem.rulebook.of
    last, turns = of(Rule.LAST_PLACE), of(Rule.TURN_TAKING)
    if not (need.last_at is not None and last.weight) and not (need.had_bad_place and turns.weight):
        return {}
    found: dict[int, int] = {}
    for number in problem.fits[booth]:
        place = problem.places[number]
        points = 0
        if need.last_at is not None and last.weight:
            points += last.weight * (hypot(place.x_m - need.last_at[0], place.y_m - need.last_at[1]) <= last.distance_m)
        if need.had_bad_place and turns.weight:
            points += turns.weight * all(not problem.pitches[n].is_remote for n in place.pitches)
        if points:
            found[number] = points
    return found


def _lock(problem: Problem, number_of: Mapping[str, int], locked: Mapping[str, tuple[str, ...]]) -> None:
    """Let locked booths stand where they are, whatever else holds; they have no other place."""
    by_name = {
        tuple(sorted(problem.pitches[n].number for n in place.pitches)): p for p, place in enumerate(problem.places)
    }
    for reference, numbers in sorted(locked.items()):
        booth = number_of.get(reference)
        place = by_name.get(tuple(sorted(numbers)))
        if booth is not None and place is not None:
            problem.locked[booth] = place
            problem.fits[booth] = [place]


def _like_before(problem: Problem, number_of: Mapping[str, int], before: Mapping[str, tuple[str, ...]]) -> None:
    """Points for staying where a booth stands now: a late change moves as few others as it can."""
    weight = problem.rulebook.of(Rule.STAY).weight
    by_name = {
        tuple(sorted(problem.pitches[n].number for n in place.pitches)): p for p, place in enumerate(problem.places)
    }
    for reference, numbers in before.items():
        booth = number_of.get(reference)
        place = by_name.get(tuple(sorted(numbers)))
        if weight and booth is not None and place is not None and place in problem.fits[booth]:
            problem.liking[booth][place] = problem.liking[booth].get(place, 0) + weight


def _within(problem: Problem, distance_m: float) -> list[frozenset[int]]:
    """For each place those with a pitch no further from one of its pitches, by their middles."""
    pitches, size = problem.pitches, max(distance_m, 1.0)
    cells: dict[tuple[int, int], list[int]] = {}
    for n, pitch in enumerate(pitches):
        cells.setdefault((floor(pitch.x_m / size), floor(pitch.y_m / size)), []).append(n)
    around = []
    for pitch in pitches:
        column, row = floor(pitch.x_m / size), floor(pitch.y_m / size)
        beside = (n for dx in (-1, 0, 1) for dy in (-1, 0, 1) for n in cells.get((column + dx, row + dy), ()))
        around.append({n for n in beside if distance(pitches[n], pitch) <= distance_m})
    holding: list[list[int]] = [[] for _ in pitches]
    for number, place in enumerate(problem.places):
        for n in place.pitches:
            holding[n].append(number)
    return [
        frozenset(number for n in place.pitches for m in around[n] for number in holding[m]) for place in problem.places
    ]


def distance(one: PitchFacts, other: PitchFacts) -> float:
    """Metres between the middles of two pitches."""
    return hypot(one.x_m - other.x_m, one.y_m - other.y_m)


def worth(problem: Problem, at: Sequence[int]) -> int:
    """The points of an allocation: `at[i]` is the place of booth i, -1 for none."""
    placed = sum(place >= 0 for place in at)
    liked = sum(problem.liking[n].get(place, 0) for n, place in enumerate(at) if place >= 0)
    return PLACED * placed + liked + sum(points_of(problem, pair, at) for pair in problem.pairs)


def points_of(problem: Problem, pair: Pair, at: Sequence[int]) -> int:
    """What a wish between two booths gives or takes."""
    one, other = at[pair.one], at[pair.other]
    if one < 0 or other < 0:
        return 0
    return pair.weight if other in problem.near(pair.distance_m)[one] else 0
