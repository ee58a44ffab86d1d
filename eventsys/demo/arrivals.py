"""How vehicles come to the example's street: its two sides, the ways there, times in the morning, and what drives up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from eventsys.applications import queries as applications
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.booths.actions import arriving
from eventsys.booths.actions.arriving import KerbSaid, SlotsSaid
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.editions.models import Day, Edition

AT_ONCE, MINUTES = 2, 15
FIRST, LAST = time(6), time(8, 30)
KINDS = (VehicleKind.VAN, VehicleKind.CAR, VehicleKind.TRAILER, VehicleKind.FOOD_TRUCK, None)
# Side: whether vehicles drive in at the end of the highest numbers, and the way there.
SIDES = {
    "A": (
        False,
        {
            "da": "Kør fra Søtorvet over Dronning Louises Bro og ind ad Nørrebrogade. Hold langs den side, hvor numrene begynder "
            "med A, læs af, og kør ud ad Blågårdsgade. Parkér ikke på gaden.",
            "en": "Drive from Søtorvet over Queen Louise's Bridge into Nørrebrogade. Stop along the side where the numbers begin "
            "with A, unload, and leave by Blågårdsgade. Don't park in the street.",
            "ar": "قودوا من Søtorvet عبر جسر الملكة لويز إلى شارع Nørrebrogade. قفوا بمحاذاة الجانب الذي تبدأ أرقامه بحرف A، "
            "وأنزلوا ما معكم، ثم اخرجوا عبر Blågårdsgade. لا توقفوا السيارة في الشارع.",
        },
    ),
    "B": (
        True,
        {
            "da": "Kør fra Nørrebros Runddel ind ad Nørrebrogade mod søerne. Hold langs den side, hvor numrene begynder med B, "
            "læs af, og kør ud ad Ravnsborggade. Parkér ikke på gaden.",
            "en": "Drive from Nørrebros Runddel into Nørrebrogade towards the lakes. Stop along the side where the numbers begin "
            "with B, unload, and leave by Ravnsborggade. Don't park in the street.",
            "ar": "قودوا من Nørrebros Runddel في شارع Nørrebrogade باتجاه البحيرات. قفوا بمحاذاة الجانب الذي تبدأ أرقامه بحرف B، "
            "وأنزلوا ما معكم، ثم اخرجوا عبر Ravnsborggade. لا توقفوا السيارة في الشارع.",
        },
    ),
}  # fmt: skip


def open_kerbs(edition: Edition, days: Sequence[Day], *, by: Actor, now: datetime) -> None:
    """Set up both sides, with times on these days."""
    for side, (is_entered_from_end, route) in SIDES.items():
        arriving.set_kerb(edition, side, KerbSaid(AT_ONCE, is_entered_from_end, route), by=by, now=now)
        for day in days:
            date = clock.local(day.opens_at).date()
            starts_at, ends_at = (clock.from_local(datetime.combine(date, at)) for at in (FIRST, LAST))
            arriving.make_slots(edition, side, SlotsSaid(day, starts_at, ends_at, MINUTES, AT_ONCE), by=by, now=now)


def tell_vehicles(edition: Edition, *, by: Actor, now: datetime) -> None:
    """What drives up to each booth, as participants tell it; some haven't yet."""
    coming = [one for one in applications.approved_of(edition) if one.needs_vehicle_access]
    for number, application in enumerate(sorted(coming, key=lambda one: one.reference)):
        kind = KINDS[number % len(KINDS)]
        if kind is not None:
            arriving.set_vehicle(application, kind, by=by, now=now)
    db.session.flush()
