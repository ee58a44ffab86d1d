"""Reading across the features for what people read: who takes part, where, and how far the edition has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, lazyload

from eventsys.applications import queries as applications
from eventsys.applications.models import Application, Dish
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.booths import queries as booths
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers
from eventsys.gate.models import QuarterCount
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.passes.models import Pass
from eventsys.reports.rules.searching import search


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation in the public catalogue. `booths` are (pitch number, day numbers)."""

    application: Application
    organisation: Organisation
    booths: tuple[tuple[str, tuple[int, ...]], ...]
    dishes: tuple[Dish, ...]

    @property
    def days(self) -> tuple[int, ...]:
        """The days on which it stands somewhere; without a place those on which it takes part."""
        placed = {day for _number, days in self.booths for day in days}
        return tuple(sorted(placed)) or tuple(day_numbers(self.application.days))

    @property
    def text(self) -> str:
        """All words by which visitors find it."""
        return " ".join(
            (
                self.organisation.name,
                self.organisation.native_name,
                self.organisation.area,
                self.organisation.kind.value,
                self.application.cuisine,
                *self.application.about.values(),
                *self.application.dietary,
                *(dish.name for dish in self.dishes),
                *(number for number, _days in self.booths),
            )
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the applications have come: counts by state, of each kind and of both; `staged` decisions aren't told yet."""

    by_kind: dict[Kind, Counter[State]]
    staged: int
    # All that were ever sent, also those withdrawn since; and those that are in, as everybody was told.
    sent: int
    told_approved: int

    def of(self, state: State) -> int:
        """How many of both kinds stand there."""
        return sum(counts[state] for counts in self.by_kind.values())


def catalogue(edition: Edition, *, kind: Kind | None = None, words: str = "") -> list[Entry]:
    """Who takes part, as far as it has been told, in order of the names; narrowed by kind and by words in what visitors read."""
    query = (
        select(Application)
        .join(Application.organisation)
        .where(Application.edition_id == edition.id, Application.announced_state == State.APPROVED)
        .order_by(func.lower(Organisation.name), Application.id)
        # No person is on a public page.
        .options(
            contains_eager(Application.organisation).lazyload(Organisation.contacts), lazyload(Application.edition)
        )
    )
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    places, dishes = booths.pitches_of(edition), applications.dishes_by_application(edition)
    entries = [
        Entry(one, one.organisation, tuple(places.get(one.id, ())), tuple(dishes.get(one.id, ())))
        for one in db.session.scalars(query)
    ]
    if not words:
        return entries
    found = search(words, [entry.text for entry in entries]).places
    return [entry for place, entry in enumerate(entries) if place in found]


def in_catalogue(edition: Edition, code: str) -> Entry | None:
    """One organisation of the public catalogue by its code."""
    return next((entry for entry in catalogue(edition) if entry.organisation.code == code), None)


def progress(edition: Edition) -> Progress:
    """How far an edition's applications have come."""
    rows = db.session.execute(
        select(Organisation.kind, Application.state, func.count())
        .join(Application.organisation)
        .where(Application.edition_id == edition.id, ~applications.NEVER_SENT)
        .group_by(Organisation.kind, Application.state)
    )
    by_kind: dict[Kind, Counter[State]] = {kind: Counter() for kind in Kind}
    for kind, state, count in rows:
        by_kind[kind][state] = count
    staged = db.session.scalar(
        select(func.count())
        .select_from(Application)
        .where(Application.edition_id == edition.id, applications.IS_STAGED, Application.state != State.DRAFT)
    )
    sent, told_approved = db.session.execute(
        select(
            func.count().filter(Application.submitted_at.is_not(None)),
            func.count().filter(Application.announced_state == State.APPROVED),
        ).where(Application.edition_id == edition.id)
    ).one()
    return Progress(by_kind, staged or 0, sent, told_approved)


def passes_by_kind(edition: Edition) -> dict[int, int]:
    """How many passes of each kind were issued."""
    rows = db.session.execute(select(Pass.kind, func.count()).where(Pass.edition_id == edition.id).group_by(Pass.kind))
    return dict(rows.all())


def quarters(edition: Edition) -> Sequence[tuple[int, object, int]]:
    """Arrivals of a quarter of an hour over all gates: day number, when it begins, people who came in."""
    came = QuarterCount.guests_admitted + QuarterCount.visitors_admitted + QuarterCount.tallied_in
    return db.session.execute(
        select(QuarterCount.day_number, QuarterCount.starts_at, func.sum(came))
        .where(QuarterCount.edition_id == edition.id)
        .group_by(QuarterCount.day_number, QuarterCount.starts_at)
        .order_by(QuarterCount.starts_at)
    ).all()
