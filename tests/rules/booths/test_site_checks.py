"""What is measured on the ground: overlaps, fire lanes, gaps, open fire, quiet zones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.booths.rules.features import FeatureKind
from eventsys.booths.rules.rulebook import STANDARD, USUAL, Rule, Rulebook, Setting
from eventsys.booths.rules.site_checks import DrawnFeature, DrawnPitch, Finding, Flaw, Ground, findings, without_sound


def pitch(number: str, x: float, *, width: float = 3, y: float = 0, **told: object) -> DrawnPitch:
    ring = [(x, y), (x + width, y), (x + width, y + 3), (x, y + 3), (x, y)]
    return replace(DrawnPitch(number=number, ring=ring), **told)  # type: ignore[arg-type]


def lane(y: float, width: float | None = 3) -> DrawnFeature:
    return DrawnFeature(code="F1", kind=FeatureKind.FIRE_LANE, points=[(0, y), (20, y)], width_m=width)


def zone(x: float) -> DrawnFeature:
    corners = [(x, 0), (x + 5, 0), (x + 5, 5), (x, 5), (x, 0)]
    return DrawnFeature(code="Q", kind=FeatureKind.QUIET_ZONE, points=corners, is_area=True)


def by(**distances: float) -> Rulebook:
    return Rulebook({**STANDARD, **{Rule(name): Setting(0, distance) for name, distance in distances.items()}})


def test_pitches_that_touch_are_fine_and_those_over_each_other_are_told() -> None:
    ground = Ground([pitch("A1", 0), pitch("A2", 3), pitch("A3", 5)])

    assert findings(ground, USUAL) == [Finding(Flaw.OVERLAP, ("A2", "A3"))]


def test_a_gap_that_is_asked_for_is_measured_between_outlines() -> None:
    ground = Ground([pitch("A1", 0), pitch("A2", 3.4), pitch("A3", 10)])

    (found,) = findings(ground, by(pitch_gap=0.5))

    assert (found.what, found.codes, found.needed_m) == (Rule.PITCH_GAP, ("A1", "A2"), 0.5)
    assert found.measured_m == pytest.approx(0.4)
    assert findings(ground, by(pitch_gap=0.4)) == []


def test_open_fire_keeps_its_distance_and_others_need_not() -> None:
    ground = Ground([pitch("A1", 0, open_fire=True), pitch("A2", 4), pitch("A3", 8)])

    assert [one.codes for one in findings(ground, by(fire_gap=2))] == [("A1", "A2")]


def test_a_lane_that_is_too_narrow_and_what_reaches_into_it_are_told() -> None:
    ground = Ground([pitch("A1", 0, y=0), pitch("A2", 6, y=2)], [lane(5, 2.5)])

    found = findings(ground, USUAL)

    assert [(one.what, one.codes) for one in found] == [
        (Flaw.BLOCKS_LANE, ("A2", "F1")),
        (Rule.FIRE_LANE, ("F1",)),
    ]
    assert found[1].measured_m == 2.5


def test_an_area_is_as_wide_as_its_shorter_side() -> None:
    corners = [(0, 10), (30, 10), (30, 12), (0, 12), (0, 10)]
    area = DrawnFeature(code="F2", kind=FeatureKind.FIRE_LANE, points=corners, is_area=True)

    (found,) = findings(Ground([], [area]), USUAL)

    assert found.measured_m == pytest.approx(2)


def test_a_stage_in_the_fire_lane_is_told_and_a_water_point_beside_it_is_not() -> None:
    stage = DrawnFeature(
        code="S", kind=FeatureKind.STAGE, points=[(1, 4), (5, 4), (5, 6), (1, 6), (1, 4)], is_area=True
    )
    water = DrawnFeature(code="W", kind=FeatureKind.WATER_POINT, points=[(9, 5)])

    found = findings(Ground([], [lane(5), stage, water]), USUAL)

    assert [one.codes for one in found] == [("S", "F1")]


def test_sound_lies_away_from_quiet_zones() -> None:
    ground = Ground([pitch("A1", 0, amplified_sound=True), pitch("A2", 20, amplified_sound=True)], [zone(8)])

    assert findings(ground, USUAL) == []
    assert [one.codes for one in findings(ground, by(quiet=6))] == [("A1", "Q")]
    assert without_sound(ground, by(quiet=6)) == {"A1"}
    assert without_sound(ground, by(quiet=8)) == {"A1", "A2"}


def test_boards_that_give_nothing_or_too_few_phases_are_told() -> None:
    ground = Ground(
        [pitch("A1", 0, board="E1"), pitch("A2", 4, board="E2", three_phase=True)], (), {"E1": (0, 3), "E2": (9000, 1)}
    )

    assert [(one.what, one.codes) for one in findings(ground, USUAL)] == [
        (Flaw.BOARD_EMPTY, ("A1", "E1")),
        (Flaw.SINGLE_PHASE, ("A2", "E2")),
    ]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=12, unique=True), st.integers(0, 4))
def test_gaps_are_those_that_every_pair_measured_by_itself_gives(places: list[tuple[int, int]], gap: int) -> None:
    pitches = [pitch(f"P{n:02}", x, y=y) for n, (x, y) in enumerate(places)]

    found = {one.codes for one in findings(Ground(pitches), by(pitch_gap=gap))}

    def apart(one: tuple[int, int], other: tuple[int, int]) -> float:
        across, down = (max(abs(one[n] - other[n]) - 3, 0) for n in (0, 1))
        return float((across**2 + down**2) ** 0.5)

    def lie_over(one: tuple[int, int], other: tuple[int, int]) -> bool:
        return abs(one[0] - other[0]) < 3 and abs(one[1] - other[1]) < 3

    wanted = {
        (f"P{n:02}", f"P{m:02}")
        for n, one in enumerate(places)
        for m, other in enumerate(places)
        if n < m and (lie_over(one, other) or (gap and apart(one, other) < gap - 0.01))
    }
    assert found == wanted
