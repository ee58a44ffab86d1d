"""The proposal, against an independent checker, against brute force, and on the festival's own street."""

from __future__ import annotations

import csv
import itertools
import json
from math import hypot
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eventsys.applications.rules.import_rows import read_applications
from eventsys.booths.rules.allocation import Proposal, Status, propose
from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.explain import Reason, state_of, why_here
from eventsys.booths.rules.import_pitches import read_boards, read_pitches
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.plan_geometry import project
from eventsys.booths.rules.problem import problem_of
from eventsys.booths.rules.rulebook import Rule
from eventsys.editions.rules import day_numbers
from eventsys.organisations.rules.kinds import Kind

FILES = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
OFFERS = ("three_phase", "water", "gas", "open_fire", "amplified_sound", "vehicle_access", "step_free")


Plan = dict[str, tuple[str, ...]]


def violations(plan: Plan, needs: list[Need], pitches: list[PitchFacts], boards: list[BoardFacts]) -> list[str]:
    """What is wrong with an allocation. Knows only the rules of the street, nothing of how it was made."""
    need_of = {need.reference: need for need in needs}
    at = {pitch.number: pitch for pitch in pitches}
    capacity = {board.code: board.capacity_watts for board in boards}
    wrong = [
        fault for r, numbers in plan.items() for fault in misplaced(need_of[r], [at[n] for n in numbers], capacity)
    ]
    wrong += [
        f"{reference}: too near to {other}"
        for reference in plan
        for other in need_of[reference].keep_apart & plan.keys()
        if distance(plan, at, (reference, other)) <= 10
    ]
    for day in {day for need in needs for day in need.days}:
        present = {r: numbers for r, numbers in plan.items() if day in need_of[r].days}
        taken = [number for numbers in present.values() for number in numbers]
        if len(set(taken)) < len(taken):
            wrong.append(f"day {day}: two on one pitch")
        for board, most in capacity.items():
            load = sum(need_of[r].power_watts for r, numbers in present.items() if at[numbers[0]].board == board)
            if load > most:
                wrong.append(f"day {day}: board {board} carries {load} of {most}")
    return wrong


def misplaced(need: Need, stood_on: list[PitchFacts], capacity: dict[str, int]) -> list[str]:
    wrong = [
        f"{need.reference}: {name}"
        for name in OFFERS
        if getattr(need, name) and not all(getattr(pitch, name) for pitch in stood_on)
    ]
    if need.width_cm > sum(pitch.width_cm for pitch in stood_on):
        wrong.append(f"{need.reference}: too wide")
    if need.power_watts and any(pitch.board not in capacity for pitch in stood_on):
        wrong.append(f"{need.reference}: no power")
    return wrong


def distance(plan: Plan, at: dict[str, PitchFacts], pair: tuple[str, str]) -> float:
    one, other = ([at[number] for number in plan[reference]] for reference in pair)
    return min(hypot(a.x_m - b.x_m, a.y_m - b.y_m) for a in one for b in other)


def worth(plan: Plan, needs: list[Need], pitches: list[PitchFacts]) -> int:
    """The points of an allocation by the usual rulebook: 100 each, 15 for wished neighbours, 4 lost for the same kitchen."""
    at = {pitch.number: pitch for pitch in pitches}
    by = {need.reference: need for need in needs}
    points = 100 * len(plan)
    for a, b in itertools.combinations(sorted(plan), 2):
        if not by[a].days & by[b].days:
            continue
        apart = distance(plan, at, (a, b))
        if b in by[a].next_to or a in by[b].next_to:
            points += 15 * (apart <= 10)
        if by[a].cuisine and by[a].cuisine == by[b].cuisine:
            points -= 4 * (apart <= 20)
    return points


def proposed(needs: list[Need], pitches: list[PitchFacts], boards: list[BoardFacts], *, work: int = 20_000) -> Proposal:
    return propose(problem_of(needs, pitches, boards), work=work)


def example() -> tuple[list[Need], list[PitchFacts], list[BoardFacts]]:
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
        )
        for row in drawn
    ]
    boards = [BoardFacts(row.code, row.capacity_watts) for row in read_boards((FILES / "boards.csv").read_bytes()).rows]
    return needs, pitches, boards


def test_everybody_of_the_festival_gets_a_pitch_and_it_is_proven_to_be_the_best() -> None:
    needs, pitches, boards = example()

    proposal = proposed(needs, pitches, boards)

    assert len(proposal.pitches_of) == 104
    assert violations(dict(proposal.pitches_of), needs, pitches, boards) == []
    assert proposal.objective == worth(dict(proposal.pitches_of), needs, pitches)
    assert proposal.status is Status.OPTIMAL


