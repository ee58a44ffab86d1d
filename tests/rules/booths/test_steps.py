"""Steps by hand are kept beside a draft's proposal, the last ones first to go back; arrows on the map."""

from __future__ import annotations

from math import hypot

import pytest

from eventsys.booths.rules.arrows import arrow
from eventsys.booths.rules.steps import MOST_KEPT, Did, Stood, steps_of, steps_taken, with_step, without_last

STOOD = Stood("K7QM2PXD", "A1", 1, True, "They bring a hose.")


def test_steps_come_back_as_they_were_kept_and_leave_the_rest_alone() -> None:
    kept = with_step({"status": "optimal"}, Did.PLACED, codes=["K7QM2PXD"], numbers=["A2"], before=[STOOD])

    [step] = steps_of(kept)

    assert (step.number, step.did, step.codes, step.numbers, step.before) == (
        1,
        Did.PLACED,
        ("K7QM2PXD",),
        ("A2",),
        (STOOD,),
    )
    assert kept["status"] == "optimal"
    assert steps_of({}) == []


def test_a_number_is_never_given_twice() -> None:
    kept = with_step({}, Did.FIXED, codes=["A"], numbers=["A1"], before=[])
    kept = with_step(without_last(kept), Did.UNFIXED, codes=["A"], numbers=["A1"], before=[])

    assert [step.number for step in steps_of(kept)] == [2]
    assert steps_taken(kept) == 1


def test_of_very_many_steps_the_oldest_are_forgotten_and_still_counted() -> None:
    kept: dict[str, object] = {}
    for _ in range(MOST_KEPT + 3):
        kept = with_step(kept, Did.TAKEN_OFF, codes=["A"], numbers=["A1"], before=[STOOD])

    assert len(steps_of(kept)) == MOST_KEPT
    assert steps_taken(kept) == MOST_KEPT + 3
    assert steps_of(kept)[0].number == 4


def test_an_arrow_ends_shortly_before_what_it_points_at() -> None:
    points = arrow((0.0, 0.0), (6.0, 8.0))

    assert points[3] == pytest.approx((8.8 * 0.6, 8.8 * 0.8))  # What stands at its ends can be read.
    assert all(1.1 < hypot(x, y) < 9 for x, y in points)
    assert arrow((0.0, 0.0), (1.0, 0.0))[3] == pytest.approx((0.75, 0.0))
    assert arrow((1.0, 1.0), (1.0, 1.0)) == ()
