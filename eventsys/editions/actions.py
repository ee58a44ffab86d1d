"""Making editions and what they own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import slug_of
from eventsys.base.refusals import Refusal
from eventsys.editions import queries, rules
from eventsys.editions.models import Day, DayKind, Edition, Event, EventKind, Gate, TeamMember
from eventsys.editions.rules import Code


def event_called(name: str, *, kind: EventKind = EventKind.INTERNATIONAL_DAYS) -> Event:
    """The event of that name, made when it is new."""
    slug = slug_of(name)
    event = queries.event_named(slug)
    if event is None:
        event = Event(slug=slug, name={"da": name, "en": name}, kind=kind)
        db.session.add(event)
    return event


def create(
    slug: str,
    *,
    event: Event,
    name: str,
    starts_on: date,
    day_count: int,
    by: Actor,
    now: datetime,
    number: int | None = None,
) -> Edition:
    """An empty edition with its days, open 9 to 20 each.

    Refusal: SLUG_SHAPE, SLUG_TAKEN, NAME_MISSING, DAY_COUNT, NUMBER_TAKEN.
    """
    rules.check_slug(slug)
    if queries.find(slug) is not None:
        raise Refusal(Code.SLUG_TAKEN, field="slug", slug=slug)
    if not name.strip():
        raise Refusal(Code.NAME_MISSING, field="name")
    edition = Edition(
        event=event,
        slug=slug,
        number=_free_number(number),
        name={"da": name.strip(), "en": name.strip()},
        starts_on=starts_on,
        created_at=now,
    )
    edition.days = [
        Day(number=day.number, opens_at=day.opens_at, closes_at=day.closes_at)
        for day in rules.consecutive_days(starts_on, day_count)
    ]
    db.session.add(edition)
    record("editions.created", "edition", slug, by=by, now=now)
    return edition


def _free_number(wanted: int | None) -> int:
    if wanted is None:
        return (db.session.scalar(select(func.max(Edition.number))) or 0) + 1
    if db.session.scalar(select(Edition.id).where(Edition.number == wanted)) is not None:
        raise Refusal(Code.NUMBER_TAKEN, field="number", number=wanted)
    return wanted


def add_build_up_day(edition: Edition, *, opens_at: datetime, closes_at: datetime) -> Day:
    """One more day, for building up: those who work there come in, visitors don't."""
    day = Day(
        number=max(day.number for day in edition.days) + 1,
        kind=DayKind.BUILD_UP,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    edition.days.append(day)
    return day


def open_call(edition: Edition, *, opens_at: datetime, closes_at: datetime, by: Actor, now: datetime) -> None:
    """Take applications between two moments. Refusal(CALL_ORDER) when they are the wrong way round."""
    if closes_at <= opens_at:
        raise Refusal(Code.CALL_ORDER, field="call_closes_at")
    edition.call_opens_at, edition.call_closes_at = opens_at, closes_at
    record("editions.call_opened", "edition", edition.slug, by=by, now=now)


def publish(edition: Edition, *, by: Actor, now: datetime) -> None:
    """Let the public see the edition."""
    edition.is_published = True
    record("editions.published", "edition", edition.slug, by=by, now=now)


def add_gate(edition: Edition, *, code: str, name: Mapping[str, str]) -> Gate:
    """A gate of the edition; its code is on the scanner's screen."""
    gate = Gate(edition_id=edition.id, code=code, name=dict(name))
    db.session.add(gate)
    return gate


def add_to_team(edition: Edition, user: User, *, role: Role, by: Actor, now: datetime) -> None:
    """Give somebody a role at an edition; nothing changes when they have it already."""
    if queries.has_role(user, edition, role):
        return
    db.session.add(TeamMember(edition_id=edition.id, user_id=user.id, role=role))
    record("editions.team_added", "edition", edition.slug, by=by, now=now, detail=f"{role.value} user:{user.id}")
