"""The words of an edition's mails, as its organisers want them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.applications.actions import letters
from eventsys.applications.models import Application
from eventsys.applications.rules.wordings import Letter, Words, check_wording
from eventsys.audit.actions import Actor, record
from eventsys.base.rendering import speaking
from eventsys.editions.models import Edition
from eventsys.mail import actions as mail
from eventsys.mail import queries
from eventsys.mail.models import Message, Wording


def words_of(edition: Edition, letter: Letter) -> Words:
    """The words that hold now, with braces where something is filled in."""
    kept = _kept(edition, letter)
    return Words(kept.subject, kept.text) if kept else letters.standard(letter, edition)


def is_own(edition: Edition, letter: Letter) -> bool:
    """Whether organisers have changed it."""
    return _kept(edition, letter) is not None


def keep(edition: Edition, letter: Letter, words: Words, *, by: Actor, now: datetime) -> None:
    """Let a mail speak this way from now on. Refusal: those of `check_wording`."""
    said = check_wording(letter.template, words)
    mail.keep_wording(letters.scope_of(edition), *letter, subject=said.subject, text=said.text, now=now)
    record("applications.wording_changed", "edition", edition.slug, by=by, now=now, detail=" ".join(letter))


def restore(edition: Edition, letter: Letter, *, by: Actor, now: datetime) -> None:
    """Let the program's own words speak again."""
    kept = _kept(edition, letter)
    if kept is not None:
        mail.drop_wording(kept)
        record("applications.wording_dropped", "edition", edition.slug, by=by, now=now, detail=" ".join(letter))


def _kept(edition: Edition, letter: Letter) -> Wording | None:
    return queries.wording(letters.scope_of(edition), *letter)


def send_test(user: User, words: Words, *, language: str, now: datetime) -> Message:
    """Mail filled-in words to the organiser who asks; they are about no application."""
    with speaking(language):
        subject = str(_("Test: %(subject)s", subject=words.subject))
    return mail.queue_text(subject, words.text, to=user.email, language=language, now=now, template="test")


def send_again(message: Message, application: Application, *, by: Actor, now: datetime) -> Message:
    """The same mail once more, to the address that the application is written to now."""
    record("applications.mail_repeated", "application", application.code, by=by, now=now, detail=message.template)
    return mail.again(message, to=application.email, now=now)
