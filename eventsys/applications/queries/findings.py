"""What many applications lack or leave in doubt, by the rules that the page of each one asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, case, cast, func, select

from eventsys.applications import panels
from eventsys.applications.models import Application, Attachment, Dish, QuestionAnswer, Transition
from eventsys.applications.queries.answers import UNSENT
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Doubt, Finding, Likeness, Missing, SiteFacts, Told
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
_ABOUT_IT = (Application.id, Application.consented_at.is_not(None).label("has_consented"))
# Whose name and address count as somebody else's.
_IS_COUNTED = Application.state.in_(OPEN) & (Application.state != State.DRAFT)
_LIKENESS = frozenset({Doubt.SAME_NAME, Doubt.SAME_ADDRESS})


def findings_of(edition: Edition, chosen: Select[Any]) -> dict[int, list[Finding]]:
    """What a reviewer should look at in the applications that a choice selects, by their keys, in the order of the choice."""
    asked = _asked(edition, chosen, completeness.FOR_REVIEW)
    return {one.key: completeness.findings(one.told, one.site, one.likeness) for one in asked}


def with_findings(edition: Edition, chosen: Select[Any], among: Collection[Finding]) -> list[int]:
    """The keys of those that a choice selects and that have one of these findings, in the order of the choice."""
    has_any = completeness.detector_of(among)
    return [one.key for one in _asked(edition, chosen, among) if has_any(one.told, one.site, one.likeness)]


class _Asked(NamedTuple):
    key: int
    told: Told
    site: SiteFacts
    likeness: Likeness


def _asked(edition: Edition, chosen: Select[Any], among: Collection[Finding]) -> Iterator[_Asked]:
    """What the rules read of each; only what the findings `among` which one looks need is read."""
    reads_texts = Missing.ABOUT in among
    columns = (*_TOLD, *_ABOUT_IT, *((Application.about,) if reads_texts else ()))
    rows = db.session.execute(chosen.with_only_columns(*columns, maintain_column_froms=True)).all()
    site, first = panels.site_facts_of(edition), len(_TOLD)
    out = _run_out(edition) if Doubt.EXPIRED_DOCUMENT in among else frozenset()
    lacking = _lacking_answers(edition) if Missing.QUESTIONS in among else frozenset()
    fed = _with_dishes(edition) if Doubt.FOOD_WITHOUT_DISHES in among else frozenset()
    namesakes, same_address = _likenesses(edition) if _LIKENESS & set(among) else (frozenset(), frozenset())
    for row in rows:
        key = row[first]
        has_about = any(row[-1].values()) if reads_texts else True
        told = Told._make((*row[:first], has_about, row.has_consented, key in out, key in lacking, key in fed))
        yield _Asked(key, told, site, Likeness(key in namesakes, key in same_address))


def _run_out(edition: Edition) -> Collection[int]:
    last: date = edition.ends_on
    return frozenset(
        db.session.scalars(
            select(Attachment.application_id)
            .join(Application, Attachment.application_id == Application.id)
            .where(Application.edition_id == edition.id, Attachment.expires_on < last)
        )
    )


def _with_dishes(edition: Edition) -> Collection[int]:
    return frozenset(
        db.session.scalars(
            select(Dish.application_id)
            .join(Application, Dish.application_id == Application.id)
            .where(Application.edition_id == edition.id)
            .distinct()
        )
    )


def _likenesses(edition: Edition) -> tuple[frozenset[Hashable], frozenset[int]]:
    """The applications of an edition with a namesake, and those with the mail address of another organisation."""
    counts = case((_IS_COUNTED, "1"), else_="0")
    # One text, not thousands of rows: it is read in an instant, and the same text again has been told apart before.
    line = cast(Application.id, String).concat(" ").concat(counts).concat(" ").concat(Organisation.name_key)
    every = db.session.scalar(
        select(func.aggregate_strings(line, "\n"))
        .select_from(Application)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
    )
    return _namesakes(every or ""), _at_same_address(edition)


def _at_same_address(edition: Edition) -> frozenset[int]:
    shared = (
        select(Application.email)
        .where(Application.edition_id == edition.id)
        .group_by(Application.email)
        .having(func.count(Application.organisation_id.distinct()) > 1)
    )
    sharing = db.session.execute(
        select(Application.id, Application.organisation_id, Application.email, _IS_COUNTED)
        .where(Application.edition_id == edition.id, Application.email.in_(shared))
    ).all()  # fmt: skip
    at: dict[str, set[int]] = defaultdict(set)
    for _, organisation_id, email, is_counted in sharing:
        if is_counted:
            at[email].add(organisation_id)
    return frozenset(key for key, organisation_id, email, _ in sharing if at[email] - {organisation_id})


@lru_cache(maxsize=8)
def _namesakes(every: str) -> frozenset[Hashable]:
    """Which applications have a namesake, of lines with a key, whether it counts as somebody else's (1 or 0), and a folded name.

    Kept for the same lines: telling thousands apart takes longer than all else on a page of the list.
    """
    lines = [line.split(" ", 2) for line in every.splitlines()]
    asked: dict[Hashable, str] = {int(key): name for key, _, name in lines}
    return frozenset(alike_among(asked, {int(key): name for key, is_counted, name in lines if is_counted == "1"}))


def _lacking_answers(edition: Edition) -> Collection[int]:
    """Those of whom a required question that is shown has no answer to the version that is put to them."""
    every = questions.every_version_of(edition)
    if not any(question.is_required for question in every):
        return frozenset()
    given, sent_at = _answers_of(edition), _last_sent_of(edition)
    puts: dict[tuple[Kind, object], list[Question]] = {}
    lacking = set()
    rows = db.session.execute(
        select(Application.id, Application.announced_state, Application.submitted_at, Organisation.kind)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
    )
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
