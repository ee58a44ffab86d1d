"""What is typed on a page becomes scans: which times a day has, which ids a form has, what may be taken off."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.ids import uuid7
from eventsys.base.refusals import Refusal
from eventsys.gate.rules.admissions import Counts
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.correcting import (
    QUARTER,
    Counted,
    TakenBack,
    check,
    check_enough,
    ids_in,
    quarters_of,
    scan_of,
    sums_of,
    time_on,
)
from eventsys.gate.rules.days import DayWindow, quarter_of
from eventsys.gate.rules.intake import UUID7, read_scan
from eventsys.gate.rules.scans import Direction

OPENS = datetime(2011, 8, 27, 8, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TICKET = str(uuid7(1_314_000_000_000, bytes(range(10))))

openings = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - hypothesis wants it naive
windows = st.builds(
    lambda opens, minutes: DayWindow(1, opens, opens + timedelta(minutes=minutes)), openings, st.integers(1, 60 * 72)
)


def code_of(refusal: pytest.ExceptionInfo[Refusal]) -> object:
    return refusal.value.code


@given(windows, st.times().map(lambda at: at.replace(microsecond=0)))
def test_a_time_is_found_within_the_day_where_clocks_show_it_or_refused(day: DayWindow, clock: time) -> None:
    at = time_or_none(day, clock)

    if at is None:
        assert day.until - day.opens_at < timedelta(hours=25)
        return
    assert day.holds(at)
    assert at - day.opens_at <= timedelta(hours=25)
    shown = at.astimezone(COPENHAGEN)
    # In the hour that spring leaves out, clocks show an hour more.
    assert shown.time() == clock or (shown - timedelta(hours=1)).utcoffset() != shown.utcoffset()


def time_or_none(day: DayWindow, clock: time) -> datetime | None:
    try:
        return time_on(day, clock, zone=COPENHAGEN)
    except Refusal:
        return None


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (OPENS, None),
        (OPENS - QUARTER, Code.TIME_OUTSIDE_DAY),
        (OPENS + timedelta(hours=5), None),
        (OPENS + timedelta(hours=5, seconds=1), Code.TIME_AHEAD),
        (OPENS + timedelta(hours=24), Code.TIME_OUTSIDE_DAY),
    ],
)
def test_only_what_has_been_on_the_day_is_put_right(at: datetime, code: Code | None) -> None:
    day, now = DayWindow(1, OPENS, OPENS + timedelta(hours=24)), OPENS + timedelta(hours=5)
    counted = [Counted(Direction.IN, OPENS, 1), Counted(Direction.OUT, at, 1)]
    if code is None:
        check(counted, day=day, now=now)
        return
    with pytest.raises(Refusal) as refusal:
        check(counted, day=day, now=now)
    assert code_of(refusal) is code


def test_nothing_is_no_correction() -> None:
    with pytest.raises(Refusal) as refusal:
        check([], day=DayWindow(1, OPENS, OPENS + QUARTER), now=OPENS)
    assert code_of(refusal) is Code.NOTHING_TYPED


@given(windows, st.integers(-60, 60 * 72))
def test_quarters_of_a_sheet_are_each_once_within_the_day_and_not_ahead(day: DayWindow, minutes: int) -> None:
    now = day.opens_at + timedelta(minutes=minutes)
    found = quarters_of(day, now=now)

    assert len({quarter_of(at) for at in found}) == len(found) <= 97
    assert all(day.holds(at) and at <= now for at in found)
    last = min(now, day.until - timedelta(seconds=1), day.opens_at + timedelta(hours=24) - timedelta(seconds=1))
    if now >= day.opens_at:
        assert quarter_of(found[-1]) == quarter_of(last)
        assert [quarter_of(at) for at in found] == [quarter_of(found[0]) + n * QUARTER for n in range(len(found))]


@given(st.integers(1, 200))
def test_a_form_has_the_same_ids_each_time_and_no_id_twice(count: int) -> None:
    ids = ids_in(TICKET, count)

    assert ids == ids_in(TICKET, count)
    assert ids[0] == TICKET
    assert len(set(ids)) == count
    assert all(UUID7.fullmatch(scan_id) for scan_id in ids)
    assert ids_in(TICKET, count + 1)[:count] == ids
    assert not set(ids) & set(ids_in(str(uuid7(1, b"another one")), count))


@pytest.mark.parametrize("ticket", ["", "17", TICKET.upper(), TICKET + "0", "../" + TICKET])
def test_what_is_no_scan_id_is_no_number_of_a_form(ticket: str) -> None:
    with pytest.raises(Refusal) as refusal:
        ids_in(ticket, 1)
    assert code_of(refusal) is Code.SCAN_MALFORMED


def test_what_is_typed_reads_as_a_scan_of_a_phone() -> None:
    counted = read_scan(scan_of(TICKET, Counted(Direction.OUT, OPENS, -3)))
    back = read_scan(scan_of(TICKET, TakenBack(TICKET, Direction.IN, OPENS)))

    assert (counted.tally, counted.direction, counted.captured_at, counted.let_in) == (-3, Direction.OUT, OPENS, False)
    assert (back.voids, back.tally, back.direction, back.captured_at) == (TICKET, None, Direction.IN, OPENS)


@pytest.mark.parametrize(
    ("people", "is_enough"),
    [([-5], True), ([-6], False), ([3, -8], True), ([3, -9], False), ([1], True)],
)
def test_no_more_is_taken_off_than_was_counted(people: list[int], is_enough: bool) -> None:
    sums = sums_of(Counted(Direction.IN, OPENS, each) for each in people)
    if is_enough:
        check_enough(Counts(tallied_in=5), sums)
        return
    with pytest.raises(Refusal) as refusal:
        check_enough(Counts(tallied_in=5), sums)
    assert code_of(refusal) is Code.MORE_THAN_COUNTED
    assert refusal.value.values == {"counted": 5}


def test_what_is_below_nought_already_may_be_raised_and_other_directions_are_apart() -> None:
    check_enough(Counts(tallied_in=-5), sums_of([Counted(Direction.IN, OPENS, 2)]))
    check_enough(Counts(tallied_in=-5, tallied_out=3), sums_of([Counted(Direction.OUT, OPENS, -3)]))
