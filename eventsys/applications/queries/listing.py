"""The review list: what it is narrowed to, its order, its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, literal, select

from eventsys.accounts.models import User
from eventsys.applications import panels
from eventsys.applications.models import Application, ApplicationTag, AssignedReviewer, Tag
from eventsys.applications.queries.amendments import IS_AMENDED
from eventsys.applications.queries.answers import NEVER_SENT, have_answered
from eventsys.applications.queries.findings import Asked, findings_of, with_findings
from eventsys.applications.rules.completeness import Finding
from eventsys.applications.rules.listing import DESCENDING, RANKED, Gone, Sort, Wants, findings_named
from eventsys.applications.rules.searching import SPELLED, SPELLINGS, loosened, searched
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind

IS_STAGED = Application.state != Application.announced_state
# An import that is undone leaves its reference to others.
IS_UNDONE = Application.reference.endswith(literal("/") + Application.code)
OF_APPLICATION = (
    "id", "code", "reference", "state", "announced_state", "submitted_at", "changed_at", "days", "crew", "width_cm",
    "power_watts", "sells_food", "cuisine", "food_registration", "language", "email",
)  # fmt: skip
PAGE_SIZE = 50


NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the review list is narrowed to. Each word of `text` is looked for in all that is told, and in the team's notes.

    `reviewer` is a user's key, or `NOBODY` for those that nobody is asked to look at; `day` is the number of a day;
    `speaks` the language in which it is written to;
    `gone` asks for what is never in the list else;
    `found` names something that is missing or doubtful, or a sort of it; `answer` is the key of a question that is answered,
    or `key=option` for who chose that; `is_turned` the other way round; what reviewers think is ranked as far as `reader` may know it.
    """

    state: State | None = None
    gone: Gone | None = None
    kind: Kind | None = None
    text: str = ""
    is_staged: bool = False
    is_amended: bool = False
    tag: str = ""
    reviewer: str = ""
    wants: Wants | None = None
    found: str = ""
    day: int | None = None
    speaks: str = ""
    answer: str = ""
    sort: Sort = Sort.NEWEST
    is_turned: bool = False
    reader: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the review list."""

    id: int
    code: str
    reference: str
    name: str
    native_name: str
    kind: Kind
    state: State
    announced_state: State
    submitted_at: datetime | None
    changed_at: datetime
    days: int
    crew: int | None
    width_cm: int | None
    power_watts: int | None
    sells_food: bool
    cuisine: str
    food_registration: str
    language: str
    email: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the review list: which page of how many, and how many lines there are in all.

    `findings` are there, by the key of the application, where the choice asked the rules anyway.
    """

    rows: list[Row]
    number: int
    pages: int
    total: int
    findings: dict[int, list[Finding]] | None = None


