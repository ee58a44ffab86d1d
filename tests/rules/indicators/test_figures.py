"""Figures: rounding for show, per day, and comparisons between years."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.base.rounding import percent_shown, rounded
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.comparisons import Comparison, compare
from eventsys.indicators.rules.figures import Figure, Quality, Unit
from eventsys.indicators.rules.sentences import Phrase


def _visits(value: int, day_count: int | None, quality: Quality = Quality.COUNTED) -> Figure:
    return Figure(Fraction(value), Unit.VISITS, quality, day_count)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(34, 44) * 100, 1, "77.3"),
        (Fraction(80), 1, "80.0"),
        (Fraction(0), 0, "0"),
    ],
)
def test_half_is_rounded_away_from_zero(value: Fraction, decimals: int, shown: str) -> None:
    assert str(rounded(value, decimals=decimals)) == shown


@given(st.fractions(), st.integers(0, 4))
def test_rounding_moves_by_half_a_unit_at_most(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(rounded(value, decimals=decimals)) - value) * 10**decimals <= Fraction(1, 2)


def test_a_share_has_decimals_only_with_many_answers() -> None:
    assert str(percent_shown(Fraction(34, 48), answers=48)) == "71"
    assert str(percent_shown(Fraction(142, 200), answers=200)) == "71.0"
    assert str(percent_shown(Fraction(34, 48))) == "71"


def test_a_share_is_never_rounded_onto_the_target_that_it_misses() -> None:
    target = Fraction(80, 100)

    assert percent_shown(Fraction(796, 1000), answers=100, threshold=target) == Decimal("79.6")
    assert percent_shown(Fraction(79999, 100_000), answers=100_000, threshold=target) == Decimal("79.999")
    assert percent_shown(Fraction(803, 1000), answers=100, threshold=target) == Decimal("80.3")
    assert percent_shown(target, answers=100, threshold=target) == Decimal(80)
    assert percent_shown(Fraction(70, 100), answers=100, threshold=target) == Decimal(70)


def test_a_share_nearer_to_the_target_than_any_decimal_ends() -> None:
    nearly = Fraction(8, 10) - Fraction(1, 10**12)

    assert percent_shown(nearly, answers=100, threshold=Fraction(8, 10)) == Decimal("80.000000")


def test_a_day_is_the_mean_of_the_days() -> None:
    assert _visits(30_000, 2).per_day == 15_000
    assert _visits(30_000, None).per_day is None
    both_days = Figure(Fraction(66), Unit.ORGANISATIONS, Quality.COUNTED, 2, (50, 40))
    assert both_days.per_day == 45


@pytest.mark.parametrize(("day_count", "day_values"), [(0, ()), (2, (1,)), (None, (1, 2))])
def test_days_that_disagree_are_refused(day_count: int | None, day_values: tuple[int, ...]) -> None:
    with pytest.raises(Refusal) as refused:
        Figure(Fraction(1), Unit.VISITS, Quality.COUNTED, day_count, day_values)

    assert refused.value.code is Code.COUNTS_DISAGREE


def test_thirty_thousand_on_two_days_are_fewer_a_day_than_twenty_on_one() -> None:
    comparison = compare(_visits(30_000, 2), _visits(20_000, 1))

    assert comparison == Comparison(Fraction(1, 2), Fraction(-1, 4), (Phrase.DAYS_DIFFER,))
    assert not comparison.is_alike


def test_forty_six_are_fifteen_percent_more_than_forty() -> None:
    later = Figure(Fraction(46), Unit.ORGANISATIONS, Quality.COUNTED, 1)
    earlier = Figure(Fraction(40), Unit.ORGANISATIONS, Quality.COUNTED, 1)

    assert compare(later, earlier) == Comparison(Fraction(15, 100), Fraction(15, 100), ())


def test_unknown_days_and_other_qualities_are_said() -> None:
    comparison = compare(_visits(30, 2), _visits(20, None, Quality.ESTIMATED))

    assert comparison == Comparison(Fraction(1, 2), None, (Phrase.DAYS_NOT_KNOWN, Phrase.QUALITY_DIFFERS))


def test_different_units_and_a_base_of_zero_give_no_growth() -> None:
    persons = Figure(Fraction(30), Unit.PERSONS, Quality.COUNTED, 1)

    assert compare(persons, _visits(20, 1)) == Comparison(None, None, (Phrase.UNITS_DIFFER,))
    assert compare(_visits(30, 1), _visits(0, 1)) == Comparison(None, None, (Phrase.BASE_IS_ZERO,))
