"""Reading limits, the waiting list, and offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from eventsys.applications.models import Application, Offer, PlaceLimit
from eventsys.applications.queries.one import locked
from eventsys.applications.rules.places import Standing
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind

TAKES_A_PLACE = or_(Application.state == State.APPROVED, Application.announced_state == State.APPROVED)


def limit_of(edition: Edition, kind: Kind, *, is_locked: bool = False) -> PlaceLimit | None:
    """The limit of a kind, if one is set; locked until the transaction ends for who means to take a place."""
    query = select(PlaceLimit).where(PlaceLimit.edition_id == edition.id, PlaceLimit.kind == kind)
    return db.session.scalar(query.with_for_update() if is_locked else query)


def standing_of(edition: Edition, kind: Kind, *, is_locked: bool = False) -> Standing:
    """How many places of a kind there are and who takes them."""
    limit = limit_of(edition, kind, is_locked=is_locked)
    of_kind = (
        select(func.count())
        .select_from(Application)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id, Organisation.kind == kind)
    )
    offered = of_kind.join(Offer, Offer.application_id == Application.id).where(Offer.closed_at.is_(None))
    return Standing(
        places=limit.places if limit else None,
        approved=db.session.scalar(of_kind.where(TAKES_A_PLACE)) or 0,
        offered=db.session.scalar(offered) or 0,
        waitlisted=db.session.scalar(of_kind.where(Application.state == State.WAITLISTED)) or 0,
    )


def standings_of(edition: Edition) -> dict[Kind, Standing]:
    """The standing of every kind, for who looks at them all; nothing is locked."""
    limits = dict(
        db.session.execute(select(PlaceLimit.kind, PlaceLimit.places).where(PlaceLimit.edition_id == edition.id)).all()
    )
    taken = {
        kind: (approved, waitlisted)
        for kind, approved, waitlisted in db.session.execute(
            select(
                Organisation.kind,
                func.count().filter(TAKES_A_PLACE),
                func.count().filter(Application.state == State.WAITLISTED),
            )
            .join(Organisation, Application.organisation_id == Organisation.id)
            .where(Application.edition_id == edition.id)
            .group_by(Organisation.kind)
        )
    }
    offered = dict(
        db.session.execute(
            select(Organisation.kind, func.count())
            .select_from(Offer)
            .join(Application, Offer.application_id == Application.id)
            .join(Organisation, Application.organisation_id == Organisation.id)
            .where(Application.edition_id == edition.id, Offer.closed_at.is_(None))
            .group_by(Organisation.kind)
        ).all()
    )
    standings = {}
    for kind in Kind:
        approved, waitlisted = taken.get(kind, (0, 0))
        standings[kind] = Standing(
            places=limits.get(kind), approved=approved, offered=offered.get(kind, 0), waitlisted=waitlisted
        )
    return standings


def waiting_list_of(edition: Edition, kind: Kind, *, is_locked: bool = False) -> Sequence[Application]:
    """Who waits for a place of a kind, the first in line first; staged ones too."""
    query = (
        select(Application)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.edition_id == edition.id, Organisation.kind == kind, Application.state == State.WAITLISTED)
    )
    if is_locked:
        return sorted(locked(query), key=lambda one: (one.waitlist_rank or 0, one.id))
    return db.session.scalars(query.order_by(Application.waitlist_rank, Application.id)).all()


def open_offer(application: Application) -> Offer | None:
    """The offer that an application holds and nobody has answered, whether its time is over or not."""
    return db.session.scalar(select(Offer).where(Offer.application_id == application.id, Offer.closed_at.is_(None)))


def open_offers_of(edition: Edition) -> dict[int, Offer]:
    """The open offers of an edition by the key of their application."""
    offers = db.session.scalars(
        select(Offer)
        .join(Application, Offer.application_id == Application.id)
        .where(Application.edition_id == edition.id, Offer.closed_at.is_(None))
    )
    return {offer.application_id: offer for offer in offers}


def last_offers_of(edition: Edition) -> dict[int, Offer]:
    """The offers of an edition that are over, the latest of each application, by its key."""
    offers = db.session.scalars(
        select(Offer)
        .join(Application, Offer.application_id == Application.id)
        .where(Application.edition_id == edition.id, Offer.closed_at.is_not(None))
        .order_by(Offer.closed_at, Offer.id)
    )
    return {offer.application_id: offer for offer in offers}


def overdue_offers(now: datetime, most: int) -> Sequence[Offer]:
    """Open offers whose time is over, the oldest first, locked for this worker where the database can.

    Their applications are locked with them: an applicant who answers holds the application, and is let finish.
    """
    return db.session.scalars(
        select(Offer)
        .join(Application, Offer.application_id == Application.id)
        .where(Offer.closed_at.is_(None), Offer.expires_at < now)
        .order_by(Offer.expires_at)
        .limit(most)
        .with_for_update(skip_locked=True, of=(Offer, Application))
    ).all()
