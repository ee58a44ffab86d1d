"""Organisations, known across editions, and the people to reach there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.base.db import Model, db, internal, personal, public, sensitive
from eventsys.organisations.rules.kinds import Kind

KEEP_DAYS = 365


class Organisation(Model):
    """An association or a restaurant, the same one through the years."""

    __table_args__ = (
        CheckConstraint("cvr IS NULL OR length(cvr) = 8", name="cvr_length"),
        CheckConstraint("length(name) > 0", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = public(unique=True)
    kind: Mapped[Kind]
    name: Mapped[str] = public()
    # As it writes itself, in its own script; may be empty.
    native_name: Mapped[str] = public(default="")
    # Folded for finding near-equal names; written by actions together with `name`.
    name_key: Mapped[str] = internal(index=True)
    # Danish company number, eight digits, without DK; informal groups have none.
    cvr: Mapped[str | None] = public(unique=True)
    area: Mapped[str] = public(default="")
    # Stated by the organisation itself, never concluded by us; empty when it hasn't said.
    is_minority_association: Mapped[bool | None] = mapped_column(
        info={"class": "sensitive", "purpose": "indicator on minority associations", "keep_days": KEEP_DAYS}
    )
    created_at: Mapped[datetime]
    contacts: Mapped[list[Contact]] = relationship(order_by="Contact.id", lazy="selectin")


class Contact(Model):
    """A person to reach at an organisation."""

    __table_args__ = (
        UniqueConstraint("organisation_id", "email"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index(
            "uq_contact_primary",
            "organisation_id",
            unique=True,
            sqlite_where=db.text("is_primary"),
            postgresql_where=db.text("is_primary"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = personal("whom to ask for", keep_days=KEEP_DAYS, default="")
    email: Mapped[str] = personal("reached by it, and signs in by links to it", keep_days=KEEP_DAYS, index=True)
    # E.164.
    phone: Mapped[str] = personal("reached on the day", keep_days=KEEP_DAYS, default="")
    language: Mapped[str] = sensitive("mails in the reader's language", keep_days=KEEP_DAYS, default="da")
    is_primary: Mapped[bool] = mapped_column(default=False)
