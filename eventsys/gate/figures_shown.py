"""A day's figures by gate, zone and quarter of an hour, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eventsys.base.clock import local
from eventsys.editions import queries as editions
from eventsys.editions.models import Day, DayKind, Edition, Gate, Zone
from eventsys.gate import queries
from eventsys.gate.rules.admissions import Counts, Place, sum_of
from eventsys.gate.rules.figures import Step, at_gates, by_gate, steps


@dataclass(frozen=True, slots=True)
class ZoneShown:
    """A zone with the codes of its gates and what a day comes to at them."""

    zone: Zone
    gates: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """A day: what it comes to at each gate and in each zone, and every quarter of an hour at the gates that are chosen."""

    number: int
    on: date
    is_now: bool
    is_build_up: bool
    counts: Counts
    gates: dict[str, Counts]
    zones: Sequence[ZoneShown]
    chosen: Gate | None
    steps: Sequence[Step]


def of_day(edition: Edition, day: Day, *, gate: str, now: datetime) -> FiguresShown:
    """A day's figures; quarters of an hour at one gate where its code is given, else at all of them."""
    places = queries.quarter_counts(edition, day=day.number)
    running, all_gates = queries.day_now(edition, now=now), editions.gates_of(edition)
    codes = [each.code for each in all_gates]
    chosen = next((each for each in all_gates if each.code == gate), None)
    return FiguresShown(
        number=day.number,
        on=local(day.opens_at).date(),
        is_now=running is not None and running.number == day.number,
        is_build_up=day.kind is DayKind.BUILD_UP,
        counts=sum_of(places.values()),
        gates=by_gate(places, codes),
        zones=[_zone(zone, all_gates, places=places) for zone in editions.zones_of(edition)],
        chosen=chosen,
        steps=steps(places, {chosen.code} if chosen else set(codes)),
    )


def _zone(zone: Zone, gates: Sequence[Gate], *, places: dict[Place, Counts]) -> ZoneShown:
    codes = tuple(gate.code for gate in gates if gate.zone_id == zone.id)
    return ZoneShown(zone, codes, at_gates(places, codes))
