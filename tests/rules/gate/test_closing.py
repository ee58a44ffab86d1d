"""A closed day: what is frozen comes back as it was, the latest counts, and what is different is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsys.gate.rules.admissions import Counts
from eventsys.gate.rules.closing import Closing, Figures, in_force, read, since, written

EVENING = datetime(2011, 8, 27, 22, tzinfo=UTC)
figures = st.builds(
    Figures,
    st.dictionaries(st.sampled_from("ENSW"), st.builds(Counts, *[st.integers(-3, 900)] * 9)),
    st.frozensets(st.integers(1, 99)),
)


@given(figures)
def test_what_is_written_is_read(frozen: Figures) -> None:
    again = read(json.loads(json.dumps(written(frozen))))

    assert again.crews == frozen.crews
    assert since(frozen, again) == {}
    assert again.counts == frozen.counts


@given(figures, figures)
def test_what_is_different_is_what_has_to_be_added(frozen: Figures, now: Figures) -> None:
    changes = since(frozen, now)

    for gate in "ENSW":
        assert frozen.gates.get(gate, Counts()) + changes.get(gate, Counts()) == now.gates.get(gate, Counts())
    assert all(changes.values())


def test_the_latest_closing_of_a_day_counts_in_whatever_order_they_are_told() -> None:
    nothing, some = Figures({}, frozenset()), Figures({"N": Counts(tallied_in=3)}, frozenset())
    first, second = Closing(1, EVENING, nothing), Closing(1, EVENING + timedelta(hours=1), some)
    other = Closing(2, EVENING, nothing)

    assert in_force([second, other, first]) == {1: second, 2: other}
