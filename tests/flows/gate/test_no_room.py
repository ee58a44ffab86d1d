"""The disk of the database is full: the phone hears so, nothing half is stored, it may read, and sends again later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text

from eventsys.base.db import db
from eventsys.gate import actions
from eventsys.gate.models import Admission, QuarterCount, Scan
from tests import factories
from tests.client import CarefulClient
from tests.conftest import BACKENDS
from tests.factories import OPEN
from tests.flows.gate.phone import Phone
from tests.together import end_connections, served_on

HOUR = timedelta(hours=1)
Full = Callable[[], AbstractContextManager[None]]
# PostgreSQL has no limit of its own; this is the error that it raises where a table can't grow, and as late as can be.
FULL_POSTGRESQL = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON quarter_count FOR EACH STATEMENT EXECUTE FUNCTION no_room();
    CREATE TRIGGER no_room BEFORE UPDATE ON device FOR EACH STATEMENT EXECUTE FUNCTION no_room();
"""


@contextmanager
def full_sqlite() -> Iterator[None]:
    """SQLite may have as many pages as it has, and none of them is free."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    event.listen(db.engine, "connect", limit)
    db.engine.dispose()
    yield
    event.remove(db.engine, "connect", limit)
    db.session.remove()
    db.engine.dispose()


@contextmanager
def full_postgresql() -> Iterator[None]:
    with db.engine.begin() as connection:
        connection.exec_driver_sql(FULL_POSTGRESQL)
    yield
    db.session.remove()
    with db.engine.begin() as connection:
        connection.execute(text("DROP FUNCTION no_room CASCADE"))


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Flask, Full]]:
    with served_on(request.param, tmp_path, at=OPEN) as app:
        yield app, full_sqlite if request.param == "sqlite" else full_postgresql


def test_a_full_disk_is_told_and_stores_nothing_half(served: tuple[Flask, Full]) -> None:
    app, full = served
    edition = factories.edition()
    phone = Phone(CarefulClient(app), factories.device(factories.gate(edition)).token)
    scans = [factories.scan(pass_id=one.pass_id) for one in factories.passes(edition, count=500)]
    db.session.remove()

    with full():
        refused = phone.post({"scans": scans})
        told = [phone.get(path, at=OPEN + HOUR).status_code for path in ("manifest", "changes", "status")]
        counts = [
            db.session.scalar(select(func.count()).select_from(table)) for table in (Scan, Admission, QuarterCount)
        ]
    results = phone.send(scans)

    assert (refused.status_code, refused.content_type) == (507, "application/problem+json")
    assert refused.get_json()["type"] == "/problems/http-507"
    assert told == [200, 200, 200]
    assert counts == [0, 0, 0]
    assert {result["status"] for result in results} == {"stored"}
    assert actions.rebuild(edition, is_check=True) == []


@pytest.mark.parametrize("served", [name for name in BACKENDS if name == "postgresql"], indirect=True)
def test_a_lost_connection_is_told_and_the_next_try_goes_through(served: tuple[Flask, Full]) -> None:
    app, _full = served
    edition = factories.edition()
    phone = Phone(CarefulClient(app), factories.device(factories.gate(edition)).token)
    db.session.remove()
    end_connections()
    batch = {"scans": [factories.scan()]}

    lost = phone.post(batch)
    again = phone.post(batch)

    assert (lost.status_code, lost.get_json()["type"], lost.headers["Retry-After"]) == (503, "/problems/http-503", "5")
    assert again.get_json()["results"][0]["status"] == "stored"
