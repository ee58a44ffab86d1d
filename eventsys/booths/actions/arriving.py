"""Letting vehicles come: kerbs, their times, who has which, by rule and by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.audit.actions import Actor, record
from eventsys.base.db import Texts, db
from eventsys.base.refusals import Refusal
from eventsys.booths.actions.ground import site_for
from eventsys.booths.models import Arrival, ArrivalSlot, Kerb, PlaceTold, PlanState, Vehicle
from eventsys.booths.queries import arrivals as queries
from eventsys.booths.rules.arrivals import Times, overlaps, windows
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.editions.models import Day, Edition


@dataclass(frozen=True, slots=True)
class KerbSaid:
    """What organisers say of a kerb."""

    most_vehicles: int
    is_entered_from_end: bool
    route: Texts


@dataclass(frozen=True, slots=True)
class SlotsSaid:
    """Times that organisers want: on a day of the edition, from and until when, how long each, for how many at once."""

    day: Day
    starts_at: datetime
    ends_at: datetime
    minutes: int
    most_vehicles: int


def set_kerb(edition: Edition, side: str, said: KerbSaid, *, by: Actor, now: datetime) -> Kerb:
    """Let a side of the street be a kerb that vehicles come to.

    Refusal: KERB_UNKNOWN (no pitch lies at that side), KERB_TOO_SMALL (a time on it takes more).
    """
    if side not in queries.sides_of(edition):
        raise Refusal(Code.KERB_UNKNOWN, side=side)
    largest = max((slot.most_vehicles for slot in queries.slots_of(edition) if slot.kerb.side == side), default=0)
    if said.most_vehicles < largest:
        raise Refusal(Code.KERB_TOO_SMALL, field="most_vehicles", count=largest)
    kerb = _kerb(edition, side)
    if kerb is None:
        kerb = Kerb(site_id=site_for(edition).id, side=side)
        db.session.add(kerb)
    kerb.most_vehicles, kerb.is_entered_from_end = said.most_vehicles, said.is_entered_from_end
    kerb.route = said.route
    db.session.flush()  # Times need its key.
    record("booths.kerb_changed", "edition", edition.slug, by=by, now=now, detail=side)
    return kerb


def _kerb(edition: Edition, side: str) -> Kerb | None:
    return next((kerb for kerb in queries.kerbs_of(edition) if kerb.side == side), None)


def make_slots(edition: Edition, side: str, said: SlotsSaid, *, by: Actor, now: datetime) -> list[ArrivalSlot]:
    """Times of equal length on a kerb.

    Refusal: KERB_UNKNOWN, SLOTS_BACKWARDS, SLOTS_TOO_MANY, MORE_THAN_KERB, SLOTS_OVERLAP (then more could stand there).
    """
    kerb = _kerb(edition, side)
    if kerb is None:
        raise Refusal(Code.KERB_UNKNOWN, field="side", side=side)
    if said.most_vehicles > kerb.most_vehicles:
        raise Refusal(Code.MORE_THAN_KERB, field="most_vehicles", most=kerb.most_vehicles)
    wanted = windows(said.starts_at, said.ends_at, said.minutes)
    there = [(slot.starts_at, slot.ends_at) for slot in queries.slots_of(edition) if slot.kerb_id == kerb.id]
    if overlaps(wanted, there):
        raise Refusal(Code.SLOTS_OVERLAP, field="since")
    made = [
        ArrivalSlot(
            kerb_id=kerb.id, day_id=said.day.id, starts_at=starts_at, ends_at=ends_at, most_vehicles=said.most_vehicles
        )
        for starts_at, ends_at in wanted
    ]
    db.session.add_all(made)
    db.session.flush()
    record("booths.slots_made", "edition", edition.slug, by=by, now=now, detail=f"{side}, {len(made)} times")
    return made


def remove_slots(edition: Edition, side: str, day: Day, *, by: Actor, now: datetime) -> int:
    """Take all times of a kerb on a day away; who had one has none then. Returns how many times."""
    gone = [slot for slot in queries.slots_of(edition) if slot.kerb.side == side and slot.day_id == day.id]
    if gone:
        keys = [slot.id for slot in gone]
        db.session.execute(delete(Arrival).where(Arrival.slot_id.in_(keys)))
        db.session.execute(delete(ArrivalSlot).where(ArrivalSlot.id.in_(keys)))
        db.session.flush()
        db.session.expire_all()  # What was loaded of them is gone.
        record("booths.slots_removed", "edition", edition.slug, by=by, now=now, detail=f"{side}, day {day.number}")
    return len(gone)


def assign_times(edition: Edition, *, by: Actor, now: datetime) -> Times:
    """Give everybody a time anew by the rule, but for those who are fixed."""
    times = queries.traffic_of(edition, queries.plan_in_use(edition)).times(is_anew=True)
    _write(edition, times)
    record("booths.arrivals_assigned", "edition", edition.slug, by=by, now=now, detail=f"{len(times.slot_of)} times")
    return times


def follow(edition: Edition) -> None:
    """Let the arrivals be right for the plan that is in use: in the order of the street, with as few other times as possible."""
    _write(edition, queries.traffic_of(edition, queries.plan_in_use(edition)).times_in_order())


def follow_amended(application: Application) -> None:
    """Who needs a time since an application was changed gets one, once a plan counts; before, publishing sees to it.

    Nobody else's time changes by it: they were told, and no mail goes out here.
    """
    plan = queries.plan_in_use(application.edition)
    if plan is not None and plan.state is PlanState.PUBLISHED:
        _write(application.edition, queries.traffic_of(application.edition, plan).times())


def _write(edition: Edition, times: Times) -> None:
    """Let the arrivals be these; those that are so already stay as they are."""
    there = {(one.application.reference, one.day.number): one for one in queries.arrivals_of(edition)}
    for key, arrival in list(there.items()):
        if times.slot_of.get(key) != arrival.slot_id:
            db.session.delete(there.pop(key))
    db.session.flush()  # Their seats are free again.
    taken: dict[int, set[int]] = {}
    for arrival in there.values():
        taken.setdefault(arrival.slot_id, set()).add(arrival.seat)
    keys, days = _keys_of(edition), {day.number: day.id for day in edition.days}
    for (reference, day), slot_id in times.slot_of.items():
        if (reference, day) not in there:
            seats = taken.setdefault(slot_id, set())
            seat = _free_seat(seats)
            seats.add(seat)
            db.session.add(
                Arrival(slot_id=slot_id, application_id=keys[reference], day_id=days[day], seat=seat, is_fixed=False)
            )
    db.session.flush()


def _keys_of(edition: Edition) -> Mapping[str, int]:
    return {one.reference: one.id for one in applications.approved_of(edition)}


def _free_seat(taken: set[int]) -> int:
    return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


def move(application: Application, day: Day, starts_at: datetime | None, *, by: Actor, now: datetime) -> Arrival:
    """Let a booth's vehicle come in the time that starts then, fixed there. Refusal: SLOT_UNKNOWN (not one for it), SLOT_FULL."""
    traffic = queries.traffic_of(application.edition, queries.plan_in_use(application.edition))
    may_take = traffic.slots_for(application.reference, day.number)
    slot = next((one for one in may_take if one.starts_at == starts_at), None)
    if slot is None:
        raise Refusal(Code.SLOT_UNKNOWN, field="slot")
    there = [one for one in traffic.there if one.slot_id == slot.id]
    arrival = next((one for one in queries.of_application(application) if one.day_id == day.id), None)
    if arrival is None or arrival.slot_id != slot.id:
        if len(there) >= slot.most_vehicles:
            raise Refusal(Code.SLOT_FULL, field="slot", count=slot.most_vehicles)
        if arrival is None:
            arrival = Arrival(application_id=application.id, day_id=day.id)
            db.session.add(arrival)
        arrival.slot_id, arrival.seat = slot.id, _free_seat({one.seat for one in there})
    arrival.is_fixed = True
    db.session.flush()
    db.session.expire(arrival)  # The slot beside the key is the old one.
    record("booths.arrival_moved", "application", application.code, by=by, now=now, detail=f"day {day.number}")
    return arrival


