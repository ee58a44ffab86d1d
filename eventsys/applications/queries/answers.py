"""What applications answer to an edition's own questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from eventsys.applications.models import Application, QuestionAnswer, Transition
from eventsys.applications.rules.states import Act, State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.questions import queries as questions
from eventsys.questions.models import Question
from eventsys.questions.rules.asking import Value, chosen_of, fits, is_shown, kept, unanswered
from eventsys.questions.rules.editing import is_same

UNSENT = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
# Taken in by mistake, or given up as a draft: such a one counts as nothing that was withdrawn, and no list has it unasked.
NEVER_SENT = (Application.state == State.WITHDRAWN) & Application.submitted_at.is_(None)


@questions.register_counts
def counts_of(edition: Edition) -> Mapping[int, int]:
    """How many have answered each version of the edition's questions."""
    rows = db.session.execute(
        select(QuestionAnswer.question_id, func.count())
        .join(Question, QuestionAnswer.question_id == Question.id)
        .where(Question.edition_id == edition.id)
        .group_by(QuestionAnswer.question_id)
    )
    return {row[0]: row[1] for row in rows}


@questions.register_answered
def answered_in(edition: Edition) -> Mapping[str, int]:
    """How many applications have answered each of the edition's questions, in any version, by its key."""
    rows = db.session.execute(
        select(Question.key, func.count(QuestionAnswer.application_id.distinct()))
        .join(QuestionAnswer, QuestionAnswer.question_id == Question.id)
        .join(Application, QuestionAnswer.application_id == Application.id)
        .where(Question.edition_id == edition.id, ~NEVER_SENT)
        .group_by(Question.key)
    )
    return {row[0]: row[1] for row in rows}


@questions.register_sent
def sent_count_of(edition: Edition) -> int:
    """How many applications are sent and under review or in: they answered what was asked then."""
    is_sent = Application.announced_state.in_((State.SUBMITTED, State.WAITLISTED, State.APPROVED))
    query = select(func.count()).select_from(Application).where(Application.edition_id == edition.id, is_sent)
    return db.session.scalar(query) or 0


def questions_put_to(application: Application) -> Sequence[Question]:
    """The questions as they are asked now; for a sent application, as they were asked when it was last sent."""
    at = None if application.announced_state in UNSENT else _last_sent_at(application)
    return questions.questions_of(application.edition, application.organisation.kind, at=at)


def _last_sent_at(application: Application) -> datetime | None:
    # Sent again after changes, it answers newer versions; `submitted_at` is the first time.
    sent = select(func.max(Transition.at)).where(
        Transition.application_id == application.id, Transition.act == Act.SUBMIT
    )
    return db.session.scalar(sent) or application.submitted_at


def question_answers_of(application: Application) -> Sequence[QuestionAnswer]:
    """Every answer, the oldest version of a question first."""
    query = select(QuestionAnswer).join(Question, QuestionAnswer.question_id == Question.id)
    query = query.where(QuestionAnswer.application_id == application.id).order_by(Question.version, Question.id)
    return db.session.scalars(query).all()


def answers_by_question(application: Application) -> dict[int, Value]:
    """The answers by the version that they were given to."""
    return {one.question_id: one.answer["value"] for one in question_answers_of(application)}


def answers_to_show(application: Application) -> dict[str, Value]:
    """What stands in the form, by key: the answer to this version, else one to an older version where it still fits."""
    found: dict[str, Value] = {}
    put = {one.key: questions.asked(one) for one in questions_put_to(application)}
    for answer in question_answers_of(application):
        key, value = answer.question.key, answer.answer["value"]
        if key in put and fits(put[key], value):
            found[key] = value
    return found


def answers_as_of(earlier: Application, application: Application) -> dict[str, Value]:
    """What an earlier application answers to the questions that are put to another one in the same words, by their keys there."""
    given = [(one.question, one.answer["value"]) for one in question_answers_of(earlier)]
    found: dict[str, Value] = {}
    for put in questions_put_to(application):
        for question, value in given:
            if is_same(questions.said_by(question), questions.said_by(put)) and fits(questions.asked(put), value):
                found[put.key] = value
    return found


def latest_answers_in(edition: Edition, keys: Collection[str]) -> dict[int, dict[str, tuple[Question, Value]]]:
    """What applications answer to some questions: by the application's key and the question's, the answer to its latest version."""
    rows = db.session.execute(
        select(QuestionAnswer.application_id, QuestionAnswer.answer, Question)
        .join(Question, QuestionAnswer.question_id == Question.id)
        .where(Question.edition_id == edition.id, Question.key.in_(keys))
        .order_by(Question.version)
    )
    found: dict[int, dict[str, tuple[Question, Value]]] = {}
    for application_id, answer, question in rows:
        found.setdefault(application_id, {})[question.key] = question, answer["value"]
    return found


def answers_to_versions(edition: Edition, versions: Collection[int]) -> dict[tuple[int, int], Value]:
    """What applications of an edition answer to these versions of its questions, by application and version."""
    rows = db.session.execute(
        select(QuestionAnswer.application_id, QuestionAnswer.question_id, QuestionAnswer.answer)
        .join(Question, QuestionAnswer.question_id == Question.id)
        .where(Question.edition_id == edition.id, Question.id.in_(versions))
    )
    return {(row[0], row[1]): row[2]["value"] for row in rows}


def have_answered(edition: Edition, written: str) -> set[int]:
    """The keys of applications that answer a question (its key), or that chose one of its answers (`key=option`).

    An answer counts for the words that were read: of the newest version, or of the one that is named (`key@2=option`), and of
    those that ask the same. With the key alone, any version counts.
    """
    name, _, option = written.partition("=")
    key, _, version = name.partition("@")
    answers = {one: said[key] for one, said in latest_answers_in(edition, [key]).items()}
    if not option:
        return set(answers)
    same = _asking_the_same(edition, key, int(version) if version.isdecimal() else None)
    return {one for one, (question, value) in answers.items() if question.id in same and option in chosen_of(value)}


def _asking_the_same(edition: Edition, key: str, version: int | None) -> set[int]:
    """The versions of a question that ask what one of them asks, the newest where none is named."""
    versions = [one for one in questions.every_version_of(edition) if one.key == key]
    wanted = max((one for one in versions if version in {None, one.version}), key=lambda one: one.version, default=None)
    if wanted is None:
        return set()
    said = questions.said_by(wanted)
    return {one.id for one in versions if is_same(questions.said_by(one), said)}


def lacks_answers(application: Application) -> bool:
    """Whether a required question that is shown has no answer to the version that is asked."""
    put, given = questions_put_to(application), answers_by_question(application)
    answered = {one.key: given[one.id] for one in put if one.id in given}
    return bool(unanswered([questions.asked(one) for one in put], answered))


def questions_shown_to(application: Application) -> list[Question]:
    """Of the questions that are put, those that the answers lead to: what hangs on another answer was not asked."""
    put, given = questions_put_to(application), answers_by_question(application)
    asked = [questions.asked(one) for one in put]
    counted = kept(asked, {one.key: given[one.id] for one in put if one.id in given})
    return [one for one, as_asked in zip(put, asked, strict=True) if is_shown(as_asked, counted)]
