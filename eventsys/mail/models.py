"""Messages waiting to be sent, and those that were."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model, internal, personal

KEEP_DAYS = 180


class MessageState(StrEnum):
    """Where a message stands. `caught` is the demo's: kept for the page instead of sent."""

    QUEUED = "queued"
    SENT = "sent"
    CAUGHT = "caught"
    FAILED = "failed"


class Message(Model):
    """One mail to one reader, in that reader's language."""

    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("(state = 'sent' OR state = 'caught') = (sent_at IS NOT NULL)", name="sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    # The same at every try, so that a repeat after a crash can be recognised by the reader's mail program.
    message_id: Mapped[str] = internal(unique=True)
    recipient: Mapped[str] = personal("where it goes", keep_days=KEEP_DAYS)
    language: Mapped[str] = internal()
    subject: Mapped[str] = personal("what it says", keep_days=KEEP_DAYS)
    text: Mapped[str] = personal("what it says", keep_days=KEEP_DAYS)
    html: Mapped[str] = personal("what it says", keep_days=KEEP_DAYS)
    # The template it was made of, and what it is about (`application:K7QM2PXD`).
    template: Mapped[str] = internal()
    about: Mapped[str] = internal(index=True, default="")
    state: Mapped[MessageState] = mapped_column(default=MessageState.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    try_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    # What the mail server last said.
    trouble: Mapped[str] = internal(default="")
