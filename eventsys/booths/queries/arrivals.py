"""Arrivals of vehicles: kerbs and their times, who must come, who comes when, and what was told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.booths.models import Arrival, ArrivalSlot, Kerb, Pitch, PlaceTold, Plan, PlanState, Site, Vehicle
from eventsys.booths.queries.ground import pitches_on
from eventsys.booths.queries.plans import assignments_of, pitches_of, plan
from eventsys.booths.rules.arrivals import Coming, Slot, Times, assign, in_order
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


@dataclass(frozen=True, slots=True)
class Traffic:
    """All that the times of vehicles are made from: which must come by a plan, the times that there are, and who has which."""

    comings: list[Coming]
    slots: Sequence[ArrivalSlot]
    there: Sequence[Arrival]

    def times(self, *, is_anew: bool = False) -> Times:
        """Who has a time keeps it as far as it is one for them, `is_anew` only who is fixed; the rest by rule."""
        kept = [
            ((one.application.reference, one.day.number), one.slot_id)
            for one in self.there
            if one.is_fixed or not is_anew
        ]
        return assign(_as_rules(self.slots), self.comings, kept)

    def times_in_order(self) -> Times:
        """The same, with the order along each kerb right again: for a plan in which people have moved."""
        had = {(one.application.reference, one.day.number): one.slot_id for one in self.there}
        fixed = {(one.application.reference, one.day.number) for one in self.there if one.is_fixed}
        return in_order(self.times(), _as_rules(self.slots), self.comings, had=had, fixed=fixed)

    def slots_for(self, reference: str, day: int) -> list[ArrivalSlot]:
        """The times that a booth's vehicle may take for one of its days, full or not; none where it doesn't come that day."""
        own = next((one for one in self.comings if one.key == (reference, day)), None)
        allowed = {slot.key for slot in _as_rules(self.slots) if own is not None and own.may_take(slot)}
        return [slot for slot in self.slots if slot.id in allowed]


def _as_rules(slots: Sequence[ArrivalSlot]) -> list[Slot]:
    return [Slot(one.id, one.kerb.side, one.day.number, one.starts_at, one.most_vehicles) for one in slots]


def traffic_of(edition: Edition, plan_: Plan | None) -> Traffic:
    """The vehicles of an edition by a plan."""
    return Traffic(comings_of(edition, plan_), slots_of(edition), arrivals_of(edition))


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
    kerbs = {kerb.side: kerb for kerb in kerbs_of(edition)}
    depths = _depths(pitches_on(edition), kerbs)
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


def _depths(pitches: Sequence[Pitch], kerbs: Mapping[str, Kerb]) -> dict[str, int]:
    """How far in each pitch lies from where vehicles drive in along its kerb, by its number."""
    longest: dict[str, int] = {}
    for pitch in pitches:
        longest[pitch.side] = max(longest.get(pitch.side, 0), pitch.along_cm or 0)
    reversed_ = {side for side, kerb in kerbs.items() if kerb.is_entered_from_end}
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
