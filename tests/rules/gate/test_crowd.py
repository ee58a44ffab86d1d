"""How full a place is, in the steps of a crowd plan."""

from __future__ import annotations

import pytest

from eventsys.gate.rules.crowd import Crowd, crowd_of


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (-3, Crowd.ROOM),
        (0, Crowd.ROOM),
        (139, Crowd.ROOM),
        (140, Crowd.WATCH),
        (169, Crowd.WATCH),
        (170, Crowd.PREPARE),
        (199, Crowd.PREPARE),
        (200, Crowd.FULL),
        (900, Crowd.FULL),
    ],
)
def test_each_step_begins_at_its_share(inside: int, expected: Crowd) -> None:
    assert crowd_of(inside, 200) is expected


def test_a_place_that_holds_nobody_is_full_and_one_of_unknown_size_is_nothing() -> None:
    assert crowd_of(0, 0) is Crowd.FULL
    assert crowd_of(5_000, None) is None
