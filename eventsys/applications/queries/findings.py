"""What many applications lack or leave in doubt, by the rules that the page of each one asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import Select, String, case, cast, func, select

from eventsys.applications import panels
from eventsys.applications.models import Application, Attachment, Dish, QuestionAnswer, Transition
from eventsys.applications.queries.answers import UNSENT
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Finding, Likeness, SiteFacts, Told
from eventsys.applications.rules.states import OPEN, Act, State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import alike_among
from eventsys.questions import queries as questions
from eventsys.questions.models import Question
from eventsys.questions.rules.asking import Value, unanswered

# Of documents, whether they say anything: reading thousands of them takes longer than all the rest. Quotation marks inside a
# text are escaped, so that these are those around an empty one, and those before another one.
_SAYS_ABOUT = func.replace(cast(Application.about, String), ': ""', "").contains(': "')
_STATES_ALLERGENS = func.coalesce(cast(Application.allergens, String), "null") != "null"
# `Told` by its fields; what it has beyond these is read apart.
_COLUMNS: dict[str, Any] = {
    "kind": Organisation.kind,
    "name": Organisation.name,
    "states_allergens": _STATES_ALLERGENS,
    "has_about": _SAYS_ABOUT,
    "has_consented": Application.consented_at.is_not(None),
}
_APART = ("has_expired_document", "lacks_answers", "has_dishes")
assert Told._fields[-len(_APART) :] == _APART, "a row is read as `Told` in the order of its fields"  # noqa: S101
_TOLD: list[Any] = [
    _COLUMNS[name] if name in _COLUMNS else getattr(Application, name) for name in Told._fields if name not in _APART
]
_LIKE = {pair: Likeness(*pair) for pair in product((False, True), repeat=2)}
# Whose name and address count as somebody else's.
_IS_COUNTED = Application.state.in_(OPEN) & (Application.state != State.DRAFT)


class Asked(NamedTuple):
    """What the rules read of an application."""

    told: Told
    site: SiteFacts
    likeness: Likeness

    def findings(self) -> list[Finding]:
        """What a reviewer should look at."""
        return completeness.findings(*self)


def findings_of(edition: Edition, chosen: Select[Any]) -> dict[int, list[Finding]]:
    """What a reviewer should look at in the applications that a choice selects, by their keys, in the order of the choice."""
    return {key: asked.findings() for key, asked in _asked(edition, chosen)}


def with_findings(edition: Edition, chosen: Select[Any], among: Collection[Finding]) -> dict[int, Asked]:
    """Those that a choice selects and that have one of these findings, by their keys, in the order of the choice."""
    has_any = completeness.detector_of(among)
    return {key: asked for key, asked in _asked(edition, chosen) if has_any(*asked)}


def _asked(edition: Edition, chosen: Select[Any]) -> Iterator[tuple[int, Asked]]:
    query = chosen.with_only_columns(*_TOLD, Application.id, maintain_column_froms=True)
    db.session.flush()  # Asked past the session, which would go through thousands of rows once more.
    rows = db.session.connection().execute(query).all()
    site, out, lacking = panels.site_facts_of(edition), _run_out(edition), _lacking_answers(edition)
    fed, (namesakes, same_address) = _with_dishes(edition), _likenesses(edition)
    for row in rows:
        key = row[-1]
        told = Told._make((*row[:-1], key in out, key in lacking, key in fed))
        yield key, Asked(told, site, _LIKE[key in namesakes, key in same_address])


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
    key = cast(Application.id, String).concat(" ").concat(cast(Organisation.id, String))
    line = key.concat(" ").concat(counts).concat(" ").concat(Organisation.name_key)
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
        .having(func.min(Application.organisation_id) != func.max(Application.organisation_id))
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
    """Which applications have a namesake, of lines with its key, its organisation's, whether it counts as somebody else's (1 or 0), and a folded name.

    Kept for the same lines: telling thousands apart takes longer than all else on a page of the list.
    """
    lines = [line.split(" ", 3) for line in every.splitlines()]
    asked: dict[Hashable, str] = {whose: name for _, whose, _, name in lines}
    alike = alike_among(asked, {whose: name for _, whose, is_counted, name in lines if is_counted == "1"})
    return frozenset(int(key) for key, whose, *_ in lines if whose in alike)


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
