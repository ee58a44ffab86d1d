"""On SQLite a request that writes takes its lock with its first statement, also where somebody is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.passes import actions as pass_actions
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.together import served_on


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Flask]:
    with served_on("sqlite", tmp_path, at=OPEN) as app:
        yield app


@pytest.fixture
def begun(served: Flask) -> Iterator[list[str]]:
    """How transactions begin and what they write, in order."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(("BEGIN", "INSERT")):
            statements.append(statement.partition(" (")[0])

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def test_what_is_sent_by_somebody_signed_in_takes_the_lock_at_once(served: Flask, begun: list[str]) -> None:
    edition = factories.edition()
    organiser, address = factories.organiser(edition), f"/organise/{edition.slug}/gate/capacity"
    client = CarefulClient(served)
    factories.sign_in(client, organiser)
    db.session.remove()
    begun.clear()

    client.get(address)
    reading, begun[:] = begun[:], []
    assert client.post(address, data={"capacity": "5"}).status_code == 302

    assert set(reading) == {"BEGIN"}
    assert {statement for statement in begun if statement.startswith("BEGIN")} == {"BEGIN IMMEDIATE"}


def test_noting_who_looked_up_a_contact_waits_for_its_turn(served: Flask, begun: list[str]) -> None:
    edition = factories.edition()
    crew = factories.application(edition, state=State.APPROVED, crew=1)
    pass_actions.issue_crew_passes(crew, by=factories.BY, now=factories.NOW)
    db.session.commit()
    organiser, address = factories.organiser(edition), f"/organise/{edition.slug}/gate/contact/{crew.code}"
    client = CarefulClient(served)
    factories.sign_in(client, organiser)
    db.session.remove()
    begun.clear()

    assert client.get(address).status_code == 200

    assert begun[begun.index("INSERT INTO audit_entry") - 1] == "BEGIN IMMEDIATE"
