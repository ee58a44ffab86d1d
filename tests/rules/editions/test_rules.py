"""Addresses, days and the call of an edition."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.editions import rules
from eventsys.editions.rules import CallState, Code

MOMENT = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("slug", ["taste-the-world-2011", "eid", "2026", "a-b-c"])
def test_kebab_case_words_are_addresses(slug: str) -> None:
    assert rules.check_slug(slug) == slug


@pytest.mark.parametrize("slug", ["", "Eid", "a--b", "-a", "a-", "a b", "æble", "a/b", "a_b", "a" * 61, "a\n"])
def test_other_words_are_not(slug: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_slug(slug)
    assert refused.value.code is Code.SLUG_SHAPE


@pytest.mark.parametrize("slug", sorted(rules.TAKEN))
def test_our_own_first_words_are_taken(slug: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_slug(slug)
    assert refused.value.code is Code.SLUG_TAKEN


def test_days_open_at_nine_in_copenhagen_on_both_sides_of_summer_time() -> None:
    days = rules.consecutive_days(date(2026, 10, 24), 3)

    assert [(day.number, day.opens_at, day.closes_at) for day in days] == [
        (1, datetime(2026, 10, 24, 7, tzinfo=UTC), datetime(2026, 10, 24, 18, tzinfo=UTC)),
        (2, datetime(2026, 10, 25, 8, tzinfo=UTC), datetime(2026, 10, 25, 19, tzinfo=UTC)),
        (3, datetime(2026, 10, 26, 8, tzinfo=UTC), datetime(2026, 10, 26, 19, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("count", [-1, 0, 17])
def test_an_edition_has_one_to_sixteen_days(count: int) -> None:
    with pytest.raises(Refusal) as refused:
        rules.consecutive_days(date(2026, 8, 1), count)
    assert refused.value.code is Code.DAY_COUNT


def test_call_is_open_from_its_opening_until_its_closing() -> None:
    opens, closes = MOMENT, MOMENT + timedelta(days=1)
    second = timedelta(seconds=1)

    assert [rules.call_state(opens, closes, now) for now in (opens - second, opens, closes - second, closes)] == [
        CallState.NOT_YET,
        CallState.OPEN,
        CallState.OPEN,
        CallState.CLOSED,
    ]
    assert rules.call_state(None, closes, MOMENT) is CallState.NOT_SET
    assert rules.call_state(opens, None, MOMENT) is CallState.NOT_SET


@given(st.sets(st.integers(1, 16)))
def test_day_numbers_and_masks_are_each_others_inverse(numbers: set[int]) -> None:
    mask = rules.mask_of(sorted(numbers))

    assert rules.day_numbers(mask) == sorted(numbers)
    assert mask.bit_count() == len(numbers)


def test_day_one_is_bit_zero() -> None:
    assert rules.mask_of([1]) == 1
    assert rules.mask_of([2, 2]) == 2
    assert rules.day_numbers(0b1001) == [1, 4]


def test_last_date_is_where_the_last_day_closes() -> None:
    late = datetime(2026, 8, 30, 22, 30, tzinfo=UTC)  # Half past midnight of the 31st in Copenhagen.

    assert rules.last_date(date(2026, 8, 29), [late, MOMENT]) == date(2026, 8, 31)
    assert rules.last_date(date(2026, 8, 29), []) == date(2026, 8, 29)
