"""Runs the migrations on the database that the application is set up for."""

from __future__ import annotations

from alembic import context
from flask import current_app

metadata = current_app.extensions["migrate"].db.metadata


def include(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """Leave out the tables that the job queue makes for itself."""
    return not (kind == "table" and (name or "").startswith("huey"))


def run() -> None:
    """Migrate on a connection of the application's engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=include,
            # Never batches: on SQLite they copy the table, and dropping the old one deletes what refers to it.
            render_as_batch=False,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
