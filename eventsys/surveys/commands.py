"""`flask surveys open` and `flask import answers`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import print_import, refusals_spoken
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.arguments import edition_option
from eventsys.editions.models import Edition
from eventsys.surveys import actions, queries
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Instrument
from eventsys.surveys.texts import TEXTS

surveys = AppGroup("surveys", help="Put questionnaires to those who took part.")
groups = [surveys]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@surveys.command("open")
@click.argument("file", type=FILE)
@edition_option
@click.option("--opens", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day, YYYY-MM-DD.")
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), help="Day on which it closes, YYYY-MM-DD.")
def open_(file: Path, edition: Edition, opens: datetime, closes: datetime | None) -> None:
    """Publish the instrument in FILE (JSON) and put it to the audiences of an edition."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from None
    now, by = clock.now(), Actor("command")
    with refusals_spoken(TEXTS):
        instrument = actions.publish_instrument(Instrument.from_json(data), by=by, now=now)
        put = queries.survey_of(edition, instrument.key)
        if put is None or put.instrument_id != instrument.id:
            actions.open_survey(
                edition,
                instrument,
                opens_at=clock.from_local(opens),
                closes_at=clock.from_local(closes) if closes else None,
                by=by,
                now=now,
            )
        db.session.commit()
        click.echo(f"{instrument.key}, version {instrument.version}: {len(instrument.items)} items.")


@click.command("answers")
@click.argument("file", type=FILE)
@edition_option
@click.option("--instrument", "key", required=True, help="Key of the instrument that was answered.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@with_appcontext
def import_answers(file: Path, edition: Edition, key: str, dry_run: bool, form: str) -> None:
    """Take in answers from a CSV file."""
    with refusals_spoken(TEXTS):
        if queries.instrument(key) is None:
            raise Refusal(Code.NO_SUCH_INSTRUMENT, key=key)
        survey = queries.survey_of(edition, key)
        if survey is None:
            raise Refusal(Code.NO_SUCH_SURVEY, key=key)
        now = clock.now()
        imported = actions.import_answers(
            survey, file.read_bytes(), answered_on=clock.local(now).date(), by=Actor("command"), now=now
        )
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
        print_import(imported, TEXTS, form=form, dry_run=dry_run)


importers = [import_answers]