def test_the_same_street_gives_the_same_proposal_in_any_order() -> None:
    needs, pitches, boards = example()

    assert proposed(needs, pitches, boards) == proposed(needs[::-1], pitches[::-1], boards[::-1])


def test_the_checker_sees_a_broken_rule() -> None:
    needs, pitches, boards = example()
    broken = dict(proposed(needs, pitches, boards).pitches_of)
    first, second, *_ = sorted(broken)
    broken[first] = broken[second]

    assert violations(broken, needs, pitches, boards)


def booth(reference: str, **more: Any) -> Need:
    return Need(**{"reference": reference, "days": frozenset({1}), "width_cm": 300, "power_watts": 0, **more})


def row_of(count: int, **more: Any) -> list[PitchFacts]:
    """Pitches 1, 2 … of three metres, side by side."""
    return [
        PitchFacts(**{"number": str(n), "width_cm": 300, "board": None, "x_m": 3.0 * n, "y_m": 0.0, **more})
        for n in range(1, count + 1)
    ]


def test_what_is_kept_of_a_proposal() -> None:
    proposal = proposed([booth("A"), booth("B", width_cm=900)], row_of(1), [])

    assert proposal.summary(0.5) == {
        "placed": 1,
        "unplaced": [
            {
                "reference": "B",
                "reasons": [{"misfit": "width", "count": 1, "others": (), "board": "", "lacks_watts": 0}],
            }
        ],
        "objective": 100,
        "bound": 100,
        "gap": 0.0,
        "seconds": 0.5,
        "status": "optimal",
    }
    assert proposal.pitches_of == {"A": ("1",)}


def test_who_finds_all_taken_is_told_by_whom() -> None:
    proposal = proposed([booth("A"), booth("B")], row_of(1), [])

    [(reason,)] = proposal.unplaced.values()
    [there] = proposal.pitches_of
    assert reason == Reason(Misfit.TAKEN, 1, (there,))


def test_a_pitch_passes_on_from_one_day_to_the_next() -> None:
    proposal = proposed([booth("A"), booth("B", days=frozenset({2}))], row_of(1), [])

    assert proposal.pitches_of == {"A": ("1",), "B": ("1",)}
    assert proposal.status is Status.OPTIMAL


def test_a_board_is_never_overloaded_and_says_how_much_it_lacks() -> None:
    proposal = proposed([booth(r, power_watts=2_000) for r in "AB"], row_of(2, board="EL"), [BoardFacts("EL", 3_000)])

    [(reason, lacking)] = proposal.unplaced.values()
    assert len(proposal.pitches_of) == 1
    assert reason.misfit is Misfit.TAKEN
    assert lacking == Reason(Misfit.BOARD_CAPACITY, 1, board="EL", lacks_watts=1_000)


def test_a_booth_wider_than_any_pitch_gets_two_neighbours() -> None:
    needs = [booth("A", width_cm=550), booth("B")]

    proposal = proposed(needs, row_of(3), [])

    assert proposal.pitches_of["A"] in {("1", "2"), ("2", "3")}
    assert violations(dict(proposal.pitches_of), needs, row_of(3), []) == []


def test_the_fewest_things_that_lack_are_named() -> None:
    pitches = [*row_of(2), PitchFacts(number="9", width_cm=300, board=None, x_m=90, y_m=0, water=True)]

    proposal = proposed([booth("A", water=True, gas=True)], pitches, [])

    assert proposal.unplaced["A"] == (Reason(Misfit.GAS, 1),)


def test_locked_ones_stay_and_the_others_go_round_them() -> None:
    needs, pitches, boards = example()
    free = proposed(needs, pitches, boards).pitches_of
    first = min(free)
    problem = problem_of(needs, pitches, boards)
    place = problem.fits[0][-1]
    fixed = tuple(problem.pitches[n].number for n in problem.places[place].pitches)

    proposal = propose(problem_of(needs, pitches, boards, locked={first: fixed}), work=20_000)

    assert proposal.pitches_of[first] == fixed
    assert violations(dict(proposal.pitches_of), needs, pitches, boards) == []


def test_after_a_late_withdrawal_few_others_move() -> None:
    needs, pitches, boards = example()
    before = proposed(needs, pitches, boards).pitches_of

    after = propose(problem_of(needs[1:], pitches, boards, before=before), work=20_000).pitches_of

    assert [reference for reference in after if after[reference] != before[reference]] == []


