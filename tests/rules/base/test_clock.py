"""The one clock: aware, in UTC, shown in Copenhagen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base import clock

NOON = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_clock_stands_where_it_is_told_and_goes_on_afterwards() -> None:
    with clock.standing_at(NOON.astimezone(timezone(timedelta(hours=5)))):
        assert clock.now() == NOON
        with clock.standing_at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() > NOON or clock.now() < NOON


def test_clock_refuses_to_stand_at_a_naive_moment() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.standing_at(datetime(2026, 7, 1)):  # noqa: DTZ001 - that is the point
        pass


def test_today_is_copenhagens_date() -> None:
    with clock.standing_at(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)


def test_wall_clock_and_utc_agree_in_summer_and_winter() -> None:
    assert clock.from_local(datetime(2026, 7, 1, 12)) == NOON  # noqa: DTZ001 - a wall clock
    assert clock.from_local(datetime(2026, 1, 1, 12)) == datetime(2026, 1, 1, 11, tzinfo=UTC)  # noqa: DTZ001
    # The hour that comes twice: the first one counts.
    assert clock.from_local(datetime(2026, 10, 25, 2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # noqa: DTZ001


@given(st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_showing_a_moment_keeps_it(moment: datetime) -> None:
    # By the clock of UTC: in the hour that comes twice, times of two zones are never equal (PEP 495).
    assert clock.local(moment).astimezone(UTC) == moment
