"""An independent checker of allocations: it knows the rules of the street, and nothing of how an allocation is made.

A plan is the numbers of pitches by reference and day. What it is worth, and the best that any could be worth, are found by
counting and by trying all.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import hypot
from pathlib import Path
from typing import Any

from eventsys.applications.rules.import_rows import read_applications
from eventsys.booths.rules.allocation import Proposal, propose
from eventsys.booths.rules.import_pitches import read_boards, read_pitches
from eventsys.booths.rules.locks import Where
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.plan_geometry import project
from eventsys.booths.rules.problem import problem_of
from eventsys.booths.rules.rulebook import STANDARD, Rule, Rulebook, Setting
from eventsys.editions.rules import day_numbers
from eventsys.organisations.rules.kinds import Kind

FILES = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
OFFERS = ("three_phase", "water", "gas", "open_fire", "amplified_sound", "vehicle_access", "step_free")
Plan = dict[str, dict[int, tuple[str, ...]]]
# Even weights, so that half of one is still whole.
EVEN = Rulebook({**STANDARD, Rule.NEAR: Setting(16, 10.0), Rule.LAST_PLACE: Setting(6, 25.0)})


@dataclass
class Street:
    """Who wants to stand where: needs, pitches, boards; pitches in a quiet zone; what is fixed by hand."""

    needs: list[Need]
    pitches: list[PitchFacts]
    boards: list[BoardFacts] = field(default_factory=list)
    quiet: Collection[str] = ()
    locked: Mapping[str, Where] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[list[Need], list[PitchFacts], list[BoardFacts]]:
        return self.needs, self.pitches, self.boards


def proposed(street: Street, *, work: int = 20_000, rulebook: Rulebook = EVEN, **more: Any) -> Proposal:
    problem = problem_of(*street.parts, rulebook=rulebook, locked=street.locked, quiet=street.quiet, **more)
    return propose(problem, work=work)


def plan_of(proposal: Proposal) -> Plan:
    plan: Plan = {}
    for one in proposal.assignments:
        plan.setdefault(one.reference, {}).update(dict.fromkeys(one.days, one.pitches))
    return plan


def violations(plan: Plan, street: Street) -> list[str]:
    """What is wrong with a plan."""
    at = {pitch.number: pitch for pitch in street.pitches}
    need_of = {need.reference: need for need in street.needs}
    wrong = [
        f"{reference}: fixed on {fixed} on day {day}"
        for reference, by_day in street.locked.items()
        for day, fixed in by_day.items()
        if sorted(plan.get(reference, {}).get(day, ())) != sorted(fixed)
    ]
    for reference, by_day in plan.items():
        need = need_of[reference]
        wrong += [f"{reference}: not there on day {day}" for day in by_day if day not in need.days]
        for numbers in set(by_day.values()):
            wrong += misplaced(need, [at[number] for number in numbers], street)
    for day in {day for need in street.needs for day in need.days}:
        wrong += _wrong_on(day, {r: by_day[day] for r, by_day in plan.items() if day in by_day}, street)
    return wrong


def _wrong_on(day: int, present: Mapping[str, tuple[str, ...]], street: Street) -> list[str]:
    need_of = {need.reference: need for need in street.needs}
    at = {pitch.number: pitch for pitch in street.pitches}
    taken = [number for numbers in present.values() for number in numbers]
    wrong = [f"day {day}: two on one pitch"] if len(set(taken)) < len(taken) else []
    wrong += [f"day {day}: {a} lies over {b}" for a, b in itertools.combinations(taken, 2) if lie_over(at[a], at[b])]
    wrong += [
        f"day {day}: {reference} too near to {other}"
        for reference in present
        for other in (need_of[reference].keep_apart - {reference}) & present.keys()
        if distance(present[reference], present[other], at) <= 10
    ]
    for board in street.boards:
        load = sum(need_of[r].power_watts for r, numbers in present.items() if at[numbers[0]].board == board.code)
        if load > board.capacity_watts:
            wrong.append(f"day {day}: board {board.code} carries {load} of {board.capacity_watts}")
    return wrong


def misplaced(need: Need, stood_on: list[PitchFacts], street: Street) -> list[str]:
    """What a booth lacks on these pitches in an empty street."""
    boards = {board.code: board for board in street.boards}
    wrong = [name for name in OFFERS if getattr(need, name) and not all(getattr(pitch, name) for pitch in stood_on)]
    if need.width_cm > sum(pitch.width_cm for pitch in stood_on):
        wrong.append("too wide")
    if need.amplified_sound and any(pitch.number in street.quiet for pitch in stood_on):
        wrong.append("quiet zone")
    if len(stood_on) > 1 and not side_by_side(*stood_on):
        wrong.append("not neighbours")
    if need.wants_two and len(stood_on) < 2:
        wrong.append("wants two")
    wrong += [what for pitch in stood_on for what in _unpowered(need, boards.get(pitch.board or ""))]
    return [f"{need.reference}: {what}" for what in wrong]


def _unpowered(need: Need, board: BoardFacts | None) -> list[str]:
    wrong = ["one phase"] if need.three_phase and board is not None and board.phases == 1 else []
    if need.power_watts and board is None:
        wrong.append("no power")
    if board is not None and need.power_watts > board.capacity_watts / (1 if need.three_phase else board.phases):
        wrong.append("too much for the board, or for its phase")
    return wrong


def lie_over(one: PitchFacts, other: PitchFacts) -> bool:
    return other.number in one.overlaps or one.number in other.overlaps


def side_by_side(one: PitchFacts, other: PitchFacts) -> bool:
    apart = hypot(one.x_m - other.x_m, one.y_m - other.y_m)
    return one.board == other.board and not lie_over(one, other) and apart <= (one.width_cm + other.width_cm) / 200 + 1


def distance(one: tuple[str, ...], other: tuple[str, ...], at: Mapping[str, PitchFacts]) -> float:
    return min(hypot(at[a].x_m - at[b].x_m, at[a].y_m - at[b].y_m) for a in one for b in other)


def worth(plan: Plan, street: Street, rulebook: Rulebook = EVEN) -> Fraction:
    """The points of a plan: each booth 100 and each wish its weight, by the share of the days on which that is so."""
    at = {pitch.number: pitch for pitch in street.pitches}
    by = {need.reference: need for need in street.needs}
    points = Fraction(0)
    for reference, by_day in plan.items():
        whole = sum(100 + _own(by[reference], [at[n] for n in numbers], rulebook) for numbers in by_day.values())
        points += Fraction(whole, len(by[reference].days))
    for a, b in itertools.combinations(sorted(plan), 2):
        both, apart = by[a].days & by[b].days, plan[a].keys() & plan[b].keys()
        for day in apart:
            points += Fraction(_between(by[a], by[b], distance(plan[a][day], plan[b][day], at), rulebook), len(both))
    return points


def _own(need: Need, stood_on: list[PitchFacts], rulebook: Rulebook) -> int:
    points = 0
    if need.zone:
        points += rulebook.of(Rule.ZONE).weight * ({pitch.zone for pitch in stood_on} == {need.zone})
    if need.had_bad_place:
        return points + rulebook.of(Rule.TURN_TAKING).weight * (not any(pitch.is_remote for pitch in stood_on))
    if need.last_at:
        last = rulebook.of(Rule.LAST_PLACE)
        x, y = (sum(values) / len(stood_on) for values in zip(*((p.x_m, p.y_m) for p in stood_on), strict=True))
        points += last.weight * (hypot(x - need.last_at[0], y - need.last_at[1]) <= last.distance_m)
    return points


def _between(one: Need, other: Need, apart_m: float, rulebook: Rulebook) -> int:
    points = 0
    if {one.reference, other.reference} & (one.next_to | other.next_to):
        points += rulebook.of(Rule.NEAR).weight * (apart_m <= rulebook.of(Rule.NEAR).distance_m)
    if {one.reference, other.reference} & (one.sensitive_to | other.sensitive_to):
        points -= rulebook.of(Rule.SENSITIVE).weight * (apart_m <= rulebook.of(Rule.SENSITIVE).distance_m)
    if one.cuisine and one.cuisine == other.cuisine:
        points -= rulebook.of(Rule.SAME_CUISINE).weight * (apart_m <= rulebook.of(Rule.SAME_CUISINE).distance_m)
    return points


def best_of_all(street: Street, rulebook: Rulebook = EVEN) -> Fraction:
    """The most that any plan is worth which keeps every rule; found by trying all."""
    pitches = street.pitches
    places: list[tuple[str, ...]] = [(), *((pitch.number,) for pitch in pitches)]
    places += [(a.number, b.number) for a, b in itertools.combinations(pitches, 2) if side_by_side(a, b)]
    widest = max((pitch.width_cm for pitch in pitches), default=0)
    choices = [list(_ways(need, places, street.locked.get(need.reference, {}), widest)) for need in street.needs]
    best = Fraction(0)
    for chosen in itertools.product(*choices):
        plan = {
            need.reference: {day: numbers for day, numbers in by_day.items() if numbers}
            for need, by_day in zip(street.needs, chosen, strict=True)
        }
        if not violations(plan, street):
            best = max(
                best, worth({reference: by_day for reference, by_day in plan.items() if by_day}, street, rulebook)
            )
    return best


def _ways(need: Need, places: list[tuple[str, ...]], fixed: Where, widest: int) -> Any:
    """How a booth may stand: as it is fixed, and on one place on all its other days. Only who needs two takes two."""
    most = 2 if need.wants_two or need.width_cm > widest else 1
    free = need.days - fixed.keys()
    for numbers in places if free else [()]:
        if len(numbers) <= most:
            yield {**dict.fromkeys(free, numbers), **fixed}


def example() -> Street:
    """The festival's own street."""
    rows = read_applications((FILES / "applications.csv").read_bytes(), days=frozenset({1, 2})).rows
    drawn = read_pitches((FILES / "pitches.geojson").read_bytes()).rows
    middles = project({row.number: row.polygon for row in drawn}).centres
    needs = [
        Need(
            reference=row.reference,
            days=frozenset(day_numbers(row.days)),
            width_cm=row.width_cm or 300,
            power_watts=row.power_watts or 0,
            three_phase=row.needs_three_phase,
            water=row.needs_water,
            gas=row.uses_gas,
            open_fire=row.uses_open_fire,
            amplified_sound=row.plays_amplified_sound,
            vehicle_access=row.needs_vehicle_access,
            step_free=row.needs_step_free,
            keep_apart=frozenset(row.keep_apart),
            next_to=frozenset(row.next_to),
            is_restaurant=row.kind is Kind.RESTAURANT,
            cuisine=row.cuisine.casefold(),
            area=row.area.casefold(),
        )
        for row in rows
    ]
    pitches = [
        PitchFacts(
            number=row.number,
            width_cm=row.width_cm,
            board=row.board,
            x_m=middles[row.number][0],
            y_m=middles[row.number][1],
            three_phase=row.has_three_phase,
            water=row.has_water,
            gas=row.allows_gas,
            open_fire=row.allows_open_fire,
            amplified_sound=row.allows_amplified_sound,
            vehicle_access=row.has_vehicle_access,
            step_free=row.is_step_free,
            zone=row.zone,
        )
        for row in drawn
    ]
    boards = [BoardFacts(row.code, row.capacity_watts) for row in read_boards((FILES / "boards.csv").read_bytes()).rows]
    return Street(needs, pitches, boards)


def booth(reference: str, **more: Any) -> Need:
    """A booth of three metres on day 1 that needs nothing, unless `more` says so."""
    return Need(**{"reference": reference, "days": frozenset({1}), "width_cm": 300, "power_watts": 0, **more})


def row_of(count: int, **more: Any) -> list[PitchFacts]:
    """Pitches 1, 2 … of three metres, side by side."""
    return [
        PitchFacts(**{"number": str(n), "width_cm": 300, "board": None, "x_m": 3.0 * n, "y_m": 0.0, **more})
        for n in range(1, count + 1)
    ]
