"""The review list: what it is narrowed to, its order, its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, false, func, literal, select

from eventsys.accounts.models import User
from eventsys.applications.models import Application, ApplicationTag, AssignedReviewer, Tag
from eventsys.applications.queries.amendments import IS_AMENDED
from eventsys.applications.queries.answers import NEVER_SENT, have_answered
from eventsys.applications.queries.findings import findings_of, with_findings
from eventsys.applications.rules.completeness import Finding
from eventsys.applications.rules.listing import Gone, Sort, Wants, findings_named
from eventsys.applications.rules.searching import searched
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
    or `key=option` for who chose that.
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
    """Some lines of the review list: which page of how many, and how many lines there are in all."""

    rows: list[Row]
    number: int
    pages: int
    total: int


def page_of(edition: Edition, choice: Choice, *, number: int) -> Page:
    """A page of the review list; a number outside the list gives its first or last page."""
    chosen = _chosen(edition, choice)
    found = _found(edition, choice)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) if found is None else len(found)
    pages = max(1, -(-(total or 0) // PAGE_SIZE))
    number = min(max(1, number), pages)
    ordered, start = chosen.order_by(*_order(choice.sort)), (number - 1) * PAGE_SIZE
    if found is None:
        listed = ordered.limit(PAGE_SIZE).offset(start)
    else:
        listed = ordered.where(Application.id.in_(found[start : start + PAGE_SIZE]))
    return Page([Row(**row) for row in db.session.execute(listed).mappings()], number, pages, total or 0)


def _found(edition: Edition, choice: Choice) -> list[int] | None:
    """The keys of those that fit what the database alone can't tell, in the choice's order; None where all do."""
    among = findings_named(choice.found)
    if not among and not choice.answer:
        return None
    ordered = _chosen(edition, choice).order_by(*_order(choice.sort))
    keys = with_findings(edition, ordered, among) if among else [row.id for row in db.session.execute(ordered)]
    answered = have_answered(edition, choice.answer) if choice.answer else None
    return keys if answered is None else [key for key in keys if key in answered]


def findings_on(edition: Edition, rows: Sequence[Row]) -> dict[int, list[Finding]]:
    """What is missing or doubtful in some lines, by the key of the application."""
    chosen = _chosen(edition, Choice())
    if len(rows) <= PAGE_SIZE:
        chosen = chosen.where(Application.id.in_([row.id for row in rows]))
    return findings_of(edition, chosen)


def codes_of(edition: Edition, choice: Choice) -> list[str]:
    """The codes of all that fit a choice, in its order: for acts on many, and for going from one to the next."""
    found = _found(edition, choice)
    listed = db.session.execute(_chosen(edition, choice).order_by(*_order(choice.sort))).all()
    kept = None if found is None else set(found)
    return [row.code for row in listed if kept is None or row.id in kept]


def rows_of(edition: Edition, choice: Choice) -> list[Row]:
    """All lines of the review list, in its order: for files."""
    found = _found(edition, choice)
    kept = None if found is None else set(found)
    listed = db.session.execute(_chosen(edition, choice).order_by(*_order(choice.sort))).mappings()
    return [Row(**row) for row in listed if kept is None or row["id"] in kept]


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


def _chosen(edition: Edition, choice: Choice) -> Select[Any]:
    query = (
        select(*(getattr(Application, name) for name in OF_APPLICATION))
        .add_columns(Organisation.name, Organisation.native_name, Organisation.kind)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id, *_conditions(choice))
    )
    words = searched(choice.text)
    if choice.text and not words:
        return query.where(false())  # Signs alone are in no word.
    for word in words:
        query = query.where((literal(" ") + Application.search_text).contains(word, autoescape=True))
    return query


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


def _order(sort: Sort) -> tuple[Any, ...]:
    return {
        Sort.NEWEST: (Application.submitted_at.desc().nulls_last(), Application.id.desc()),
        Sort.OLDEST: (Application.submitted_at.asc().nulls_last(), Application.id),
        Sort.NAME: (Organisation.name_key, Application.id),
        Sort.REFERENCE: (Application.reference,),
        Sort.CHANGED: (Application.changed_at.desc(), Application.id.desc()),
        Sort.STATE: (Application.state, Application.id),
        Sort.WIDTH: (Application.width_cm.desc().nulls_last(), Application.id),
        Sort.POWER: (Application.power_watts.desc().nulls_last(), Application.id),
    }[sort]


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
