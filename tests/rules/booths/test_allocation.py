"""The proposal, against an independent checker, against brute force, and on the festival's own street."""

from __future__ import annotations

import csv
import itertools
import json
from math import hypot
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from eventsys.applications.rules.import_rows import read_applications
from eventsys.booths.rules.allocation import FOR_NEIGHBOUR, FOR_PLACED, Proposal, Status, propose
from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.import_pitches import read_boards, read_pitches
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.plan_geometry import project
from eventsys.editions.rules import day_numbers

FILES = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
OFFERS = ("three_phase", "water", "gas", "open_fire", "amplified_sound", "vehicle_access", "step_free")


def violations(
    pitch_of: dict[str, str], needs: list[Need], pitches: list[PitchFacts], boards: list[BoardFacts]
) -> list[str]:
    """What is wrong with an allocation. Knows only the rules of the street, nothing of how it was made."""
    need_of = {need.reference: need for need in needs}
    at = {pitch.number: pitch for pitch in pitches}
    capacity = {board.code: board.capacity_watts for board in boards}
    wrong = [fault for r, number in pitch_of.items() for fault in misplaced(need_of[r], at[number], capacity)]
    wrong += [
        f"{reference}: too near to {other}"
        for reference, number in pitch_of.items()
        for other in need_of[reference].keep_apart & pitch_of.keys()
        if distance(at[number], at[pitch_of[other]]) < 10
    ]
    for day in {day for need in needs for day in need.days}:
        present = {r: n for r, n in pitch_of.items() if day in need_of[r].days}
        if len(set(present.values())) < len(present):
            wrong.append(f"day {day}: two on one pitch")
        for board, most in capacity.items():
            load = sum(need_of[r].power_watts for r, n in present.items() if at[n].board == board)
            if load > most:
                wrong.append(f"day {day}: board {board} carries {load} of {most}")
    return wrong


def misplaced(need: Need, pitch: PitchFacts, capacity: dict[str, int]) -> list[str]:
    wrong = [f"{need.reference}: {name}" for name in OFFERS if getattr(need, name) and not getattr(pitch, name)]
    if need.width_cm > pitch.width_cm:
        wrong.append(f"{need.reference}: too wide")
    if need.power_watts and pitch.board not in capacity:
        wrong.append(f"{need.reference}: no power")
    return wrong


def distance(one: PitchFacts, other: PitchFacts) -> float:
    return hypot(one.x_m - other.x_m, one.y_m - other.y_m)


def worth(pitch_of: dict[str, str], needs: list[Need], pitches: list[PitchFacts]) -> int:
    at = {pitch.number: pitch for pitch in pitches}
    wished = {frozenset((need.reference, other)) for need in needs for other in need.next_to if other != need.reference}
    met = 0
    for pair in wished:
        if pair <= pitch_of.keys():
            a, b = (at[pitch_of[reference]] for reference in pair)
            met += distance(a, b) <= 10
    return FOR_PLACED * len(pitch_of) + FOR_NEIGHBOUR * met


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


def test_everybody_of_the_festival_gets_a_pitch() -> None:
    needs, pitches, boards = example()

    proposal = propose(needs, pitches, boards)

    assert len(proposal.pitch_of) == 104
    assert violations(dict(proposal.pitch_of), needs, pitches, boards) == []
    assert proposal.objective == worth(dict(proposal.pitch_of), needs, pitches)


def test_the_same_street_gives_the_same_proposal_in_any_order() -> None:
    needs, pitches, boards = example()

    assert propose(needs, pitches, boards) == propose(list(reversed(needs)), pitches, boards)


def test_the_checker_sees_a_broken_rule() -> None:
    needs, pitches, boards = example()
    broken = dict(propose(needs, pitches, boards).pitch_of)
    first, second, *_ = sorted(broken)
    broken[first] = broken[second]

    assert violations(broken, needs, pitches, boards)


