"""Sending the outbox: the job, and the two ways a mail can go."""

from __future__ import annotations

from datetime import timedelta
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

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
HTML = "text/html"


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


def _claim() -> tuple[str, Letter | None] | None:
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


class Letter(EmailMultiAlternatives):  # type: ignore[misc]
    """A mail whose HTML part may bring a picture along: the two go together (multipart/related, RFC 2387)."""

    picture: MIMEImage | None = None

    def _create_mime_attachment(self, content: Any, mimetype: str) -> MIMEBase:
        part: MIMEBase = super()._create_mime_attachment(content, mimetype)
        if self.picture is None or mimetype != HTML:
            return part
        related = MIMEMultipart("related", type=HTML)
        related.attach(part)
        related.attach(self.picture)
        return related


def _picture(message: Message) -> MIMEImage | None:
    if not message.picture:
        return None
    picture = MIMEImage(message.picture, "png")
    picture.add_header("Content-ID", f"<{message.picture_id}>")
    picture.add_header("Content-Disposition", "inline", filename="map.png")
    return picture


def _mail(message: Message) -> Letter:
    mail = Letter(
        message.subject,
        message.text,
        from_email=current_app.config["EVENTSYS"].mail_sender,
        to=[message.recipient],
        headers={"Message-ID": message.message_id, "Content-Language": message.language},
    )
    mail.picture = _picture(message)
    mail.attach_alternative(message.html, HTML)
    if message.calendar:
        mail.attach("dates.ics", message.calendar, "text/calendar")
    return mail
