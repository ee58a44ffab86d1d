"""Scans that come as a file, because a phone could not send them: the last resort, taken in by an organiser."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventsys.audit.actions import Actor, record
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.gate import queries, recording
from eventsys.gate.models import Device
from eventsys.gate.recording import Sender, Upload
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.intake import Result, Status

FORMAT = "eventsys-scans-1"
MOST_IN_FILE = 50_000
BATCH = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the scans in a file: how many are in the log now, how many were before, and what is refused."""

    device: Device
    stored: int = 0
    known: int = 0
    refused: tuple[Result, ...] = field(default=())


def import_scans(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Brought:
    """Take a phone's exported file into the log as if the phone had sent it: each scan once, however often.

    Refusal: FILE_SHAPE (no such file, or too many scans), FILE_PHONE (of no phone of this edition), FILE_CHANGED
    (its proof doesn't hold: HMAC-SHA-256 of the scans, RFC 2104, by what is kept of the phone's token).
    """
    said = _read(content)
    device = queries.find_device(edition, str(said["device"]))
    if device is None:
        raise Refusal(Code.FILE_PHONE, field="file")
    if not hmac.compare_digest(proof_of(said["scans"], device.token_hash), said["proof"]):
        raise Refusal(Code.FILE_CHANGED, field="file")
    results = _recorded(device, [_scan(one) for one in said["scans"]], now=now)
    counted = {status: sum(result.status is status for result in results) for status in Status}
    brought = Brought(
        device,
        counted[Status.STORED],
        counted[Status.KNOWN],
        tuple(result for result in results if result.status is Status.REFUSED),
    )
    record("gate.scans_imported", "device", device.code, by=by, now=now, detail=f"{brought.stored} of {len(results)}")
    return brought


def proof_of(scans: Sequence[object], token_hash: str) -> str:
    """What a phone proves its file with, over the scans as a browser writes them (`static/scanner/export.js`)."""
    text = json.dumps(scans, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(token_hash.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _read(content: bytes) -> Mapping[str, Any]:
    try:
        said: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise Refusal(Code.FILE_SHAPE, field="file") from None
    is_ours = isinstance(said, dict) and said.get("format") == FORMAT and isinstance(said.get("scans"), list)
    is_signed = is_ours and isinstance(said.get("proof"), str) and said["proof"].isascii()
    if not is_signed or "device" not in said or len(said["scans"]) > MOST_IN_FILE:
        raise Refusal(Code.FILE_SHAPE, field="file")
    return dict(said)


def _scan(said: object) -> object:
    """A scan without the reason for which the server refused it before: it may be right now."""
    return {name: value for name, value in said.items() if name != "refused"} if isinstance(said, dict) else said


def _recorded(device: Device, scans: Sequence[object], *, now: datetime) -> list[Result]:
    # Not `actions.record_scans`: the phone was not there. And no `sent_at`: a file lies about for who knows how long.
    sender = Sender.of(device)
    batches = [scans[start : start + BATCH] for start in range(0, len(scans), BATCH)]
    return [result for batch in batches for result in recording.record([Upload(sender, batch, now)])[0]]
