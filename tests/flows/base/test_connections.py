"""How a connection to the database is opened, and what is said when the database can't."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from eventsys.base.storage import has_no_room, is_away
from tests.conftest import BACKENDS, empty_database

ON_POSTGRESQL = pytest.mark.parametrize("backend", [name for name in BACKENDS if name == "postgresql"])


@ON_POSTGRESQL
@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York"])
def test_every_moment_is_read_again_whatever_zone_the_server_is_in(backend: str, tmp_path: Path, zone: str) -> None:
    moments = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    with empty_database(backend, tmp_path, "zone") as url:
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.execute(text(f"ALTER DATABASE \"{make_url(url).database}\" SET timezone = '{zone}'"))
            connection.commit()
        engine.dispose()
        with engine.connect() as connection:
            read = [connection.scalar(text("SELECT CAST(:at AS timestamptz)"), {"at": moment}) for moment in moments]
        engine.dispose()

    assert read == moments


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), (True, False)),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), (True, False)),
        (sqlite_error(sqlite3.SQLITE_BUSY), (False, True)),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), (False, True)),
        (sqlite_error(sqlite3.SQLITE_ERROR), (False, False)),
        (psycopg.errors.DiskFull(), (True, True)),
        (psycopg.errors.AdminShutdown(), (False, True)),
        (psycopg.errors.DeadlockDetected(), (False, True)),
        (psycopg.OperationalError("connection refused"), (False, True)),
        (psycopg.errors.UndefinedTable(), (False, False)),
    ],
)
def test_no_room_and_not_there_are_told_apart(error: Exception, expected: tuple[bool, bool]) -> None:
    wrapped = OperationalError("INSERT", {}, error)

    assert (has_no_room(wrapped), is_away(wrapped)) == expected
