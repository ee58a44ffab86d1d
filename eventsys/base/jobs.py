"""Work outside the request: a thin wrap of Huey, embedded beside SQLite or in PostgreSQL.

A feature declares a job in its `jobs.py` with `@job("name")`; the function gets plain JSON-able arguments and
runs in an application context. `after_commit(session, name, …)` queues it only when the transaction held.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy import event
from sqlalchemy.orm import Session

from eventsys.base.db import writing

_JOBS: dict[str, Callable[..., None]] = {}
_EVERY_MINUTE: list[str] = []
_PENDING = "jobs after commit"
QUEUE_TIMEOUT_S = 15


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a job under a stable name."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _JOBS[name] = function
        return function

    return register


def every_minute(name: str) -> None:
    """Let the worker run a job, which takes no arguments, each minute: for what a lost signal left lying."""
    _EVERY_MINUTE.append(name)


def queue_for(app: Flask, *, database_url: str, path: str) -> Huey:
    """The queue of an app: a SQLite file of its own beside an embedded database, else tables in PostgreSQL."""
    if database_url.startswith("postgresql"):
        dsn = database_url.replace("postgresql+psycopg://", "postgresql://")
        huey: Huey = PostgresHuey("eventsys", dsn=dsn)
    else:
        huey = SqliteHuey("eventsys", filename=path, timeout=QUEUE_TIMEOUT_S)

    def run(name: str, arguments: dict[str, Any]) -> None:
        with app.app_context():
            token = writing.set(True)
            try:
                _JOBS[name](**arguments)
            finally:
                writing.reset(token)

    app.extensions["jobs"] = {"huey": huey, "task": huey.task(retries=3, retry_delay=10)(run), "run": run}
    return huey


def work(app: Flask) -> None:
    """Be the worker: run what is queued until told to stop."""
    huey: Huey = app.extensions["jobs"]["huey"]
    run = app.extensions["jobs"]["run"]

    def minutely() -> None:
        for name in _EVERY_MINUTE:
            run(name, {})

    huey.periodic_task(crontab(minute="*"))(minutely)
    huey.create_consumer(workers=1, worker_type="thread", initial_delay=0.1, max_delay=1.0).run()


def enqueue(app: Flask, name: str, **arguments: Any) -> None:
    """Put a job into the queue now."""
    if name not in _JOBS:
        raise LookupError(f"no job is called {name}")
    app.extensions["jobs"]["task"](name, arguments)


def run_now(app: Flask, name: str, **arguments: Any) -> None:
    """Run a job here and now, in this process: for commands and tests."""
    app.extensions["jobs"]["run"](name, arguments)


def after_commit(session: Session, name: str, **arguments: Any) -> None:
    """Queue a job once the session's transaction has been committed; never when it is rolled back."""
    pending: dict[str, tuple[str, dict[str, Any]]] = session.info.setdefault(_PENDING, {})
    pending[repr((name, sorted(arguments.items())))] = (name, arguments)


def _send(committed: Session) -> None:
    if committed.in_nested_transaction():
        return  # A savepoint is released; the transaction around it may still be rolled back.
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - tasks need the app itself
    for name, arguments in committed.info.pop(_PENDING, {}).values():
        try:
            enqueue(app, name, **arguments)
        except Exception:
            # What is committed is done; a busy queue must not make it look undone. Each job runs every minute anyway.
            app.logger.warning("a job waits for the worker's next round", exc_info=True)


def _forget(rolled_back: Session) -> None:
    if rolled_back.in_nested_transaction():
        return
    rolled_back.info.pop(_PENDING, None)


def install(session: Any) -> None:
    """Send what `after_commit` collected, for the sessions of this kind; doing it again changes nothing."""
    for moment, reaction in (("after_commit", _send), ("after_rollback", _forget)):
        if not event.contains(session, moment, reaction):
            event.listen(session, moment, reaction)
