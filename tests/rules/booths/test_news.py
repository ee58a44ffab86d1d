"""What a participant was told, and what is new since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eventsys.booths.rules.news import Letter, Time, Told, letter_for, times_apart

START = datetime(2026, 8, 29, 4, tzinfo=UTC)
EARLY, LATE = (Time(START + timedelta(hours=n), START + timedelta(hours=n + 1)) for n in (0, 3))
PLACED = Told(((1, ("A1",)),), ((1, EARLY),), "From the south.")


@pytest.mark.parametrize(
    ("before", "now", "letter"),
    [
        (Told(), PLACED, Letter.GIVEN),
        (PLACED, Told(((1, ("A2",)),), PLACED.times, PLACED.route), Letter.CHANGED),
        (PLACED, Told(), Letter.GONE),
        (PLACED, Told(((1, ("A1",)),), ((1, LATE),), PLACED.route), Letter.ARRIVAL),
        (PLACED, Told(((1, ("A1",)),), PLACED.times, "From the north."), Letter.ARRIVAL),
        (PLACED, Told(((1, ("A1",)),), (), PLACED.route), Letter.ARRIVAL),
        (PLACED, PLACED, None),
        (Told(), Told(), None),
        (Told(), Told((), ((1, EARLY),), "From the south."), None),
    ],
)
def test_the_mail_says_the_difference(before: Told, now: Told, letter: Letter | None) -> None:
    assert letter_for(before, now) is letter


def test_what_is_kept_is_what_was_told() -> None:
    assert Told.from_kept(PLACED.kept()) == PLACED
    assert Told.from_kept({}) == Told()


def test_times_stand_beside_each_other_by_day() -> None:
    now = Told(((1, ("A1",)),), ((1, LATE), (2, EARLY)))

    assert times_apart(PLACED, now) == [(EARLY, LATE), (None, EARLY)]
    assert times_apart(PLACED, Told(((1, ("A1",)),))) == [(EARLY, None)]
