"""Arrivals of vehicles: kerbs and their times, who must come, who comes when, and what was told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.booths.models import Arrival, ArrivalSlot, Kerb, Pitch, PlaceTold, Plan, PlanState, Site, Vehicle
from eventsys.booths.queries.ground import pitches_on
from eventsys.booths.queries.plans import assignments_of, pitches_of, plan
from eventsys.booths.rules.arrivals import Coming, Slot, Times, assign
from eventsys.booths.rules.news import Told
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.editions.models import DayKind, Edition


@dataclass(frozen=True, slots=True)
class Expected:
    """A vehicle that is expected at a gate: the pitches of its booth, what it is, and when; no name, no plate."""

    numbers: tuple[str, ...]
    kind: VehicleKind | None
    slot: ArrivalSlot


def kerbs_of(edition: Edition) -> Sequence[Kerb]:
    """The kerbs that have been set up, in order of their sides."""
    return db.session.scalars(
        select(Kerb).join(Site, Site.id == Kerb.site_id).where(Site.edition_id == edition.id).order_by(Kerb.side)
    ).all()


def sides_of(edition: Edition) -> list[str]:
    """The sides of the street that pitches lie at."""
    return sorted({pitch.side for pitch in pitches_on(edition) if pitch.side})


def slots_of(edition: Edition) -> Sequence[ArrivalSlot]:
    """The times on all kerbs, by kerb and time."""
    return db.session.scalars(
        select(ArrivalSlot)
        .join(ArrivalSlot.kerb)
        .join(Site, Site.id == Kerb.site_id)
        .where(Site.edition_id == edition.id)
        .order_by(Kerb.side, ArrivalSlot.starts_at)
    ).all()


def arrivals_of(edition: Edition) -> Sequence[Arrival]:
    """Who comes when, by kerb, time and seat."""
    return db.session.scalars(
        select(Arrival)
        .join(Arrival.slot)
        .join(ArrivalSlot.kerb)
        .join(Site, Site.id == Kerb.site_id)
        .where(Site.edition_id == edition.id)
        .order_by(Kerb.side, ArrivalSlot.starts_at, Arrival.seat)
    ).all()


def plan_in_use(edition: Edition) -> Plan | None:
    """The plan by which vehicles come: the one that counts, before there is one the draft."""
    return plan(edition, PlanState.PUBLISHED) or plan(edition, PlanState.DRAFT)


def as_rules(slots: Sequence[ArrivalSlot]) -> list[Slot]:
    """The times as the rules know them."""
    return [Slot(one.id, one.kerb.side, one.day.number, one.starts_at, one.most_vehicles) for one in slots]


def comings_of(edition: Edition, plan_: Plan | None) -> list[Coming]:
    """Which vehicles must come by a plan: one for each day of each booth that needs one."""
    pitch_of: dict[tuple[str, int], Pitch] = {}
    for assignment in assignments_of(plan_):
        if assignment.application.needs_vehicle_access:
            pitch_of.setdefault((assignment.application.reference, assignment.day.number), assignment.pitch)
    first: dict[str, int] = {}
    opens = {day.number: day.opens_at for day in edition.days}
    for reference, day in sorted(pitch_of, key=lambda key: opens[key[1]]):
        first.setdefault(reference, day)
    build_up = [day for day in edition.days if day.kind is DayKind.BUILD_UP]
    depths, kerbs = depths_of(edition), {kerb.side for kerb in kerbs_of(edition)}
    return [
        Coming(
            reference=reference,
            day=day,
            kerb=pitch.side if pitch.side in kerbs else "",
            depth_cm=depths.get(pitch.number, 0),
            instead=frozenset(one.number for one in build_up if one.opens_at < opens[day] and first[reference] == day),
        )
        for (reference, day), pitch in sorted(pitch_of.items(), key=lambda item: item[0])
    ]


def depths_of(edition: Edition) -> dict[str, int]:
    """How far in each pitch lies from where vehicles drive in along its kerb, by its number."""
    pitches = pitches_on(edition)
    longest: dict[str, int] = {}
    for pitch in pitches:
        longest[pitch.side] = max(longest.get(pitch.side, 0), pitch.along_cm or 0)
    reversed_ = {kerb.side for kerb in kerbs_of(edition) if kerb.is_entered_from_end}
    return {
        pitch.number: longest[pitch.side] - (pitch.along_cm or 0) if pitch.side in reversed_ else pitch.along_cm or 0
        for pitch in pitches
    }


def vehicles_of(edition: Edition) -> dict[int, VehicleKind]:
    """What drives up to the booths, as far as somebody said, by the application's key."""
    rows = db.session.execute(
        select(Vehicle.application_id, Vehicle.kind)
        .join(Application, Application.id == Vehicle.application_id)
        .where(Application.edition_id == edition.id)
    )
    return {row.application_id: row.kind for row in rows}


def vehicle_of(application: Application) -> Vehicle | None:
    """What drives up to a booth, once somebody has said."""
    return db.session.scalar(select(Vehicle).where(Vehicle.application_id == application.id))


def told_to(edition: Edition) -> dict[int, Told]:
    """What participants were told last, by the application's key."""
    rows = db.session.execute(
        select(PlaceTold.application_id, PlaceTold.told)
        .join(Application, Application.id == PlaceTold.application_id)
        .where(Application.edition_id == edition.id)
    )
    return {row.application_id: Told.from_kept(row.told) for row in rows}


def told_of(application: Application) -> PlaceTold | None:
    """What a participant was told last."""
    return db.session.scalar(select(PlaceTold).where(PlaceTold.application_id == application.id))


def of_application(application: Application) -> Sequence[Arrival]:
    """When a booth's vehicle comes, in order of time."""
    return db.session.scalars(
        select(Arrival)
        .join(Arrival.slot)
        .where(Arrival.application_id == application.id)
        .order_by(ArrivalSlot.starts_at)
    ).all()


def expected_at(edition: Edition) -> list[Expected]:
    """The vehicles that are expected by the plan that counts, in order of time; none before it is published."""
    places, vehicles = pitches_of(edition), vehicles_of(edition)
    there = [arrival for arrival in arrivals_of(edition) if arrival.application_id in places]
    return [
        Expected(
            numbers=tuple(dict.fromkeys(n for n, days in places[one.application_id] if one.day.number in days)),
            kind=vehicles.get(one.application_id),
            slot=one.slot,
        )
        for one in sorted(there, key=lambda one: (one.slot.starts_at, one.slot.kerb.side, one.seat))
    ]


def times_by(edition: Edition, plan: Plan | None, *, is_anew: bool = False) -> Times:
    """The times by a plan: who has one keeps it as far as it holds, `is_anew` only who is fixed; the rest by rule."""
    there = arrivals_of(edition)
    kept = [((one.application.reference, one.day.number), one.slot_id) for one in there if one.is_fixed or not is_anew]
    return assign(as_rules(slots_of(edition)), comings_of(edition, plan), kept)


def slots_for(application: Application, day: int) -> Sequence[ArrivalSlot]:
    """The times that a booth's vehicle may take for one of its days, full or not; none where it doesn't come that day."""
    edition = application.edition
    comings = comings_of(edition, plan_in_use(edition))
    own = next((one for one in comings if one.key == (application.reference, day)), None)
    slots = slots_of(edition)
    allowed = {slot.key for slot in as_rules(slots) if own is not None and own.may_take(slot)}
    return [slot for slot in slots if slot.id in allowed]