def page_of(edition: Edition, choice: Choice, *, number: int) -> Page:
    """A page of the review list; a number outside the list gives its first or last page."""
    chosen = _chosen(edition, choice)
    keys = _keys(edition, choice)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) if keys is None else len(keys)
    pages = max(1, -(-(total or 0) // PAGE_SIZE))
    number = min(max(1, number), pages)
    start, findings = (number - 1) * PAGE_SIZE, None
    if keys is None:
        listed = _read(chosen.order_by(*_order(choice)).limit(PAGE_SIZE).offset(start))
    else:
        here = list(keys)[start : start + PAGE_SIZE]
        found = {row.id: row for row in _read(chosen.where(Application.id.in_(here)))}
        listed = [found[key] for key in here]
        findings = {key: asked.findings() for key in here if (asked := keys[key])} or None
    return Page(listed, number, pages, total or 0, findings)


def _read(query: Select[Any]) -> list[Row]:
    return [Row(**row) for row in db.session.execute(query).mappings()]


def _keys(edition: Edition, choice: Choice) -> dict[int, Asked | None] | None:
    """The keys of those that fit what the database alone can't tell, in the choice's order; None where all do.

    Each with what the rules were asked about it, if they were.
    """
    among = findings_named(choice.found)
    if not among and not choice.answer and choice.sort not in RANKED:
        return None
    ordered = _chosen(edition, choice).order_by(*_order(choice))
    fitting: dict[int, Asked | None] = dict.fromkeys(_only(ordered, Application.id)) if not among else {}
    if among:
        fitting.update(with_findings(edition, ordered, among))
    keys = list(fitting)
    if choice.answer:
        answered = have_answered(edition, choice.answer)
        keys = [key for key in keys if key in answered]
    if choice.sort in RANKED:
        keys = _ranked(edition, choice, keys)
    return {key: fitting[key] for key in keys}


def _only(chosen: Select[Any], column: Any) -> list[Any]:
    """One column of what is chosen."""
    return list(db.session.scalars(chosen.with_only_columns(column, maintain_column_froms=True)))


def _ranked(edition: Edition, choice: Choice, keys: list[int]) -> list[int]:
    """Some keys by what reviewers think; those of whom nobody has said anything keep their order behind the others."""
    judged = panels.judgements_on(edition, choice.reader) if choice.reader else {}
    is_score = choice.sort is Sort.SCORE
    said = {key: value for key, one in judged.items() if (value := one.score if is_score else one.leaning) is not None}
    ranked = sorted((key for key in keys if key in said), key=said.__getitem__, reverse=not choice.is_turned)
    return ranked + [key for key in keys if key not in said]


def findings_on(edition: Edition, rows: Sequence[Row]) -> dict[int, list[Finding]]:
    """What is missing or doubtful in some lines, by the key of the application."""
    chosen = _every(edition)
    if len(rows) <= PAGE_SIZE:
        chosen = chosen.where(Application.id.in_([row.id for row in rows]))
    return findings_of(edition, chosen)


def codes_of(edition: Edition, choice: Choice) -> list[str]:
    """The codes of all that fit a choice, in its order: for acts on many, and for going from one to the next."""
    keys, chosen = _keys(edition, choice), _chosen(edition, choice)
    if keys is None:
        return _only(chosen.order_by(*_order(choice)), Application.code)
    both = (Application.id, Application.code)
    codes = {
        row.id: row.code for row in db.session.execute(chosen.with_only_columns(*both, maintain_column_froms=True))
    }
    return [codes[key] for key in keys]


def rows_of(edition: Edition, choice: Choice) -> list[Row]:
    """All lines of the review list, in its order: for files."""
    keys, listed = _keys(edition, choice), _read(_chosen(edition, choice).order_by(*_order(choice)))
    if keys is None:
        return listed
    by_key = {row.id: row for row in listed}
    return [by_key[key] for key in keys]


def applications_of(edition: Edition, choice: Choice) -> Sequence[Application]:
    """All applications that fit a choice, in its order: for exports."""
    codes = codes_of(edition, choice)
    found = db.session.scalars(select(Application).where(Application.edition_id == edition.id)).all()
    by_code = {application.code: application for application in found}
    return [by_code[code] for code in codes]


def tags_by_application(edition: Edition) -> dict[int, list[str]]:
    """The names of the tags of an edition's applications, by the key of the application."""
    tagged = (
        select(ApplicationTag.application_id, Tag.name)
        .join(Tag, ApplicationTag.tag_id == Tag.id)
        .where(Tag.edition_id == edition.id)
        .order_by(func.lower(Tag.name))
    )
    return _gathered((row[0], row[1]) for row in db.session.execute(tagged))


def reviewers_by_application(edition: Edition) -> dict[int, list[str]]:
    """Who is asked to look at an edition's applications, by the key of the application."""
    asked = (
        select(AssignedReviewer.application_id, User.name)
        .join(User, AssignedReviewer.user_id == User.id)
        .join(Application, AssignedReviewer.application_id == Application.id)
        .where(Application.edition_id == edition.id)
        .order_by(User.name)
    )
    return _gathered((row[0], row[1]) for row in db.session.execute(asked))


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, name in pairs:
        found.setdefault(key, []).append(name)
    return found


def _every(edition: Edition) -> Select[Any]:
    return (
        select(*(getattr(Application, name) for name in OF_APPLICATION))
        .add_columns(Organisation.name, Organisation.native_name, Organisation.kind)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
    )


def _chosen(edition: Edition, choice: Choice) -> Select[Any]:
    query = _every(edition).where(*_conditions(choice))
    words = searched(choice.text)
    if choice.text and not words:
        return query.where(false())  # Signs alone are in no word.
    return query.where(*(_holds(word) for word in words))


def _holds(word: str) -> ColumnElement[bool]:
    """Whether an application says a word, with its Danish letters typed in any way."""
    said: ColumnElement[str] = literal(" ") + Application.search_text
    exactly = said.contains(word, autoescape=True)
    sought = loosened(word)
    around = re.sub(f"[{SPELLED}]", "%", sought)  # Folded words have no other signs: nothing to escape.
    if around == sought:
        return exactly
    loosely = said
    for spelling, letter in SPELLINGS:
        loosely = func.replace(loosely, spelling, letter)
    # Both: where a piece of a word begins amid a spelling (the e of oe), only the text as it is has it.
    # Few texts have the letters around it, and only those are read letter by letter: thousands would take as long as all else.
    return exactly | (said.like(f"%{around}%") & loosely.contains(sought, autoescape=True))


def _conditions(choice: Choice) -> list[Any]:
    asked = select(AssignedReviewer).where(AssignedReviewer.application_id == Application.id)
    is_asked = asked.where(AssignedReviewer.user_id == (int(choice.reviewer) if choice.reviewer.isdecimal() else 0))
    has_tag = exists().where(
        ApplicationTag.application_id == Application.id, ApplicationTag.tag_id == Tag.id, Tag.code == choice.tag
    )
    conditions = (
        (choice.gone is None, ~NEVER_SENT),
        (choice.gone is not None, NEVER_SENT & (IS_UNDONE if choice.gone is Gone.UNDONE else ~IS_UNDONE)),
        (choice.state is not None, Application.state == choice.state),
        (choice.kind is not None, Organisation.kind == choice.kind),
        (choice.is_staged, IS_STAGED),
        (choice.is_amended, IS_AMENDED),
        (bool(choice.tag), has_tag),
        (choice.reviewer == NOBODY, ~asked.exists()),
        (choice.reviewer.isdecimal(), is_asked.exists()),
        (choice.wants is not None, getattr(Application, choice.wants or Wants.FOOD).is_(True)),
        (choice.day is not None, Application.days.op("&")(1 << ((choice.day or 1) - 1)) != 0),
        (bool(choice.speaks), Application.language == choice.speaks),
    )
    return [condition for is_chosen, condition in conditions if is_chosen]


# What the database orders by; what reviewers think stands in the order of sending among equals.
_COLUMNS: dict[Sort, Any] = {
    Sort.NEWEST: Application.submitted_at,
    Sort.NAME: Organisation.name_key,
    Sort.REFERENCE: Application.reference,
    Sort.CHANGED: Application.changed_at,
    Sort.STATE: Application.state,
    Sort.KIND: Organisation.kind,
    Sort.WIDTH: Application.width_cm,
    Sort.POWER: Application.power_watts,
    Sort.CREW: Application.crew,
    Sort.CUISINE: Application.cuisine,
    Sort.REGISTRATION: Application.food_registration,
    Sort.LANGUAGE: Application.language,
    Sort.EMAIL: Application.email,
}
_MAY_BE_EMPTY = (Application.submitted_at, Application.width_cm, Application.power_watts, Application.crew)
_WORDS = (Application.cuisine, Application.food_registration)


def _order(choice: Choice) -> tuple[Any, ...]:
    """What a choice orders by. Empty ones come last, either way round."""
    is_ranked = choice.sort in RANKED
    column = _COLUMNS[Sort.NEWEST if is_ranked else choice.sort]
    is_down = is_ranked or (choice.sort in DESCENDING) != choice.is_turned
    ordered = column.desc() if is_down else column.asc()
    if any(column is one for one in _MAY_BE_EMPTY):
        ordered = ordered.nulls_last()
    blank = (column == "",) if any(column is one for one in _WORDS) else ()
    return (*blank, ordered, Application.id.desc() if is_down else Application.id)


def counts_of(edition: Edition) -> dict[tuple[State, Kind], int]:
    """How many applications of an edition stand where, by state and kind; who never sent one hasn't withdrawn any."""
    counted = db.session.execute(
        select(Application.state, Organisation.kind, func.count())
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id, ~NEVER_SENT)
        .group_by(Application.state, Organisation.kind)
    )
    return {(state, kind): number for state, kind, number in counted}


def languages_of(edition: Edition) -> list[str]:
    """The languages that the applications of an edition are written to in."""
    return list(
        db.session.scalars(
            select(Application.language)
            .where(Application.edition_id == edition.id)
            .distinct()
            .order_by(Application.language)
        )
    )
