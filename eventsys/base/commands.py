"""What commands share: refusals said as one sentence, the option that names an edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from flask_babel import force_locale

from eventsys.base.db import db
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
