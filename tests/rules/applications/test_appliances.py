"""Appliances add up to the power that a booth needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.appliances import (
    BY_KEY,
    CATALOGUE,
    MOST_OF_ONE,
    any_needs_three_phase,
    picked,
    power_of,
    total_watts,
)
from eventsys.applications.rules.codes import Code
from eventsys.base.refusals import Refusal

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


@pytest.mark.parametrize(
    ("written", "before", "counts"),
    [(None, None, 2400), (2400, None, 2400), (9000, 9000, 2400)],
    ids=["nothing", "the sum", "the sum from before"],
)
def test_the_sum_counts_where_nothing_else_is_said(written: int | None, before: int | None, counts: int) -> None:
    assert power_of(picked({"kettle": 1, "fridge": 2}), written, before=before) == counts


def test_one_s_own_figure_counts_without_appliances_and_is_refused_beside_them() -> None:
    assert power_of([], 6000, before=2400) == 6000
    assert power_of([], None, before=None) is None
    for before in (None, 2400):
        with pytest.raises(Refusal) as refused:
            power_of(picked({"kettle": 1}), 6000, before=before)
        assert (refused.value.code, refused.value.field) == (Code.POWER_DIFFERS, "power_kw")
