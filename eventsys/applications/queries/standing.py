"""Applications by where they stand: staged, waiting, in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from eventsys.applications.models import Application
from eventsys.applications.queries.listing import IS_STAGED
from eventsys.applications.queries.one import locked
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation


def all_of(edition: Edition) -> Sequence[Application]:
    """Every application of an edition, drafts too, in order of their references."""
    return db.session.scalars(
        select(Application).where(Application.edition_id == edition.id).order_by(Application.reference)
    ).all()


def approved_of(edition: Edition) -> Sequence[Application]:
    """Those that are in, as everybody was told: what booths, passes, catalogue and survey start from. By reference."""
    return db.session.scalars(
        select(Application)
        .where(Application.edition_id == edition.id, Application.announced_state == State.APPROVED)
        .order_by(Application.reference)
    ).all()


def staged_count_of(edition: Edition) -> int:
    """How many decisions are staged and not yet told."""
    query = select(func.count()).select_from(Application).where(Application.edition_id == edition.id, IS_STAGED)
    return db.session.scalar(query) or 0


def staged_among(edition: Edition, codes: Collection[str]) -> int:
    """How many of the applications with these codes have a decision that is staged and not yet told."""
    query = select(func.count()).select_from(Application).where(Application.edition_id == edition.id, IS_STAGED)
    return db.session.scalar(query.where(Application.code.in_(codes))) or 0


def next_waitlist_rank(application: Application) -> int:
    """The rank behind everybody who waits for a place of the same kind at the same edition."""
    last = db.session.scalar(
        select(func.max(Application.waitlist_rank))
        .join(Application.organisation)
        .where(
            Application.edition_id == application.edition_id,
            Organisation.kind == application.organisation.kind,
        )
    )
    return (last or 0) + 1


def submitted_of(edition: Edition) -> Sequence[Application]:
    """Those that wait for a decision, the first sent first; locked for who means to decide."""
    query = select(Application).where(Application.edition_id == edition.id, Application.state == State.SUBMITTED)
    return sorted(locked(query), key=lambda one: (one.submitted_at or one.created_at, one.reference))


def staged_of(edition: Edition, *, is_locked: bool = False) -> Sequence[Application]:
    """Those with a decision that nobody outside the team was told yet, by outcome and reference."""
    query = select(Application).where(Application.edition_id == edition.id, IS_STAGED)
    if is_locked:
        return sorted(locked(query), key=lambda one: (one.state, one.reference))
    return db.session.scalars(query.order_by(Application.state, Application.reference)).all()


STAGED_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedPage:
    """Some decisions that nobody was told yet: which page of how many; by outcome how many there are, and how many are held back."""

    rows: Sequence[Application]
    number: int
    pages: int
    outcomes: Mapping[State, int]
    held: int

    @property
    def total(self) -> int:
        """All that are staged, on every page."""
        return sum(self.outcomes.values())


def staged_page_of(edition: Edition, number: int) -> StagedPage:
    """A page of those with a decision that nobody outside the team was told yet, by outcome and reference."""
    is_here = (Application.edition_id == edition.id) & IS_STAGED
    counted = db.session.execute(
        select(Application.state, func.count(), func.count().filter(Application.is_held_back))
        .where(is_here)
        .group_by(Application.state)
        .order_by(Application.state)
    ).all()
    outcomes, held = {row[0]: row[1] for row in counted}, sum(row[2] for row in counted)
    pages = max(1, -(-sum(outcomes.values()) // STAGED_A_PAGE))
    number = min(max(1, number), pages)
    listed = select(Application).where(is_here).order_by(Application.state, Application.reference)
    rows = db.session.scalars(listed.limit(STAGED_A_PAGE).offset((number - 1) * STAGED_A_PAGE)).all()
    return StagedPage(rows=rows, number=number, pages=pages, outcomes=outcomes, held=held)


def by_reference(edition: Edition, among: Collection[str] | None = None) -> dict[str, Application]:
    """The applications of an edition under their references: every one, or those that are asked about."""
    query = select(Application).where(Application.edition_id == edition.id)
    if among is not None:
        query = query.where(Application.reference.in_(among))
    return {application.reference: application for application in db.session.scalars(query)}


def first_reference_of(edition: Edition) -> str | None:
    """The reference of the application that came first to an edition, if there is any."""
    return db.session.scalar(
        select(Application.reference).where(Application.edition_id == edition.id).order_by(Application.id).limit(1)
    )


def is_reference_taken(edition: Edition, reference: str) -> bool:
    """Whether an application of the edition has this reference."""
    found = exists().where(Application.edition_id == edition.id, Application.reference == reference)
    return bool(db.session.scalar(select(found)))
