"""The review list: what it is narrowed to, its order, its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key

IS_STAGED = Application.state != Application.announced_state
OF_APPLICATION = (
    "code", "reference", "state", "announced_state", "submitted_at", "width_cm", "power_watts", "sells_food",
)  # fmt: skip


PAGE_SIZE = 50


class Sort(StrEnum):
    """In which order the review list stands."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    REFERENCE = "reference"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the review list is narrowed to. `text` is looked for in reference, names and mail address."""

    state: State | None = None
    kind: Kind | None = None
    text: str = ""
    is_staged: bool = False
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the review list."""

    code: str
    reference: str
    name: str
    native_name: str
    kind: Kind
    state: State
    announced_state: State
    submitted_at: datetime | None
    width_cm: int | None
    power_watts: int | None
    sells_food: bool


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
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    listed = chosen.order_by(*_order(choice.sort)).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page([Row(**row) for row in db.session.execute(listed).mappings()], number, pages, total)


def _chosen(edition: Edition, choice: Choice) -> Select[Any]:
    query = (
        select(*(getattr(Application, name) for name in OF_APPLICATION))
        .add_columns(Organisation.name, Organisation.native_name, Organisation.kind)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
    )
    if choice.state is not None:
        query = query.where(Application.state == choice.state)
    if choice.kind is not None:
        query = query.where(Organisation.kind == choice.kind)
    if choice.is_staged:
        query = query.where(IS_STAGED)
    for word in choice.text.split():
        query = query.where(
            or_(
                Organisation.name_key.contains(name_key(word) or word, autoescape=True),
                Organisation.native_name.icontains(word, autoescape=True),
                Application.reference.icontains(word, autoescape=True),
                Application.email.icontains(word, autoescape=True),
            )
        )
    return query


def _order(sort: Sort) -> tuple[Any, ...]:
    return {
        Sort.NEWEST: (Application.submitted_at.desc().nulls_last(), Application.id.desc()),
        Sort.OLDEST: (Application.submitted_at.asc().nulls_last(), Application.id),
        Sort.NAME: (Organisation.name_key, Application.id),
        Sort.REFERENCE: (Application.reference,),
        Sort.CHANGED: (Application.changed_at.desc(), Application.id.desc()),
    }[sort]


def counts_of(edition: Edition) -> dict[tuple[State, Kind], int]:
    """How many applications of an edition stand where, by state and kind."""
    counted = db.session.execute(
        select(Application.state, Organisation.kind, func.count())
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id)
        .group_by(Application.state, Organisation.kind)
    )
    return {(state, kind): number for state, kind, number in counted}
