"""Several at once, each on a connection of its own: an application whose commits are commits, and a common start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TypeVar

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import NullPool, create_engine, text

from config import from_environment
from eventsys.app import create_app
from eventsys.base import clock
from eventsys.base.db import db, writing
from tests.conftest import empty_database, settings

Result = TypeVar("Result")


@contextmanager
def served_on(backend: str, folder: Path, *, at: datetime) -> Iterator[Flask]:
    """An application on a database of its own, where what is committed is committed; the clock stands at a moment."""
    token = writing.set(True)
    with empty_database(backend, folder, "together") as url:
        app = create_app(from_environment(settings(url, folder)))
        with app.app_context():
            upgrade()
            with clock.standing_at(at):
                yield app
            db.session.remove()
            db.engine.dispose()
    writing.reset(token)


def end_connections() -> None:
    """What is felt when PostgreSQL itself goes down for a moment: every connection to the database ends."""
    apart = create_engine(db.engine.url, poolclass=NullPool)
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with apart.connect() as connection:
        connection.execute(text(ended))


def all_at_once(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each task gave; all are let go at the same moment, each in a thread of its own."""
    start = Event()

    def run(task: Callable[[], Result]) -> Result:
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        running = [pool.submit(run, task) for task in tasks]
        start.set()
        return [future.result() for future in running]
