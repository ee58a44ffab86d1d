"""Where somebody stood last time, on this year's plan: the same ground, another street, nowhere."""

from __future__ import annotations

import pytest

from eventsys.booths.rules.last_time import last_at
from eventsys.booths.rules.plan_geometry import Frame, Point, Projected, frame_of, project

M = 1 / 111_195  # About a metre of latitude, in degrees.


def square(east_m: float, *, at: tuple[float, float] = (12.55, 55.69)) -> list[list[float]]:
    west, south, step = at[0] + east_m * M / 0.5637, at[1], M / 0.5637
    return [
        [west, south],
        [west + 3 * step, south],
        [west + 3 * step, south + 3 * M],
        [west, south + 3 * M],
        [west, south],
    ]


def plan_with(*numbers: str) -> tuple[Frame, Projected]:
    rings = {number: square(10.0 * n) for n, number in enumerate(numbers)}
    frame = frame_of([corner for ring in rings.values() for corner in ring[:-1]])
    return frame, project(rings, frame)


def near(point: Point | None, other: Point) -> bool:
    return point is not None and point == pytest.approx(other, abs=0.2)


def test_on_the_same_ground_it_is_where_it_was_whatever_the_number() -> None:
    frame, plan = plan_with("A1", "A2", "A3")

    assert near(last_at({"A9": square(20)}, frame, plan), plan.centres["A3"])
    assert near(last_at({"A1": square(20)}, frame, plan), plan.centres["A3"])


def test_two_pitches_are_their_middle() -> None:
    frame, plan = plan_with("A1", "A2", "A3")

    assert near(last_at({"1": square(0), "2": square(20)}, frame, plan), plan.centres["A2"])


def test_on_another_street_it_is_the_pitch_of_the_same_number() -> None:
    frame, plan = plan_with("A1", "A2")
    elsewhere = square(0, at=(12.60, 55.66))

    assert last_at({"A2": elsewhere}, frame, plan) == plan.centres["A2"]
    assert last_at({"Z9": elsewhere}, frame, plan) is None


def test_nowhere_is_nowhere() -> None:
    frame, plan = plan_with("A1")

    assert last_at({}, frame, plan) is None
