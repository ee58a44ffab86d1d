"""On SQLite a request that writes takes its lock with its first statement, also where somebody is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.together import served_on


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Flask]:
    with served_on("sqlite", tmp_path, at=OPEN) as app:
        yield app


def test_what_is_sent_by_somebody_signed_in_takes_the_lock_at_once(served: Flask) -> None:
    edition = factories.edition()
    organiser, address = factories.organiser(edition), f"/organise/{edition.slug}/gate/capacity"
    client = CarefulClient(served)
    factories.sign_in(client, organiser)
    db.session.remove()
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    client.get(address)
    reading, begun[:] = begun[:], []
    assert client.post(address, data={"capacity": "5"}).status_code == 302

    assert set(reading) == {"BEGIN"}
    assert set(begun) == {"BEGIN IMMEDIATE"}
