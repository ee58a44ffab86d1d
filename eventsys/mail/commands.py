"""`flask mail bounces`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import BinaryIO

import click
from flask.cli import AppGroup

from eventsys.base.db import db
from eventsys.mail import actions
from eventsys.mail.rules.bounces import read_bounce

mail = AppGroup("mail", help="What comes back of the mail that went out.")
groups = [mail]


@mail.command("bounces")
@click.argument("files", nargs=-1, type=click.File("rb"))
def bounces(files: tuple[BinaryIO, ...]) -> None:
    """Read mails that came back, from files or `-` for what a mail server pipes in, and mark those they speak of."""
    marked = 0
    sources: Sequence[BinaryIO] = files or [sys.stdin.buffer]
    for source in sources:
        bounce = read_bounce(source.read())
        if bounce is not None and actions.take_bounce(bounce):
            marked += 1
    db.session.commit()
    click.echo(f"{marked} of {len(sources)} marked as come back.")
