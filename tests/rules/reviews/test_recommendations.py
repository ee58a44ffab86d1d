"""How scores sum up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from eventsys.reviews.rules.recommendations import HIGHEST, LOWEST, mean_of, weighted_mean

CODES = st.sampled_from("ABCDEF")
SCORES = st.dictionaries(CODES, st.integers(LOWEST, HIGHEST))
WEIGHTS = st.dictionaries(CODES, st.integers(1, 10))


def test_heavier_criterion_counts_more() -> None:
    assert weighted_mean({"A": 5, "B": 1}, {"A": 3, "B": 1}) == Decimal(4)


def test_unscored_and_retired_criteria_count_neither_way() -> None:
    assert weighted_mean({"A": 2, "gone": 5}, {"A": 1, "B": 9}) == Decimal(2)
    assert weighted_mean({"gone": 5}, {"A": 1}) is None


@given(SCORES, WEIGHTS)
def test_mean_lies_between_the_scores(scores: dict[str, int], weights: dict[str, int]) -> None:
    counted = [scores[code] for code in scores if code in weights]
    mean = weighted_mean(scores, weights)

    assert (mean is None) == (not counted)
    if mean is not None:
        assert min(counted) <= mean <= max(counted)


def test_each_reviewer_counts_once() -> None:
    assert mean_of([Decimal(5), None, Decimal(2)]) == Decimal("3.5")
    assert mean_of([None]) is None
