"""`make run`: database, example festival, job worker and website in one go."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from config import ROOT
from eventsys.base.db import db
from eventsys.demo import credentials


class Website(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn, serving an application that is there already."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application."""
        return self._app


def print_welcome(app: Flask) -> None:
    """Say where it runs and who can sign in."""
    config = app.config["EVENTSYS"]
    click.echo(f"\n  eventsys runs at {config.base_url}\n")
    for email, password in credentials.kept(config.var).items():
        click.echo(f"    sign in as  {email:34} password  {password}")
    click.echo(f"\n  Sign in at        {config.base_url}/account/login")
    click.echo(f"  Caught mail       {config.base_url}/dev/mail")
    click.echo(f"  The scanner       {config.base_url}/gate/")
    click.echo("  Stop with Ctrl-C; your data stays in var/.\n")


def serve(app: Flask, *, host: str, port: int) -> None:
    """Run the worker beside the website until interrupted."""
    db.engine.dispose()  # Gunicorn forks; a connection must not be shared.
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker"], cwd=ROOT, env={**os.environ, "FLASK_APP": "wsgi.py"}
    )
    try:
        Website(
            app,
            {
                "bind": f"{host}:{port}",
                "workers": 1,
                "threads": 8,
                "worker_class": "gthread",
                "loglevel": "warning",
                "proc_name": "eventsys",
                "when_ready": lambda _server: print_welcome(app),
            },
        ).run()
    finally:
        worker.terminate()
        worker.wait(timeout=10)
