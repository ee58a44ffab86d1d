"""Clocks of phones are claims: corrected by what is known, bounded, and marked when in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.gate.rules.clock import ClockClaim, CorrectedTime, Doubt, corrected

NOON = datetime(2011, 8, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR_MS = 3_600_000


@pytest.mark.parametrize("hours", [-26, -1, 0, 1, 26])
def test_a_measured_clock_is_put_right_whatever_it_shows(hours: int) -> None:
    claim = ClockClaim(NOON + timedelta(hours=hours), -hours * HOUR_MS, 80)

    assert corrected(claim, received_at=NOON + MINUTE) == CorrectedTime(NOON)


def test_a_clock_that_was_never_measured_is_put_right_by_the_sending_and_marked() -> None:
    claim = ClockClaim(NOON + timedelta(hours=26), 0, 86_400_000)

    time = corrected(claim, sent_at=NOON + timedelta(hours=26) + MINUTE, received_at=NOON + MINUTE)

    assert time == CorrectedTime(NOON, frozenset({Doubt.UNMEASURED}))
    assert time.is_doubtful


def test_a_scan_from_the_future_is_brought_back_to_its_arrival_and_marked() -> None:
    claim = ClockClaim(NOON + timedelta(days=400), 0, 80)

    assert corrected(claim, received_at=NOON) == CorrectedTime(NOON, frozenset({Doubt.FUTURE}))


def test_a_lead_within_the_doubt_is_brought_back_without_a_mark() -> None:
    claim = ClockClaim(NOON + timedelta(seconds=20), 0, 19_000)

    assert corrected(claim, received_at=NOON) == CorrectedTime(NOON)
    assert corrected(replace(claim, clock_doubt_ms=17_000), received_at=NOON).doubts == {Doubt.FUTURE}


def test_a_scan_before_the_enrolment_is_brought_there_and_marked() -> None:
    claim = ClockClaim(NOON - timedelta(hours=26), 0, 80)

    time = corrected(claim, received_at=NOON, enrolled_at=NOON - timedelta(hours=2))

    assert time == CorrectedTime(NOON - timedelta(hours=2), frozenset({Doubt.BEFORE_ENROLMENT}))


def test_an_offset_beyond_the_calendar_counts_as_arrival() -> None:
    claim = ClockClaim(datetime(9999, 12, 31, tzinfo=UTC), 10 * 24 * HOUR_MS, 80)

    assert corrected(claim, received_at=NOON).at == NOON


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.integers(-(2**53), 2**53),
    st.integers(0, 2**53),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_no_claim_raises_or_leaves_the_bounds(
    captured_at: datetime, offset_ms: int, doubt_ms: int, sent_at: datetime | None
) -> None:
    enrolled_at = NOON - timedelta(hours=2)

    time = corrected(
        ClockClaim(captured_at, offset_ms, doubt_ms), sent_at=sent_at, received_at=NOON, enrolled_at=enrolled_at
    )

    assert enrolled_at <= time.at <= NOON
