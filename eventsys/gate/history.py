"""What the log holds of one pass, for a supervisor at the gate: its scans at every gate, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.gate import caches
from eventsys.gate.models import Device, Scan
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.scans import PassFacts
from eventsys.gate.rules.verdicts import Verdict

MOST_SCANS = 100


@dataclass(frozen=True, slots=True)
class SeenScan:
    """One scan of the pass, as the server judges it; `verdict` is what the phone showed where it was taken back."""

    scan_id: str
    at: datetime
    gate: str
    direction: str
    verdict: Verdict | None
    let_in: bool
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class PassHistory:
    """A pass and its scans, the latest first; `facts` None where nobody issued it."""

    facts: PassFacts | None
    scans: tuple[SeenScan, ...]


def of_pass(device: Device, pass_id: str) -> PassHistory:
    """The history of a pass at the phone's edition. Refusal(SUPERVISOR_ONLY) for a phone that only scans."""
    if device.role is not DeviceRole.SUPERVISE:
        raise Refusal(Code.SUPERVISOR_ONLY)
    ground = caches.ground_of(device.gate.edition_id)
    rows = db.session.scalars(
        select(Scan)
        .where(Scan.edition_id == ground.edition_id, Scan.pass_id == pass_id)
        .order_by(Scan.corrected_at.desc(), Scan.scan_id.desc())
    ).all()
    voided = frozenset(caches.voids_among(ground, {row.scan_id for row in rows}))
    facts = caches.facts_of(ground, {pass_id})
    records = {pass_id: [caches.record_of(row, ground) for row in rows]}
    fold = caches.fold_of(records, [], facts=facts, ground=ground, voided=voided)
    return PassHistory(
        facts.get(pass_id),
        tuple(
            SeenScan(
                row.scan_id,
                row.corrected_at,
                ground.gates[row.gate_id],
                row.direction.value,
                fold.judged[row.scan_id].verdict or (Verdict(row.phone_verdict) if row.phone_verdict else None),
                row.let_in,
                row.scan_id in voided,
            )
            for row in rows[:MOST_SCANS]
        ),
    )
