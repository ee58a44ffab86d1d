"""The application, its database (SQLite and PostgreSQL), a client that looks at every page, a clock that stands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import is_hypothesis_test
from hypothesis import settings as properties
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from config import from_environment
from eventsys.app import create_app
from eventsys.base import clock
from eventsys.base.db import db, writing
from tests.client import CarefulClient

POSTGRES = "EVENTSYS_TEST_POSTGRES_URL"
BACKENDS = ["sqlite", *(["postgresql"] if os.environ.get(POSTGRES) else [])]
MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

properties.register_profile("short", deadline=None, derandomize=True)
properties.register_profile("long", deadline=None, max_examples=5_000, print_blob=True)
properties.load_profile("long" if os.environ.get("EVENTSYS_LONG") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark properties as long, leave out what is for the long run alone, and group a backend's tests.

    Grouped, as parallel workers else each build both databases.
    """
    for item in items:
        is_property = isinstance(item, pytest.Function) and is_hypothesis_test(item.function)
        if is_property or item.get_closest_marker("only_long"):
            item.add_marker(pytest.mark.long)
    if not os.environ.get("EVENTSYS_LONG"):
        left_out = [item for item in items if item.get_closest_marker("only_long")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: "postgresql" in item.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests of faults counted, for `docs/measurements/`."""
    told = {
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "gate faults"
    }
    for line in sorted(told):
        terminalreporter.write_line(f"faults of the gate: {line}")


@contextmanager
def empty_database(backend: str, folder: Path, name: str) -> Iterator[str]:
    """The address of an empty database, gone afterwards: a file in the folder, or one of the server's."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    address = make_url(os.environ[POSTGRES])
    admin = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    unique = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{unique}"'))
    try:
        yield address.set(database=unique).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{unique}" WITH (FORCE)'))
        admin.dispose()


@pytest.fixture(scope="session", params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of each kind; one for every parallel worker."""
    with empty_database(request.param, tmp_path_factory.mktemp("db"), "test") as url:
        yield url


def settings(database_url: str, var: Path, **more: str) -> dict[str, str]:
    """The environment of an application under test."""
    return {
        "EVENTSYS_MODE": "test",
        "EVENTSYS_VAR": str(var),
        "EVENTSYS_SECRET_KEY": "a test key that is long enough 0123456789",
        "EVENTSYS_BASE_URL": "http://localhost",
        "DATABASE_URL": database_url,
        **more,
    }


@pytest.fixture(scope="session")
def migrated_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a migrated, empty database."""
    app = create_app(from_environment(settings(database_url, tmp_path_factory.mktemp("var"))))
    app.test_client_class = CarefulClient
    with app.app_context():
        upgrade()
    return app


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application; everything a test writes is rolled back afterwards, commits included."""
    token = writing.set(True)
    with migrated_app.app_context():
        engines = db.engines
        engine = engines[None]
        connection = engine.connect()
        transaction = connection.begin()
        engines[None] = connection  # type: ignore[assignment]  # a session binds to it like to an engine
        db.session.configure(join_transaction_mode="create_savepoint")
        db.session.remove()
        try:
            yield migrated_app
        finally:
            db.session.remove()
            transaction.rollback()
            connection.close()
            engines[None] = engine
    writing.reset(token)


@pytest.fixture
def client(app: Flask) -> CarefulClient:
    """A browser without eyes, which complains about every page that breaks a rule of the house."""
    client = app.test_client()
    assert isinstance(client, CarefulClient)
    return client


@pytest.fixture
def session(app: Flask) -> Session:
    """The database session of the test."""
    return db.session()


@pytest.fixture
def moment() -> Iterator[datetime]:
    """A clock that stands on 2 March 2026, 13:00 in Copenhagen."""
    with clock.standing_at(MOMENT):
        yield MOMENT


@pytest.fixture
def count_queries(app: Flask) -> Iterator[list[str]]:
    """The statements that run, in order."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            statements.append(statement)

    engine = db.engines[None].engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
