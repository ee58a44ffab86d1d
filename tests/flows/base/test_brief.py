"""What many ask for at the same moment is made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

from flask import Flask, request

from eventsys.base import clock
from eventsys.base.web.brief import Brief, Made, answer_with, made_of
from tests.conftest import MOMENT
from tests.together import all_at_once

TENTH = timedelta(milliseconds=100)


class Maker:
    """Makes a new answer each time; holds on before it is done until it may."""

    def __init__(self) -> None:
        self.count = 0
        self.begun, self.may_end = Event(), Event()
        self.may_end.set()

    def __call__(self) -> Made:
        at = clock.now()
        self.begun.set()
        self.may_end.wait()
        self.count += 1
        return made_of({"count": self.count}, at=at)


def brief() -> Brief:
    return Brief(renewed_after=7 * TENTH, lasts=10 * TENTH)


def test_within_the_moment_everybody_gets_the_same_and_afterwards_something_new() -> None:
    kept, make = brief(), Maker()
    made = {}
    for tenths in (0, 6, 7, 8):
        with clock.standing_at(MOMENT + tenths * TENTH):
            made[tenths] = kept.get("a", make)

    assert made[0] is made[6]
    assert made[7] is made[8]
    assert (make.count, made[7].at) == (2, MOMENT + 7 * TENTH)


def test_keys_are_apart_and_what_is_forgotten_is_made_anew() -> None:
    kept, make = brief(), Maker()
    with clock.standing_at(MOMENT):
        assert kept.get("a", make) is not kept.get("b", make)
        first = kept.get("a", make)
        kept.forget()

        assert kept.get("a", make) is not first


def test_a_clock_that_went_back_makes_nothing_last_longer() -> None:
    kept, make = brief(), Maker()
    with clock.standing_at(MOMENT):
        kept.get("a", make)
    with clock.standing_at(MOMENT - timedelta(hours=1)):
        assert kept.get("a", make).at == MOMENT - timedelta(hours=1)


def test_of_many_at_once_one_makes_it() -> None:
    kept, make = brief(), Maker()
    with clock.standing_at(MOMENT):
        given = all_at_once([lambda: kept.get("a", make)] * 12)

    assert make.count == 1
    assert len({id(one) for one in given}) == 1


def asked_while_it_is_made(*, after: timedelta) -> tuple[datetime, int]:
    """Of which moment somebody is told who asks while another one makes it anew, and how often it was made until then."""
    kept, make = brief(), Maker()
    with clock.standing_at(MOMENT):
        kept.get("a", make)
    make.begun.clear()
    make.may_end.clear()
    with clock.standing_at(MOMENT + after), ThreadPoolExecutor(2) as pool:
        making = pool.submit(kept.get, "a", make)
        make.begun.wait()
        asking = pool.submit(kept.get, "a", make)
        if after < 10 * TENTH:
            asking.result(timeout=30)
        made_before = make.count
        make.may_end.set()
        making.result(timeout=30)
        return asking.result(timeout=30).at, made_before


def test_while_one_makes_it_anew_others_get_the_old_one() -> None:
    assert asked_while_it_is_made(after=8 * TENTH) == (MOMENT, 1)


def test_what_is_too_old_is_given_to_nobody() -> None:
    assert asked_while_it_is_made(after=11 * TENTH) == (MOMENT + 11 * TENTH, 1)


def test_an_answer_says_how_old_it_is_and_is_not_sent_twice(app: Flask) -> None:
    made = made_of({"parts": {"figures": "7" * 2000}}, at=MOMENT)
    with clock.standing_at(MOMENT + 3 * TENTH):
        with app.test_request_context(headers={"Accept-Encoding": "gzip"}):
            first = answer_with(made, request)
        with app.test_request_context(headers={"If-None-Match": first.headers["ETag"]}):
            again = answer_with(made, request)

    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "gzip")
    assert again.status_code == 304
    assert [one.headers["Figures-Age"] for one in (first, again)] == ["300", "300"]
    assert first.headers["Figures-At"] == "2026-03-02T12:00:00.000+00:00"


def test_a_plain_answer_goes_to_who_can_take_nothing_else(app: Flask) -> None:
    made = made_of({"parts": {"figures": "7" * 2000}}, at=MOMENT)
    with clock.standing_at(MOMENT), app.test_request_context():
        answer = answer_with(made, request)

    assert "Content-Encoding" not in answer.headers
    assert answer.get_json() == {"parts": {"figures": "7" * 2000}}
