"""Reading questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.models import Question, QuestionPause
from eventsys.questions.rules.asking import Asked
from eventsys.questions.rules.editing import Said

Counts = Callable[[Edition], Mapping[int, int]]
_COUNTS: list[Counts] = []


def register_counts(counts: Counts) -> Counts:
    """Set the function that says how many answered each question, by its key in the table; usable as a decorator."""
    _COUNTS[:] = [counts]
    return counts


def answer_counts(edition: Edition) -> Mapping[int, int]:
    """How many have answered each version; those that nobody answered aren't in it."""
    return _COUNTS[0](edition) if _COUNTS else {}


def questions_of(edition: Edition, kind: Kind | None = None, *, at: datetime | None = None) -> Sequence[Question]:
    """The questions in their order: those that are asked now, or that were at a moment; with a kind, those put to it."""
    query = select(Question).where(Question.edition_id == edition.id)
    if at is None:
        query = query.where(Question.retired_at.is_(None))
    else:
        was_paused = exists().where(
            QuestionPause.question_id == Question.id, QuestionPause.retired_at <= at, QuestionPause.restored_at > at
        )
        query = query.where(
            Question.created_at <= at, or_(Question.retired_at.is_(None), Question.retired_at > at), ~was_paused
        )
    if kind is not None:
        query = query.where(or_(Question.kind.is_(None), Question.kind == kind))
    return db.session.scalars(query.order_by(Question.position, Question.id)).all()


def question(edition: Edition, code: str) -> Question | None:
    """One version of a question, locked for who means to change it."""
    query = select(Question).where(Question.edition_id == edition.id, Question.code == code)
    return db.session.scalar(query.with_for_update(of=Question))


def last_version(question: Question) -> int:
    """The highest version that a question has had."""
    query = select(func.max(Question.version)).where(
        Question.edition_id == question.edition_id, Question.key == question.key
    )
    return db.session.scalar(query) or 0


def asked(question: Question) -> Asked:
    """A question as the rules see it."""
    return Asked(
        key=question.key,
        type=question.type,
        is_required=question.is_required,
        options=tuple(option["key"] for option in question.options),
        condition=question.shown_if.get("key", ""),
        answers=frozenset(question.shown_if.get("answers", [])),
    )


def said_by(question: Question) -> Said:
    """What a question says."""
    return Said(
        type=question.type,
        kind=question.kind,
        label=question.label,
        help=question.help,
        options=question.options,
        is_required=question.is_required,
        shown_if=question.shown_if,
    )
