"""Reading organisations and the people to reach there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from eventsys.base.db import db
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind


def find(code: str) -> Organisation | None:
    """The organisation with this code, if there is one."""
    return db.session.scalar(select(Organisation).where(Organisation.code == code))


def by_cvr(cvr: str) -> Organisation | None:
    """The organisation with this company number (eight digits), if we know it."""
    return db.session.scalar(select(Organisation).where(Organisation.cvr == cvr))


def named(name_key: str, kind: Kind) -> Sequence[Organisation]:
    """Organisations of a kind whose folded name is this one, the one known longest first."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.name_key == name_key, Organisation.kind == kind)
        .order_by(Organisation.id)
    ).all()


def is_reached_by(organisation: Organisation, email: str) -> bool:
    """Whether a mail address is one of those that we reach the organisation by."""
    return any(contact.email == email.strip().lower() for contact in organisation.contacts)
