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


class Pass(Model):
    """The signed right of one bearer to enter on given days."""

    __table_args__ = (
        CheckConstraint("kind BETWEEN 1 AND 4", name="kind"),
        CheckConstraint("days BETWEEN 1 AND 65535", name="days"),
        CheckConstraint("length(pass_id) = 16 AND pass_id <> '0000000000000000'", name="pass_id"),
        CheckConstraint("kind <> 1 OR application_id IS NOT NULL", name="crew_has_application"),
        Index("ix_pass_edition_kind", "edition_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Eight random bytes in hex, as signed.
    pass_id: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("pass_key.id"))
    # 1 booth crew, 2 volunteer, 3 guest, 4 visitor (`gate.md`).
    kind: Mapped[int]
    # Bit n-1 for day n.
    days: Mapped[int]
    # The whole signed text that the QR code holds.
    text: Mapped[str] = internal(unique=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    bearer_name: Mapped[str] = personal("on the badge, where the bearer wants it", keep_days=KEEP_DAYS, default="")
    issued_at: Mapped[datetime]
    edition: Mapped[Edition] = relationship(lazy="joined")
    application: Mapped[Application | None] = relationship(lazy="select")


class Revocation(Model):
    """A pass ended early. `seq` orders them without gaps that fill later, so phones can ask "since"."""

    __table_args__ = (UniqueConstraint("edition_id", "seq"),)

    # The pass that ended; once.
    pass_id: Mapped[str] = mapped_column(ForeignKey("pass.pass_id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    seq: Mapped[int]
    revoked_at: Mapped[datetime]
    reason: Mapped[str] = internal(default="")
