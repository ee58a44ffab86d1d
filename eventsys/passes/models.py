"""Passes, the keys that sign them, and what has been revoked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models import Application
from eventsys.base.db import Model, internal, personal
from eventsys.editions.models import Edition

KEEP_DAYS = 90


class PassKey(Model):
    """The public half of a signing key. The private half is never in the database (`passes.keys`)."""

    __table_args__ = (
        CheckConstraint("id BETWEEN 1 AND 255", name="fits_pass"),
        CheckConstraint("length(public_key) = 64", name="public_key"),
    )

    # The key id on the pass.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_key: Mapped[str] = internal(unique=True)
    created_at: Mapped[datetime]
    # Passes signed with it are no longer believed from then on.
    retired_at: Mapped[datetime | None]


class VisitorSignUp(Model):
    """Whether visitors may take free passes of an edition on its public page, and how many a day."""

    __table_args__ = (CheckConstraint("most_per_day IS NULL OR most_per_day >= 0", name="most_per_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), unique=True)
    is_open: Mapped[bool] = mapped_column(default=False)
    # Valid visitors' passes for one day; empty for no limit.
    most_per_day: Mapped[int | None]
    changed_at: Mapped[datetime]


class PassLink(Model):
    """A link by which an organiser lets volunteers or guests take passes for given days themselves."""

    __table_args__ = (
        CheckConstraint("kind BETWEEN 2 AND 3", name="kind"),
        CheckConstraint("days BETWEEN 1 AND 65535", name="days"),
        CheckConstraint("most >= 1", name="most"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # In its address; who has it may take a pass.
    code: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    kind: Mapped[int]
    days: Mapped[int]
    # How many passes it gives, all in all.
    most: Mapped[int]
    closes_at: Mapped[datetime]
    # For whom it is, as organisers call them.
    name: Mapped[str] = internal()
    made_at: Mapped[datetime]


class Bundle(Model):
    """Passes behind one link that can't be guessed: those of a visitor and friends, of a volunteer, a guest, a crew member."""

    __table_args__ = (
        UniqueConstraint("edition_id", "row_key"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # In its address. Who has it sees the passes, as who has a picture of them does.
    code: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    email: Mapped[str] = personal("where the passes are mailed", keep_days=KEEP_DAYS, default="")
    language: Mapped[str] = internal()
    link_id: Mapped[int | None] = mapped_column(ForeignKey("pass_link.id"), index=True)
    # Which row of a list it came from, so that the same list may be brought again; a hash.
    row_key: Mapped[str | None] = internal()
    created_at: Mapped[datetime]
    edition: Mapped[Edition] = relationship(lazy="joined")


class Pass(Model):
    """The signed right of one bearer to enter on given days."""

    __table_args__ = (
        CheckConstraint("kind BETWEEN 1 AND 4", name="kind"),
        CheckConstraint("days BETWEEN 1 AND 65535", name="days"),
        CheckConstraint("length(pass_id) = 16 AND pass_id <> '0000000000000000'", name="pass_id"),
        CheckConstraint("number IS NULL OR (kind = 1 AND number >= 1)", name="number"),
        CheckConstraint("kind <> 1 OR application_id IS NOT NULL", name="crew_has_application"),
        Index("ix_pass_edition_kind", "edition_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Eight random bytes in hex, as signed.
    pass_id: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("pass_key.id"))
    # 1 booth crew, 2 volunteer, 3 guest, 4 visitor (docs/gate-protocol.md).
    kind: Mapped[int]
    # Bit n-1 for day n.
    days: Mapped[int]
    # The whole signed text that the QR code holds.
    text: Mapped[str] = internal(unique=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    # Which of its crew's passes it is. A pass in place of another takes over its number; None where one ended before
    # numbers were kept.
    number: Mapped[int | None]
    # Behind which link it is shown; a pass of the association's crew has none until it is given to somebody.
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("bundle.id"), index=True)
    bearer_name: Mapped[str] = personal("on the badge, where the bearer wants it", keep_days=KEEP_DAYS, default="")
    issued_at: Mapped[datetime]
    edition: Mapped[Edition] = relationship(lazy="joined")
    application: Mapped[Application | None] = relationship(lazy="select")
    bundle: Mapped[Bundle | None] = relationship(lazy="select")


class Revocation(Model):
    """A pass ended early. `seq` orders them without gaps that fill later, so phones can ask "since"."""

    __table_args__ = (UniqueConstraint("edition_id", "seq"),)

    # The pass that ended; once.
    pass_id: Mapped[str] = mapped_column(ForeignKey("pass.pass_id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    seq: Mapped[int]
    revoked_at: Mapped[datetime]
    reason: Mapped[str] = internal(default="")
