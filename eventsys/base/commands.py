"""What commands share: refusals said as one sentence, the option that names an edition."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from flask_babel import force_locale

from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal


@contextmanager
def refusals_spoken(texts: Mapping[Any, Any]) -> Iterator[None]:
    """A Refusal inside ends the command with its sentence in English and exit code 1; nothing is stored."""
    with force_locale("en"):
        try:
            yield
        except Refusal as refusal:
            db.session.rollback()
            raise click.ClickException(str(texts[refusal.code]) % refusal.values) from None


def print_import(
    imported: Imported,
    texts: Mapping[Any, Any],
    *,
    form: str,
    dry_run: bool,
    more: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Say what an import did, or would do: `form` is `text` or `json`. `more` are further lists of words, by what they are."""
    with force_locale("en"):
        told = imported.as_json(texts) | {name: list(words) for name, words in (more or {}).items()}
        if form == "json":
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
        would = " (nothing is stored: this was a dry run)" if dry_run else ""
        click.echo(
            f"{imported.rows} rows: {imported.accepted} taken, {imported.unchanged} there already, "
            f"{len(imported.refused)} refused{would}."
        )
        for refusal in [one for row in imported.refused for one in row.each()]:
            sentence = str(texts[refusal.code]) % refusal.values
            click.echo(f"  line {refusal.row} {refusal.reference} {refusal.field}: {sentence}")
        for name, words in (more or {}).items():
            for each in words:
                click.echo(f"  {name}: {each}")
