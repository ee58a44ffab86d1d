"""Keeping what an application answers to an edition's own questions."""

from __future__ import annotations

from collections.abc import Mapping

from eventsys.applications import queries
from eventsys.applications.models import Application, QuestionAnswer
from eventsys.base.db import db
from eventsys.questions.queries import asked
from eventsys.questions.rules.asking import Value, kept


def counted(given: Mapping[str, Value], *, of: Application) -> dict[int, Value]:
    """What of answers by the key of the question counts, by the version that is asked: those to hidden questions don't."""
    put = queries.questions_put_to(of)
    found = kept([asked(one) for one in put], given)
    return {one.id: found[one.key] for one in put if one.key in found}


def replace(new: Mapping[int, Value], *, of: Application) -> None:
    """Keep these answers, by the version of their question, in place of all earlier ones."""
    old = {one.question_id: one for one in queries.question_answers_of(of)}
    for question_id, one in old.items():
        if question_id not in new:
            db.session.delete(one)
    for question_id, value in new.items():
        if question_id in old:
            old[question_id].answer = {"value": value}
        else:
            db.session.add(QuestionAnswer(application_id=of.id, question_id=question_id, answer={"value": value}))