def test_json_is_what_the_command_prints() -> None:
    need = Need(reference="A", days=frozenset({1}), width_cm=300, power_watts=0)
    wide = Need(reference="B", days=frozenset({1}), width_cm=900, power_watts=0)
    pitch = PitchFacts(number="1", width_cm=300, board=None, x_m=0, y_m=0)

    assert propose([need, wide], [pitch], []).as_json(0.5) == {
        "placed": 1,
        "assignments": [{"reference": "A", "pitches": ["1"], "days": [1]}],
        "unplaced": [{"reference": "B", "reasons": ["width"]}],
        "objective": 100,
        "bound": 100,
        "gap": 0.0,
        "seconds": 0.5,
        "status": "optimal",
    }


def test_who_finds_all_taken_is_told_so() -> None:
    needs = [Need(reference=r, days=frozenset({1}), width_cm=300, power_watts=0) for r in "AB"]

    proposal = propose(needs, [PitchFacts(number="1", width_cm=300, board=None, x_m=0, y_m=0)], [])

    assert list(proposal.unplaced.values()) == [(Misfit.TAKEN,)]


def test_a_pitch_passes_on_from_one_day_to_the_next() -> None:
    needs = [Need(reference=r, days=frozenset({d}), width_cm=300, power_watts=0) for r, d in (("A", 1), ("B", 2))]

    proposal = propose(needs, [PitchFacts(number="1", width_cm=300, board=None, x_m=0, y_m=0)], [])

    assert proposal.pitch_of == {"A": "1", "B": "1"}
    assert proposal.status is Status.OPTIMAL


def test_a_board_is_never_overloaded_and_says_why() -> None:
    needs = [Need(reference=r, days=frozenset({1}), width_cm=300, power_watts=2_000) for r in "AB"]
    pitches = [PitchFacts(number=n, width_cm=300, board="EL", x_m=i, y_m=0) for i, n in enumerate("12")]

    proposal = propose(needs, pitches, [BoardFacts("EL", 3_000)])

    assert len(proposal.pitch_of) == 1
    assert list(proposal.unplaced.values()) == [(Misfit.BOARD_CAPACITY, Misfit.TAKEN)]


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
            **{name: value and draw(st.booleans()) for name, value in draw(flags).items()},
        )
        for n in range(count)
    ]
    return needs, pitches, boards


@given(streets(most=9))
def test_no_proposal_breaks_a_rule(street: tuple[list[Need], list[PitchFacts], list[BoardFacts]]) -> None:
    needs, pitches, boards = street

    proposal = propose(needs, pitches, boards, steps=300)

    assert violations(dict(proposal.pitch_of), needs, pitches, boards) == []
    assert proposal.objective == worth(dict(proposal.pitch_of), needs, pitches)
    assert set(proposal.pitch_of) | set(proposal.unplaced) == {need.reference for need in needs}
    assert all(proposal.unplaced.values())


@settings(max_examples=60)
@given(streets(most=4))
def test_the_bound_is_true_and_optimal_is_never_claimed_wrongly(
    street: tuple[list[Need], list[PitchFacts], list[BoardFacts]],
) -> None:
    needs, pitches, boards = street

    proposal = propose(needs, pitches, boards, steps=300)
    best = best_of_all(needs, pitches, boards)

    assert proposal.objective <= best <= proposal.bound
    assert proposal.status is not Status.OPTIMAL or proposal.objective == best


def best_of_all(needs: list[Need], pitches: list[PitchFacts], boards: list[BoardFacts]) -> int:
    places = [None, *(pitch.number for pitch in pitches)]
    best = 0
    for chosen in itertools.product(places, repeat=len(needs)):
        pitch_of = {need.reference: place for need, place in zip(needs, chosen, strict=True) if place is not None}
        if not violations(pitch_of, needs, pitches, boards):
            best = max(best, worth(pitch_of, needs, pitches))
    return best


def test_nothing_to_place_is_optimal() -> None:
    assert propose([], [], []) == Proposal({}, {}, {}, 0, 0)
    assert propose([], [], []).status is Status.OPTIMAL


def test_example_files_are_whole() -> None:
    assert len(json.loads((FILES / "pitches.geojson").read_text())["features"]) == 112
    with (FILES / "boards.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 10
