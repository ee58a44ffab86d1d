"""A real server on each database, in production's settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask_migrate import upgrade

from config import from_environment
from eventsys.app import create_app
from eventsys.base.db import db, writing
from tests.conftest import BACKENDS, empty_database, settings
from tests.faults.house import House
from tests.faults.server import Server

PRODUCTION = {"EVENTSYS_MODE": "production", "MAIL_SERVER": "localhost"}
# One parallel worker starts each server once.
ON_EACH = [pytest.param(backend, marks=pytest.mark.xdist_group(f"faults-{backend}")) for backend in BACKENDS]


@pytest.fixture(scope="session", params=ON_EACH)
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("faults")
    with empty_database(request.param, folder, "faults") as url:
        app = create_app(from_environment(settings(url, folder)))
        with app.app_context():
            upgrade()
            db.session.remove()
        server = Server({**settings(url, folder), **PRODUCTION}, folder / "server.log")
        try:
            yield House(request.param, app, server, folder)
        finally:
            server.stop()
            with app.app_context():
                db.engine.dispose()


@pytest.fixture
def house(started: House) -> Iterator[House]:
    """A server that answers, and an application of our own on its database."""
    token = writing.set(True)
    with started.app.app_context():
        started.server.ensure()
        yield started
        db.session.remove()
    writing.reset(token)
