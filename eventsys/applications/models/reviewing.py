"""What organisers add to applications, and what they keep to work through many of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.accounts.models import User
from eventsys.applications.models.application import KEEP_DAYS
from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.base.db import Model, db, internal, personal
from eventsys.base.ids import new_code

ANNOUNCING = "act = 'announce' AND finished_at IS NULL"
# A view is somebody's own or the team's.
OWN, SHARED = "user_id IS NOT NULL", "user_id IS NULL"


class Tag(Model):
    """A word that organisers stick on applications of an edition."""

    __table_args__ = (UniqueConstraint("edition_id", "name"), CheckConstraint("length(name) > 0", name="name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = internal()


class ApplicationTag(Model):
    """That an application has a tag."""

    __table_args__ = (UniqueConstraint("application_id", "tag_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)
    tag: Mapped[Tag] = relationship(lazy="joined")


class AssignedReviewer(Model):
    """That somebody of the team is to look at an application."""

    __table_args__ = (UniqueConstraint("application_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(lazy="joined")


class Note(Model):
    """What somebody of the team wrote about an application for the others; the applicant never sees it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    written_at: Mapped[datetime]
    text: Mapped[str] = personal("what the team wrote about it", keep_days=KEEP_DAYS)
    user: Mapped[User] = relationship(lazy="joined")


class SavedView(Model):
    """A choice of the review list under a name, opened by its address; shared with the team where it has no user."""

    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name"),
        Index(
            "uq_saved_view_own", "edition_id", "user_id", "name", unique=True,
            sqlite_where=db.text(OWN), postgresql_where=db.text(OWN),
        ),
        Index(
            "uq_saved_view_shared", "edition_id", "name", unique=True,
            sqlite_where=db.text(SHARED), postgresql_where=db.text(SHARED),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = internal()
    # The words of the list's address: {"state": "submitted", "sort": "name"}.
    choice: Mapped[dict[str, str]] = internal()


class Batch(Model):
    """One act on many applications, done one by one (announcing: some together) by the worker: how far it is, and what could not be done."""

    __table_args__ = (
        CheckConstraint("done >= 0", name="done"),
        CheckConstraint("(finished_at IS NULL) = (state = 'queued' OR state = 'running')", name="finished"),
        # Decisions are announced once at a time, so that nobody is told twice.
        Index(
            "uq_batch_announcing",
            "edition_id",
            unique=True,
            sqlite_where=db.text(ANNOUNCING),
            postgresql_where=db.text(ANNOUNCING),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    act: Mapped[BatchAct]
    # What goes with the act: a note, a tag, a user, a mail's words.
    values: Mapped[dict[str, Any]] = internal(default=dict)
    # Codes of the applications, in the order in which they are worked through, and how many of them are.
    codes: Mapped[list[str]] = internal()
    done: Mapped[int] = mapped_column(default=0)
    # [{"code": …, "why": …, "values": {…}}] for what could not be done; `why` is a refusal's code.
    refused: Mapped[list[Any]] = internal(default=list)
    state: Mapped[BatchState] = mapped_column(default=BatchState.QUEUED, index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
