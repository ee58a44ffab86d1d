"""`flask booths propose`, `flask import pitches` and `flask import boards`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from math import inf
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import print_import, refusals_spoken
from eventsys.base.db import db
from eventsys.booths import actions
from eventsys.booths.ground_shown import boards_made_said, change_said, flaws_said
from eventsys.booths.rules.allocation import STEPS, Proposal, Watching
from eventsys.booths.rules.changes import Brought
from eventsys.booths.said import reason_said, troubles_of, troubles_said
from eventsys.booths.texts import TEXTS
from eventsys.editions.arguments import edition_option
from eventsys.editions.models import Edition

booths = AppGroup("booths", help="Who stands where.")
groups = [booths]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")


@booths.command("propose")
@edition_option
@click.option("--work", type=click.IntRange(1), default=STEPS, help="Steps of work: the same give the same result.")
@click.option(
    "--time-limit", type=click.FloatRange(0.1), help="Seconds after which the best found is taken; only a stop."
)
@click.option("--take-over", is_flag=True, help="Publish the proposal at once.")
@FORMAT
def propose(edition: Edition, work: int, time_limit: float | None, take_over: bool, form: str) -> None:
    """Propose a pitch for every approved application; kept as the draft plan."""
    with refusals_spoken(TEXTS):
        now, by = clock.now(), Actor("command")
        ends = time.monotonic() + time_limit if time_limit else inf
        watching = Watching(is_stopped=lambda: time.monotonic() > ends)
        plan, proposal, seconds = actions.propose(edition, by=by, now=now, work=work, watching=watching)
        if take_over:
            actions.publish(edition, by=by, now=now)
        db.session.commit()
        for sentence in troubles_said(troubles_of(plan.proposal), {}):
            click.echo(sentence, err=True)
        if form == "json":
            click.echo(json.dumps(_told(proposal, seconds), ensure_ascii=False, indent=1))
            return
        click.echo(
            f"Plan {plan.version}{', published' if take_over else ', draft'}: {proposal.placed} placed, "
            f"{len(proposal.unplaced)} not; objective {proposal.objective} of at most {proposal.bound}."
        )


def _told(proposal: Proposal, seconds: float) -> dict[str, object]:
    """A proposal as JSON: an entry for each place of a booth, with its days."""
    summary = proposal.summary(seconds)
    assignments = [
        {"reference": one.reference, "pitches": list(one.pitches), "days": list(one.days)}
        for one in sorted(proposal.assignments, key=lambda one: (one.reference, one.days))
    ]
    unplaced = [
        {"reference": reference, "reasons": [reason_said(reason, {}) for reason in reasons]}
        for reference, reasons in sorted(proposal.unplaced.items())
    ]
    return {"placed": summary.pop("placed"), "assignments": assignments, **summary, "unplaced": unplaced}


def _import(file: Path, edition: Edition, *, take: Callable[..., Brought], dry_run: bool, form: str) -> None:
    with refusals_spoken(TEXTS):
        now: datetime = clock.now()
        brought = take(edition, file.read_bytes(), by=Actor("command"), now=now)
        unknown = boards_made_said(edition, [brought])
        more = {
            "new": list(brought.new),
            "changed": [f"{one.code}: {change_said(one)}" for one in brought.changed],
            "findings": [*([unknown] if unknown else []), *flaws_said(edition, [brought])],
        }
        if dry_run:
            db.session.rollback()
        else:
            db.session.commit()
        print_import(brought, TEXTS, form=form, dry_run=dry_run, more=more)


@click.command("pitches")
@click.argument("file", type=FILE)
@edition_option
@DRY_RUN
@FORMAT
@with_appcontext
def import_pitches(file: Path, edition: Edition, dry_run: bool, form: str) -> None:
    """Take in pitches from a GeoJSON or CSV file; the boards that they name are made with nothing to give yet."""
    _import(file, edition, take=actions.import_pitches, dry_run=dry_run, form=form)


@click.command("boards")
@click.argument("file", type=FILE)
@edition_option
@DRY_RUN
@FORMAT
@with_appcontext
def import_boards(file: Path, edition: Edition, dry_run: bool, form: str) -> None:
    """Take in electric boards from a CSV file with the columns board and capacity_kw."""
    _import(file, edition, take=actions.import_boards, dry_run=dry_run, form=form)


importers = [import_pitches, import_boards]
