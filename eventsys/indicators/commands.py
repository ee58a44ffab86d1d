"""`flask indicators`: define, evaluate, freeze, and compute an interval."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, cast

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import print_import, refusals_spoken
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.base.refusals import Refusal
from eventsys.editions.arguments import EditionName, edition_option
from eventsys.editions.models import Edition, EventKind
from eventsys.indicators import actions, queries
from eventsys.indicators.beginning import TEMPLATES, of_edition, of_template
from eventsys.indicators.models import Holder
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.definitions import indicators_from_json
from eventsys.indicators.rules.evaluation import as_json, json_number
from eventsys.indicators.rules.recorded import figures_from_json
from eventsys.indicators.rules.register import thousandths_written
from eventsys.indicators.shown import said
from eventsys.indicators.texts import STATUSES, TEXTS
from eventsys.surveys.rules.intervals import bounds, exact_interval

indicators = AppGroup("indicators", help="Success criteria: did it work?")
groups = [indicators]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
T = TypeVar("T")


def _read(file: Path, read: Callable[[object], T]) -> T:
    try:
        return read(json.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from None


def _holder(edition: Edition | None, year: int | None, *, now: datetime) -> Holder:
    if (edition is None) == (year is None):
        raise click.UsageError("Give either --edition or --year.")
    return actions.begin_year(year, now=now) if edition is None and year is not None else cast("Edition", edition)


edition_or_none = click.option("--edition", type=EditionName(), help="Slug of the edition.")
year_or_none = click.option("--year", type=int, help="Programme year, for what hangs on no edition.")


@indicators.command("define")
@click.argument("file", type=FILE)
@edition_or_none
@year_or_none
def define(file: Path, edition: Edition | None, year: int | None) -> None:
    """Give an edition or a programme year the indicators in FILE (JSON)."""
    with refusals_spoken(TEXTS):
        holder = _holder(edition, year, now=clock.now())
        defined = actions.define(holder, _read(file, indicators_from_json), by=Actor("command"), now=clock.now())
        db.session.commit()
        click.echo(f"{defined.added} indicators added, {defined.unchanged} there already.")


@indicators.command("begin")
@edition_option
@click.option("--template", type=click.Choice([kind.value for kind in TEMPLATES]), help="Criteria of 2011 and 2012.")
@click.option("--from", "earlier", type=EditionName(), help="Slug of the edition whose indicators are taken over.")
@click.option("--instrument", help="Key of the questionnaire that will ask; the edition's slug unless given.")
def begin(edition: Edition, template: str | None, earlier: Edition | None, instrument: str | None) -> None:
    """Give an edition the indicators of a template or of an earlier edition."""
    if (template is None) == (earlier is None):
        raise click.UsageError("Give either --template or --from.")
    asking = instrument or edition.slug
    kind = EventKind(template or EventKind.SMALL)
    found = of_template(kind, instrument=asking) if earlier is None else of_edition(earlier, instrument=asking)
    defined = actions.define(edition, found, by=Actor("command"), now=clock.now())
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
@edition_or_none
@year_or_none
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def evaluate(edition: Edition | None, year: int | None, form: str) -> None:
    """Compute every indicator of an edition or a programme year from what is known now."""
    with refusals_spoken(TEXTS):
        holder = _holder(edition, year, now=clock.now())
    found = queries.evaluated(holder, cutoff=clock.now())
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
@edition_or_none
@year_or_none
def freeze(edition: Edition | None, year: int | None) -> None:
    """Store every indicator's value for a report; a frozen one never changes."""
    now = clock.now()
    with refusals_spoken(TEXTS):
        holder = _holder(edition, year, now=now)
    kept = queries.indicators_of(holder)
    for indicator in kept:
        actions.freeze(holder, indicator, by=Actor("command"), now=now)
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


@indicators.command("publish-figure")
@click.argument("strand")
@click.argument("value")
@click.option(
    "--on", "published_on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day of publication, YYYY-MM-DD."
)
@click.option("--source", required=True, help="Who published it, and where.")
def publish_figure(strand: str, value: str, published_on: datetime, source: str) -> None:
    """Keep VALUE as a figure that somebody else published, in the strand STRAND."""
    with refusals_spoken(TEXTS):
        figure = actions.Published(strand, published_on.date(), thousandths_written(value), source)
        actions.keep_published(figure, by=Actor("command"), now=clock.now())
        db.session.commit()
        click.echo(f"{strand}: {value} on {published_on:%Y-%m-%d}.")


@click.command("register")
@click.argument("file", type=FILE)
@click.option("--year", required=True, type=int, help="Programme year that the rows belong to.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@with_appcontext
def import_register(file: Path, year: int, dry_run: bool, form: str) -> None:
    """Take in the hand-kept register of a programme year from a CSV file or workbook."""
    with refusals_spoken(TEXTS):
        imported = actions.import_register(file.read_bytes(), year, by=Actor("command"), now=clock.now())
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
        print_import(imported, TEXTS, form=form, dry_run=dry_run)


importers = [import_register]
