"""Limits, the waiting list, and offers of places that came free. The row of the limit is the lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from eventsys.applications import queries, signals
from eventsys.applications.actions import letters, steps
from eventsys.applications.models import Application, Offer, PlaceLimit
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.places import OfferOutcome, is_open, ranks_moved
from eventsys.applications.rules.states import Act, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY


def set_limit(edition: Edition, kind: Kind, places: int | None, *, by: Actor, now: datetime) -> None:
    """Say how many of a kind may be approved; None takes the limit away. Who is in stays in, also above it."""
    limit = queries.limit_of(edition, kind, is_locked=True)
    before = limit.places if limit else None
    if places == before:
        return
    if limit is not None and places is None:
        db.session.delete(limit)
    elif limit is not None:
        limit.places = places or 0
    else:
        db.session.add(PlaceLimit(edition_id=edition.id, kind=kind, places=places))
    record("applications.limit_changed", "edition", edition.slug, by=by, now=now, detail=kind.value)


def check_has_place(application: Application) -> None:
    """Refuse one more of a kind than there are places, and hold the limit until the transaction ends. Refusal(NO_PLACE)."""
    db.session.flush()  # What this transaction has decided counts.
    kind = application.organisation.kind
    standing = queries.standing_of(application.edition, kind, is_locked=True)
    if not standing.has_place:
        raise Refusal(Code.NO_PLACE, places=standing.places, approved=standing.approved, offered=standing.offered)


def check_all_have_places(applications: Sequence[Application]) -> None:
    """Refuse to let more in than there are places, once all of these are told; hold the limits until the transaction ends.

    Only a limit that was lowered since can have come below what is staged. Refusal(OVER_LIMIT).
    """
    for kind in Kind:
        told = [one for one in applications if one.organisation.kind is kind]
        if not any(one.state is State.APPROVED and one.announced_state is not State.APPROVED for one in told):
            continue
        standing = queries.standing_of(told[0].edition, kind, is_locked=True)
        leave = sum(one.announced_state is State.APPROVED and one.state is not State.APPROVED for one in told)
        if standing.over > leave:
            raise Refusal(
                Code.OVER_LIMIT, kind=KINDS_OF_MANY[kind], approved=standing.approved - leave,
                offered=standing.offered, places=standing.places,
            )  # fmt: skip


def offer(application: Application, *, by: Actor, now: datetime) -> Offer:
    """Hold a place for somebody on the waiting list, and ask by mail whether they still want it.

    Refusal: NOT_NOW (not on the waiting list, or not told so yet), HAS_OFFER, NO_PLACE.
    """
    if (application.state, application.announced_state) != (State.WAITLISTED, State.WAITLISTED):
        raise Refusal(Code.NOT_NOW)
    check_has_no_offer(application)
    check_has_place(application)
    made = Offer(
        application=application, made_at=now, expires_at=now + timedelta(hours=application.edition.offer_hours)
    )
    db.session.add(made)
    application.changed_at = now
    record("applications.offered", "application", application.code, by=by, now=now)
    letters.write("offered", application, now=now, until=made.expires_at)
    return made


def offer_next(edition: Edition, kind: Kind, *, by: Actor, now: datetime) -> Offer:
    """Offer a place to the first in line who holds no offer. Refusal: NOBODY_WAITS, NO_PLACE."""
    waiting = queries.waiting_list_of(edition, kind, is_locked=True)
    first = next_in_line(waiting, queries.open_offers_of(edition))
    if first is None:
        raise Refusal(Code.NOBODY_WAITS)
    return offer(first, by=by, now=now)


def next_in_line(waiting: Sequence[Application], offers: Collection[int]) -> Application | None:
    """The first in line who knows to be waiting and holds none of the open offers, by their keys; None where nobody is left."""
    waits = (one for one in waiting if one.announced_state is State.WAITLISTED and one.id not in offers)
    return next(waits, None)


def check_has_no_offer(application: Application) -> None:
    """Refuse to do something else while a place is offered. Refusal(HAS_OFFER)."""
    if queries.open_offer(application) is not None:
        raise Refusal(Code.HAS_OFFER)


def accept(application: Application, *, by: Actor, now: datetime) -> None:
    """Take the offered place: approved and told at once. Refusal: NO_OFFER, OFFER_EXPIRED."""
    held = _answerable(application, now=now)
    _close(held, OfferOutcome.ACCEPTED, by=by, now=now)
    steps.take(application, Act.APPROVE, to=State.APPROVED, by=by, now=now)
    steps.tell(application, note="", now=now)
    application.decided_at, application.decision_note = now, ""
    letters.write("approved", application, now=now)
    signals.announced.send(application, by=by, now=now)


def decline(application: Application, *, by: Actor, now: datetime) -> None:
    """Leave the offered place to the next; the application stays on the waiting list, at its end.

    Refusal: NO_OFFER, OFFER_EXPIRED.
    """
    _close(_answerable(application, now=now), OfferOutcome.DECLINED, by=by, now=now)
    _to_the_end(application)


def retract(application: Application, *, by: Actor, now: datetime, note: str = "") -> None:
    """Take an offer back, with words to the applicant; the place in line stays. Refusal(NO_OFFER)."""
    held = queries.open_offer(application)
    if held is None:
        raise Refusal(Code.NO_OFFER)
    _close(held, OfferOutcome.RETRACTED, by=by, now=now)
    letters.write("offer_retracted", application, now=now, note=note.strip())


def drop_offer(application: Application, *, by: Actor, now: datetime) -> None:
    """End the offer of somebody who withdraws; nothing happens where there is none."""
    held = queries.open_offer(application)
    if held is not None:
        _close(held, OfferOutcome.DECLINED, by=by, now=now)


def expire(held: Offer, *, now: datetime) -> None:
    """End an offer that nobody answered in time: back to the end of the waiting list, told by mail."""
    application = held.application
    _close(held, OfferOutcome.EXPIRED, by=Actor("job"), now=now)
    _to_the_end(application)
    letters.write("offer_expired", application, now=now)


def move(application: Application, *, steps: int, by: Actor, now: datetime) -> None:
    """Move somebody up (negative) or down the waiting list; beyond an end it stays there. Refusal(NOT_NOW)."""
    if application.state is not State.WAITLISTED:
        raise Refusal(Code.NOT_NOW)
    kind = application.organisation.kind
    waiting = queries.waiting_list_of(application.edition, kind, is_locked=True)
    place = [one.id for one in waiting].index(application.id)
    ranks = [one.waitlist_rank or 0 for one in waiting]
    for one, rank in zip(waiting, ranks_moved(ranks, place, steps=steps), strict=True):
        one.waitlist_rank = rank
    record("applications.moved_in_line", "application", application.code, by=by, now=now)


def _answerable(application: Application, *, now: datetime) -> Offer:
    held = queries.open_offer(application)
    if held is None:
        raise Refusal(Code.NO_OFFER)
    if not is_open(held.expires_at, now):
        raise Refusal(Code.OFFER_EXPIRED)
    return held


def _close(held: Offer, outcome: OfferOutcome, *, by: Actor, now: datetime) -> None:
    held.closed_at, held.outcome = now, outcome
    held.application.changed_at = now
    db.session.flush()  # Whether there is a place is counted in the database.
    record(f"applications.offer_{outcome}", "application", held.application.code, by=by, now=now)


def _to_the_end(application: Application) -> None:
    application.waitlist_rank = queries.next_waitlist_rank(application)
