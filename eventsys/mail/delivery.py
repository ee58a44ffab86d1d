"""Sending the outbox: the job, and the two ways a mail can go."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.mail import queries
from eventsys.mail.actions import DELIVER
from eventsys.mail.models import Message, MessageState

MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=30)
PERMANENT = 500


@jobs.job(DELIVER)
def deliver() -> None:
    """Send what is due, one message after the other.

    A message is claimed in a transaction of its own, sent outside any, so that a slow mail server holds no lock of the
    database, and its outcome kept in another: a crash between them repeats one mail at most, under the same Message-ID.
    """
    while (claimed := _claim()) is not None:
        code, mail = claimed
        trouble = _attempt(mail) if mail is not None else None
        _keep(code, trouble, is_caught=mail is None)
    db.session.rollback()


jobs.every_minute(DELIVER)


def _claim() -> tuple[str, EmailMultiAlternatives | None] | None:
    """The next message that is due and its mail, None instead of it where mail is caught; nobody else takes it now."""
    message = next(iter(queries.due(clock.now(), most=1)), None)
    if message is None:
        return None
    message.attempts += 1
    message.try_after = clock.now() + FIRST_WAIT * 2 ** (message.attempts - 1)
    is_caught = not current_app.config["EVENTSYS"].mail_server
    claimed = (message.code, None if is_caught else _mail(message))
    db.session.commit()
    return claimed


def _attempt(mail: EmailMultiAlternatives) -> Exception | None:
    try:
        mail.send()
    except (SMTPException, OSError, ValueError) as trouble:  # A ValueError is an address that is none.
        return trouble
    return None


def _keep(code: str, trouble: Exception | None, *, is_caught: bool) -> None:
    message = queries.find(code)
    if message is None:  # Purged meanwhile.
        return
    message.trouble = f"{type(trouble).__name__}: {trouble}"[:500] if trouble else ""
    if trouble is None:
        message.state = MessageState.CAUGHT if is_caught else MessageState.SENT
        message.sent_at = clock.now()
    elif is_for_good(trouble):
        message.state = MessageState.BOUNCED
    elif message.attempts >= MOST_ATTEMPTS:
        message.state = MessageState.FAILED
    db.session.commit()


def is_for_good(trouble: Exception) -> bool:
    """Whether the mail server said that the address takes no mail (RFC 5321: replies 500 to 599), so that trying is vain."""
    if not isinstance(trouble, SMTPRecipientsRefused):
        return False
    return all(code >= PERMANENT for code, _words in trouble.recipients.values())


def _mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        from_email=current_app.config["EVENTSYS"].mail_sender,
        to=[message.recipient],
        headers={"Message-ID": message.message_id, "Content-Language": message.language},
    )
    mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach("dates.ics", message.calendar, "text/calendar")
    return mail
