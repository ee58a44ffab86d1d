"""Messages waiting to be sent, and those that were."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsys.base.db import Model, internal, personal

KEEP_DAYS = 180


class MessageState(StrEnum):
    """Where a message stands. `caught` is the demo's: kept for the page instead of sent; `bounced`: the address takes no mail."""

    QUEUED = "queued"
    SENT = "sent"
    CAUGHT = "caught"
    BOUNCED = "bounced"
    FAILED = "failed"


class Message(Model):
    """One mail to one reader, in that reader's language."""

    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint(
            "(state = 'sent' OR state = 'caught') = (sent_at IS NOT NULL) OR state = 'bounced'", name="sent_at"
        ),
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
    # An iCalendar file that goes with it; empty for none.
    calendar: Mapped[str] = internal(default="")
    # A PNG that the HTML part shows, and what it says in words: a paragraph of the text.
    picture: Mapped[bytes | None] = mapped_column(deferred=True)
    picture_alt: Mapped[str] = personal("what it says", keep_days=KEEP_DAYS, default="")
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

    @property
    def picture_id(self) -> str:
        """By which the HTML part names its picture (RFC 2392)."""
        return f"{self.code}@eventsys"


class Wording(Model):
    """What organisers made of a mail's words in one language; without one, the program's own template speaks."""

    __table_args__ = (UniqueConstraint("scope", "template", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Whose mails: `edition:taste-the-world-2011`.
    scope: Mapped[str] = internal(index=True)
    template: Mapped[str] = internal()
    language: Mapped[str] = internal()
    subject: Mapped[str] = internal()
    text: Mapped[str] = internal()
    changed_at: Mapped[datetime]
