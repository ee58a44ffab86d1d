"""Laying a picture on the plan by two points."""

from __future__ import annotations

from math import hypot
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.background import read_points, similarity
from eventsys.booths.rules.codes import Code

NUMBERS = st.floats(-2000, 2000)
POINTS = st.tuples(NUMBERS, NUMBERS)
HERE, THERE = [12.5690, 55.6761], [12.5700, 55.6765]


def point(u: float, v: float, position: list[float]) -> dict[str, Any]:
    return {"pixel": [u, v], "position": position}


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


@given(POINTS, POINTS, POINTS, POINTS, POINTS)
def test_both_points_lie_where_they_are_said_to_and_all_distances_grow_alike(
    first: tuple[float, float],
    second: tuple[float, float],
    here: tuple[float, float],
    there: tuple[float, float],
    other: tuple[float, float],
) -> None:
    if apart(first, second) < 20 or apart(here, there) < 1:
        with pytest.raises(Refusal):
            similarity((first, second), (here, there))
        return

    laid = similarity((first, second), (here, there)).laid

    assert laid(first) == pytest.approx(here, abs=1e-6)
    assert laid(second) == pytest.approx(there, abs=1e-6)
    grown = apart(here, there) / apart(first, second)
    assert apart(laid(first), laid(other)) == pytest.approx(apart(first, other) * grown, abs=1e-5)


def test_two_points_are_read() -> None:
    assert read_points([point(0, 0, HERE), point(900, 20.5, THERE)])[1] == {"pixel": [900.0, 20.5], "position": THERE}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (None, Code.POINTS_WRONG),
        ([point(0, 0, HERE)], Code.POINTS_WRONG),
        ([7, 8], Code.POINTS_WRONG),
        ([point(0, 0, HERE), {"pixel": [1], "position": THERE}], Code.POINTS_WRONG),
        ([point(0, 0, HERE), {"pixel": [True, "x"], "position": THERE}], Code.POINTS_WRONG),
        ([point(0, 0, HERE), point(5, 5, THERE)], Code.POINTS_TOGETHER),
        ([point(0, 0, HERE), point(900, 0, HERE)], Code.POINTS_TOGETHER),
        ([point(0, 0, HERE), point(900, 0, [55.6765, 12.57])], Code.COORDINATES_SWAPPED),
        ([point(0, 0, HERE), point(900, 0, [2.3, 48.8])], Code.COORDINATES_WRONG),
        ([point(0, 0, HERE), {"pixel": [900, 0]}], Code.WRONG_SHAPE),
    ],
)
def test_points_that_lay_nothing_are_refused(told: object, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        read_points(told)

    assert refused.value.code == code
