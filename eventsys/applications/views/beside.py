"""What the review list tells of its lines beside their own columns: from tags, reviewers, reviews, rules and questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.applications import panels, queries
from eventsys.applications.forms.reading import language_name
from eventsys.applications.queries import Row
from eventsys.applications.rules.completeness import Finding
from eventsys.applications.texts import FOUND_SHORT
from eventsys.base.i18n import in_language
from eventsys.editions.models import Edition
from eventsys.questions.models import Question
from eventsys.questions.queries import answer_counts, every_version_of, said_by
from eventsys.questions.rules.asking import Value
from eventsys.questions.rules.editing import is_same
from eventsys.questions.shown import answer_said, answer_words


def beside_of(
    edition: Edition,
    rows: Sequence[Row],
    columns: Sequence[str],
    *,
    questions: Sequence[Question],
    reader: User,
    findings: Mapping[int, Sequence[Finding]] | None = None,
) -> dict[str, Any]:
    """By the name of each thing, its words by the key of the line; nothing is read for columns that aren't shown.

    `findings` where they are known already.
    """
    own = [question.key for question in questions if question.key in columns]
    keys, latest = [row.id for row in rows], {question.key: question for question in questions}
    if findings is None:
        findings = queries.findings_on(edition, rows) if "findings" in columns else {}
    return {
        "tags": queries.tags_by_application(edition) if "tags" in columns else {},
        "reviewers": queries.reviewers_by_application(edition) if "reviewers" in columns else {},
        "recommendations": panels.opinions_on(edition, keys, reader) if "recommendations" in columns else {},
        "score": _scores(edition, keys, reader) if "score" in columns else {},
        "findings": findings,
        "finding_words": FOUND_SHORT,
        "languages": {row.language: language_name(row.language) for row in rows} if "language" in columns else {},
        "answers": {
            key: {one: answer_as_asked(*said, latest=latest[one]) for one, said in answers.items()}
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


def answer_as_asked(question: Question, value: Value, *, latest: Question) -> str:
    """An answer in words; one to other words than are asked now says to which."""
    words = answer_said(question, value)
    if is_same(said_by(question), said_by(latest)):
        return words
    before, now = in_language(question.label), in_language(latest.label)
    if before == now:
        return str(_("%(answer)s (answered to version %(number)s)", answer=words, number=question.version))
    return str(_("%(answer)s (answered to an earlier wording: “%(question)s”)", answer=words, question=before))


def wordings_in(edition: Edition) -> dict[str, list[Question]]:
    """The questions of an edition by their keys, each in all its versions, those that are asked no more too; the latest version first."""
    found: dict[str, list[Question]] = {}
    for question in every_version_of(edition):
        found.setdefault(question.key, []).append(question)
    return {key: sorted(versions, key=lambda one: -one.version) for key, versions in found.items()}


def questions_in(edition: Edition) -> list[Question]:
    """The questions of an edition, each in its latest version, those that are asked no more too."""
    return [versions[0] for versions in wordings_in(edition).values()]


def answers_to_choose(edition: Edition, wordings: Mapping[str, Sequence[Question]]) -> list[tuple[str, str]]:
    """What the list can be narrowed to by questions: who answered each, and who chose which answer to which words."""
    is_changed = any(len(versions) > 1 for versions in wordings.values())
    counts = answer_counts(edition) if is_changed else {}
    found = []
    for versions in wordings.values():
        others = _asked_otherwise(versions, counts)
        found += _answers_of(versions[0], others)
    return found


def _asked_otherwise(versions: Sequence[Question], counts: Mapping[int, int]) -> list[Question]:
    """The earlier versions that somebody has answered and that ask something else, each once."""
    said, found = [said_by(versions[0])], []
    for one in versions[1:]:
        if counts.get(one.id) and not any(is_same(said_by(one), other) for other in said):
            found.append(one)
            said.append(said_by(one))
    return found


def _answers_of(latest: Question, others: Sequence[Question]) -> list[tuple[str, str]]:
    label = in_language(latest.label)
    answered = (
        _("%(question)s (answered, in any wording)", question=label)
        if others
        else _("%(question)s (answered)", question=label)
    )
    chosen = [(f"{latest.key}={key}", f"{label}: {word}") for key, word in answer_words(latest).items()]
    earlier = [
        (
            f"{one.key}@{one.version}={key}",
            str(
                _(
                    "%(question)s: %(answer)s (version %(number)s)",
                    question=in_language(one.label),
                    answer=word,
                    number=one.version,
                )
            ),
        )
        for one in others
        for key, word in answer_words(one).items()
    ]
    return [(latest.key, str(answered)), *chosen, *earlier]
