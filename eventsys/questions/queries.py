"""Reading questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.models import Question
from eventsys.questions.rules.asking import Asked
from eventsys.questions.rules.editing import Said

Counts = Callable[[Edition], Mapping[int, int]]
Answered = Callable[[Edition], Mapping[str, int]]
_COUNTS: list[Counts] = []
_ANSWERED: list[Answered] = []
Sent = Callable[[Edition], int]
_SENT: list[Sent] = []


def register_counts(counts: Counts) -> Counts:
    """Set the function that says how many answered each question, by its key in the table; usable as a decorator."""
    _COUNTS[:] = [counts]
    return counts


def register_answered(counts: Answered) -> Answered:
    """Set the function that says how many answered each question in any version, by its key; usable as a decorator."""
    _ANSWERED[:] = [counts]
    return counts


def answered_counts(edition: Edition) -> Mapping[str, int]:
    """How many have answered each question, whichever version; those that nobody answered aren't in it."""
    return _ANSWERED[0](edition) if _ANSWERED else {}


def register_sent(counts: Sent) -> Sent:
    """Set the function that says how many applications are sent already, so that a new question reaches them no more."""
    _SENT[:] = [counts]
    return counts


def sent_count(edition: Edition) -> int:
    """How many applications are sent already and aren't asked what is new."""
    return _SENT[0](edition) if _SENT else 0


def answer_counts(edition: Edition) -> Mapping[int, int]:
    """How many have answered each version; those that nobody answered aren't in it."""
    return _COUNTS[0](edition) if _COUNTS else {}


def every_version_of(edition: Edition) -> Sequence[Question]:
    """Every version of every question that an edition asks or has asked, in the order of the questions."""
    query = select(Question).where(Question.edition_id == edition.id)
    return db.session.scalars(query.order_by(Question.position, Question.id)).all()


def is_put(question: Question, kind: Kind | None = None, *, at: datetime | None = None) -> bool:
    """Whether a version is asked now, or was at a moment; with a kind, whether it is put to that one."""
    return _is_asked(question, at) and (kind is None or question.kind in {None, kind})


def _is_asked(question: Question, at: datetime | None) -> bool:
    if at is None:
        return question.retired_at is None
    if any(pause.retired_at <= at < pause.restored_at for pause in question.pauses):
        return False
    return question.created_at <= at and (question.retired_at is None or question.retired_at > at)


def questions_of(edition: Edition, kind: Kind | None = None, *, at: datetime | None = None) -> Sequence[Question]:
    """The questions in their order: those that are asked now, or that were at a moment; with a kind, those put to it."""
    return [one for one in every_version_of(edition) if is_put(one, kind, at=at)]


def hold(edition: Edition) -> None:
    """Let one organiser at a time write an edition's questions: what one takes away, another could just make a condition of."""
    # The weaker lock: whoever signs up meanwhile doesn't wait for it.
    db.session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update(key_share=True))
    every = select(Question).where(Question.edition_id == edition.id)
    db.session.scalars(every.execution_options(populate_existing=True)).all()


def question(edition: Edition, code: str) -> Question | None:
    """One version of a question."""
    return db.session.scalar(select(Question).where(Question.edition_id == edition.id, Question.code == code))


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
