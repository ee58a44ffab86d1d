"""Zones of an edition: how many people they hold, which gates lead into them; and how many the whole site holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition, Zone
from eventsys.gate.rules.codes import Code

MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class ZoneSaid:
    """A zone as an organiser says it; `capacity` None where nobody has set one, `gates` by code."""

    code: str
    name: Mapping[str, str]
    capacity: int | None
    gates: Collection[str]


def keep_zone(edition: Edition, said: ZoneSaid, *, old: Zone | None = None, by: Actor, now: datetime) -> Zone:
    """Add a zone, or change an old one, whose code stays. A gate leads into one zone: it leaves the one that it was of.

    Refusal: ZONE_CODE_SHAPE, ZONE_CODE_TAKEN, ZONE_NAME_MISSING, CAPACITY_RANGE.
    """
    code = old.code if old else said.code.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]{1,6}", code):
        raise Refusal(Code.ZONE_CODE_SHAPE, field="code", wanted=code)
    if old is None and editions.zone(edition, code) is not None:
        raise Refusal(Code.ZONE_CODE_TAKEN, field="code", wanted=code)
    name = {language: text.strip() for language, text in said.name.items() if text.strip()}
    if not name:
        raise Refusal(Code.ZONE_NAME_MISSING, field="name_da")
    _check(said.capacity)
    zone = old or Zone(edition_id=edition.id, code=code)
    zone.name, zone.capacity = name, said.capacity
    db.session.add(zone)
    db.session.flush()
    _lead_into(edition, zone, said.gates)
    record("gate.zone_changed" if old else "gate.zone_added", "zone", f"{edition.slug}:{code}", by=by, now=now)
    return zone


def set_capacity(edition: Edition, capacity: int | None, *, by: Actor, now: datetime) -> None:
    """Say how many people may be on the whole site at once; None for nobody says. Refusal(CAPACITY_RANGE)."""
    _check(capacity)
    edition.capacity = capacity
    record("gate.capacity_changed", "edition", edition.slug, by=by, now=now, detail=str(capacity or ""))


def _check(capacity: int | None) -> None:
    if capacity is not None and not 0 <= capacity <= MOST_PEOPLE:
        raise Refusal(Code.CAPACITY_RANGE, field="capacity", most=MOST_PEOPLE)


def _lead_into(edition: Edition, zone: Zone, codes: Collection[str]) -> None:
    for gate in editions.gates_of(edition):
        if gate.code in codes:
            gate.zone_id = zone.id
        elif gate.zone_id == zone.id:
            gate.zone_id = None
