"""Taking scans into the log: uploads become rows, and the caches follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from eventsys.base.refusals import Refusal
from eventsys.gate import caches, log, raw, taking_back
from eventsys.gate.log import FACTS, Found
from eventsys.gate.models import Device
from eventsys.gate.raw import Statement
from eventsys.gate.rules.clock import ClockClaim, corrected
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.fold import Fold
from eventsys.gate.rules.intake import Result, ScanClaim, Status, read_scan, refused
from eventsys.gate.rules.scans import ScanRecord

CLAIMED = tuple(part.name for part in fields(ScanClaim))


class Sender(NamedTuple):
    """The phone that scans come from."""

    device_id: int
    gate_id: int
    edition_id: int
    role: DeviceRole
    enrolled_at: datetime
    revoked_at: datetime | None

    @classmethod
    def of(cls, device: Device) -> Sender:
        """A phone as the model knows it."""
        return cls(
            device.id, device.gate_id, device.gate.edition_id, device.role, device.enrolled_at, device.revoked_at
        )


@dataclass(frozen=True, slots=True)
class Upload:
    """A batch as a phone sent it: `sent_at` by its own clock, `now` by ours."""

    sender: Sender
    scans: Sequence[object]
    now: datetime
    sent_at: datetime | None = None


# Rows for the log, by scan id.
Rows = dict[str, dict[str, Any]]


class Recording(NamedTuple):
    """The answers to uploads, in their order and that of their scans, and the statements that store what is new."""

    answers: list[list[Result]]
    writes: list[Statement]


def record(uploads: Sequence[Upload]) -> list[list[Result]]:
    """Take the scans of some phones of one edition into the log, each once, and bring the caches up to date.

    The answers stand in the order of the uploads and of their scans; see `actions.record_scans`. Raises IntegrityError
    where another edition took one of the ids in this very moment: the second time it is known.
    """
    answers, writes = recording_of(uploads)
    if writes:
        raw.dialect().run(writes)
    return answers


def recording_of(uploads: Sequence[Upload]) -> Recording:
    """What `record` answers and runs, for those who run it with more. The edition is locked from here on."""
    rows: Rows = {}
    answers = [_read(upload, rows) for upload in uploads]
    found = log.found_for(uploads[0].sender.edition_id, rows)
    new = {scan_id: row for scan_id, row in rows.items() if scan_id not in found.facts}
    taken = {scan_id for scan_id, stored in found.facts.items() if _differ(stored, rows[scan_id])}
    before, after = _folds(found, new)
    writes: list[Statement] = []
    if new:
        changes = [*caches.changes_of(found.ground, before, after), *_news(found, new, before=before, after=after)]
        writes = [log.insertion_of(new.values()), *changes]
    return Recording(
        [[_answered(result, new.keys(), taken=taken, fold=after) for result in each] for each in answers], writes
    )


def _read(upload: Upload, rows: Rows) -> list[Result]:
    """The first answers to an upload's scans; what can be read joins the rows."""
    sender, answers = upload.sender, []
    fixed = {
        "edition_id": sender.edition_id,
        "device_id": sender.device_id,
        "gate_id": sender.gate_id,
        "received_at": upload.now,
        "after_revocation": sender.revoked_at is not None and sender.revoked_at <= upload.now,
    }
    for said in upload.scans:
        try:
            claim = _allowed(read_scan(said), sender)
            verdict = claim.phone_verdict.value if claim.phone_verdict else None
            row = {name: getattr(claim, name) for name in CLAIMED} | fixed | {"phone_verdict": verdict}
            first = rows.setdefault(claim.scan_id, row)
            if first is row:
                row["corrected_at"] = _corrected(claim, upload)
                answers.append(Result(claim.scan_id, Status.STORED))
            elif _differ(first, row):
                raise Refusal(Code.SCAN_ID_TAKEN, field="scan_id")
            else:
                answers.append(Result(claim.scan_id, Status.KNOWN))
        except Refusal as refusal:
            answers.append(refused(said, refusal))
    return answers


def _allowed(claim: ScanClaim, sender: Sender) -> ScanClaim:
    if claim.voids is not None and sender.role is not DeviceRole.SUPERVISE:
        raise Refusal(Code.VOID_NOT_ALLOWED, field="voids")
    return claim


def _corrected(claim: ScanClaim, upload: Upload) -> datetime:
    said = ClockClaim(claim.captured_at, claim.clock_offset_ms, claim.clock_doubt_ms)
    return corrected(said, received_at=upload.now, sent_at=upload.sent_at, enrolled_at=upload.sender.enrolled_at).at


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(one[name] != other[name] for name in FACTS)


def _folds(found: Found, new: Rows) -> tuple[Fold, Fold]:
    """The fold of all that the batch touches, without the new rows and with them."""
    voids = {voided: set(by) for voided, by in found.voids.items()}
    scans = dict(found.scans)
    for scan_id, row in new.items():
        scans[scan_id] = _record(row, found)
        if row["voids"]:
            voids.setdefault(row["voids"], set()).add(scan_id)
    return _fold(found, found.scans, found.voids), _fold(found, scans, voids)


def _news(found: Found, new: Rows, *, before: Fold, after: Fold) -> Iterable[Statement]:
    if not found.voids and not any(row["voids"] for row in new.values()):
        return ()
    scans = [*found.scans.values(), *(_record(row, found) for row in new.values())]
    news = taking_back.news_of(scans, before=before, after=after)
    return taking_back.telling_of(found.ground.edition_id, news)


def _record(row: Mapping[str, Any], found: Found) -> ScanRecord:
    gate = found.ground.gates[row["gate_id"]]
    return ScanRecord(
        row["scan_id"], row["corrected_at"], gate, row["direction"], row["pass_id"], row["tally"], row["voids"], row["let_in"],
    )  # fmt: skip


def _fold(found: Found, scans: Mapping[str, ScanRecord], voids: Mapping[str, set[str]]) -> Fold:
    by_pass = caches.grouped(scans.values())
    apart = [scan for scan in scans.values() if scan.pass_id is None]
    return caches.fold_of(by_pass, apart, facts=found.passes, ground=found.ground, voided=frozenset(voids))


def _answered(result: Result, new: Collection[str], *, taken: Collection[str], fold: Fold) -> Result:
    if result.status is Status.REFUSED or result.scan_id is None:
        return result
    if result.scan_id in taken:
        return Result(result.scan_id, Status.REFUSED, reason=Code.SCAN_ID_TAKEN, field="scan_id")
    judged = fold.judged.get(result.scan_id)
    is_stored = result.status is Status.STORED and result.scan_id in new
    return Result(result.scan_id, Status.STORED if is_stored else Status.KNOWN, judged.verdict if judged else None)
