"""What opens an application: mailed links, and the wish of somebody who isn't known yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models.application import KEEP_DAYS, Application
from eventsys.applications.rules.parts import AccessOutcome
from eventsys.base.db import Model, db, internal, personal, sensitive
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation

OPEN = "answered_at IS NULL"


class ApplicantLink(Model):
    """A mailed link that opens an application; the database keeps only the token's hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = internal(unique=True)
    # Where it was mailed to: whoever opens it reads that address, and vouches for no other.
    email: Mapped[str] = personal("mailed to it", keep_days=KEEP_DAYS, server_default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AccessRequest(Model):
    """Somebody says to belong to an organisation that we know; the person known there lets them in, or doesn't."""

    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name="answered"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index(
            "uq_access_request_open",
            "edition_id",
            "organisation_id",
            "email",
            unique=True,
            sqlite_where=db.text(OPEN),
            postgresql_where=db.text(OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    # What they have begun under another name, where they have.
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = internal()
    email: Mapped[str] = personal("asks to be let in", keep_days=KEEP_DAYS)
    language: Mapped[str] = sensitive("mails in the reader's language", keep_days=KEEP_DAYS)
    # Of the link that the known person gets; the link itself is nowhere.
    token_hash: Mapped[str] = internal(unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[AccessOutcome | None]
    edition: Mapped[Edition] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
    draft: Mapped[Application | None] = relationship(lazy="joined")
