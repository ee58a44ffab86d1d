"""`flask gate`: look after the caches of the log."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from eventsys.base.db import db
from eventsys.editions.arguments import edition_option
from eventsys.editions.models import Edition
from eventsys.gate import actions

gate = AppGroup("gate", help="The log of scans and the figures that are made of it.")
groups = [gate]


@gate.command("rebuild")
@edition_option
@click.option("--check", "is_check", is_flag=True, help="Only tell; change nothing.")
def rebuild(edition: Edition, is_check: bool) -> None:
    """Make every cached figure again from the log. Ends with 1 when one was different (and is right now, without --check)."""
    found = actions.rebuild(edition, is_check=is_check)
    for difference in found:
        click.echo(f"{difference.figure}: kept {_said(difference.cached)}, the log says {_said(difference.folded)}")
    if is_check:
        db.session.rollback()
    else:
        db.session.commit()
    outcome = "" if is_check else ", put right" if found else ""
    click.echo(f"{edition.slug}: {len(found)} differences{outcome}")
    if found:
        raise click.exceptions.Exit(1)


def _said(value: object) -> str:
    return "nothing" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
