"""An application that counts tries, as it does outside tests, on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from config import from_environment
from eventsys.app import create_app
from eventsys.base.db import writing
from eventsys.base.web.limits import limiter
from tests.client import CarefulClient
from tests.conftest import settings


@contextmanager
def counting(folder: Path) -> Iterator[CarefulClient]:
    """A client of it, from one address."""
    environment = settings(f"sqlite:///{folder / 'limited.sqlite3'}", folder, EVENTSYS_MODE="demo")
    app = create_app(from_environment(environment))
    token = writing.set(True)
    with app.app_context():
        upgrade()
        limiter.reset()
        app.test_client_class = CarefulClient
        client = app.test_client()
        assert isinstance(client, CarefulClient)
        yield client
        limiter.reset()
    limiter.enabled = False  # The other applications of this process don't count.
    writing.reset(token)
