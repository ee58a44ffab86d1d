"""Two days at the gates of 2011: passes for those who come, phones for those who scan, and what they scanned."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from eventsys.audit.actions import Actor
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.demo.simulation import Phone, SimulatedDay, SimulatedPass, batches, scans
from eventsys.editions import queries as edition_queries
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers
from eventsys.gate import actions as gate
from eventsys.gate import messages
from eventsys.gate.messages import MessageSaid
from eventsys.gate.models import Device
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.messages import Receipt, ReceiptKind
from eventsys.passes import actions as passes
from eventsys.passes import queries as pass_queries
from eventsys.passes.models import Pass
from eventsys.passes.rules.codec import PassKind

GATES = (
    ("N", {"da": "Nørrebros Runddel", "en": "Nørrebros Runddel", "ar": "نوربروس روندل"}),
    ("S", {"da": "Dronning Louises Bro", "en": "Queen Louise's Bridge", "ar": "جسر الملكة لويز"}),
    ("E", {"da": "Sankt Hans Torv", "en": "Sankt Hans Square", "ar": "ساحة سانت هانس"}),
    ("W", {"da": "Blågårds Plads", "en": "Blågårds Square", "ar": "ساحة بلوغوردس"}),
)
PHONES_A_GATE = 3
WRONG_CLOCK_MS = 3_742_000  # One phone is an hour and a bit late, and knows it.
WALK_INS = (13_560, 14_780)
GUESTS, VOLUNTEERS, VISITORS = 120, 64, 2_400
KEENNESS = {PassKind.BOOTH_CREW: 0.93, PassKind.VOLUNTEER: 0.96, PassKind.GUEST: 0.6, PassKind.VISITOR: 0.72}
BATCH = 120
CROWDED = "Trængsel ved Sankt Hans Torv: vis folk til Dronning Louises Bro"
SHUT = "Brandvæsenet skal frem: luk ikke flere ind ved Dronning Louises Bro"
UNREAD_AT = "W3"


def simulate(edition: Edition, *, absent: Collection[str], by: Actor, rng: random.Random) -> None:
    """Issue the passes, enrol the phones, and let two days pass."""
    opens = edition.open_days[0].opens_at
    for code, name in GATES:
        gate.add_gate(edition, code=code, name=name, by=by, now=opens - timedelta(days=30))
    _issue(edition, by=by, now=opens - timedelta(days=20))
    db.session.commit()
    devices = _enrol(edition, by=by)
    db.session.commit()
    phones = [_phone(key, n) for n, key in enumerate(devices)]
    clocks = {phone.key: phone.clock_ms for phone in phones}
    found = scans(_days(edition), _pockets(edition, absent), phones, rng=rng)
    for key, arrives, uploaded in batches(found, size=BATCH, rng=rng):
        sent_at = arrives - timedelta(milliseconds=clocks[key])
        gate.record_scans(devices[key], [scan.body for scan in uploaded], now=arrives, sent_at=sent_at)
        db.session.commit()
    _tell(edition, devices, by=by)


def _tell(edition: Edition, devices: Mapping[str, Device], *, by: Actor) -> None:
    """A message to all in the busiest hours, which one phone never acknowledges; another one to a gate, taken back."""
    sent_at = edition.open_days[0].opens_at + timedelta(hours=4)
    to_all = messages.send(edition, MessageSaid(CROWDED, "", new_code()), by=by, now=sent_at)
    to_one = messages.send(edition, MessageSaid(SHUT, "S", new_code()), by=by, now=sent_at + timedelta(minutes=20))
    db.session.flush()  # Receipts and what is taken back need the messages' keys.
    for minutes, (key, device) in enumerate(devices.items(), 1):
        at = sent_at + timedelta(minutes=minutes)
        kinds = [kind for kind in ReceiptKind if key != UNREAD_AT or kind is ReceiptKind.RECEIVED]
        messages.note(device, [Receipt(to_all.code, kind, at) for kind in kinds], now=at)
    messages.retract(to_one, by=by, now=sent_at + timedelta(minutes=50))
    db.session.commit()


def _issue(edition: Edition, *, by: Actor, now: datetime) -> None:
    numbers = [day.number for day in edition.open_days]
    passes.issue(edition, PassKind.GUEST, days=numbers, count=GUESTS, by=by, now=now)
    passes.issue(edition, PassKind.VOLUNTEER, days=numbers, count=VOLUNTEERS, by=by, now=now)
    for days, share in (([1], 5), ([2], 5), (numbers, 10)):
        passes.issue(edition, PassKind.VISITOR, days=days, count=VISITORS * share // 20, by=by, now=now)


def _enrol(edition: Edition, *, by: Actor) -> dict[str, Device]:
    opens, closes = edition.open_days[0].opens_at, edition.open_days[-1].closes_at
    devices: dict[str, Device] = {}
    for place in edition_queries.gates_of(edition):
        link = gate.make_link(
            place,
            role=DeviceRole.SCAN,
            valid_from=opens - timedelta(hours=2),
            valid_until=closes + timedelta(hours=4),
            most_devices=PHONES_A_GATE,
            by=by,
            now=opens - timedelta(hours=2),
        )
        for n in range(1, PHONES_A_GATE + 1):
            enrolled = gate.enrol(link.token, nickname=f"{place.code}{n}", now=opens - timedelta(hours=1, minutes=n))
            devices[f"{place.code}{n}"] = enrolled.device
    return devices


def _phone(key: str, place: int) -> Phone:
    return Phone(key, WRONG_CLOCK_MS if place == 4 else (place % 5 - 2) * 900)


def _days(edition: Edition) -> list[SimulatedDay]:
    return [
        SimulatedDay(day.number, day.opens_at, day.closes_at, walk_ins)
        for day, walk_ins in zip(edition.open_days, WALK_INS, strict=True)
    ]


def _pockets(edition: Edition, absent: Collection[str]) -> list[SimulatedPass]:
    return [
        SimulatedPass(
            issued.pass_id,
            tuple(day_numbers(issued.days)),
            is_crew=issued.kind in {PassKind.BOOTH_CREW, PassKind.VOLUNTEER},
            keenness=0.0 if _is_absent(issued, absent) else KEENNESS[PassKind(issued.kind)],
        )
        for issued in pass_queries.valid_of(edition, *PassKind)
    ]


def _is_absent(issued: Pass, absent: Collection[str]) -> bool:
    return issued.application is not None and issued.application.reference in absent
