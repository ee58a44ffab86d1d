"""What an application consists of beside its own columns: dishes, documents, answers, and what changed when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.applications.models.application import KEEP_DAYS, Application
from eventsys.applications.rules.parts import AmendmentOutcome, AttachmentPurpose
from eventsys.base.db import Model, db, internal, personal, public
from eventsys.base.ids import new_code
from eventsys.files.models import StoredFile
from eventsys.questions.models import Question


class Dish(Model):
    """Something to eat or drink that a booth offers."""

    __table_args__ = (
        UniqueConstraint("application_id", "position"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = public()
    # Key of Regulation (EU) 1169/2011, annex II → `contains`, `may_contain` or `free_of`; a key that isn't there
    # is not stated, which is never "none".
    allergens: Mapped[dict[str, str]] = public(default=dict)
    dietary: Mapped[list[str]] = public(default=list)


class Attachment(Model):
    """A document or logo that belongs to an application."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    purpose: Mapped[AttachmentPurpose]
    # The last day on which it counts, where the applicant tells one.
    expires_on: Mapped[date | None]
    added_at: Mapped[datetime]
    file: Mapped[StoredFile] = relationship(lazy="joined")


class QuestionAnswer(Model):
    """What an application answers to a question that the edition's organisers have added."""

    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    # {"value": …}: text, number, true or false, a date as text, a key or a list of keys.
    answer: Mapped[dict[str, Any]] = personal("what the organisers asked", keep_days=KEEP_DAYS)
    question: Mapped[Question] = relationship(lazy="joined")


class Revision(Model):
    """What an applicant changed after the application was first sent: for the reader who knows the older one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    # Field → [before, after].
    changes: Mapped[dict[str, Any]] = personal("what was changed", keep_days=KEEP_DAYS)


class Amendment(Model):
    """A change to what was decided on, asked for after the approval; it counts once an organiser accepts it."""

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed"),
        Index(
            "uq_amendment_open",
            "application_id",
            unique=True,
            sqlite_where=db.text("closed_at IS NULL"),
            postgresql_where=db.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    # Field → [before, after].
    changes: Mapped[dict[str, Any]] = personal("what is to be changed", keep_days=KEEP_DAYS)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[AmendmentOutcome | None]
    # What the applicant is told with it.
    note: Mapped[str] = internal(default="")
    application: Mapped[Application] = relationship(lazy="joined")
