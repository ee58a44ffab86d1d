"""What the review list tells of its lines beside their own columns: from tags, reviewers, reviews, rules and questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import format_decimal

from eventsys.accounts.models import User
from eventsys.applications import panels, queries
from eventsys.applications.forms.reading import language_name
from eventsys.applications.queries import Row
from eventsys.applications.texts import FOUND_SHORT
from eventsys.editions.models import Edition
from eventsys.questions.models import Question
from eventsys.questions.queries import every_version_of
from eventsys.questions.shown import answer_said


def beside_of(
    edition: Edition, rows: Sequence[Row], columns: Sequence[str], *, questions: Sequence[Question], reader: User
) -> dict[str, Any]:
    """By the name of each thing, its words by the key of the line; nothing is read for columns that aren't shown."""
    own = [question.key for question in questions if question.key in columns]
    keys = [row.id for row in rows]
    return {
        "tags": queries.tags_by_application(edition) if "tags" in columns else {},
        "reviewers": queries.reviewers_by_application(edition) if "reviewers" in columns else {},
        "recommendations": panels.opinions_on(edition, keys, reader) if "recommendations" in columns else {},
        "score": _scores(edition, keys, reader) if "score" in columns else {},
        "findings": queries.findings_on(edition, rows) if "findings" in columns else {},
        "finding_words": FOUND_SHORT,
        "languages": {row.language: language_name(row.language) for row in rows} if "language" in columns else {},
        "answers": {
            key: {one: answer_said(*said) for one, said in answers.items()}
            for key, answers in (queries.latest_answers_in(edition, own) if own else {}).items()
        },
    }


def _scores(edition: Edition, keys: Collection[int], reader: User) -> dict[int, str]:
    """The mean of the scores of each, and of how many reviewers."""
    judged = {key: one for key, one in panels.judgements_on(edition, reader).items() if key in keys}
    return {
        key: f"{format_decimal(round(one.score, 1))} ({format_decimal(one.scored)})"
        for key, one in judged.items()
        if one.score is not None
    }


def questions_in(edition: Edition) -> list[Question]:
    """The questions of an edition, each in its latest version, those that are asked no more too."""
    latest: dict[str, Question] = {}
    for question in every_version_of(edition):
        known = latest.get(question.key)
        if known is None or question.version > known.version:
            latest[question.key] = question
    return list(latest.values())
