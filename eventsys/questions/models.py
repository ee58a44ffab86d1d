"""Questions of an edition, in versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.base.db import Model, Texts, db, internal, public
from eventsys.base.ids import new_code
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.rules.types import QuestionType


class Question(Model):
    """One version of a question. Once somebody has answered it, a change makes the next version and retires this one."""

    __table_args__ = (
        UniqueConstraint("edition_id", "key", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(key) > 0", name="key"),
        Index(
            "uq_question_current",
            "edition_id",
            "key",
            unique=True,
            sqlite_where=db.text("retired_at IS NULL"),
            postgresql_where=db.text("retired_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True, default=new_code)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    # The same through all versions: what conditions and exports call it.
    key: Mapped[str] = internal()
    version: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]
    type: Mapped[QuestionType]
    # Whom it is put to; everybody where it is empty.
    kind: Mapped[Kind | None]
    label: Mapped[Texts] = public()
    help: Mapped[Texts] = public(default=dict)
    # [{"key": "tent", "label": {"da": …, "en": …}}] for choices.
    options: Mapped[list[Any]] = public(default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    # Shown only where another question has one of these answers: {"key": "music", "answers": ["yes"]}; empty for always.
    shown_if: Mapped[dict[str, Any]] = internal(default=dict)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    pauses: Mapped[list[QuestionPause]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class QuestionPause(Model):
    """A while in which a version wasn't asked: it was taken away, and asked again."""

    __table_args__ = (CheckConstraint("restored_at > retired_at", name="restored"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    retired_at: Mapped[datetime]
    restored_at: Mapped[datetime]
