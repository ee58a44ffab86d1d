"""Reading applications: one, all of an edition, those under review, their history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select

from eventsys.applications.models import ApplicantLink, Application, Transition
from eventsys.applications.rules.completeness import Told
from eventsys.applications.rules.states import OPEN, State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation

IS_STAGED = Application.state != Application.announced_state


def find(code: str) -> Application | None:
    """The application with this code, if there is one."""
    return db.session.scalar(select(Application).where(Application.code == code))


def find_in(edition: Edition, code: str, *, is_locked: bool = False) -> Application | None:
    """An edition's application with this code; locked until the transaction ends for who means to decide on it."""
    query = select(Application).where(Application.edition_id == edition.id, Application.code == code)
    return db.session.scalar(query.with_for_update(of=Application) if is_locked else query)


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


def submitted_of(edition: Edition) -> Sequence[Application]:
    """Those that wait for a decision, the first sent first; locked for who means to decide."""
    return db.session.scalars(
        select(Application)
        .where(Application.edition_id == edition.id, Application.state == State.SUBMITTED)
        .order_by(Application.submitted_at, Application.reference)
        .with_for_update(of=Application)
    ).all()


def staged_of(edition: Edition, *, is_locked: bool = False) -> Sequence[Application]:
    """Those with a decision that nobody outside the team was told yet, by outcome and reference."""
    query = (
        select(Application)
        .where(Application.edition_id == edition.id, IS_STAGED)
        .order_by(Application.state, Application.reference)
    )
    return db.session.scalars(query.with_for_update(of=Application) if is_locked else query).all()


def by_reference(edition: Edition) -> dict[str, Application]:
    """Every application of an edition under its reference."""
    return {application.reference: application for application in all_of(edition)}


def is_reference_taken(edition: Edition, reference: str) -> bool:
    """Whether an application of the edition has this reference."""
    found = exists().where(Application.edition_id == edition.id, Application.reference == reference)
    return bool(db.session.scalar(select(found)))


def open_of(organisation: Organisation, edition: Edition) -> Application | None:
    """The one application of an organisation that is neither rejected nor withdrawn, if it has one."""
    return db.session.scalar(
        select(Application).where(
            Application.edition_id == edition.id,
            Application.organisation_id == organisation.id,
            Application.state.in_(OPEN),
        )
    )


def reached_by(email: str, *, since: datetime) -> Sequence[Application]:
    """Applications that are written to at a mail address, of editions that end after a moment; the newest first."""
    return db.session.scalars(
        select(Application)
        .join(Application.edition)
        .where(Application.email == email, Edition.starts_on >= since.date())
        .order_by(Application.id.desc())
    ).all()


def link(token_hash: str, *, now: datetime) -> ApplicantLink | None:
    """A mailed link that still opens."""
    return db.session.scalar(
        select(ApplicantLink).where(ApplicantLink.token_hash == token_hash, ApplicantLink.expires_at > now)
    )


def get(application_id: int) -> Application:
    """The application with this key, which is known to be there."""
    return db.session.get_one(Application, application_id)


def history_of(application: Application) -> Sequence[Transition]:
    """The steps of an application, the first one first."""
    return db.session.scalars(
        select(Transition).where(Transition.application_id == application.id).order_by(Transition.id)
    ).all()


def told_note_of(application: Application) -> str:
    """The words that came with what was last told, not those of a decision that is still staged."""
    note = db.session.scalar(
        select(Transition.note)
        .where(Transition.application_id == application.id, Transition.to_state == application.announced_state)
        .order_by(Transition.id.desc())
        .limit(1)
    )
    return note or ""


def has_namesake(application: Application) -> bool:
    """Whether another organisation with the same folded name has an open application in the edition."""
    other = (
        select(func.count())
        .select_from(Application)
        .join(Application.organisation)
        .where(
            Application.edition_id == application.edition_id,
            Application.id != application.id,
            Organisation.name_key == application.organisation.name_key,
            Application.state.in_(OPEN),
        )
    )
    return bool(db.session.scalar(other))


def told_by(application: Application) -> Told:
    """What an application tells, as the rules about completeness read it."""
    return Told(
        kind=application.organisation.kind,
        name=application.organisation.name,
        days=application.days,
        crew=application.crew,
        width_cm=application.width_cm,
        power_watts=application.power_watts,
        sells_food=application.sells_food,
        cuisine=application.cuisine,
        allergens=application.allergens,
        food_registration=application.food_registration,
        uses_gas=application.uses_gas,
        uses_open_fire=application.uses_open_fire,
        has_about=any(application.about.values()),
        has_consented=application.consented_at is not None,
    )
