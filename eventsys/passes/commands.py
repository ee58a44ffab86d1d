"""`flask passes`: check vectors, issue passes, look after the keys."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import refusals_spoken
from eventsys.base.db import db
from eventsys.base.i18n import short_moment
from eventsys.editions.arguments import edition_option
from eventsys.editions.models import Edition
from eventsys.passes import actions, keys, queries
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.vectors import failures_of, read_vectors
from eventsys.passes.texts import TEXTS

passes = AppGroup("passes", help="Check the codec, issue passes, look after the keys that sign them.")
keys_group = AppGroup("keys", help="The keys that sign passes.")
passes.add_command(keys_group)
groups = [passes]
KINDS = {"volunteer": PassKind.VOLUNTEER, "guest": PassKind.GUEST, "visitor": PassKind.VISITOR}


@passes.command("check")
@click.option("--vectors", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File of vectors.")
def check(vectors: Path) -> None:
    """Read every code in a file of vectors, and tell those that come to something else than the file says."""
    try:
        text = vectors.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{vectors} can't be read: {error}") from None
    with refusals_spoken(TEXTS):
        loaded = read_vectors(text)
    failures = failures_of(loaded)
    for failure in failures:
        click.echo(f"{failure.name}: wanted {failure.wanted}, found {failure.found}")
    click.echo(f"{len(loaded.cases) - len(failures)} passed, {len(failures)} failed")
    if failures:
        raise click.exceptions.Exit(1)


def day_numbers(_context: click.Context, _option: click.Parameter, value: str) -> frozenset[int]:
    try:
        return frozenset(int(number) for number in value.split(","))
    except ValueError:
        raise click.BadParameter("numbers of days with commas between them, such as 1,2") from None


@passes.command("issue")
@edition_option
@click.option("--kind", required=True, type=click.Choice(list(KINDS)))
@click.option("--days", required=True, callback=day_numbers, help="Numbers of the days, such as 1,2.")
@click.option("--count", default=1, show_default=True, type=int, help="How many passes.")
def issue(edition: Edition, kind: str, days: frozenset[int], count: int) -> None:
    """Issue passes without names and print the text of each, to be made into a QR code."""
    with refusals_spoken(TEXTS):
        issued = actions.issue(edition, KINDS[kind], days=days, count=count, by=Actor("command"), now=clock.now())
        db.session.commit()
        for pass_ in issued:
            click.echo(pass_.text)


@keys_group.command("list")
def list_() -> None:
    """List the keys: their number, since when, and whether they sign, verify or are retired."""
    with refusals_spoken(TEXTS):
        signing = actions.signing_ring(now=clock.now()).signing
        db.session.commit()
        for key in queries.every_key():
            state = "signs" if key.id == signing else "verifies"
            if key.retired_at:
                state = f"retired {short_moment(key.retired_at)}"
            click.echo(f"{key.id}\t{short_moment(key.created_at)}\t{state}\t{key.public_key}")
        click.echo(f"Private halves: {keys.place()}")


@keys_group.command("rotate")
def rotate() -> None:
    """Sign with a new key from now on; the old ones verify until they are retired."""
    with refusals_spoken(TEXTS):
        key_id = actions.rotate_keys(by=Actor("command"), now=clock.now())
        db.session.commit()
        click.echo(f"Key {key_id} signs from now on. Keep a copy of {keys.place()} in a safe place.")


@keys_group.command("retire")
@click.argument("key_id", type=int)
def retire(key_id: int) -> None:
    """Believe no pass any more that key KEY_ID signed."""
    with refusals_spoken(TEXTS):
        actions.retire_key(key_id, by=Actor("command"), now=clock.now())
        db.session.commit()
        click.echo(f"Key {key_id} is retired: its passes no longer verify.")
