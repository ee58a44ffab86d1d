"""When the silence of a phone is worth a look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from eventsys.gate.rules.devices import SILENT_AFTER, Presence, silent_minutes

BEGINS = datetime(2026, 8, 29, 7, 0, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=8)
SECOND = timedelta(seconds=1)


def test_a_phone_is_silent_after_three_minutes() -> None:
    phone = Presence(BEGINS, ENDS, last_seen_at=BEGINS + timedelta(hours=1))

    assert silent_minutes(phone, now=phone.last_seen_at + SILENT_AFTER - SECOND) is None
    assert silent_minutes(phone, now=phone.last_seen_at + SILENT_AFTER) == 3
    assert silent_minutes(phone, now=phone.last_seen_at + timedelta(minutes=59, seconds=59)) == 59


def test_nothing_is_expected_of_a_phone_before_and_after_its_hours() -> None:
    phone = Presence(BEGINS, ENDS, last_seen_at=BEGINS - timedelta(hours=3))

    assert silent_minutes(phone, now=BEGINS - SECOND) is None
    assert silent_minutes(phone, now=BEGINS + timedelta(minutes=1)) is None
    assert silent_minutes(phone, now=BEGINS + timedelta(minutes=5)) == 5
    assert silent_minutes(phone, now=ENDS - SECOND) == 8 * 60 - 1
    assert silent_minutes(phone, now=ENDS) is None
