"""`flask import applications` and `flask applications approve`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from eventsys.applications.actions import decisions, imports
from eventsys.applications.texts import TEXTS
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import print_import, refusals_spoken
from eventsys.base.db import db
from eventsys.editions.arguments import edition_option
from eventsys.editions.models import Edition

applications = AppGroup("applications", help="Decide on applications.")
groups = [applications]
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")


@applications.command("approve")
@edition_option
@click.option(
    "--all", "is_all", is_flag=True, required=True, help="Every submitted one; others are decided on its page."
)
@FORMAT
def approve(edition: Edition, is_all: bool, form: str) -> None:  # noqa: ARG001 - asked for so that it is said
    """Approve every submitted application and announce it at once."""
    with refusals_spoken(TEXTS):
        approved = decisions.approve_all(edition, by=Actor("command"), now=clock.now())
        db.session.commit()
    told = {"edition": edition.slug, "approved": approved}
    click.echo(json.dumps(told) if form == "json" else f"{approved} applications approved and announced.")


@click.command("applications")
@click.argument("file", type=click.Path(path_type=Path))
@edition_option
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@FORMAT
@with_appcontext
def import_applications(file: Path, edition: Edition, dry_run: bool, form: str) -> None:
    """Take in applications from a CSV file as a spreadsheet saves it."""
    try:
        content = file.read_bytes()
    except OSError as trouble:
        raise click.ClickException(f"{file} can't be read: {trouble.strerror}.") from None
    with refusals_spoken(TEXTS):
        imported = imports.import_file(edition, content, by=Actor("command"), now=clock.now())
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
    print_import(imported, TEXTS, form=form, dry_run=dry_run)


importers = [import_applications]
