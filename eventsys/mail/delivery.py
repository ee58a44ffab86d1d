"""Sending the outbox: the job, and the two ways a mail can go."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.mail import queries
from eventsys.mail.actions import DELIVER
from eventsys.mail.models import Message, MessageState

MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=30)


@jobs.job(DELIVER)
def deliver() -> None:
    """Send what is due, one message a transaction, so that a crash repeats one mail at most."""
    while messages := queries.due(clock.now(), most=1):
        hand_over(messages[0], now=clock.now())
        db.session.commit()
    db.session.rollback()


jobs.every_minute(DELIVER)


def hand_over(message: Message, *, now: datetime) -> None:
    """Send one message; in the demo it is caught for the page instead. Trouble means a later try."""
    message.attempts += 1
    if not current_app.config["EVENTSYS"].mail_server:
        message.state, message.sent_at = MessageState.CAUGHT, now
        return
    try:
        _send(message)
    except (SMTPException, OSError, ValueError) as trouble:  # A ValueError is an address that is none.
        message.trouble = f"{type(trouble).__name__}: {trouble}"[:500]
        message.try_after = now + FIRST_WAIT * 2 ** (message.attempts - 1)
        if message.attempts >= MOST_ATTEMPTS:
            message.state = MessageState.FAILED
    else:
        message.state, message.sent_at, message.trouble = MessageState.SENT, now, ""


def _send(message: Message) -> None:
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        from_email=current_app.config["EVENTSYS"].mail_sender,
        to=[message.recipient],
        headers={"Message-ID": message.message_id, "Content-Language": message.language},
    )
    mail.attach_alternative(message.html, "text/html")
    mail.send()
