"""A day's window at the gate runs from its opening to the next day's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.gate.rules.days import DayWindow, day_at, hours_in, quarter_of, windows

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


COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)


@pytest.mark.parametrize(
    ("opening", "begins", "ends", "wanted"),
    [
        ("2011-08-27T10:00", "10:00", "18:00", ("2011-08-27T08:00Z", "2011-08-27T16:00Z")),
        ("2011-08-27T10:00", "18:00", "02:00", ("2011-08-27T16:00Z", "2011-08-28T00:00Z")),
        ("2011-08-27T10:00", "00:30", "02:00", ("2011-08-27T22:30Z", "2011-08-28T00:00Z")),
        ("2011-08-27T10:00", "10:00", "10:00", ("2011-08-27T08:00Z", "2011-08-28T08:00Z")),
        # Before the opening is the morning after, when the day is over at ten.
        ("2011-08-27T10:00", "09:00", "18:00", None),
        ("2011-08-27T10:00", "18:00", "10:30", None),
        # The night when 02:00 to 03:00 comes twice has 25 hours: both are within hours that end at 02:30 ...
        ("2011-10-29T18:00", "20:00", "02:30", ("2011-10-29T18:00Z", "2011-10-30T01:30Z")),
        # ... and those that begin at 02:30 begin with the first.
        ("2011-10-29T18:00", "02:30", "04:00", ("2011-10-30T00:30Z", "2011-10-30T03:00Z")),
        # The night when 02:00 to 03:00 is left out: a time in it is an hour later.
        ("2011-03-26T18:00", "20:00", "02:30", ("2011-03-26T19:00Z", "2011-03-27T01:30Z")),
        ("2011-03-26T18:00", "03:00", "04:00", ("2011-03-27T01:00Z", "2011-03-27T02:00Z")),
    ],
)
def test_hours_are_those_that_clocks_show_within_the_day(
    opening: str, begins: str, ends: str, wanted: tuple[str, str] | None
) -> None:
    opens_at = local(opening)
    next_day = (opens_at.astimezone(COPENHAGEN) + timedelta(days=1)).astimezone(UTC)
    window = windows({1: opens_at, 2: next_day})[0]

    found = hours_in(window, time.fromisoformat(begins), time.fromisoformat(ends), zone=COPENHAGEN)

    assert found == (wanted and (datetime.fromisoformat(wanted[0]), datetime.fromisoformat(wanted[1])))


@given(st.dates(date(2011, 1, 1), date(2030, 1, 1)), st.times(), st.times(), st.times())
def test_hours_lie_within_their_day_whatever_the_night(on: date, opening: time, begins: time, ends: time) -> None:
    opens_at = datetime.combine(on, opening, tzinfo=COPENHAGEN).astimezone(UTC)
    window = windows({1: opens_at})[0]

    found = hours_in(window, begins, ends, zone=COPENHAGEN)

    if found is not None:
        assert window.opens_at <= found[0] < found[1] <= window.until


def test_quarter_begins_on_0_15_30_45() -> None:
    assert quarter_of(SATURDAY.replace(minute=59, second=59, microsecond=9)) == SATURDAY.replace(minute=45)
    assert quarter_of(SATURDAY.replace(minute=15)) == SATURDAY.replace(minute=15)
