"""`flask accounts`: make the first people who sign in."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from eventsys.accounts import actions
from eventsys.accounts.credentials import INVITATION_LASTS, invitation_link
from eventsys.accounts.texts import TEXTS
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.commands import refusals_spoken
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES

accounts = AppGroup("accounts", help="Make the people who sign in.")
groups = [accounts]


@accounts.command("create-administrator")
@click.argument("email")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="da", help="Language of mails to this person.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, up to the end of its line."
)
def create_administrator(email: str, name: str, language: str, password_stdin: bool) -> None:
    """Make somebody who runs this installation, and print the link by which they choose a password."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    if password_stdin and not password:
        raise click.ClickException("There was no password on standard input.")
    now = clock.now()
    with refusals_spoken(TEXTS):
        user = actions.create_user(
            email,
            name=name,
            language=language,
            password=password,
            is_administrator=True,
            by=Actor("command"),
            now=now,
        )
        db.session.commit()
    click.echo(f"{user.email} is an administrator.")
    if not password:
        click.echo(f"This link sets the password, once, within {INVITATION_LASTS.days} days:")
        click.echo(invitation_link(user, now=now))
