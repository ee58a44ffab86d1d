"""Making editions and what they own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from eventsys.accounts import queries as accounts
from eventsys.accounts.actions import create_user, forget
from eventsys.accounts.credentials import INVITATION_LASTS, invitation_link
from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.audit.actions import Actor, record
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import in_language, page_language
from eventsys.base.ids import slug_of
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of
from eventsys.editions import queries, rules
from eventsys.editions.models import Day, DayKind, Edition, Event, EventKind, Gate, TeamMember
from eventsys.editions.rules import Code
from eventsys.editions.texts import ROLES
from eventsys.mail import actions as mail


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTerms:
    """When applications are taken, how long late drafts and offers are waited for (hours), whom to reach.

    Without both moments there is no call.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    grace_hours: int
    offer_hours: int
    contact_email: str
    contact_phone: str
    # Until when applicants are told whether they are in, and where they stand.
    decisions_by: date | None = None
    booths_by: date | None = None


def settle_call(edition: Edition, terms: CallTerms, *, by: Actor, now: datetime) -> None:
    """Set what holds for the call from now on. Refusal: CALL_ORDER, CALL_HALF (one moment without the other), DATES_ORDER,
    DECISIONS_BEFORE_CLOSING.
    """
    if (terms.opens_at is None) != (terms.closes_at is None):
        raise Refusal(Code.CALL_HALF, field="closes_at" if terms.closes_at is None else "opens_at")
    if terms.opens_at is not None and terms.closes_at is not None and terms.closes_at <= terms.opens_at:
        raise Refusal(Code.CALL_ORDER, field="closes_at")
    dates = [day for day in (terms.decisions_by, terms.booths_by, edition.starts_on) if day is not None]
    if dates != sorted(dates):
        raise Refusal(Code.DATES_ORDER, field="booths_by" if terms.booths_by else "decisions_by")
    if (
        terms.closes_at is not None
        and terms.decisions_by is not None
        and terms.decisions_by < clock.local(terms.closes_at).date()
    ):
        raise Refusal(Code.DECISIONS_BEFORE_CLOSING, field="decisions_by")
    edition.call_opens_at, edition.call_closes_at = terms.opens_at, terms.closes_at
    edition.decisions_by, edition.booths_by = terms.decisions_by, terms.booths_by
    edition.call_grace_hours, edition.offer_hours = terms.grace_hours, terms.offer_hours
    edition.contact_email, edition.contact_phone = terms.contact_email, terms.contact_phone
    record("editions.call_changed", "edition", edition.slug, by=by, now=now)


def publish(edition: Edition, *, by: Actor, now: datetime) -> None:
    """Let the public see the edition."""
    edition.is_published = True
    record("editions.published", "edition", edition.slug, by=by, now=now)


def add_gate(edition: Edition, *, code: str, name: Mapping[str, str]) -> Gate:
    """A gate of the edition; its code is on the scanner's screen."""
    gate = Gate(edition_id=edition.id, code=code, name=dict(name))
    db.session.add(gate)
    return gate


def add_to_team(edition: Edition, user: User, *, role: Role, by: Actor, now: datetime) -> TeamMember:
    """Give somebody a role at an edition; nothing changes when they have it already."""
    member = queries.member_of(edition, user, role)
    if member is None:
        member = TeamMember(edition_id=edition.id, user_id=user.id, role=role, user=user)
        db.session.add(member)
        detail = f"{role.value} user:{user.id}"
        record("editions.team_added", "edition", edition.slug, by=by, now=now, detail=detail)
    return member


def invite(
    edition: Edition, *, email: str, name: str, role: Role, language: str, by: Actor, now: datetime
) -> TeamMember:
    """Put somebody on the team and tell them by mail: with a link for a first password when they are new here.

    Refusal: ALREADY_ON_TEAM, and those of `accounts.actions.create_user` but EMAIL_TAKEN: who can sign in is added.
    """
    user = accounts.by_email(email)
    if user is None:
        user = create_user(email, name=name, language=language, by=by, now=now)
    elif queries.has_role(user, edition, role):
        raise Refusal(Code.ALREADY_ON_TEAM, field="role", name=user.name)
    member = add_to_team(edition, user, role=role, by=by, now=now)
    _tell(edition, member, now=now)
    return member


def resend_invitation(edition: Edition, member: TeamMember, *, by: Actor, now: datetime) -> None:
    """Mail a fresh link to somebody who hasn't chosen a password. Refusal(NOTHING_TO_RESEND) when they have."""
    if not member.user.is_invited:
        raise Refusal(Code.NOTHING_TO_RESEND, name=member.user.name)
    record("editions.invitation_resent", "edition", edition.slug, by=by, now=now, detail=f"user:{member.user_id}")
    _tell(edition, member, now=now)


def remove_from_team(edition: Edition, member: TeamMember, *, by: Actor, now: datetime) -> None:
    """Take a role away. Who was invited, never came, and has no other role is forgotten with it."""
    user = member.user
    detail = f"{member.role.value} user:{user.id}"
    record("editions.team_removed", "edition", edition.slug, by=by, now=now, detail=detail)
    db.session.delete(member)
    db.session.flush()  # The next query counts without this role.
    if user.is_invited and not user.is_administrator and not queries.all_of(user):
        forget(user, by=by, now=now)


def _tell(edition: Edition, member: TeamMember, *, now: datetime) -> None:
    user, language = member.user, page_language(member.user.language)
    mail.queue(
        "editions/invitation" if user.is_invited else "editions/added_to_team",
        to=user.email,
        language=language,
        now=now,
        about=f"user:{user.id}",
        name=user.name,
        edition=in_language(edition.name, language),
        role=member.role,
        roles=ROLES,
        days=INVITATION_LASTS.days,
        link=invitation_link(user, now=now) if user.is_invited else address_of("editions.index"),
    )
