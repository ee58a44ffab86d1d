"""Writing mail: a row in the running transaction, and a job that sends it once that is committed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.ids import new_code, new_token
from eventsys.base.rendering import render_in
from eventsys.mail import queries
from eventsys.mail.models import Message, MessageState, Wording
from eventsys.mail.rules.bounces import Bounce

DELIVER = "mail.deliver"


def queue(template: str, *, to: str, language: str, now: datetime, about: str = "", **values: Any) -> Message:
    """Put a mail into the outbox, in the reader's language.

    `template` names `templates/mail/<template>.txt`: its first line is the subject, the rest the text; the
    HTML part is made of the same words. `about` names what it concerns, as `application:K7QM2PXD`.
    """
    subject, text = written(template, language, **values)
    return queue_text(subject, text, to=to, language=language, now=now, about=about, template=template)


def written(template: str, language: str, **values: Any) -> tuple[str, str]:
    """Subject and text of a mail as `queue` would write it: for looking at it before it goes."""
    subject, _, text = render_in(language, f"mail/{template}.txt", **values).strip().partition("\n")
    return subject, text.strip()


def queue_text(
    subject: str, text: str, *, to: str, language: str, now: datetime, about: str = "", template: str = ""
) -> Message:
    """Put a mail with ready words into the outbox."""
    message = Message(
        code=new_code(10),
        message_id=f"<{new_token()}@eventsys>",
        recipient=to,
        language=language,
        subject=" ".join(subject.split()),
        text=text,
        picture_alt="",
        template=template,
        about=about,
        created_at=now,
        try_after=now,
    )
    message.html = _html(message)
    db.session.add(message)
    jobs.after_commit(db.session(), DELIVER)
    return message


def illustrate(message: Message, picture: bytes, *, alt: str) -> None:
    """Put a picture (PNG) into the HTML part of a mail, in place of the paragraph of its text that says the same: `alt`."""
    message.picture, message.picture_alt = picture, alt
    message.html = _html(message)


def _html(message: Message) -> str:
    return render_in(
        message.language, "layouts/mail.html", subject=message.subject, text=message.text,
        picture_alt=message.picture_alt, picture_id=message.picture_id,
    )  # fmt: skip


def again(message: Message, *, to: str, now: datetime) -> Message:
    """The same words once more, as a mail of its own."""
    repeated = queue_text(
        message.subject, message.text, to=to, language=message.language, now=now, about=message.about,
        template=message.template,
    )  # fmt: skip
    repeated.calendar = message.calendar
    if message.picture:
        illustrate(repeated, message.picture, alt=message.picture_alt)
    return repeated


def keep_wording(scope: str, template: str, language: str, *, subject: str, text: str, now: datetime) -> None:
    """Let a mail of this scope speak otherwise in a language from now on."""
    kept = queries.wording(scope, template, language)
    if kept is None:
        kept = Wording(scope=scope, template=template, language=language)
        db.session.add(kept)
    kept.subject, kept.text, kept.changed_at = subject, text, now


def drop_wording(wording: Wording) -> None:
    """Let the program's own words speak again."""
    db.session.delete(wording)


def take_bounce(bounce: Bounce) -> bool:
    """Mark the mail that a mail server sent back; False where it is none of ours, or was marked before."""
    message = queries.by_message_id(bounce.message_id)
    if message is None or message.state is MessageState.BOUNCED:
        return False
    message.state, message.trouble = MessageState.BOUNCED, bounce.said[:500]
    return True
