"""What only grows refuses to change: logs, frozen measurements, published questionnaires. On both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from eventsys.base.db import db
from tests.guards import rows
from tests.guards.rows import MOMENT

# Table: a column to change.
APPEND_ONLY = {
    "audit_entry": "detail",
    "transition": "note",
    "scan": "let_in",
    "measurement": "frozen_by",
    "day_closing": "closed_at",
    "gate_rule": "kinds",
    "gate_message": "text",
    "gate_message_receipt": "at",
    "gate_message_retraction": "retracted_at",
    "scan_reason": "reason",
}


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """A connection to a database with one valid row in every table."""
    made = db.session.connection()
    rows.fill(made)
    yield made
    db.session.rollback()


def refusal_of(connection: Connection, statement: object) -> str:
    savepoint = connection.begin_nested()
    try:
        connection.execute(statement)  # type: ignore[call-overload]  # any statement
    except DatabaseError as refusal:
        return str(refusal.orig)
    finally:
        savepoint.rollback()
    return ""


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_row_of_a_log_is_neither_changed_nor_deleted(connection: Connection, name: str) -> None:
    table = rows.table(name)
    same = {APPEND_ONLY[name]: table.c[APPEND_ONLY[name]]}

    assert "only grows" in refusal_of(connection, update(table).values(same))
    assert "only grows" in refusal_of(connection, delete(table))
    assert refusal_of(connection, select(table)) == ""


def test_draft_questionnaire_may_change(connection: Connection) -> None:
    instrument, item = rows.table("instrument"), rows.table("item")

    for statement in (update(instrument).values(version=2), update(item).values(position=7)):
        assert refusal_of(connection, statement) == ""
    connection.execute(delete(rows.table("answer")))
    assert refusal_of(connection, delete(item)) == ""


def test_published_questionnaire_stays_as_it_is(connection: Connection) -> None:
    instrument, item = rows.table("instrument"), rows.table("item")
    connection.execute(update(instrument).values(state="published", published_at=MOMENT))

    for statement in (
        update(instrument).values(version=2),
        update(instrument).values(state="draft", published_at=None),
        update(item).values(position=7),
        delete(item),
        delete(instrument),
    ):
        assert refusal_of(connection, statement) != "", statement


def test_published_questionnaire_takes_no_further_item(connection: Connection) -> None:
    connection.execute(update(rows.table("instrument")).values(state="published", published_at=MOMENT))

    assert refusal_of(connection, rows.table("item").insert().values(rows.row(rows.table("item"), 2))) != ""


def test_item_does_not_move_into_a_published_questionnaire(connection: Connection) -> None:
    instrument = rows.table("instrument")
    rows.enter(connection, "instrument", 2)
    connection.execute(update(instrument).where(instrument.c.id == 2).values(state="published", published_at=MOMENT))

    assert refusal_of(connection, update(rows.table("item")).values(instrument_id=2)) != ""
