"""Keeping what an application answers to an edition's own questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eventsys.applications import queries
from eventsys.applications.actions import drafts
from eventsys.applications.models import Application, QuestionAnswer
from eventsys.audit.actions import Actor
from eventsys.base.db import db
from eventsys.questions.queries import asked
from eventsys.questions.rules.asking import Value, kept


def save_questions(application: Application, given: Mapping[str, Value], *, by: Actor, now: datetime) -> None:
    """Keep these answers in place of earlier ones; those to hidden questions are dropped. Refusal: CALL_CLOSED, NOT_NOW."""
    put = queries.questions_put_to(application)
    counted = kept([asked(one) for one in put], given)
    new = {one.id: counted[one.key] for one in put if one.key in counted}
    old = {one.question_id: one for one in queries.question_answers_of(application)}
    changed = {question_id: one.answer["value"] for question_id, one in old.items()} != new
    drafts.note_questions(application, is_changed=changed, by=by, now=now)
    for question_id, one in old.items():
        if question_id not in new:
            db.session.delete(one)
    for question_id, value in new.items():
        if question_id in old:
            old[question_id].answer = {"value": value}
        else:
            db.session.add(
                QuestionAnswer(application_id=application.id, question_id=question_id, answer={"value": value})
            )
