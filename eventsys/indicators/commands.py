"""`flask indicators`: define, evaluate, freeze, and compute an interval."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import refusals_spoken
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.base.refusals import Refusal
from eventsys.editions.arguments import edition_option
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.definitions import indicators_from_json
from eventsys.indicators.rules.evaluation import as_json, json_number
from eventsys.indicators.rules.intervals import bounds, exact_interval
from eventsys.indicators.rules.recorded import figures_from_json
from eventsys.indicators.shown import said
from eventsys.indicators.texts import STATUSES, TEXTS

indicators = AppGroup("indicators", help="Success criteria: did it work?")
groups = [indicators]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
T = TypeVar("T")


def _read(file: Path, read: Callable[[object], T]) -> T:
    try:
        return read(json.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from None


@indicators.command("define")
@click.argument("file", type=FILE)
@edition_option
def define(file: Path, edition: Edition) -> None:
    """Give an edition the indicators in FILE (JSON)."""
    with refusals_spoken(TEXTS):
        defined = actions.define(edition, _read(file, indicators_from_json), by=Actor("command"), now=clock.now())
        db.session.commit()
        click.echo(f"{defined.added} indicators added, {defined.unchanged} there already.")


@indicators.command("record")
@click.argument("file", type=FILE)
@edition_option
def record(file: Path, edition: Edition) -> None:
    """Keep the figures of earlier years in FILE (JSON) beside an edition's event."""
    with refusals_spoken(TEXTS):
        count = actions.keep_figures(edition, _read(file, figures_from_json), by=Actor("command"), now=clock.now())
        db.session.commit()
        click.echo(f"{count} figures kept.")


@indicators.command("evaluate")
@edition_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def evaluate(edition: Edition, form: str) -> None:
    """Compute every indicator of an edition from what is known now."""
    found = queries.evaluated(edition, cutoff=clock.now())
    if form == "json":
        click.echo(json.dumps([as_json(evaluation) for _, evaluation in found], ensure_ascii=False, indent=1))
        return
    with force_locale("en"):
        for kept, evaluation in found:
            word = STATUSES[evaluation.status] if evaluation.status else "-"
            click.echo(f"{in_language(kept.name, 'en')}: {word}")
            for sentence in (*evaluation.sentences, *evaluation.notes):
                click.echo(f"    {said(sentence)}")


@indicators.command("freeze")
@edition_option
def freeze(edition: Edition) -> None:
    """Store every indicator's value for a report; a frozen one never changes."""
    now = clock.now()
    kept = queries.indicators_of(edition)
    for indicator in kept:
        actions.freeze(edition, indicator, by=Actor("command"), now=now)
    db.session.commit()
    click.echo(f"{len(kept)} indicators frozen.")


@indicators.command("interval")
@click.argument("population", type=int)
@click.argument("answers", type=int)
@click.argument("positive", type=int)
def interval(population: int, answers: int, positive: int) -> None:
    """Print the exact 95 % interval for POSITIVE of ANSWERS with an opinion out of POPULATION, as JSON."""
    with refusals_spoken(TEXTS):
        if not 0 <= positive <= answers <= population or not answers:
            raise Refusal(Code.NOT_AN_INTERVAL)
        exact = exact_interval(population, answers, positive=positive)
        certain = bounds(population, answers, positive=positive)
        told = {
            "interval": list(exact.members or ()),
            "bounds": [certain.low, certain.high],
            "share": json_number(Fraction(positive, answers)),
        }
        click.echo(json.dumps(told))
