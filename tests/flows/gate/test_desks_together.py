"""Several put counts right at once, each on a connection of its own: one desk a gate, and each form counts once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.accounts.models import User
from eventsys.base.db import db, writing
from eventsys.base.refusals import Refusal
from eventsys.base.web.writes import once_more_on_conflict
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.gate import actions, correcting, queries
from eventsys.gate.correcting import Why
from eventsys.gate.models import Device, Scan, ScanReason
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.correcting import Counted
from eventsys.gate.rules.scans import Direction
from tests import factories
from tests.conftest import BACKENDS
from tests.factories import BY, OPEN
from tests.together import all_at_once, served_on

AT_ONCE = 6
NOW = OPEN + timedelta(hours=1)


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=NOW) as app:
        yield app


def scene() -> str:
    """The address word of an edition with a gate and somebody who puts counts right."""
    edition = factories.edition()
    factories.gate(edition, code="N")
    factories.organiser(edition)
    slug = edition.slug
    db.session.remove()
    return slug


def found(slug: str) -> Edition:
    db.session.rollback()
    edition = editions.find(slug)
    assert edition is not None
    return edition


def saying(slug: str) -> tuple[Edition, Why]:
    user = db.session.scalars(select(User)).one()
    return found(slug), Why("Two pressed at once", user)


def task(app: Flask, work: Callable[[], None]) -> Callable[[], Code | None]:
    """What a view does: the work, once more on a lost race, committed; the code of its refusal."""

    def run() -> Code | None:
        writing.set(True)
        with app.app_context():
            try:
                once_more_on_conflict(work)()
                db.session.commit()
            except Refusal as refusal:
                db.session.rollback()
                return Code(refusal.code)
            finally:
                db.session.remove()
        return None

    return run


def adding(slug: str, ticket: str, people: int = 3) -> Callable[[], None]:
    def run() -> None:
        edition, why = saying(slug)
        gate, window = queries.gate(edition, "N"), queries.window_of(edition, 1)
        assert gate is not None
        assert window is not None
        counted = [Counted(Direction.IN, OPEN, people)]
        correcting.put_right(gate, counted, why, day=window, ticket=ticket, by=BY, now=NOW)

    return run


def totals(slug: str) -> tuple[int, int, int, int]:
    """Desks, rows of the log, reasons, people counted in."""
    edition = found(slug)
    assert actions.rebuild(edition, is_check=True) == []
    counted = queries.counts_by_day(edition)
    rows = (db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Device, Scan, ScanReason))
    desks, scans, reasons = rows
    return desks, scans, reasons, counted[1].tallied_in if counted else 0


def test_one_form_sent_by_several_hands_counts_once(served: Flask) -> None:
    slug, ticket = scene(), correcting.new_ticket(NOW)

    refused = all_at_once([task(served, adding(slug, ticket)) for _ in range(AT_ONCE)])

    assert refused == [None] * AT_ONCE
    assert totals(slug) == (1, 1, 1, 3)


def test_several_forms_make_one_desk_and_count_once_each(served: Flask) -> None:
    slug = scene()

    refused = all_at_once([task(served, adding(slug, correcting.new_ticket(NOW))) for _ in range(AT_ONCE)])

    assert refused == [None] * AT_ONCE
    assert totals(slug) == (1, AT_ONCE, AT_ONCE, 3 * AT_ONCE)


def test_more_than_is_there_is_not_taken_off_by_two_at_once(served: Flask) -> None:
    slug = scene()
    task(served, adding(slug, correcting.new_ticket(NOW)))()

    refused = all_at_once([task(served, adding(slug, correcting.new_ticket(NOW), -2)) for _ in range(AT_ONCE)])

    assert sorted(refused, key=str) == [None, *[Code.MORE_THAN_COUNTED] * (AT_ONCE - 1)]
    assert totals(slug) == (1, 2, 2, 1)


def test_a_count_is_taken_back_by_one_of_several(served: Flask) -> None:
    slug = scene()
    task(served, adding(slug, correcting.new_ticket(NOW)))()

    def taking_back() -> None:
        _edition, why = saying(slug)
        scan = db.session.scalars(select(Scan).where(Scan.tally.is_not(None))).one()
        correcting.take_back(scan, why, ticket=correcting.new_ticket(NOW), by=BY, now=NOW)

    refused = all_at_once([task(served, taking_back) for _ in range(AT_ONCE)])

    assert sorted(refused, key=str) == [None, *[Code.TAKEN_BACK_ALREADY] * (AT_ONCE - 1)]
    assert totals(slug) == (1, 2, 2, 0)
