"""Places under a limit, and a line whose ends are ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.places import Standing, is_open, ranks_moved

COUNTS = st.integers(0, 200)


def test_without_a_limit_there_is_always_a_place() -> None:
    standing = Standing(places=None, approved=10_000, offered=3)

    assert (standing.free, standing.over, standing.has_place) == (None, 0, True)


@given(COUNTS, COUNTS, COUNTS)
def test_free_and_over_never_stand_together(places: int, approved: int, offered: int) -> None:
    standing = Standing(places=places, approved=approved, offered=offered)

    assert standing.free is not None
    assert standing.free - standing.over == places - approved - offered
    assert 0 in {standing.free, standing.over}
    assert standing.has_place == (approved + offered < places)


@given(st.sets(st.integers(1, 60), min_size=1, max_size=30), st.data())
def test_moving_deals_the_same_ranks_and_keeps_the_others_order(held: set[int], data: st.DataObject) -> None:
    ranks = sorted(held)
    place, steps = data.draw(st.integers(0, len(ranks) - 1)), data.draw(st.integers(-40, 40))

    dealt = ranks_moved(ranks, place, steps=steps)

    assert sorted(dealt) == ranks, "who is out of the line for a staged decision has a rank between that stays free"
    order = sorted(range(len(ranks)), key=dealt.__getitem__)
    assert [index for index in order if index != place] == [index for index in range(len(ranks)) if index != place]
    assert order.index(place) == min(max(place + steps, 0), len(ranks) - 1)


def test_two_of_one_rank_are_told_apart_by_moving() -> None:
    assert ranks_moved([1, 1, 2], 1, steps=-1) == [2, 1, 3]


def test_offer_may_be_answered_up_to_its_last_moment() -> None:
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert is_open(moment, moment)
    assert not is_open(moment, moment + timedelta(microseconds=1))
