"""Writing questions. A version that somebody has answered keeps its words for good."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.questions import queries
from eventsys.questions.models import Question, QuestionPause
from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.editing import Said, check, check_order, is_harmless


def add(edition: Edition, said: Said, *, by: Actor, now: datetime) -> Question:
    """Ask one more, behind the others. Refused: what `check` and `check_order` refuse."""
    check(said)
    last = max((one.position for one in queries.questions_of(edition)), default=0)
    code = new_code()
    added = Question(
        edition_id=edition.id, code=code, key=code.lower(), version=1, position=last + 1, created_at=now, **asdict(said)
    )
    db.session.add(added)
    db.session.flush()
    _check_order(edition)
    record("questions.added", "question", added.code, by=by, now=now)
    return added


def change(edition: Edition, question: Question, said: Said, *, by: Actor, now: datetime) -> Question:
    """Say a question otherwise; once somebody has answered it, as its next version. Gives the version that is asked now.

    Refused: what `check` and `check_order` refuse; IN_USE where it is retired already.
    """
    check(said)
    if question.retired_at is not None:
        raise Refusal(Code.IN_USE)
    current, old = question, queries.said_by(question)
    if said == old:
        return question
    if queries.answer_counts(edition).get(question.id) and not is_harmless(old, said):
        question.retired_at = now
        db.session.flush()  # One version at a time is asked.
        current = Question(
            edition_id=edition.id,
            code=new_code(),
            key=question.key,
            version=queries.last_version(question) + 1,
            position=question.position,
            created_at=now,
        )
        db.session.add(current)
    for column, value in asdict(said).items():
        setattr(current, column, value)
    db.session.flush()
    _check_order(edition)
    record("questions.changed", "question", current.code, by=by, now=now)
    return current


def move(edition: Edition, question: Question, *, steps: int, by: Actor, now: datetime) -> None:
    """Move a question up (negative) or down; never before the one that it depends on. Refused: CONDITION_WRONG."""
    listed = list(queries.questions_of(edition))
    if question not in listed:
        return
    place = listed.index(question) + steps
    listed.remove(question)
    listed.insert(min(max(place, 0), len(listed)), question)
    for position, one in enumerate(listed, start=1):
        one.position = position
    db.session.flush()
    _check_order(edition)
    record("questions.moved", "question", question.code, by=by, now=now)


def retire(edition: Edition, question: Question, *, by: Actor, now: datetime) -> None:
    """Stop asking; answers stay. Refused: IN_USE while another question depends on it."""
    if any(one.shown_if.get("key") == question.key for one in queries.questions_of(edition)):
        raise Refusal(Code.IN_USE)
    question.retired_at = question.retired_at or now
    record("questions.retired", "question", question.code, by=by, now=now)


def restore(edition: Edition, question: Question, *, by: Actor, now: datetime) -> None:
    """Ask a retired question again, unless a newer version is asked. Refused: CONDITION_WRONG."""
    if any(one.key == question.key for one in queries.questions_of(edition)):
        return
    if question.retired_at is not None and question.retired_at < now:
        # Who sent an application meanwhile wasn't asked.
        question.pauses.append(QuestionPause(retired_at=question.retired_at, restored_at=now))
    question.retired_at = None
    db.session.flush()
    _check_order(edition)
    record("questions.restored", "question", question.code, by=by, now=now)


def copy(source: Edition, to: Edition, *, by: Actor, now: datetime) -> int:
    """Ask what another edition asks, behind what is asked already; gives how many. Conditions hang on the copies."""
    last = max((one.position for one in queries.questions_of(to)), default=0)
    keys: dict[str, str] = {}
    for place, one in enumerate(queries.questions_of(source), start=last + 1):
        code = new_code()
        keys[one.key] = code.lower()
        said = asdict(queries.said_by(one))
        if said["shown_if"]:
            said["shown_if"] = {**said["shown_if"], "key": keys[said["shown_if"]["key"]]}
        db.session.add(
            Question(edition_id=to.id, code=code, key=keys[one.key], version=1, position=place, created_at=now, **said)
        )
    if keys:
        db.session.flush()
        record("questions.copied", "edition", to.slug, by=by, now=now, detail=f"{source.slug} {len(keys)}")
    return len(keys)


def _check_order(edition: Edition) -> None:
    put = queries.questions_of(edition)
    check_order([queries.asked(one) for one in put])
    kinds = {one.key: one.kind for one in put}
    for one in put:
        # Who isn't asked the other one could never answer it.
        if one.shown_if and kinds[one.shown_if["key"]] not in {None, one.kind}:
            raise Refusal(Code.CONDITION_KIND, field="condition")
