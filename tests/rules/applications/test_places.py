"""Places under a limit, and a line whose ends are ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.places import Standing, is_open, rank_moved

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


@given(st.integers(1, 30), st.data())
def test_moving_keeps_everybody_and_the_others_order(length: int, data: st.DataObject) -> None:
    ranks = list(range(length))
    place, steps = data.draw(st.integers(0, length - 1)), data.draw(st.integers(-40, 40))

    order = rank_moved(ranks, place, steps=steps)

    assert sorted(order) == ranks
    assert [index for index in order if index != place] == [index for index in ranks if index != place]
    assert order.index(place) == min(max(place + steps, 0), length - 1)


def test_offer_may_be_answered_up_to_its_last_moment() -> None:
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert is_open(moment, moment)
    assert not is_open(moment, moment + timedelta(microseconds=1))
