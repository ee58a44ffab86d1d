"""Intervals: the worked examples by hand, every small case by brute force, and what must hold for all."""

from __future__ import annotations

import json
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.intervals import (
    Bounds,
    bounds,
    exact_interval,
    is_likely_in_whole_numbers,
    wilson_interval,
)

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "intervals.json").read_text(encoding="utf-8"))
TAIL = Fraction(1, 40)


@pytest.mark.parametrize("case", VECTORS["known_population"], ids=lambda case: case["case"])
def test_a_worked_example_comes_out(case: dict[str, object]) -> None:
    population, answers, positive = (int(str(case[name])) for name in ("population", "answers", "positive"))

    interval = exact_interval(population, answers, positive=positive)
    certain = bounds(population, answers, positive=positive)

    assert list(interval.members or ()) == case["interval"]
    assert [certain.low, certain.high] == case["bounds"]


@pytest.mark.parametrize("case", VECTORS["unlimited"], ids=lambda case: case["case"])
def test_a_worked_example_of_wilson_comes_out(case: dict[str, object]) -> None:
    interval = wilson_interval(int(str(case["answers"])), positive=int(str(case["positive"])))

    assert [f"{float(interval.low):.1%}", f"{float(interval.high):.1%}"] == case["interval"]
    assert interval.members is None


def _by_definition(population: int, answers: int, positive: int) -> tuple[int, int]:
    """Word for word as the design has it, in fractions."""
    ways = comb(population, answers)

    def probability(members: int, outcomes: range) -> Fraction:
        favourable = sum(comb(members, x) * comb(population - members, answers - x) for x in outcomes)
        return Fraction(favourable, ways)

    possible = range(positive, population - (answers - positive) + 1)
    low = min(members for members in possible if probability(members, range(positive, answers + 1)) > TAIL)
    high = max(members for members in possible if probability(members, range(positive + 1)) > TAIL)
    return low, high


@pytest.mark.parametrize("population", range(1, 19))
def test_every_small_case_is_that_of_the_definition(population: int) -> None:
    for answers in range(population + 1):
        for positive in range(answers + 1):
            interval = exact_interval(population, answers, positive=positive)
            assert interval.members == _by_definition(population, answers, positive), (answers, positive)


def test_a_tie_with_the_tail_is_outside() -> None:
    # One answer of forty, positive: with one positive member its probability is exactly 1/40, and that isn't above it.
    assert exact_interval(40, 1, positive=1).members == (2, 40)
    assert exact_interval(39, 1, positive=1).members == (1, 39)
    assert exact_interval(40, 1, positive=0).members == (0, 38)


def test_without_answers_everything_is_possible() -> None:
    assert exact_interval(60, 0, positive=0).members == (0, 60)


def test_a_population_of_ten_thousand_is_that_of_whole_numbers() -> None:
    population, answers, positive = 10_000, 9_000, 8_000
    interval = exact_interval(population, answers, positive=positive)
    low, high = interval.members or (0, 0)

    def likely(members: int) -> bool:
        return is_likely_in_whole_numbers(population, answers, members=members, at_least=positive)

    assert (likely(low - 1), likely(low)) == (False, True)
    others, negative = population - high, answers - positive
    assert is_likely_in_whole_numbers(population, answers, members=others, at_least=negative)
    assert not is_likely_in_whole_numbers(population, answers, members=others - 1, at_least=negative)


counts = st.integers(1, 400).flatmap(
    lambda population: st.integers(0, population).flatmap(
        lambda answers: st.tuples(st.just(population), st.just(answers), st.integers(0, answers))
    )
)


