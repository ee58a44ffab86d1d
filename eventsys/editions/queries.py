"""Reading events, editions and their teams."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.base.db import db
from eventsys.editions.models import Edition, Event, Gate, TeamMember, Zone


def find(slug: str) -> Edition | None:
    """The edition at an address word, if there is one."""
    return db.session.scalar(select(Edition).where(Edition.slug == slug))


def published() -> Sequence[Edition]:
    """Editions that the public may see, the latest first."""
    return db.session.scalars(
        select(Edition).where(Edition.is_published).order_by(Edition.starts_on.desc(), Edition.id)
    ).all()


def all_of(user: User) -> Sequence[Edition]:
    """Editions on whose team somebody is; all of them for an administrator. Latest first."""
    query = select(Edition).order_by(Edition.starts_on.desc(), Edition.id)
    if not user.is_administrator:
        query = query.where(exists().where(TeamMember.edition_id == Edition.id, TeamMember.user_id == user.id))
    return db.session.scalars(query).all()


def roles_of(user: User, edition: Edition) -> frozenset[Role]:
    """The roles that somebody has on an edition's team."""
    rows = select(TeamMember.role).where(TeamMember.edition_id == edition.id, TeamMember.user_id == user.id)
    return frozenset(db.session.scalars(rows))


def has_role(user: User, edition: Edition, role: Role) -> bool:
    """Whether somebody has a role on an edition's team."""
    return role in roles_of(user, edition)


def member_of(edition: Edition, user: User, role: Role) -> TeamMember | None:
    """Somebody's place in a role on an edition's team, if there is one."""
    return db.session.scalar(
        select(TeamMember).where(
            TeamMember.edition_id == edition.id, TeamMember.user_id == user.id, TeamMember.role == role
        )
    )


def member(edition: Edition, code: str) -> TeamMember | None:
    """A place on this edition's team by its code."""
    return db.session.scalar(select(TeamMember).where(TeamMember.edition_id == edition.id, TeamMember.code == code))


def team_of(edition: Edition) -> Sequence[TeamMember]:
    """Who is on an edition's team, in order of role and name."""
    return db.session.scalars(
        select(TeamMember)
        .join(TeamMember.user)
        .where(TeamMember.edition_id == edition.id)
        .order_by(TeamMember.role, User.name)
    ).all()


def gates_of(edition: Edition) -> Sequence[Gate]:
    """The gates of an edition in order of their codes."""
    return db.session.scalars(select(Gate).where(Gate.edition_id == edition.id).order_by(Gate.code)).all()


def zones_of(edition: Edition) -> Sequence[Zone]:
    """The zones of an edition in order of their codes."""
    return db.session.scalars(select(Zone).where(Zone.edition_id == edition.id).order_by(Zone.code)).all()


def zone(edition: Edition, code: str) -> Zone | None:
    """An edition's zone by its code."""
    return db.session.scalar(select(Zone).where(Zone.edition_id == edition.id, Zone.code == code))


def event_named(slug: str) -> Event | None:
    """The event at an address word, if there is one."""
    return db.session.scalar(select(Event).where(Event.slug == slug))


def earlier_of(edition: Edition) -> Sequence[Edition]:
    """Editions of the same event that began before this one, the latest first."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.event_id == edition.event_id, Edition.starts_on < edition.starts_on)
        .order_by(Edition.starts_on.desc())
    ).all()


def every() -> Sequence[Edition]:
    """All editions, the latest first."""
    return db.session.scalars(select(Edition).order_by(Edition.starts_on.desc(), Edition.id)).all()
