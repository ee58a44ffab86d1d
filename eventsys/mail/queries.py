"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eventsys.base.db import db
from eventsys.mail.models import Message, MessageState, Wording


def due(now: datetime, most: int = 50) -> Sequence[Message]:
    """Messages that are to be sent now, the oldest first, locked for this worker where the database can."""
    return db.session.scalars(
        select(Message)
        .where(Message.state == MessageState.QUEUED, Message.try_after <= now)
        .order_by(Message.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def newest(most: int = 200, recipient: str = "") -> Sequence[Message]:
    """The latest messages by when they were written, to one address where given."""
    query = select(Message).order_by(Message.created_at.desc(), Message.id.desc()).limit(most)
    if recipient:
        query = query.where(Message.recipient == recipient.strip().lower())
    return db.session.scalars(query).all()


def find(code: str) -> Message | None:
    """One message by its code."""
    return db.session.scalar(select(Message).where(Message.code == code))


def about(subject: str) -> Sequence[Message]:
    """All messages that concern something, the latest first."""
    return db.session.scalars(select(Message).where(Message.about == subject).order_by(Message.id.desc())).all()


def by_message_id(message_id: str) -> Message | None:
    """The message that went out under this Message-ID."""
    return db.session.scalar(select(Message).where(Message.message_id == message_id))


def wording(scope: str, template: str, language: str) -> Wording | None:
    """What organisers made of a mail's words in a language."""
    return db.session.scalar(
        select(Wording).where(Wording.scope == scope, Wording.template == template, Wording.language == language)
    )


def wordings_of(scope: str) -> Sequence[Wording]:
    """All words of their own that a scope's mails have."""
    return db.session.scalars(select(Wording).where(Wording.scope == scope)).all()
