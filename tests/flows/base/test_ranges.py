"""Days and times as each language writes them, and in the direction in which it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask

from eventsys.base.i18n import date_range, plain_number, short_moment, time_range, told_apart
from eventsys.base.rendering import speaking

DAY = date(2027, 2, 6)
OPENS, CLOSES = datetime(2027, 2, 6, 8, tzinfo=UTC), datetime(2027, 2, 6, 19, tzinfo=UTC)


def in_each(app: Flask, said: object) -> list[str]:
    found = []
    for language in ("da", "en", "ar"):
        with app.app_context(), speaking(language):
            found.append(said())  # type: ignore[operator]
    return found


def test_a_day_is_written_with_its_month_in_words(app: Flask) -> None:
    assert in_each(app, lambda: date_range(DAY, DAY)) == ["6. feb. 2027", "6 Feb 2027", "6 فبراير 2027"]


def test_days_are_written_in_the_order_of_a_single_one(app: Flask) -> None:
    assert in_each(app, lambda: date_range(DAY, DAY + timedelta(days=1)))[1] == "6–7 Feb 2027"
    assert (
        in_each(app, lambda: date_range(DAY, DAY + timedelta(days=30)))[1].replace("\u2009", " ")
        == "6 Feb – 8 Mar 2027"
    )


def test_phrases_are_parted_by_the_language_s_own_sign(app: Flask) -> None:
    assert in_each(app, lambda: told_apart(["a", "b"])) == ["a; b", "a; b", "a؛ b"]


def test_times_run_as_the_language_does(app: Flask) -> None:
    assert in_each(app, lambda: time_range(OPENS, CLOSES)) == ["09:00–20:00", "09:00–20:00", "\u200f09:00–\u200f20:00"]


def test_a_moment_keeps_its_time_beside_its_day_in_arabic(app: Flask) -> None:
    assert in_each(app, lambda: short_moment(OPENS)) == [
        "6. feb. 2027 09:00", "6 Feb 2027 09:00", "6 فبراير 2027،\u00a009:00",
    ]  # fmt: skip


def test_numbers_have_the_language_s_sign_and_nothing_between_thousands(app: Flask) -> None:
    assert in_each(app, lambda: plain_number(2000.25)) == ["2000,25", "2000.25", "2000.25"]
