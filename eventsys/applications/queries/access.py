"""Who may come back to an application, and who asks to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select

from eventsys.applications.models import AccessRequest, ApplicantLink, Application, Attachment, Dish, QuestionAnswer
from eventsys.applications.queries.answers import NEVER_SENT
from eventsys.applications.queries.reviewing import earlier_of
from eventsys.applications.rules.returning import SHOW_A_BEGINNING
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Contact, Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import is_alike

HAS_CONFIRMED = exists().where(
    Application.organisation_id == Organisation.id, Application.email_confirmed_at.is_not(None)
)


def link(token_hash: str, *, now: datetime) -> ApplicantLink | None:
    """A mailed link that still opens."""
    return db.session.scalar(
        select(ApplicantLink).where(ApplicantLink.token_hash == token_hash, ApplicantLink.expires_at > now)
    )


def reached_by(email: str, *, most: int) -> Sequence[Application]:
    """The newest applications that a mail address may open, of whatever edition; the newest first.

    It is the one that the application is written to, or that of somebody the organisation named.
    """
    is_named = exists().where(Contact.organisation_id == Application.organisation_id, Contact.email == email)
    return db.session.scalars(
        select(Application)
        .where(or_(Application.email == email, is_named), ~NEVER_SENT)
        .order_by(Application.id.desc())
        .limit(most)
    ).all()


def has_confirmed(organisation: Organisation) -> bool:
    """Whether an organisation has, in any edition, an application whose mail address is known to be theirs."""
    return bool(db.session.scalar(select(HAS_CONFIRMED).where(Organisation.id == organisation.id)))


def known_like(name_key: str, kind: Kind) -> list[Organisation]:
    """Organisations of a kind that somebody has signed up for by a confirmed address, and that may be called this way.

    Those with the very same name first, then those known longest.
    """
    known = db.session.execute(
        select(Organisation.id, Organisation.name_key).where(Organisation.kind == kind, HAS_CONFIRMED)
    )
    alike = {row.id: row.name_key for row in known if row.name_key == name_key or is_alike(name_key, row.name_key)}
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(alike))).all()
    return sorted(found, key=lambda one: (one.name_key != name_key, one.id))


def keeper_of(organisation: Organisation) -> Application | None:
    """The application whose address is known to be the organisation's: the one confirmed last."""
    return db.session.scalar(
        select(Application)
        .where(Application.organisation_id == organisation.id, Application.email_confirmed_at.is_not(None))
        .order_by(Application.id.desc())
        .limit(1)
    )


def to_take_over(application: Application) -> Application | None:
    """What the same organisation sent last, for a draft that tells nothing yet."""
    if application.state is not State.DRAFT or _is_begun(application):
        return None
    return next((one for one in earlier_of(application) if one.submitted_at is not None), None)


def _is_begun(application: Application) -> bool:
    parts = (Dish, Attachment, QuestionAnswer)
    return any(getattr(application, name) for name in SHOW_A_BEGINNING) or any(
        db.session.scalar(select(exists().where(part.application_id == application.id))) for part in parts
    )


def open_request(edition: Edition, organisation: Organisation, email: str) -> AccessRequest | None:
    """What an address has asked for and nobody has answered."""
    return db.session.scalar(
        select(AccessRequest).where(
            AccessRequest.edition_id == edition.id,
            AccessRequest.organisation_id == organisation.id,
            AccessRequest.email == email,
            AccessRequest.answered_at.is_(None),
        )
    )


def request_for(token_hash: str, *, is_locked: bool = False) -> AccessRequest | None:
    """The request that a mailed link answers; locked until the transaction ends for who answers it."""
    query = select(AccessRequest).where(AccessRequest.token_hash == token_hash)
    return db.session.scalar(query.with_for_update(of=AccessRequest) if is_locked else query)
