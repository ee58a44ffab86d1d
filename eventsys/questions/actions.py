"""Writing questions. A version that somebody has answered keeps its words for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.questions import queries
from eventsys.questions.models import Question, QuestionPause
from eventsys.questions.rules.asking import Asked, possible_answers, reachable
from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.editing import Said, check, check_order, hanging_on, is_harmless, repeats, stamp


def add(edition: Edition, said: Said, *, by: Actor, now: datetime) -> Question:
    """Ask one more, behind the others; the same once more is that. Refused: what `check` and `check_order` refuse."""
    check(said)
    queries.hold(edition)
    put = queries.questions_of(edition)
    again = next((one for one in put if repeats(said, queries.said_by(one))), None)
    if again is not None:
        return again
    last = max((one.position for one in put), default=0)
    code = new_code()
    added = Question(
        edition_id=edition.id, code=code, key=code.lower(), version=1, position=last + 1, created_at=now, **asdict(said)
    )
    db.session.add(added)
    db.session.flush()
    _check_order(edition)
    record("questions.added", "question", added.code, by=by, now=now)
    return added


def change(edition: Edition, question: Question, said: Said, *, by: Actor, now: datetime, seen: str = "") -> Question:
    """Say a question otherwise; once somebody has answered it, as its next version. Gives the version that is asked now.

    `seen` is the stamp of what it said when its page was opened. Refused: CHANGED_SINCE.
    Refused: what `check` and `check_order` refuse; ANSWERS_IN_USE and KIND_IN_USE where others hang on it; RETIRED.
    """
    queries.hold(edition)
    current, old = question, queries.said_by(question)
    if question.retired_at is not None:
        raise Refusal(Code.RETIRED)
    if seen and seen != stamp(old):
        raise Refusal(Code.CHANGED_SINCE)
    check(said)
    if said == old:
        return question
    _check_hanging(edition, question, said)
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
    """Move a question up (negative) or down; never before the one that it depends on. Refused: ORDER_WRONG."""
    queries.hold(edition)
    listed = list(queries.questions_of(edition))
    if question not in listed:
        return
    place = listed.index(question) + steps
    listed.remove(question)
    listed.insert(min(max(place, 0), len(listed)), question)
    for position, one in enumerate(listed, start=1):
        one.position = position
    places = {one.key: one.position for one in listed}
    late = [one for one in listed if one.shown_if and places.get(one.shown_if["key"], 0) > one.position]
    if late:
        raise Refusal(Code.ORDER_WRONG, questions=_called(late))
    record("questions.moved", "question", question.code, by=by, now=now)


def retire(edition: Edition, question: Question, *, by: Actor, now: datetime) -> None:
    """Stop asking; answers stay. Refused: IN_USE while another question depends on it."""
    queries.hold(edition)
    put = queries.questions_of(edition)
    hanging = hanging_on([queries.asked(one) for one in put], question.key)
    if hanging:
        raise Refusal(Code.IN_USE, questions=_called(one for one in put if one.key in hanging))
    question.retired_at = question.retired_at or now
    record("questions.retired", "question", question.code, by=by, now=now)


def restore(edition: Edition, question: Question, *, by: Actor, now: datetime) -> None:
    """Ask a retired question again, unless a newer version is asked. Refused: CONDITION_GONE, and what `check_order` refuses."""
    queries.hold(edition)
    if any(one.key == question.key for one in queries.questions_of(edition)):
        return
    if question.retired_at is not None and question.retired_at < now:
        # Who sent an application meanwhile wasn't asked.
        question.pauses.append(QuestionPause(retired_at=question.retired_at, restored_at=now))
    question.retired_at = None
    db.session.flush()
    one = queries.asked(question)
    if one.condition and one not in reachable([queries.asked(each) for each in queries.questions_of(edition)]):
        before = [each for each in queries.every_version_of(edition) if each.key == one.condition]
        raise Refusal(Code.CONDITION_GONE, questions=_called(before[-1:]))
    _check_order(edition)
    record("questions.restored", "question", question.code, by=by, now=now)


def copy(source: Edition, to: Edition, *, by: Actor, now: datetime) -> int:
    """Ask what another edition asks, behind what is asked already; gives how many. Conditions hang on the copies."""
    queries.hold(to)
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


def _called(questions: Iterable[Question]) -> tuple[dict[str, str], ...]:
    return tuple(one.label for one in questions)


def _check_hanging(edition: Edition, question: Question, said: Said) -> None:
    """Whether those that are shown after certain answers to a question still can be, once it says something else."""
    put = queries.questions_of(edition)
    new = Asked(key=question.key, type=said.type, options=tuple(option["key"] for option in said.options))
    asked = [queries.asked(one) for one in put]
    gone = hanging_on(asked, question.key, staying=possible_answers(new))
    if gone:
        field = "options" if said.type is question.type else "type"
        raise Refusal(Code.ANSWERS_IN_USE, field=field, questions=_called(one for one in put if one.key in gone))
    hanging = hanging_on(asked, question.key)
    wider = [one for one in put if one.key in hanging and said.kind not in {None, one.kind}]
    if wider:
        raise Refusal(Code.KIND_IN_USE, field="kind", questions=_called(wider))


def _check_order(edition: Edition) -> None:
    put = queries.questions_of(edition)
    check_order([queries.asked(one) for one in put])
    kinds = {one.key: one.kind for one in put}
    for one in put:
        # Who isn't asked the other one could never answer it.
        if one.shown_if and kinds[one.shown_if["key"]] not in {None, one.kind}:
            raise Refusal(Code.CONDITION_KIND, field="condition")
