"""Every command of `flask`: each feature's, and `flask import`, which gathers their importers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from eventsys.base import jobs
from eventsys.base.db import writing


def install(app: Flask, features: Iterable[str]) -> None:
    """Mount the commands: `groups` and `importers` of the `commands` module of each of these packages."""
    imports = AppGroup("import", help="Bring in files: pitches, boards, applications, answers.")
    for feature in features:
        name = f"eventsys.{feature}.commands"
        if find_spec(name) is None:
            continue
        commands = importlib.import_module(name)
        for group in getattr(commands, "groups", ()):
            app.cli.add_command(group)
        for importer in getattr(commands, "importers", ()):
            imports.add_command(importer)
    app.cli.add_command(imports)
    app.cli.add_command(worker)
    for command in app.cli.commands.values():
        _let_write(command)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Run jobs (mail, long work) until stopped."""
    jobs.work(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - threads need the app itself


def _let_write(command: click.Command) -> None:
    """Commands may write; see `base.db.writing`. From the parsing on: an `--edition` is looked up there, and what
    that reads belongs to the command's transaction.
    """
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _let_write(child)
        return
    if command.name not in {"run", "shell", "routes", "worker"}:
        command.parse_args = _writing(command.parse_args)  # type: ignore[method-assign]


def _writing(inner: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        writing.set(True)
        return inner(*args, **kwargs)

    return run
