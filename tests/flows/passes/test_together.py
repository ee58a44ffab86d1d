"""Many visitors at once: never more passes than the day bears, and a form sent twice at the same moment counts once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.base.db import db, writing
from eventsys.base.refusals import Refusal
from eventsys.editions import queries as editions
from eventsys.passes.actions import handing
from eventsys.passes.models import Pass
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.handing import Wanted
from tests import factories
from tests.conftest import BACKENDS
from tests.factories import BY, NOW
from tests.together import all_at_once, served_on

ROOM, WHO_COME = 4, 9


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An edition whose days bear four visitors, of whom one has come."""
    with served_on(request.param, tmp_path, at=NOW) as app:
        edition = factories.edition("fest")
        handing.open_visitors(edition, is_open=True, most_per_day=ROOM, by=BY, now=NOW)
        handing.take(edition, Wanted(frozenset({1}), 1, "en"), code="first", by=BY, now=NOW)
        db.session.commit()
        db.session.remove()
        yield app


def attempt(app: Flask, code: str) -> Callable[[], Code | None]:
    """A task that takes one pass in a transaction of its own: None, or why not."""

    def run() -> Code | None:
        token = writing.set(True)
        try:
            with app.app_context():
                edition = editions.find("fest")
                assert edition is not None
                try:
                    handing.take(edition, Wanted(frozenset({1}), 1, "en"), code=code, by=BY, now=NOW)
                    db.session.commit()
                except Refusal as refusal:
                    db.session.rollback()
                    return Code(refusal.code)
                finally:
                    db.session.remove()
                return None
        finally:
            writing.reset(token)

    return run


def how_many() -> int:
    return db.session.scalars(select(func.count()).select_from(Pass)).one()


def test_the_last_places_are_given_once(served: Flask) -> None:
    said = all_at_once([attempt(served, f"visitor-{number}") for number in range(WHO_COME)])

    assert said.count(None) == ROOM - 1
    assert said.count(Code.DAY_FULL) == WHO_COME - ROOM + 1
    assert how_many() == ROOM


def test_one_form_sent_many_times_at_once_gives_one_pass(served: Flask) -> None:
    said = all_at_once([attempt(served, "same") for _ in range(WHO_COME)])

    assert said == [None] * WHO_COME
    assert how_many() == 2
