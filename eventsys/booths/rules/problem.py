"""The allocation as numbers, for a search: booths, places and pitches in a stable order, so that the same input is the same problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from eventsys.booths.rules.fixed import like_before, lock
from eventsys.booths.rules.locks import Part, Where, odd_references, parts_of
from eventsys.booths.rules.nearness import neighbours
from eventsys.booths.rules.needs import (
    BoardFacts,
    Need,
    PitchFacts,
    asked_of,
    offered_by,
    own_wishes,
    unpowered,
    waste,
)
from eventsys.booths.rules.places import Pair, Place, Problem, joined
from eventsys.booths.rules.rulebook import PLACED, USUAL, Rule, Rulebook


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
    problem.over = _overlapping(problem.pitches)
    _count_days(problem, wanted, parts)
    _add_wishes(problem)
    if is_bare:
        return problem
    _lay_out(problem)
    problem.fits = _fitting_all(problem)
    lock(problem, parts)
    problem.liking = [_liking(problem, n) for n in range(len(parts))]
    like_before(problem, before or {})
    return problem


def _overlapping(pitches: Sequence[PitchFacts]) -> list[frozenset[int]]:
    """For each pitch those that lie over it, whichever of the two says so."""
    number_of = {pitch.number: n for n, pitch in enumerate(pitches)}
    found: list[set[int]] = [set() for _ in pitches]
    for n, pitch in enumerate(pitches):
        for m in {number_of[number] for number in pitch.overlaps if number in number_of} - {n}:
            found[n].add(m)
            found[m].add(n)
    return [frozenset(each) for each in found]


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
        Place(
            (n,), pitch.number, pitch.width_cm, pitch.x_m, pitch.y_m, board_of.get(pitch.board or "", -1),
            (n, *sorted(problem.over[n])),
        )
        for n, pitch in enumerate(problem.pitches)
    ]  # fmt: skip
    days = max((mask.bit_length() for mask in problem.days), default=0)
    problem.capacity = [[board.capacity_watts] * days for board in problem.boards]
    widest = max((pitch.width_cm for pitch in problem.pitches), default=0)
    if any(need.width_cm > widest or need.wants_two for need in problem.booths):
        problem.places += [
            joined(problem, (n, m))
            for n, m in neighbours(problem.pitches)
            if problem.pitches[n].board == problem.pitches[m].board and m not in problem.over[n]
        ]


def needs_two(problem: Problem, need: Need) -> bool:
    """Whether a booth takes two neighbouring pitches: it asks for them, or is wider than any."""
    return need.wants_two or need.width_cm > max((pitch.width_cm for pitch in problem.pitches), default=0)


def _fitting_all(problem: Problem) -> list[list[int]]:
    """The places of each booth. Booths that need the same share one list, which nobody changes."""
    offered = [offered_at(problem, place) for place in problem.places]
    made: dict[tuple[int, int, bool, int], list[int]] = {}
    found = []
    for need in problem.booths:
        key = need.width_cm, need.power_watts, need.wants_two, asked_of(need)
        if key not in made:
            made[key] = _fitting(problem, need, offered)
        found.append(made[key])
    return found


def offered_at(problem: Problem, place: Place) -> int:
    """What all pitches of a place offer, as the bits of `asked_of`."""
    board, together = problem.boards[place.board] if place.board >= 0 else None, -1
    for n in place.pitches:
        together &= offered_by(problem.pitches[n], board)
    return together


def waste_at(problem: Problem, need: Need, place: Place) -> int:
    """How much a place has that a booth doesn't ask for."""
    return waste(asked_of(need), offered_at(problem, place), place.width_cm - need.width_cm)


def _fitting(problem: Problem, need: Need, offered: Sequence[int]) -> list[int]:
    """The places where a booth may stand in an empty street, the thriftiest first; as `misfits` has it, at one stroke."""
    size, asked = 2 if needs_two(problem, need) else 1, asked_of(need)
    feeds = [not unpowered(need, board) for board in (*problem.boards, None)]
    found = []
    for number, place in enumerate(problem.places):
        if len(place.pitches) != size or need.width_cm > place.width_cm:
            continue
        if not asked & ~offered[number] and feeds[place.board]:
            wasted = waste(asked, offered[number], place.width_cm - need.width_cm)
            found.append((wasted, place.name, number))
    return [number for _wasted, _name, number in sorted(found)]


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
    # Never none: a wish of no points would read as one to stand apart.
    return Pair(rule, n, m, points if days == whole else int(points * days / whole) or points, setting.distance_m)


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
