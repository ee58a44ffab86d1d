"""`flask demo`: load the example festival, serve it."""

from __future__ import annotations

import os

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from config import ROOT
from eventsys.base.db import db
from eventsys.demo import credentials
from eventsys.demo.load import everything
from eventsys.demo.serve import serve as serve_website
from eventsys.editions import queries as editions

demo = AppGroup("demo", help="The example festival on one's own machine.")
groups = [demo]


@demo.command("load")
def load_() -> None:
    """Load the example festival into an empty database, through the doors that users take."""
    if not current_app.config["EVENTSYS"].is_demo:
        raise click.ClickException("The example festival is for the demo alone: set EVENTSYS_MODE=demo first.")
    _migrate()
    if editions.every():
        raise click.ClickException("The database holds editions already; the example goes into an empty one alone.")
    _load()
    for email, password in credentials.kept(current_app.config["EVENTSYS"].var).items():
        click.echo(f"  sign in as  {email:34} password  {password}")


@demo.command("serve")
def serve() -> None:
    """Bring the database up to date, load the example the first time, and serve with a job worker."""
    if not current_app.config["EVENTSYS"].is_demo:
        raise click.ClickException("`make run` is for the demo: set EVENTSYS_MODE=demo, or serve wsgi:app yourself.")
    _migrate()
    if not editions.every():
        _load()
    db.session.remove()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the server needs the app itself
    serve_website(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "5000")))


def _migrate() -> None:
    newest = (ROOT / "migrations" / "HEAD").read_text().strip()
    if inspect(db.engine).has_table("alembic_version"):
        with db.engine.connect() as connection:
            if connection.scalar(text("SELECT version_num FROM alembic_version")) == newest:
                return
    upgrade()


def _load() -> None:
    passwords = everything(say=click.echo)
    credentials.keep(current_app.config["EVENTSYS"].var, passwords)
    click.echo("The example festival is loaded.")
