"""Appliances add up to the power that a booth needs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.appliances import (
    BY_KEY,
    CATALOGUE,
    MOST_OF_ONE,
    any_needs_three_phase,
    picked,
    total_watts,
)

COUNTS = st.dictionaries(st.sampled_from([one.key for one in CATALOGUE]), st.integers(-5, MOST_OF_ONE + 5))


def test_kettle_and_two_fridges() -> None:
    appliances = picked({"kettle": 1, "fridge": 2, "oven": 0})

    assert [(one["key"], one["count"]) for one in appliances] == [("fridge", 2), ("kettle", 1)]
    assert total_watts(appliances) == 2400
    assert not any_needs_three_phase(appliances)
    assert any_needs_three_phase(picked({"large_oven": 1}))


@given(COUNTS)
def test_only_sensible_counts_are_kept_and_all_of_them_add_up(counts: dict[str, int]) -> None:
    kept = picked(counts)

    assert {one["key"]: one["count"] for one in kept} == {k: n for k, n in counts.items() if 0 < n <= MOST_OF_ONE}
    assert total_watts(kept) == sum(one["count"] * BY_KEY[one["key"]].watts for one in kept)


def test_keys_are_one_each() -> None:
    assert len(BY_KEY) == len(CATALOGUE)