@given(counts)
def test_an_interval_holds_the_estimate_and_lies_within_the_bounds(case: tuple[int, int, int]) -> None:
    population, answers, positive = case
    low, high = exact_interval(population, answers, positive=positive).members or (0, 0)
    certain = bounds(population, answers, positive=positive)

    assert certain.low <= low <= high <= certain.high
    if answers:
        estimate = Fraction(positive * population, answers)
        assert low <= -(-estimate.numerator // estimate.denominator)
        assert high >= estimate.numerator // estimate.denominator


@given(counts)
def test_an_interval_of_everybody_is_a_point(case: tuple[int, int, int]) -> None:
    population, _, positive = case

    assert exact_interval(population, population, positive=positive).members == (positive, positive)


@given(counts)
def test_more_positive_answers_never_lower_an_end(case: tuple[int, int, int]) -> None:
    population, answers, positive = case
    if positive == answers:
        return
    fewer = exact_interval(population, answers, positive=positive)
    more = exact_interval(population, answers, positive=positive + 1)

    assert fewer.low <= more.low
    assert fewer.high <= more.high


@given(st.integers(1, 12), st.integers(1, 8), st.integers(2, 6))
def test_more_answers_of_the_same_share_narrow_an_interval(half: int, extra: int, times: int) -> None:
    population = (half + extra) * times + 20
    few = exact_interval(population, half + extra, positive=half)
    many = exact_interval(population, (half + extra) * times, positive=half * times)

    assert many.high - many.low <= few.high - few.low


@given(counts)
def test_swapping_yes_and_no_mirrors_an_interval(case: tuple[int, int, int]) -> None:
    population, answers, positive = case
    low, high = exact_interval(population, answers, positive=positive).members or (0, 0)

    assert exact_interval(population, answers, positive=answers - positive).members == (
        population - high,
        population - low,
    )


@settings(max_examples=30)
@given(st.integers(1, 60), st.integers(0, 60))
def test_a_huge_population_comes_near_to_clopper_and_pearson(answers: int, positive: int) -> None:
    # With a population without end the exact interval is that of the binomial, whose tails are known sums.
    positive = min(positive, answers)
    interval = exact_interval(5_000_000, answers, positive=positive)
    for end, outcomes in ((interval.low, range(positive, answers + 1)), (interval.high, range(positive + 1))):
        share = float(end)
        tail = sum(comb(answers, x) * share**x * (1 - share) ** (answers - x) for x in outcomes)
        if 0 < share < 1:
            assert tail == pytest.approx(0.025, rel=2e-3)


@given(st.integers(1, 2000).flatmap(lambda answers: st.tuples(st.just(answers), st.integers(0, answers))))
def test_wilson_solves_its_own_equation(case: tuple[int, int]) -> None:
    answers, positive = case
    interval = wilson_interval(answers, positive=positive)
    share, z = positive / answers, 1.959963984540054

    assert 0 <= interval.low <= Fraction(positive, answers) <= interval.high <= 1
    for end in (float(interval.low), float(interval.high)):
        assert (share - end) ** 2 == pytest.approx(z * z * end * (1 - end) / answers, abs=1e-9)


def test_wilson_reaches_the_ends_exactly() -> None:
    assert wilson_interval(5, positive=0).low == 0
    assert wilson_interval(5, positive=5).high == 1


def test_bounds_have_shares() -> None:
    assert Bounds(34, 50, 60).shares == (Fraction(34, 60), Fraction(50, 60))


@pytest.mark.parametrize(
    ("population", "answers", "positive", "code"),
    [
        (0, 0, 0, Code.POPULATION_EMPTY),
        (-3, 0, 0, Code.POPULATION_EMPTY),
        (10, 11, 3, Code.COUNTS_DISAGREE),
        (10, -1, 0, Code.COUNTS_DISAGREE),
        (10, 5, 6, Code.COUNTS_DISAGREE),
        (10, 5, -1, Code.COUNTS_DISAGREE),
    ],
)
def test_counts_that_disagree_are_refused(population: int, answers: int, positive: int, code: Code) -> None:
    for function in (exact_interval, bounds):
        with pytest.raises(Refusal) as refused:
            function(population, answers, positive=positive)
        assert refused.value.code is code


def test_wilson_needs_answers() -> None:
    with pytest.raises(Refusal) as refused:
        wilson_interval(0, positive=0)

    assert refused.value.code is Code.NO_ANSWERS