def unfix(application: Application, day: Day, *, by: Actor, now: datetime) -> None:
    """Let a new assignment move it again. Refusal(NO_ARRIVAL)."""
    arrival = next((one for one in queries.of_application(application) if one.day_id == day.id), None)
    if arrival is None:
        raise Refusal(Code.NO_ARRIVAL)
    arrival.is_fixed = False
    record("booths.arrival_unfixed", "application", application.code, by=by, now=now, detail=f"day {day.number}")


def set_vehicle(application: Application, kind: VehicleKind | None, *, by: Actor, now: datetime) -> None:
    """Say what drives up to a booth; None for not known."""
    vehicle = queries.vehicle_of(application)
    if kind is None:
        if vehicle is not None:
            db.session.delete(vehicle)
    elif vehicle is None:
        db.session.add(Vehicle(application_id=application.id, kind=kind))
    else:
        vehicle.kind = kind
    db.session.flush()
    record("booths.vehicle_changed", "application", application.code, by=by, now=now, detail=kind or "")


def leave(application: Application) -> None:
    """Who is out has no time any more, and was told nothing that could change."""
    db.session.execute(delete(Arrival).where(Arrival.application_id == application.id))
    db.session.execute(delete(PlaceTold).where(PlaceTold.application_id == application.id))
    db.session.flush()
