"""`flask editions`: make and list editions."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import refusals_spoken
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.editions import actions, queries
from eventsys.editions.models import EventKind
from eventsys.editions.texts import TEXTS

editions = AppGroup("editions", help="Make and list editions.")
groups = [editions]


@editions.command("create")
@click.argument("slug")
@click.option("--event", required=True, help="Name of the event that this edition belongs to; made when new.")
@click.option("--name", required=True, help="Name of the edition.")
@click.option("--starts", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day, YYYY-MM-DD.")
@click.option("--days", required=True, type=int, help="How many days, 1 to 16.")
@click.option("--number", type=click.IntRange(1, 65535), help="Number on the passes; the next free one otherwise.")
@click.option("--kind", type=click.Choice([kind.value for kind in EventKind]), default="international_days")
def create(slug: str, event: str, name: str, starts: datetime, days: int, number: int | None, kind: str) -> None:
    """Make an empty edition at the address SLUG."""
    with refusals_spoken(TEXTS):
        edition = actions.create(
            slug,
            event=actions.event_called(event, kind=EventKind(kind)),
            name=name,
            starts_on=starts.date(),
            day_count=days,
            number=number,
            by=Actor("command"),
            now=clock.now(),
        )
        db.session.commit()
        click.echo(f"{edition.slug}: number {edition.number}, {len(edition.days)} days from {edition.starts_on}.")


@editions.command("list")
def list_() -> None:
    """List all editions."""
    for edition in queries.every():
        click.echo(f"{edition.slug}\t{edition.number}\t{edition.starts_on}\t{in_language(edition.name, 'en')}")
