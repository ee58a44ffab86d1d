"""A day's window at the gate runs from its opening to the next day's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsys.gate.rules.days import DayWindow, day_at, quarter_of, windows

SATURDAY = datetime(2011, 8, 27, 10, tzinfo=UTC)
SUNDAY = SATURDAY + timedelta(days=1)

openings = st.dictionaries(
    st.integers(1, 16), st.integers(0, 60 * 24 * 30).map(lambda m: SATURDAY + timedelta(minutes=m)), max_size=6
)


def test_windows_meet_and_the_last_one_has_24_hours() -> None:
    assert windows({2: SUNDAY, 1: SATURDAY}) == (
        DayWindow(1, SATURDAY, SUNDAY),
        DayWindow(2, SUNDAY, SUNDAY + timedelta(hours=24)),
    )


def test_windows_of_no_days_are_none() -> None:
    assert windows({}) == ()
    assert day_at((), SATURDAY) is None


@given(openings, st.integers(-600, 60 * 24 * 32).map(lambda m: SATURDAY + timedelta(minutes=m)))
def test_a_moment_falls_in_at_most_one_day_and_in_one_between_first_opening_and_end(
    days: dict[int, datetime], at: datetime
) -> None:
    made = windows(days)
    holding = [day for day in made if day.holds(at)]

    assert len(holding) <= 1
    assert day_at(made, at) == (holding[0] if holding else None)
    is_within = bool(days) and min(days.values()) <= at < max(days.values()) + timedelta(hours=24)
    assert bool(holding) == is_within


def test_quarter_begins_on_0_15_30_45() -> None:
    assert quarter_of(SATURDAY.replace(minute=59, second=59, microsecond=9)) == SATURDAY.replace(minute=45)
    assert quarter_of(SATURDAY.replace(minute=15)) == SATURDAY.replace(minute=15)
