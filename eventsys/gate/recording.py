"""Taking scans into the log: a batch becomes rows, and the caches follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.gate import caches
from eventsys.gate.caches import SCANS, Ground
from eventsys.gate.models import Device
from eventsys.gate.rules.clock import ClockClaim, corrected
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.fold import Fold
from eventsys.gate.rules.intake import Result, ScanClaim, Status, read_scan, refused
from eventsys.gate.rules.scans import ScanRecord

CLAIMED = tuple(part.name for part in fields(ScanClaim))
# What a phone can't have changed its mind about: a second scan with the same id and other facts is another scan.
FACTS = ("edition_id", "direction", "pass_id", "code_hash", "voids", "tally", "captured_at")


@dataclass(slots=True)
class Batch:
    """A batch on its way: rows for the log by scan id, and the answer to each scan, in the order of sending."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: list[Result] = field(default_factory=list)


def record(device: Device, scans: Sequence[object], *, now: datetime, sent_at: datetime | None = None) -> list[Result]:
    """Take scans into the log, each once, and bring the caches up to date; see `actions.record_scans`."""
    caches.lock(device.gate.edition_id)
    # Under the lock, as rules are changed: a batch that read them before would judge by what no longer counts.
    ground = caches.ground_of(device.gate.edition_id)
    batch = _read(device, scans, ground=ground, now=now, sent_at=sent_at)
    new = _insert(batch.rows.values())
    taken = {row.scan_id for row in _rows_of(batch.rows.keys() - new) if not _is_same(row, batch.rows[row.scan_id])}
    fold = _fold_in(ground, [row for row in batch.rows.values() if row["scan_id"] not in taken], new=new)
    return [_answered(result, new, taken=taken, fold=fold) for result in batch.answers]


def _read(device: Device, scans: Sequence[object], *, ground: Ground, now: datetime, sent_at: datetime | None) -> Batch:
    batch = Batch()
    fixed = {
        "edition_id": ground.edition_id,
        "device_id": device.id,
        "gate_id": device.gate_id,
        "received_at": now,
        "after_revocation": device.revoked_at is not None and device.revoked_at <= now,
    }
    for said in scans:
        try:
            claim = _allowed(read_scan(said), device)
            verdict = claim.phone_verdict.value if claim.phone_verdict else None
            row = {name: getattr(claim, name) for name in CLAIMED} | fixed | {"phone_verdict": verdict}
            first = batch.rows.setdefault(claim.scan_id, row)
            if first is row:
                row["corrected_at"] = _corrected(claim, device, now=now, sent_at=sent_at)
                batch.answers.append(Result(claim.scan_id, Status.STORED))
            elif any(first[name] != row[name] for name in FACTS):
                raise Refusal(Code.SCAN_ID_TAKEN, field="scan_id")
            else:
                batch.answers.append(Result(claim.scan_id, Status.KNOWN))
        except Refusal as refusal:
            batch.answers.append(refused(said, refusal))
    return batch


def _allowed(claim: ScanClaim, device: Device) -> ScanClaim:
    if claim.voids is not None and device.role is not DeviceRole.SUPERVISE:
        raise Refusal(Code.VOID_NOT_ALLOWED, field="voids")
    return claim


def _corrected(claim: ScanClaim, device: Device, *, now: datetime, sent_at: datetime | None) -> datetime:
    said = ClockClaim(claim.captured_at, claim.clock_offset_ms, claim.clock_doubt_ms)
    return corrected(said, received_at=now, sent_at=sent_at, enrolled_at=device.enrolled_at).at


def _insert(rows: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The ids that are new in the log. The database decides; what it counts as affected rows is not to be trusted."""
    listed = list(rows)
    if not listed:
        return frozenset()
    statement = caches.insert_into(SCANS).on_conflict_do_nothing(index_elements=["scan_id"]).returning(SCANS.c.scan_id)
    return frozenset(db.session.execute(statement, listed).scalars())


def _rows_of(scan_ids: Iterable[str]) -> list[Row[Any]]:
    listed = sorted(scan_ids)
    return list(db.session.execute(select(SCANS).where(SCANS.c.scan_id.in_(listed)))) if listed else []


def _is_same(row: Row[Any], claimed: dict[str, Any]) -> bool:
    return all(getattr(row, name) == claimed[name] for name in FACTS)


def _fold_in(ground: Ground, rows: Sequence[dict[str, Any]], *, new: frozenset[str]) -> Fold:
    """Fold again the passes that these rows touch, bring the caches there, and return the fold for the answers."""
    scans = _touched(ground, rows, voided={row["voids"] for row in rows if row["voids"] and row["scan_id"] in new})
    by_pass = caches.grouped(scans)
    apart = [scan for scan in scans if scan.pass_id is None]
    facts = caches.facts_of(ground, by_pass.keys()) if by_pass else {}
    voids = caches.voids_among(ground, {scan.scan_id for scan in scans})
    after = caches.fold_of(by_pass, apart, facts=facts, ground=ground, voided=frozenset(voids))
    before = caches.fold_of(
        {pass_id: [scan for scan in group if scan.scan_id not in new] for pass_id, group in by_pass.items()},
        [scan for scan in apart if scan.scan_id not in new],
        facts=facts,
        ground=ground,
        voided=frozenset(voided for voided, by in voids.items() if by - new),
    )
    caches.change(ground, before, after)
    return after


def _touched(ground: Ground, rows: Sequence[dict[str, Any]], *, voided: set[str]) -> list[ScanRecord]:
    """These scans, those that they take back, and every other scan of the passes that either of them name."""
    # Two selects, each on an index of its own: joined by OR they would read the whole log of the edition.
    wanted = voided | {row["scan_id"] for row in rows if row["pass_id"] is None}
    named = caches.records(ground, SCANS.c.scan_id.in_(wanted)) if wanted else []
    pass_ids = {row["pass_id"] for row in rows} | {scan.pass_id for scan in named}
    pass_ids.discard(None)
    of_passes = caches.records(ground, SCANS.c.pass_id.in_(pass_ids)) if pass_ids else []
    return [*of_passes, *(scan for scan in named if scan.pass_id is None)]


def _answered(result: Result, new: frozenset[str], *, taken: set[str], fold: Fold) -> Result:
    if result.status is Status.REFUSED or result.scan_id is None:
        return result
    if result.scan_id in taken:
        return Result(result.scan_id, Status.REFUSED, reason=Code.SCAN_ID_TAKEN, field="scan_id")
    judged = fold.judged.get(result.scan_id)
    is_stored = result.status is Status.STORED and result.scan_id in new
    return Result(result.scan_id, Status.STORED if is_stored else Status.KNOWN, judged.verdict if judged else None)
