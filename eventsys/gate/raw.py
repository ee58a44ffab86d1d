"""The few statements that every scan runs, in SQL as both databases take it, many rows to a statement.

To build them from models and to make objects of rows costs more than to run them, ten times over (`docs/measurements`).
Names of tables and columns are the models'; `tests/flows/gate` run every statement on both databases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from eventsys.base.db import db


class Statement(NamedTuple):
    """SQL with `:names`, and what they stand for.

    `is_planned_anew`: PostgreSQL is not to keep its plan. One that it made while the log was empty reads the whole log for
    each of many ids, until it counts the rows again.
    """

    sql: str
    values: Mapping[str, Any]
    is_planned_anew: bool = False


class Dialect:
    """How SQLite writes and reads what the two databases do differently."""

    lock = ""

    def run(self, statements: Sequence[Statement]) -> list[list[Any]]:
        """The rows of each statement, in the transaction of the session."""
        with _connection() as connection:
            cursor = connection.cursor()
            return [cursor.execute(sql, values).fetchall() for sql, values, _ in statements]

    def commit(self, statements: Sequence[Statement]) -> None:
        """Run the last statements of the transaction and commit it; nothing of it stays when one of them fails."""
        self.run(statements)
        db.session.commit()

    def one_of(self, name: str) -> str:
        """The condition that a column is one of a list: `f"pass_id {one_of('pass_ids')}"`."""
        return f"IN (SELECT value FROM json_each(:{name}))"

    def listed(self, values: Collection[str]) -> Any:
        """A list as `one_of` takes it."""
        return json.dumps(list(values))

    def table(self, name: str, columns: Mapping[str, str]) -> str:
        """Rows that come along as a table: its columns with the types that PostgreSQL gives them."""
        told = ", ".join(f"value ->> '$.{column}' AS \"{column}\"" for column in columns)
        return f"(SELECT {told} FROM json_each(:{name})) AS r"

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """Rows as `table` takes them; moments as `moment` writes them."""
        return json.dumps(rows)

    def moment(self, at: datetime) -> str:
        """A moment in UTC as it stands in a column."""
        return at.replace(tzinfo=None).isoformat(" ", "microseconds")

    def read(self, value: Any) -> datetime:
        """The moment of a column."""
        return datetime.fromisoformat(value).replace(tzinfo=UTC)

    def read_or_none(self, value: Any) -> datetime | None:
        """The moment of a column that may be empty."""
        return None if value is None else self.read(value)


class PostgreSQL(Dialect):
    """How PostgreSQL does; statements go out together and are waited for once."""

    lock = " FOR UPDATE"

    def run(self, statements: Sequence[Statement]) -> list[list[Any]]:
        """The rows of each statement, in the transaction of the session."""
        with _connection() as connection, connection.pipeline():
            cursors = [
                connection.execute(_percent(one.sql), one.values, prepare=False if one.is_planned_anew else None)
                for one in statements
            ]
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    def commit(self, statements: Sequence[Statement]) -> None:
        """Run the last statements of the transaction and commit it, all waited for once."""
        # After an error the server leaves out what follows, so it never commits a part. Within somebody else's
        # transaction the session's end is a savepoint's, which only the session knows by name.
        is_within = db.session.connection().in_nested_transaction()
        self.run(statements if is_within else [*statements, Statement("COMMIT", {})])
        db.session.commit()

    def one_of(self, name: str) -> str:
        """The condition that a column is one of a list."""
        return f"= ANY(:{name})"

    def listed(self, values: Collection[str]) -> Any:
        """A list as `one_of` takes it."""
        return list(values)

    def table(self, name: str, columns: Mapping[str, str]) -> str:
        """Rows that come along as a table."""
        told = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        return f"json_to_recordset(:{name}) AS r({told})"

    def moment(self, at: datetime) -> str:
        """A moment in UTC as it stands in a column."""
        return at.isoformat()

    def read(self, value: Any) -> datetime:
        """The moment of a column."""
        return value.astimezone(UTC)  # type: ignore[no-any-return]


SQLITE, POSTGRESQL = Dialect(), PostgreSQL()


@contextmanager
def _connection() -> Iterator[Any]:
    """The driver's own connection of the session's transaction, which has seen what the session holds.

    What goes wrong there is raised as SQLAlchemy does, so that nobody needs to know whose error it is.
    """
    db.session.flush()
    connection = db.session.connection()
    driver, error = connection.connection.driver_connection, connection.dialect.loaded_dbapi.Error
    try:
        yield driver
    except error as original:
        is_lost = connection.dialect.is_disconnect(original, driver, None)
        if is_lost:
            connection.invalidate(original)
        raise DBAPIError.instance(
            "(statements of the gate)", None, original, error, connection_invalidated=is_lost
        ) from original


def dialect() -> Dialect:
    """That of the database which the session speaks to."""
    return SQLITE if current_app.config["EVENTSYS"].is_embedded else POSTGRESQL


@cache
def _percent(sql: str) -> str:
    return re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", sql)


def insert_into(table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases spell alike and SQLAlchemy keeps apart."""
    return (sqlite if dialect() is SQLITE else postgresql).insert(table)
