"""What organisers wish for single booths. The audit says that a wish has changed, never about whom or why."""

from __future__ import annotations

from datetime import datetime

from eventsys.applications.models import Application
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.models import ApartWish, BoothWish
from eventsys.booths.rules.codes import Code


def wish(application: Application, *, zone: str, wants_two: bool, by: Actor, now: datetime) -> None:
    """Wish a booth into a zone (empty: wherever it fits), on one pitch or two. Refusal(ZONE_UNKNOWN)."""
    if zone and zone not in queries.zones_of(queries.pitches_on(application.edition)):
        raise Refusal(Code.ZONE_UNKNOWN, field="zone", zone=zone)
    kept = queries.wish_of(application)
    if kept is None:
        kept = BoothWish(application_id=application.id)
        db.session.add(kept)
    kept.zone, kept.wants_two = zone, wants_two
    _record(application, by=by, now=now)


def keep_away(application: Application, other: Application, *, reason: str, by: Actor, now: datetime) -> None:
    """Wish two booths away from each other, for a reason; said again, the reason is the new one.

    Refusal: WITH_ITSELF, BOOTH_UNKNOWN (of another edition), MISSING (no reason).
    """
    if application.id == other.id:
        raise Refusal(Code.WITH_ITSELF, field="other")
    if application.edition_id != other.edition_id:
        raise Refusal(Code.BOOTH_UNKNOWN, field="other")
    if not reason.strip():
        raise Refusal(Code.MISSING, field="reason")
    kept = queries.apart_wish_between(application, other)
    if kept is None:
        kept = ApartWish(application_id=application.id, other_id=other.id)
        db.session.add(kept)
    kept.reason = reason.strip()
    _record(application, by=by, now=now)


def let_near(application: Application, other: Application, *, by: Actor, now: datetime) -> None:
    """Drop the wish that two booths keep away from each other. Nothing happens where there is none."""
    kept = queries.apart_wish_between(application, other)
    if kept is not None:
        db.session.delete(kept)
        _record(application, by=by, now=now)


def _record(application: Application, *, by: Actor, now: datetime) -> None:
    record("booths.wish_changed", "application", application.code, by=by, now=now)
