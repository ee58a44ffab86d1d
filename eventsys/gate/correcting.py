"""Putting counts right on a page: rows of the scan log by the desk of a gate, each with the reason why.

The log stays what it is: nothing in it changes, a count is put right by adding to it. What came from a phone is taken as it
is, and may be given a reason.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventsys.accounts.models import User
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import hash_of, new_code, new_token, uuid7
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition, Gate
from eventsys.gate import caches, corrections, queries, recording
from eventsys.gate.caches import Ground
from eventsys.gate.models import Device, GateLink, Scan, ScanReason
from eventsys.gate.recording import Sender, Upload
from eventsys.gate.rules import correcting as rules
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.correcting import Counted, TakenBack
from eventsys.gate.rules.days import NO_DAY, DayWindow, day_at
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.intake import Status


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is put right, and who says so."""

    reason: str
    said_by: User


def new_ticket(now: datetime) -> str:
    """The number of a form that is being shown: the scan id of what it saves, so that saving it twice counts once."""
    return str(uuid7(int(now.timestamp() * 1000), secrets.token_bytes(10)))


def put_right(
    gate: Gate, counted: Sequence[Counted], why: Why, *, day: DayWindow, ticket: str, by: Actor, now: datetime
) -> None:
    """Put people into a gate's counts of a day, or take them off. The same form again changes nothing.

    Refusal: NOTHING_TYPED, TIME_OUTSIDE_DAY, TIME_AHEAD, MORE_THAN_COUNTED; SAVED_OTHERWISE where the form was saved with
    something else in it, SCAN_MALFORMED where its number is none.
    """
    rules.check(counted, day=day, now=now)
    *ids, one_more = rules.ids_in(ticket, len(counted) + 1)
    caches.lock(gate.edition_id)
    scans = [rules.scan_of(scan_id, said) for scan_id, said in zip(ids, counted, strict=True)]
    if _is_saved(gate, scans, why, beside=one_more):
        return
    rules.check_enough(queries.counts_of_gate(gate, day=day.number), rules.sums_of(counted))
    _write(gate, scans, why, now=now)
    record("gate.corrected", "gate", _named(gate), by=by, now=now, detail=f"day {day.number}, rows {len(scans)}")


def take_back(scan: Scan, why: Why, *, is_whole: bool = False, ticket: str, by: Actor, now: datetime) -> None:
    """Take back what the desk of a gate has put right; `is_whole` with all that was saved together with it.

    The same form again changes nothing. Refusal: TAKEN_BACK_ALREADY, MORE_THAN_COUNTED, SAVED_OTHERWISE, SCAN_MALFORMED.
    """
    gate = db.session.get_one(Gate, scan.gate_id)
    caches.lock(gate.edition_id)
    if _is_taken_back_by(scan, why, ticket=ticket):
        return
    standing = {one.scan_id: one for one in corrections.saved_together(scan)}
    if standing.pop(scan.scan_id, None) is None:
        raise Refusal(Code.TAKEN_BACK_ALREADY)
    undone = [scan, *(standing.values() if is_whole else ())]
    day = day_at(caches.ground_of(gate.edition_id).days, scan.corrected_at)
    counts = queries.counts_of_gate(gate, day=day.number if day else NO_DAY)
    rules.check_enough(
        counts, rules.sums_of(Counted(one.direction, one.corrected_at, -(one.tally or 0)) for one in undone)
    )
    said = [TakenBack(one.scan_id, one.direction, one.corrected_at) for one in undone]
    scans = [rules.scan_of(*each) for each in zip(rules.ids_in(ticket, len(said)), said, strict=True)]
    _write(gate, scans, why, now=now)
    record("gate.taken_back", "gate", _named(gate), by=by, now=now, detail=f"rows {len(scans)}")


