"""What is wished for single booths: by organisers, and by where each stood the last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.booths.models import ApartWish, Assignment, BoothWish, Pitch, Plan, PlanState, Site
from eventsys.booths.queries.ground import frame_on, projected
from eventsys.booths.rules.last_time import last_at
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Wished:
    """What a booth is wished beside what its application says; `last_at` is on the plan of this edition, in metres."""

    zone: str = ""
    wants_two: bool = False
    sensitive_to: frozenset[str] = frozenset()
    last_at: tuple[float, float] | None = None
    had_bad_place: bool = False


def wish_of(application: Application) -> BoothWish | None:
    """What organisers wish for a booth, if they do."""
    return db.session.scalar(select(BoothWish).where(BoothWish.application_id == application.id))


def apart_wishes_of(application: Application) -> Sequence[ApartWish]:
    """Whom a booth shall not stand near to, from either side."""
    either = or_(ApartWish.application_id == application.id, ApartWish.other_id == application.id)
    return db.session.scalars(select(ApartWish).where(either).order_by(ApartWish.id)).all()


def apart_wish_between(one: Application, other: Application) -> ApartWish | None:
    """The wish that two booths keep away from each other, whoever of them it was entered for."""
    return next((wish for wish in apart_wishes_of(one) if other.id in {wish.application_id, wish.other_id}), None)


def zones_of(pitches: Sequence[Pitch]) -> list[str]:
    """The parts of the street that pitches say they belong to."""
    return sorted({pitch.zone for pitch in pitches if pitch.zone})


def wished(edition: Edition, pitches: Sequence[Pitch], wanted: Sequence[Application]) -> dict[int, Wished]:
    """What each booth is wished, by the application's key; in as many questions for a hundred as for one."""
    of_edition = select(Application.id).where(Application.edition_id == edition.id)
    wishes = {
        wish.application_id: wish
        for wish in db.session.scalars(select(BoothWish).where(BoothWish.application_id.in_(of_edition)))
    }
    apart: dict[int, set[str]] = {}
    for one in db.session.scalars(select(ApartWish).where(ApartWish.application_id.in_(of_edition))):
        apart.setdefault(one.application_id, set()).add(one.other.reference)
    last = last_places(edition, pitches)
    found = {}
    for application in wanted:
        wish, before = wishes.get(application.id), last.get(application.organisation_id)
        found[application.id] = Wished(
            zone=wish.zone if wish else "",
            wants_two=bool(wish and wish.wants_two),
            sensitive_to=frozenset(apart.get(application.id, ())),
            last_at=before.at if before else None,
            had_bad_place=bool(before and before.was_remote),
        )
    return found


@dataclass(frozen=True, slots=True)
class LastPlace:
    """Where an organisation stood the last time: the numbers then, where that is on this plan, whether out of the way."""

    numbers: tuple[str, ...]
    at: tuple[float, float] | None
    was_remote: bool


def last_places(edition: Edition, pitches: Sequence[Pitch]) -> dict[int, LastPlace]:
    """Where everybody stood at the newest earlier edition of the event that has a published plan, by organisation."""
    before = _plan_before(edition)
    if before is None or not pitches:
        return {}
    rows = db.session.execute(
        select(Application.organisation_id, Pitch)
        .join(Assignment, Assignment.application_id == Application.id)
        .join(Pitch, Pitch.id == Assignment.pitch_id)
        .where(Assignment.plan_id == before.id)
        .order_by(Pitch.number)
    )
    stood: dict[int, dict[str, Pitch]] = {}
    for organisation_id, pitch in rows:
        stood.setdefault(organisation_id, {})[pitch.number] = pitch
    frame, plan = frame_on(pitches), projected(pitches)
    return {
        organisation_id: LastPlace(
            tuple(there),
            last_at({number: pitch.polygon for number, pitch in there.items()}, frame, plan),
            any(pitch.is_remote for pitch in there.values()),
        )
        for organisation_id, there in stood.items()
    }


def _plan_before(edition: Edition) -> Plan | None:
    return db.session.scalar(
        select(Plan)
        .join(Site, Site.id == Plan.site_id)
        .join(Edition, Edition.id == Site.edition_id)
        .where(
            Edition.event_id == edition.event_id,
            Edition.starts_on < edition.starts_on,
            Plan.state == PlanState.PUBLISHED,
        )
        .order_by(Edition.starts_on.desc(), Edition.id.desc())
        .limit(1)
    )
