"""Figures by gate, zone and quarter of an hour are sums of the same counts."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsys.gate.rules.admissions import Counts, Place, sum_of
from eventsys.gate.rules.figures import QUARTER, at_gates, by_gate, steps

OPENING = datetime(2011, 8, 27, 10, tzinfo=UTC)
GATES = ["E", "N", "S"]
IN, OUT = Counts(visitors_admitted=5, tallied_in=2), Counts(left=3, tallied_out=1)


def at(quarters: int) -> datetime:
    return OPENING + quarters * QUARTER


def test_who_comes_in_at_one_gate_and_leaves_by_another_is_less_than_nobody_there() -> None:
    places = {Place("N", 1, at(0)): IN, Place("S", 1, at(1)): OUT}

    found = by_gate(places, GATES)

    assert {gate: counts.inside for gate, counts in found.items()} == {"E": 0, "N": 7, "S": -4}
    assert (found["N"].came_in, found["S"].went_out) == (7, 4)
    assert at_gates(places, {"N", "S"}).inside == 3
    assert at_gates(places, ()) == Counts()


def test_quarters_in_which_nothing_happened_are_steps_too() -> None:
    places = {Place("N", 1, at(0)): IN, Place("S", 1, at(0)): IN, Place("N", 1, at(3)): OUT}

    assert [(step.starts_at, step.counts.came_in, step.inside) for step in steps(places, GATES)] == [
        (at(0), 14, 14),
        (at(1), 0, 14),
        (at(2), 0, 14),
        (at(3), 0, 10),
    ]
    assert [step.inside for step in steps(places, {"S"})] == [7]
    assert steps(places, {"E"}) == ()


places = st.dictionaries(
    st.builds(Place, st.sampled_from(GATES), st.just(1), st.integers(0, 96).map(at)),
    st.builds(Counts, *[st.integers(-3, 50)] * 9),
    max_size=12,
)


@given(places)
def test_gates_zones_and_quarters_come_to_the_same(places: dict[Place, Counts]) -> None:
    whole = sum_of(places.values())
    walked = steps(places, GATES)

    assert sum_of(by_gate(places, GATES).values()) == whole
    assert at_gates(places, {"N"}) + at_gates(places, {"E", "S"}) == whole
    assert sum_of(step.counts for step in walked) == whole
    assert not walked or walked[-1].inside == whole.inside
    assert all(later.starts_at - one.starts_at == timedelta(minutes=15) for one, later in itertools.pairwise(walked))
