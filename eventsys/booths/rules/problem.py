"""The allocation as numbers: booths, places, wishes between them; what a search works on.

A *place* is one pitch, or two neighbouring ones for a booth that is wider than any or asks for two, or whatever somebody
has fixed a booth on. Booths, places and pitches are numbered in a stable order, so that the same input is the same problem.
What is called a booth here is one on some days: one that is fixed on different pitches on different days is several, and
each counts by its share of the days.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eventsys.booths.rules.codes import Misfit, Odd
from eventsys.booths.rules.locks import Part, Trouble, Where, odd_references, parts_of
from eventsys.booths.rules.nearness import around, neighbours
from eventsys.booths.rules.needs import (
    BoardFacts,
    Need,
    PitchFacts,
    asked_of,
    misfits,
    offered_by,
    own_wishes,
    unpowered,
)
from eventsys.booths.rules.rulebook import PLACED, USUAL, Rule, Rulebook


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
    # For each booth: what it counts to be placed, and place → points for standing there beside.
    points: list[int] = field(default_factory=list)
    liking: list[dict[int, int]] = field(default_factory=list)
    apart: list[set[int]] = field(default_factory=list)
    locked: dict[int, int] = field(default_factory=dict)
    # Days as a bit mask, bit 0 for day 1: those of the booth, and of all its parts together.
    days: list[int] = field(default_factory=list)
    whole_days: list[int] = field(default_factory=list)
    # What each board may carry on each day, in watts: what is fixed by hand may take it beyond its own.
    capacity: list[list[int]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
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
    locked: Mapping[str, Where] | None = None,
    before: Mapping[str, Where] | None = None,
    quiet: Collection[str] = (),
    is_bare: bool = False,
) -> Problem:
    """Number everything. `locked` are pitch numbers by reference and day that must stay, `before` those that would rather.

    `quiet` are the numbers of the pitches in a quiet zone, where no amplified sound may be. What can't be as it was asked
    for is named in `troubles`, and left out. `is_bare` leaves out the places and what fits them: for looking at who
    stands where, which is asked often.
    """
    wanted = sorted(needs, key=lambda need: need.reference)
    ground = [replace(p, is_quiet=True) if p.number in quiet else p for p in pitches]
    parts, troubles = parts_of(wanted, locked or {}, {pitch.number for pitch in ground})
    problem = Problem(
        [part.need for part in parts],
        sorted(ground, key=lambda pitch: pitch.number),
        sorted(boards, key=lambda board: board.code),
        rulebook,
        troubles=odd_references(wanted) + troubles,
    )
    _count_days(problem, wanted, parts)
    _add_wishes(problem)
    if is_bare:
        return problem
    _lay_out(problem)
    problem.fits = _fitting_all(problem)
    _lock(problem, parts)
    problem.liking = [_liking(problem, n) for n in range(len(parts))]
    _like_before(problem, before or {})
    return problem


def _count_days(problem: Problem, wanted: Sequence[Need], parts: Sequence[Part]) -> None:
    """Days as bits, and what each part counts: together as much as a booth, by their shares of its days."""
    whole = {need.reference: _bits(need.days) for need in wanted}
    problem.days = [_bits(part.need.days) for part in parts]
    problem.whole_days = [whole[part.need.reference] for part in parts]
    problem.points = [PLACED * part.share[0] // part.share[1] for part in parts]
    first: dict[str, int] = {}
    for n, part in enumerate(parts):
        one = first.setdefault(part.need.reference, n)
        # The first part of a booth counts what the others leave of it, so that nothing is lost by rounding.
        problem.points[one] = PLACED if n == one else problem.points[one] - problem.points[n]


def _bits(days: Iterable[int]) -> int:
    return sum(1 << (day - 1) for day in days)


def _lay_out(problem: Problem) -> None:
    """Every pitch as a place, and two neighbouring ones where somebody needs them; what the boards carry each day."""
    board_of = {board.code: place for place, board in enumerate(problem.boards)}
    problem.places = [
        Place((n,), pitch.number, pitch.width_cm, pitch.x_m, pitch.y_m, board_of.get(pitch.board or "", -1))
        for n, pitch in enumerate(problem.pitches)
    ]
    days = max((mask.bit_length() for mask in problem.days), default=0)
    problem.capacity = [[board.capacity_watts] * days for board in problem.boards]
    widest = max((pitch.width_cm for pitch in problem.pitches), default=0)
    if any(need.width_cm > widest or need.wants_two for need in problem.booths):
        problem.places += [
            _joined(problem, (n, m))
            for n, m in neighbours(problem.pitches)
            if problem.pitches[n].board == problem.pitches[m].board
        ]


def _joined(problem: Problem, numbers: tuple[int, ...]) -> Place:
    """Several pitches as one place; its power is that of the first."""
    parts = [problem.pitches[n] for n in numbers]
    x, y = (sum(getattr(part, name) for part in parts) / len(parts) for name in ("x_m", "y_m"))
    name, board = "+".join(part.number for part in parts), problem.places[numbers[0]].board
    return Place(numbers, name, sum(part.width_cm for part in parts), x, y, board)


def needs_two(problem: Problem, need: Need) -> bool:
    """Whether a booth takes two neighbouring pitches: it asks for them, or is wider than any."""
    return need.wants_two or need.width_cm > max((pitch.width_cm for pitch in problem.pitches), default=0)


def _fitting_all(problem: Problem) -> list[list[int]]:
    """The places of each booth. Booths that need the same share one list, which nobody changes."""
    boards = [*problem.boards, None]
    offered = [
        _all_of(offered_by(problem.pitches[n], boards[place.board]) for n in place.pitches) for place in problem.places
    ]
    made: dict[tuple[int, int, bool, int], list[int]] = {}
    found = []
    for need in problem.booths:
        key = need.width_cm, need.power_watts, need.wants_two, asked_of(need)
        if key not in made:
            made[key] = _fitting(problem, need, offered)
        found.append(made[key])
    return found


def _all_of(masks: Iterable[int]) -> int:
    together = -1
    for mask in masks:
        together &= mask
    return together


def _fitting(problem: Problem, need: Need, offered: Sequence[int]) -> list[int]:
    """The places where a booth may stand in an empty street, the thriftiest first; as `misfits` has it, at one stroke."""
    size, asked = 2 if needs_two(problem, need) else 1, asked_of(need)
    feeds = [not unpowered(need, board) for board in (*problem.boards, None)]
    found = []
    for number, place in enumerate(problem.places):
        if len(place.pitches) != size or need.width_cm > place.width_cm:
            continue
        if not asked & ~offered[number] and feeds[place.board]:
            waste = 100 * (offered[number] & ~asked).bit_count() + place.width_cm - need.width_cm
            found.append((waste, place.name, number))
    return [number for _waste, _name, number in sorted(found)]


def _pairs_asked(
    problem: Problem, number_of: Mapping[str, Sequence[int]], asks: Callable[[Need], Iterable[str]]
) -> list[set[int]]:
    """Who asks for whom, both ways; of those who are there on the same day."""
    found: list[set[int]] = [set() for _ in problem.booths]
    for n, need in enumerate(problem.booths):
        for reference in sorted(asks(need)):
            for other in number_of.get(reference, ()):
                if reference != need.reference and problem.days[n] & problem.days[other]:
                    found[n].add(other)
                    found[other].add(n)
    return found


def _add_wishes(problem: Problem) -> None:
    booths, of = problem.booths, problem.rulebook.of
    number_of: dict[str, list[int]] = {}
    for n, need in enumerate(booths):
        number_of.setdefault(need.reference, []).append(n)
    problem.apart = _pairs_asked(problem, number_of, lambda need: need.keep_apart)
    asked = {
        Rule.NEAR: _pairs_asked(problem, number_of, lambda need: need.next_to),
        Rule.SENSITIVE: _pairs_asked(problem, number_of, lambda need: need.sensitive_to),
    }
    sign = {Rule.NEAR: 1, Rule.SENSITIVE: -1}
    for rule, others in asked.items():
        if of(rule).weight:
            problem.pairs += [
                _pair(problem, rule, (n, m), turn=sign[rule])
                for n, found in enumerate(others)
                for m in sorted(found)
                if n < m
            ]
    alike: dict[Rule, tuple[int, Callable[[Need], str]]] = {
        Rule.SAME_CUISINE: (-1, lambda need: need.cuisine),
        Rule.SAME_AREA: (1, lambda need: "" if need.is_restaurant else need.area),
        Rule.RESTAURANTS_SPREAD: (-1, lambda need: "restaurant" if need.is_restaurant else ""),
    }
    for rule, (turn, group_of) in alike.items():
        groups: dict[str, list[int]] = {}
        for n, need in enumerate(booths):
            if of(rule).weight and group_of(need):
                groups.setdefault(group_of(need), []).append(n)
        problem.pairs += [
            _pair(problem, rule, (n, m), turn=turn)
            for _name, members in sorted(groups.items())
            for place, n in enumerate(members)
            for m in members[place + 1 :]
            if problem.days[n] & problem.days[m]
        ]


def _pair(problem: Problem, rule: Rule, both: tuple[int, int], *, turn: int) -> Pair:
    """A wish between two; where one is but a part of a booth, its points by the share of the days that they share."""
    n, m = both
    setting = problem.rulebook.of(rule)
    days = (problem.days[n] & problem.days[m]).bit_count()
    whole = (problem.whole_days[n] & problem.whole_days[m]).bit_count()
    points = turn * setting.weight
    return Pair(rule, n, m, points if days == whole else int(points * days / whole), setting.distance_m)


def _liking(problem: Problem, booth: int) -> dict[int, int]:
    need = problem.booths[booth]
    if not (need.zone or need.had_bad_place or need.last_at is not None):
        return {}
    found: dict[int, int] = {}
    for number in problem.fits[booth]:
        pitches = [problem.pitches[n] for n in problem.places[number].pitches]
        points = sum(weight for _rule, is_held, weight in own_wishes(problem.rulebook, need, pitches) if is_held)
        if points:
            found[number] = _shared(problem, booth, points)
    return found


def _shared(problem: Problem, booth: int, points: int) -> int:
    return int(points * problem.days[booth].bit_count() / (problem.whole_days[booth].bit_count() or 1)) or points


def _lock(problem: Problem, parts: Sequence[Part]) -> None:
    """Let what is fixed stand where it is, whatever else holds; it has no other place. What it breaks is named."""
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    by_pitches = {place.pitches: number for number, place in enumerate(problem.places)}
    for booth, part in enumerate(parts):
        if not part.numbers:
            continue
        pitches = tuple(sorted(number_of[number] for number in part.numbers))
        if pitches not in by_pitches:
            by_pitches[pitches] = len(problem.places)
            problem.places.append(_joined(problem, pitches))
        place = by_pitches[pitches]
        if place not in problem.fits[booth]:
            problem.troubles.append(_unfit(problem, booth, pitches))
        problem.locked[booth] = place
        problem.fits[booth] = [place]
    _let_be_near(problem)
    _let_be_drawn(problem)


def _unfit(problem: Problem, booth: int, pitches: tuple[int, ...]) -> Trouble:
    need, boards = problem.booths[booth], {board.code: board for board in problem.boards}
    parts = [problem.pitches[n] for n in pitches]
    is_wide_enough = need.width_cm <= sum(part.width_cm for part in parts)
    found = [
        misfit
        for part in parts
        for misfit in misfits(need, part, boards.get(part.board or ""), is_wide_enough=is_wide_enough)
    ]
    if not found:
        found = [Misfit.TWO_PITCHES]  # It would fit, were it on two side by side.
    numbers = ", ".join(part.number for part in parts)
    return Trouble(Odd.LOCK_UNFIT, (need.reference,), numbers, misfits=tuple(dict.fromkeys(found)))


def _let_be_near(problem: Problem) -> None:
    """Two that must keep apart and are fixed too near: they stay, and it is named."""
    near = problem.near(problem.rulebook.of(Rule.KEEP_APART).distance_m)
    for one, place in sorted(problem.locked.items()):
        for other in sorted(problem.apart[one]):
            if other > one and problem.locked.get(other, -1) in near[place]:
                problem.apart[one].discard(other)
                problem.apart[other].discard(one)
                both = problem.booths[one].reference, problem.booths[other].reference
                problem.troubles.append(Trouble(Odd.LOCK_TOO_NEAR, both))


def _let_be_drawn(problem: Problem) -> None:
    """Fixed booths that draw more than their board carries: they stay, nobody else is fed there, and it is named."""
    drawn: dict[tuple[int, int], list[int]] = {}
    for booth, place in sorted(problem.locked.items()):
        board = problem.places[place].board
        for day in range(problem.days[booth].bit_length()):
            if board >= 0 and problem.booths[booth].power_watts and problem.days[booth] >> day & 1:
                drawn.setdefault((board, day), []).append(booth)
    for (board, day), booths in sorted(drawn.items()):
        over = sum(problem.booths[n].power_watts for n in booths) - problem.capacity[board][day]
        if over > 0:
            problem.capacity[board][day] += over
            who = tuple(problem.booths[n].reference for n in booths)
            code = problem.boards[board].code
            problem.troubles.append(Trouble(Odd.LOCK_OVERLOAD, who, day=day + 1, board=code, over_watts=over))


def _like_before(problem: Problem, before: Mapping[str, Where]) -> None:
    """Points for staying where a booth stands now, each day its share: a late change moves as few others as it can."""
    weight = problem.rulebook.of(Rule.STAY).weight
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    by_pitches = {place.pitches: number for number, place in enumerate(problem.places)}
    for booth, need in enumerate(problem.booths if weight else ()):
        stays: dict[int, int] = {}
        for day, numbers in before.get(need.reference, {}).items():
            place = by_pitches.get(tuple(sorted(number_of.get(number, -1) for number in numbers)), -1)
            if day in need.days and place in problem.fits[booth]:
                stays[place] = stays.get(place, 0) + 1
        for place, days in stays.items():
            points = weight * days // problem.whole_days[booth].bit_count()
            problem.liking[booth][place] = problem.liking[booth].get(place, 0) + points


def _within(problem: Problem, distance_m: float) -> list[frozenset[int]]:
    """For each place those with a pitch no further from one of its pitches, by their middles."""
    near = around(problem.pitches, distance_m)
    holding: list[list[int]] = [[] for _ in problem.pitches]
    for number, place in enumerate(problem.places):
        for n in place.pitches:
            holding[n].append(number)
    return [
        frozenset(number for n in place.pitches for m in near[n] for number in holding[m]) for place in problem.places
    ]