def give_reason(scan: Scan, why: Why, *, by: Actor, now: datetime) -> None:
    """Say why a phone's count was put right, or a scan taken back. Refusal(REASON_GIVEN) where somebody has said so already."""
    kept = db.session.get(ScanReason, scan.scan_id)
    if kept is not None and (kept.reason, kept.said_by_id) == (why.reason, why.said_by.id):
        return
    if kept is not None:
        raise Refusal(Code.REASON_GIVEN, field="reason", reason=kept.reason)
    db.session.add(_reason(scan.scan_id, why, now=now))
    record("gate.reason_given", "scan", scan.scan_id, by=by, now=now)


def _is_saved(gate: Gate, scans: Sequence[dict[str, Any]], why: Why, *, beside: str) -> bool:
    """Whether a form with these scans was saved before; refused where one with other scans was, or with one `beside` them."""
    wanted = {
        scan["scan_id"]: (gate.id, True, scan["direction"], scan["tally"], scan["captured_at"], why.reason)
        for scan in scans
    }
    rows = db.session.execute(
        select(Scan, Device.is_desk, ScanReason.reason)
        .join(Device, Device.id == Scan.device_id)
        .outerjoin(ScanReason, ScanReason.scan_id == Scan.scan_id)
        .where(Scan.scan_id.in_([*wanted, beside]))
    )
    stored = {
        scan.scan_id: (scan.gate_id, is_desk, scan.direction, scan.tally, scan.captured_at.isoformat(), reason)
        for scan, is_desk, reason in rows
    }
    if stored and stored != wanted:
        raise Refusal(Code.SAVED_OTHERWISE)
    return bool(stored)


def _is_taken_back_by(scan: Scan, why: Why, *, ticket: str) -> bool:
    stored, kept = db.session.get(Scan, ticket), db.session.get(ScanReason, ticket)
    if stored is None:
        return False
    if stored.voids != scan.scan_id or kept is None or kept.reason != why.reason:
        raise Refusal(Code.SAVED_OTHERWISE)
    return True


def _write(gate: Gate, scans: Sequence[dict[str, Any]], why: Why, *, now: datetime) -> None:
    ground = caches.ground_of(gate.edition_id)
    desk = queries.desk_of(gate) or _desk(gate, ground, now=now)
    # By the opening of now, in case it was moved since the desk was made: nothing is pushed to a later time.
    sender = Sender(desk.id, gate.id, gate.edition_id, desk.role, ground.days[0].opens_at, None)
    [results] = recording.record([Upload(sender, scans, now)])
    refused = next((result for result in results if result.status is not Status.STORED), None)
    if refused is not None:
        raise Refusal(refused.reason or Code.SCAN_ID_TAKEN)
    db.session.add_all(_reason(scan["scan_id"], why, now=now) for scan in scans)


def _desk(gate: Gate, ground: Ground, *, now: datetime) -> Device:
    """A desk with a link that lets nobody in; their secrets are thrown away."""
    opens_at, until = ground.days[0].opens_at, ground.days[-1].until
    hours = {"role": DeviceRole.SUPERVISE, "valid_from": opens_at, "valid_until": until}
    link = GateLink(
        code=new_code(),
        gate_id=gate.id,
        token_hash=hash_of(new_token()),
        most_devices=1,
        created_at=now,
        revoked_at=now,
        **hours,
    )
    db.session.add(link)
    db.session.flush()
    desk = Device(
        code=new_code(),
        gate=gate,
        gate_link_id=link.id,
        token_hash=hash_of(new_token()),
        enrolled_at=opens_at,
        is_desk=True,
        **hours,
    )
    db.session.add(desk)
    db.session.flush()
    return desk


def _reason(scan_id: str, why: Why, *, now: datetime) -> ScanReason:
    return ScanReason(scan_id=scan_id, reason=why.reason, said_at=now, said_by_id=why.said_by.id)


def _named(gate: Gate) -> str:
    return f"{db.session.get_one(Edition, gate.edition_id).slug}:{gate.code}"
