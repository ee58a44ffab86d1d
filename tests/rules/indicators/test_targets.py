"""Targets: compared exactly, whole-number needs, and what may be said of an estimate."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import Unit
from eventsys.indicators.rules.targets import (
    Direction,
    Status,
    Target,
    need,
    status_of_estimate,
    status_of_range,
    status_of_value,
)
from eventsys.surveys.rules.intervals import exact_interval

EIGHTY = Target(Fraction(80), Unit.PERCENT)
AT_MOST_A_FIFTH = Target(Fraction(20), Unit.PERCENT, Direction.AT_MOST)


@pytest.mark.parametrize(
    ("percent", "population", "members"), [(80, 30, 24), (80, 28, 23), (40, 60, 24), (70, 60, 42), (80, 90, 72)]
)
def test_a_share_needs_whole_members(percent: int, population: int, members: int) -> None:
    assert need(Target(Fraction(percent), Unit.PERCENT), population) == members


def test_a_share_at_most_allows_whole_members() -> None:
    assert need(AT_MOST_A_FIFTH, 28) == 5


def test_nearly_is_not_met() -> None:
    assert status_of_value(Fraction(796, 1000), EIGHTY) is Status.NOT_MET
    assert status_of_value(Fraction(8, 10), EIGHTY) is Status.MET


def test_a_fall_can_be_success() -> None:
    target = Target(Fraction(173, 10), Unit.PERCENT, Direction.AT_MOST)

    assert status_of_value(Fraction(173, 1000), target) is Status.MET
    assert status_of_value(Fraction(174, 1000), target) is Status.NOT_MET


@pytest.mark.parametrize(
    ("low", "high", "estimate", "status", "mirrored"),
    [
        ("0.80", "0.90", "0.85", Status.MET, Status.NOT_MET),
        ("0.79", "0.90", "0.85", Status.PROBABLY_MET, Status.PROBABLY_NOT_MET),
        ("0.70", "0.80", "0.75", Status.PROBABLY_NOT_MET, Status.PROBABLY_MET),
        ("0.60", "0.79", "0.75", Status.NOT_MET, Status.MET),
    ],
)
def test_an_interval_is_compared_by_its_ends(
    low: str, high: str, estimate: str, status: Status, mirrored: Status
) -> None:
    # The mirror asks that at most 79.5 % say so; no end lies between it and 80 %.
    at_most = Target(Fraction(795, 10), Unit.PERCENT, Direction.AT_MOST)

    assert status_of_range(Fraction(low), Fraction(high), estimate=Fraction(estimate), target=EIGHTY) is status
    assert status_of_range(Fraction(low), Fraction(high), estimate=Fraction(estimate), target=at_most) is mirrored


def test_an_estimate_is_only_probable() -> None:
    assert status_of_estimate(Fraction(9, 10), EIGHTY) is Status.PROBABLY_MET
    assert status_of_estimate(Fraction(7, 10), EIGHTY) is Status.PROBABLY_NOT_MET


@given(
    st.integers(1, 80).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))),
    st.integers(0, 80),
    st.fractions(1, 100, max_denominator=20),
    st.sampled_from(Direction),
)
def test_a_status_agrees_with_its_interval(
    counts: tuple[int, int], positive: int, percent: Fraction, direction: Direction
) -> None:
    population, answers = counts
    positive = min(positive, answers)
    target = Target(percent, Unit.PERCENT, direction)
    interval = exact_interval(population, answers, positive=positive)
    estimate = Fraction(positive, answers)

    status = status_of_range(interval.low, interval.high, estimate=estimate, target=target)

    ends = {target.is_reached_by(interval.low), target.is_reached_by(interval.high)}
    assert (status is Status.MET) == (ends == {True})
    assert (status is Status.NOT_MET) == (ends == {False})
    if len(ends) == 2:
        assert (status is Status.PROBABLY_MET) == target.is_reached_by(estimate)


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("value", [60, "17.3", "1/3"])
def test_a_target_survives_json(direction: Direction, value: object) -> None:
    unit = Unit.ORGANISATIONS if value == 60 else Unit.PERCENT
    written = {"value": value, "unit": unit.value, "direction": direction.value}

    assert Target.from_json(written).to_json() == written


def test_a_target_is_at_least_unless_it_says_otherwise() -> None:
    assert Target.from_json({"value": 60, "unit": "organisations"}).direction is Direction.AT_LEAST


def test_half_an_association_is_no_target() -> None:
    with pytest.raises(Refusal) as refused:
        Target.from_json({"value": 60.5, "unit": "organisations"})

    assert (refused.value.code, refused.value.values) == (Code.TARGET_NOT_WHOLE, {"value": "60.5"})


def test_a_target_needs_its_unit() -> None:
    with pytest.raises(Refusal) as refused:
        Target.from_json({"value": 60})

    assert (refused.value.code, refused.value.field) == (Code.FIELD_MISSING, "target.unit")
