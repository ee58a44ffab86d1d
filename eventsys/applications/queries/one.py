"""One application: by its code, by its organisation; what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from eventsys.applications.models import Application, Attachment, Dish
from eventsys.applications.queries.answers import lacks_answers
from eventsys.applications.rules.completeness import Told
from eventsys.applications.rules.states import OPEN, State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.names import is_alike


def find(code: str, *, is_locked: bool = False) -> Application | None:
    """The application with this code, if there is one; locked until the transaction ends for who means to change it."""
    query = select(Application).where(Application.code == code)
    return db.session.scalar(query.with_for_update(of=Application) if is_locked else query)


def find_in(edition: Edition, code: str, *, is_locked: bool = False) -> Application | None:
    """An edition's application with this code; locked until the transaction ends for who means to decide on it."""
    query = select(Application).where(Application.edition_id == edition.id, Application.code == code)
    return db.session.scalar(query.with_for_update(of=Application) if is_locked else query)


def locked(query: Select[Any]) -> Sequence[Application]:
    """Many applications, locked until the transaction ends and read anew.

    The oldest first, whoever asks: so two who lock many never wait each for what the other holds.
    """
    query = query.order_by(Application.id).with_for_update(of=Application)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def get(application_id: int) -> Application:
    """The application with this key, which is known to be there."""
    return db.session.get_one(Application, application_id)


def open_of(organisation: Organisation, edition: Edition) -> Application | None:
    """The one application of an organisation that is open, as it stands or as it was told; none if both are over."""
    return db.session.scalar(
        select(Application).where(
            Application.edition_id == edition.id,
            Application.organisation_id == organisation.id,
            or_(Application.state.in_(OPEN), Application.announced_state.in_(OPEN)),
        )
    )


def has_namesake(application: Application) -> bool:
    """Whether another organisation with a name like this one has sent an application that is still open."""
    others = db.session.scalars(
        select(Organisation.name_key)
        .join(Application, Application.organisation_id == Organisation.id)
        .where(
            Application.edition_id == application.edition_id,
            Application.organisation_id != application.organisation_id,
            Application.state.in_(OPEN),
            Application.state != State.DRAFT,
        )
    )
    return any(is_alike(application.organisation.name_key, other) for other in others)


def _runs_out(application: Application) -> bool:
    soonest = db.session.scalar(
        select(func.min(Attachment.expires_on)).where(Attachment.application_id == application.id)
    )
    return soonest is not None and soonest < application.edition.ends_on


def _names_dishes(application: Application) -> bool:
    return bool(db.session.scalar(select(exists().where(Dish.application_id == application.id))))


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
        states_allergens=application.allergens is not None,
        food_registration=application.food_registration,
        is_below_food_limit=application.is_below_food_limit,
        uses_gas=application.uses_gas,
        uses_open_fire=application.uses_open_fire,
        has_children_activities=application.has_children_activities,
        declares_background_checks=application.declares_background_checks,
        has_about=any(application.about.values()),
        has_consented=application.consented_at is not None,
        has_expired_document=_runs_out(application),
        lacks_answers=lacks_answers(application),
        has_dishes=_names_dishes(application),
    )


def dishes_of(application: Application) -> Sequence[Dish]:
    """The dishes of an application, in their order."""
    return db.session.scalars(select(Dish).where(Dish.application_id == application.id).order_by(Dish.position)).all()


def every_of(organisation: Organisation) -> Sequence[Application]:
    """All applications of an organisation, at every edition."""
    return db.session.scalars(select(Application).where(Application.organisation_id == organisation.id)).all()


def dish(application: Application, code: str) -> Dish | None:
    """One dish of an application."""
    return db.session.scalar(select(Dish).where(Dish.application_id == application.id, Dish.code == code))


def dishes_by_application(edition: Edition) -> dict[int, list[Dish]]:
    """The dishes of all applications of an edition, by the application's key."""
    dishes = db.session.scalars(
        select(Dish)
        .join(Application, Dish.application_id == Application.id)
        .where(Application.edition_id == edition.id)
        .order_by(Dish.application_id, Dish.position)
    )
    found: dict[int, list[Dish]] = {}
    for dish in dishes:
        found.setdefault(dish.application_id, []).append(dish)
    return found