def test_why_here_names_what_holds_and_what_stood_in_the_way() -> None:
    needs = [booth("A", next_to=frozenset({"B"})), booth("B"), booth("C", cuisine="thai"), booth("D", cuisine="thai")]
    pitches = [
        PitchFacts(number=n, width_cm=300, board=None, x_m=x, y_m=0)
        for n, x in (("1", 0), ("2", 40), ("3", 43), ("4", 80))
    ]
    problem = problem_of(needs, pitches, [])
    state = state_of(problem, [0, 3, 1, 2])

    apart = why_here(state, 0)
    kitchen = why_here(state, 2)

    assert [(wish.rule, wish.other, wish.is_held) for wish in apart.wishes] == [(Rule.NEAR, "B", False)]
    assert [(wish.rule, wish.other, wish.is_held) for wish in kitchen.wishes] == [(Rule.SAME_CUISINE, "D", False)]
    assert kitchen.better is not None
    assert kitchen.better.in_the_way in {("A",), ("B",)}
    assert kitchen.better.points == 4


flags = st.fixed_dictionaries({name: st.booleans() for name in ("three_phase", "water", "gas")})


@st.composite
def streets(draw: st.DrawFn, most: int) -> tuple[list[Need], list[PitchFacts], list[BoardFacts]]:
    boards = [BoardFacts("E1", draw(st.integers(0, 9)) * 1000), BoardFacts("E2", draw(st.integers(0, 9)) * 1000)]
    pitches = [
        PitchFacts(
            number=str(n),
            width_cm=draw(st.sampled_from([300, 450, 600])),
            board=draw(st.sampled_from(["E1", "E2", None])),
            x_m=6.0 * n,
            y_m=0.0,
            **draw(flags),
        )
        for n in range(draw(st.integers(0, most)))
    ]
    count = draw(st.integers(0, most))
    others = st.frozensets(st.sampled_from([str(n) for n in range(most)]), max_size=1)
    needs = [
        Need(
            reference=str(n),
            days=draw(st.sampled_from([frozenset({1}), frozenset({2}), frozenset({1, 2})])),
            width_cm=draw(st.sampled_from([300, 300, 450])),
            power_watts=draw(st.sampled_from([0, 1000, 3000])),
            keep_apart=draw(others) - {str(n)},
            next_to=draw(others) - {str(n)},
            cuisine=draw(st.sampled_from(["", "thai"])),
            **{name: value and draw(st.booleans()) for name, value in draw(flags).items()},
        )
        for n in range(count)
    ]
    return needs, pitches, boards


@given(streets(most=9))
def test_no_proposal_breaks_a_rule(street: tuple[list[Need], list[PitchFacts], list[BoardFacts]]) -> None:
    needs, pitches, boards = street

    proposal = proposed(needs, pitches, boards, work=300)

    assert violations(dict(proposal.pitches_of), needs, pitches, boards) == []
    assert proposal.objective == worth(dict(proposal.pitches_of), needs, pitches)
    assert set(proposal.pitches_of) | set(proposal.unplaced) == {need.reference for need in needs}
    assert all(proposal.unplaced.values())


@settings(max_examples=60)
@given(streets(most=4))
def test_the_bound_is_true_and_optimal_is_never_claimed_wrongly(
    street: tuple[list[Need], list[PitchFacts], list[BoardFacts]],
) -> None:
    needs, pitches, boards = street

    proposal = proposed(needs, pitches, boards, work=3_000)
    best = best_of_all(needs, pitches, boards)

    assert proposal.objective <= best <= proposal.bound
    assert proposal.status is not Status.OPTIMAL or proposal.objective == best
    assert proposal.objective == best, "so small a street is always solved"


def best_of_all(needs: list[Need], pitches: list[PitchFacts], boards: list[BoardFacts]) -> int:
    places = [None, *(pitch.number for pitch in pitches)]
    best = 0
    for chosen in itertools.product(places, repeat=len(needs)):
        plan = {need.reference: (place,) for need, place in zip(needs, chosen, strict=True) if place is not None}
        if not violations(plan, needs, pitches, boards):
            best = max(best, worth(plan, needs, pitches))
    return best


def test_nothing_to_place_is_optimal() -> None:
    assert proposed([], [], []) == Proposal({}, {}, {}, 0, 0)
    assert proposed([], [], []).status is Status.OPTIMAL


def test_example_files_are_whole() -> None:
    assert len(json.loads((FILES / "pitches.geojson").read_text())["features"]) == 112
    with (FILES / "boards.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 10
