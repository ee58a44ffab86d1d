"""What many applications lack or leave in doubt, by the rules that the page of each one asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from eventsys.applications import panels
from eventsys.applications.models import Application, Attachment, QuestionAnswer, Transition
from eventsys.applications.queries.answers import UNSENT
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Doubt, Finding, Likeness, Missing, Told
from eventsys.applications.rules.states import OPEN, Act, State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import alike_among
from eventsys.questions import queries as questions
from eventsys.questions.models import Question
from eventsys.questions.rules.asking import Value, unanswered

# What `Told` begins with, in its order.
_TOLD = (
    Organisation.kind, Organisation.name, *(getattr(Application, name) for name in Told._fields[2 : Told._fields.index("has_about")]),
)  # fmt: skip
_ABOUT_IT = (
    Application.id, Application.organisation_id, Application.email, Application.announced_state, Application.submitted_at,
    Organisation.name_key, Application.consented_at,
)  # fmt: skip
_LIKENESS = frozenset({Doubt.SAME_NAME, Doubt.SAME_ADDRESS})


def findings_of(
    edition: Edition, chosen: Select[Any], *, among: Collection[Finding] = completeness.FOR_REVIEW
) -> dict[int, list[Finding]]:
    """What there is to look at in the applications that a choice selects, by their keys, in the order of the choice.

    Only the findings `among` which one looks are asked for, so that what they don't need isn't read.
    """
    reads_texts = Missing.ABOUT in among
    columns = (*_TOLD, *_ABOUT_IT, *((Application.about,) if reads_texts else ()))
    rows = db.session.execute(chosen.with_only_columns(*columns, maintain_column_froms=True)).all()
    site, nothing = panels.site_facts_of(edition), Likeness()
    out = _run_out(edition) if Doubt.EXPIRED_DOCUMENT in among else frozenset()
    lacking = _lacking_answers(edition, rows) if Missing.QUESTIONS in among else frozenset()
    alike = _likenesses(edition, rows) if _LIKENESS & set(among) else {}
    find, first = completeness.finder_of(among), len(_TOLD)
    found = {}
    for row in rows:
        key = row[first]
        has_about = any(row[-1].values()) if reads_texts else True
        told = Told._make((*row[:first], has_about, row.consented_at is not None, key in out, key in lacking))
        found[key] = find(told, site, alike.get(key, nothing))
    return found


def _run_out(edition: Edition) -> Collection[int]:
    last: date = edition.ends_on
    return frozenset(
        db.session.scalars(
            select(Attachment.application_id)
            .join(Application, Attachment.application_id == Application.id)
            .where(Application.edition_id == edition.id, Attachment.expires_on < last)
        )
    )


def _likenesses(edition: Edition, rows: Sequence[Any]) -> Mapping[int, Likeness]:
    others = db.session.execute(
        select(Application.id, Application.organisation_id, Application.email, Organisation.name_key)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(
            Application.edition_id == edition.id, Application.state.in_(OPEN), Application.state != State.DRAFT
        )
    ).all()  # fmt: skip
    asked: dict[Hashable, str] = {row.id: row.name_key for row in rows}
    named = alike_among(asked, {other.id: other.name_key for other in others})
    at: dict[str, set[int]] = defaultdict(set)
    for other in others:
        at[other.email].add(other.organisation_id)
    return {
        row.id: Likeness(row.id in named, bool(at.get(row.email, frozenset()) - {row.organisation_id})) for row in rows
    }


def _lacking_answers(edition: Edition, rows: Sequence[Any]) -> Collection[int]:
    """Those of whom a required question that is shown has no answer to the version that is put to them."""
    every = questions.every_version_of(edition)
    if not any(question.is_required for question in every):
        return frozenset()
    given, sent_at = _answers_of(edition), _last_sent_of(edition)
    puts: dict[tuple[Kind, object], list[Question]] = {}
    lacking = set()
    for row in rows:
        at = None if row.announced_state in UNSENT else sent_at.get(row.id) or row.submitted_at
        if (row.kind, at) not in puts:
            puts[row.kind, at] = [one for one in every if questions.is_put(one, row.kind, at=at)]
        put, own = puts[row.kind, at], given.get(row.id, {})
        answered = {one.key: own[one.id] for one in put if one.id in own}
        if unanswered([questions.asked(one) for one in put], answered):
            lacking.add(row.id)
    return lacking


def _answers_of(edition: Edition) -> Mapping[int, Mapping[int, Value]]:
    """The answers of each application by the version that they were given to."""
    given: dict[int, dict[int, Value]] = defaultdict(dict)
    for application_id, question_id, answer in db.session.execute(
        select(QuestionAnswer.application_id, QuestionAnswer.question_id, QuestionAnswer.answer)
        .join(Application, QuestionAnswer.application_id == Application.id)
        .where(Application.edition_id == edition.id)
    ):
        given[application_id][question_id] = answer["value"]
    return given


def _last_sent_of(edition: Edition) -> Mapping[int, datetime]:
    sent = (
        select(Transition.application_id, func.max(Transition.at))
        .join(Application, Transition.application_id == Application.id)
        .where(Application.edition_id == edition.id, Transition.act == Act.SUBMIT)
        .group_by(Transition.application_id)
    )
    return {row[0]: row[1] for row in db.session.execute(sent)}
