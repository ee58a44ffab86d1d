"""The scan log in the database: what it holds that a batch touches, and how rows come into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsys.gate import caches, raw
from eventsys.gate.caches import Ground
from eventsys.gate.raw import Statement
from eventsys.gate.rules.scans import Direction, PassFacts, ScanRecord
from eventsys.passes.rules.codec import PassKind

# The columns of the log, with the types that PostgreSQL gives them where rows come along as JSON.
COLUMNS = {
    "scan_id": "text", "edition_id": "int", "device_id": "int", "gate_id": "int", "direction": "text", "pass_id": "text",
    "code_hash": "text", "voids": "text", "tally": "int", "captured_at": "timestamptz", "clock_offset_ms": "bigint",
    "clock_doubt_ms": "bigint", "corrected_at": "timestamptz", "received_at": "timestamptz", "after_revocation": "boolean",
    "phone_verdict": "text", "let_in": "boolean", "entry": "text",
}  # fmt: skip
MOMENTS = ("captured_at", "corrected_at", "received_at")
# What a phone can't have changed its mind about: a second scan with the same id and other facts is another scan.
FACTS = ("edition_id", "direction", "pass_id", "code_hash", "voids", "tally", "captured_at")


@dataclass(slots=True)
class Found:
    """What there is in the log, and beside it, that a batch touches.

    `facts` are those of the stored scans under ids of the batch. `scans` are all stored ones of the passes that the
    batch names or takes scans of back, and those without a pass that it sends again or takes back. `voids` are the
    ids of scans that take back, by what they take back.
    """

    ground: Ground
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    scans: dict[str, ScanRecord] = field(default_factory=dict)
    voids: dict[str, set[str]] = field(default_factory=dict)
    passes: dict[str, PassFacts] = field(default_factory=dict)


_RECORD = ("scan_id", "corrected_at", "gate_id", "direction", "pass_id", "tally", "voids", "let_in")
# So many ids are worth a plan of their own.
MANY = 8
_LISTED = ", ".join(f"scan.{name}" for name in _RECORD)


def found_for(edition_id: int, rows: Mapping[str, Mapping[str, Any]]) -> Found:
    """What a batch of rows, by scan id, touches; the edition is locked from here on until the transaction ends.

    Rules are read under the lock, too: by those read before, a scan would be judged by what no longer counts.
    """
    sql = raw.dialect()
    voided = {row["voids"] for row in rows.values() if row["voids"]}
    pass_ids = {row["pass_id"] for row in rows.values() if row["pass_id"]}
    if voided:
        caches.lock(edition_id)
        pass_ids |= _passes_of(edition_id, voided)
    asked = {"edition_id": edition_id, "ids": sql.listed(rows.keys() | voided), "pass_ids": sql.listed(pass_ids)}
    is_many = len(rows) > MANY
    reads = [caches.lock_asked(edition_id), *caches.ground_asked(edition_id), *_scans_asked(asked, is_many=is_many)]
    of_passes_asked = _passes_asked(asked, is_many=is_many) if pass_ids else []
    locked, days, gates, under_ids, voids, *of_passes = sql.run([*reads, *of_passes_asked])
    if not locked:
        caches.lock(edition_id)
        return found_for(edition_id, rows)
    found = Found(caches.ground_in(edition_id, days, gates))
    _take_stored(found, under_ids, rows)
    for voided_id, scan_id in voids:
        found.voids.setdefault(voided_id, set()).add(scan_id)
    if of_passes:
        _take_passes(found, *of_passes)
    return found


def _scans_asked(asked: Mapping[str, Any], *, is_many: bool) -> list[Statement]:
    """What is stored under ids, and what takes them back.

    `edition_id + 0` keeps planners from reading all scans of the edition: before PostgreSQL has counted them it takes them for few.
    """
    among = raw.dialect().one_of("ids")
    stored = f"SELECT {_LISTED}, scan.edition_id, code_hash, captured_at FROM scan WHERE scan_id {among}"
    return [
        Statement(stored, asked, is_many),
        Statement(
            f"SELECT voids, scan_id FROM scan WHERE edition_id + 0 = :edition_id AND voids {among}", asked, is_many
        ),
    ]


def _passes_asked(asked: Mapping[str, Any], *, is_many: bool) -> list[Statement]:
    """All scans of passes with what takes them back, and what is known of the passes."""
    among = raw.dialect().one_of("pass_ids")
    scans = (
        f"SELECT {_LISTED}, void.scan_id FROM scan"
        " LEFT JOIN scan void ON void.voids = scan.scan_id AND void.edition_id + 0 = scan.edition_id"
        f" WHERE scan.edition_id + 0 = :edition_id AND scan.pass_id {among}"
    )
    facts = (
        "SELECT pass.pass_id, kind, days, revoked_at, pass.edition_id FROM pass"
        f" LEFT JOIN revocation ON revocation.pass_id = pass.pass_id WHERE pass.pass_id {among}"
    )
    return [Statement(scans, asked, is_many), Statement(facts, asked, is_many)]


def _passes_of(edition_id: int, scan_ids: Iterable[str]) -> set[str]:
    sql = raw.dialect()
    query = f"SELECT pass_id FROM scan WHERE edition_id = :edition_id AND scan_id {sql.one_of('ids')}"
    [rows] = sql.run([Statement(query, {"edition_id": edition_id, "ids": sql.listed(list(scan_ids))})])
    return {pass_id for (pass_id,) in rows if pass_id}


def _take_stored(found: Found, stored: Iterable[Any], rows: Mapping[str, Mapping[str, Any]]) -> None:
    read = raw.dialect().read
    for *row, edition_id, code_hash, captured_at in stored:
        told = dict(zip(_RECORD, row, strict=True)) | {"edition_id": edition_id, "code_hash": code_hash}
        if told["scan_id"] in rows:
            found.facts[told["scan_id"]] = told | {"captured_at": read(captured_at)}
        if told["pass_id"] is None and edition_id == found.ground.edition_id:
            found.scans[told["scan_id"]] = _record(row, found.ground)


def _take_passes(found: Found, scans: Iterable[Any], passes: Iterable[Any]) -> None:
    read = raw.dialect().read
    for *row, void in scans:
        found.scans[row[0]] = _record(row, found.ground)
        if void is not None:
            found.voids.setdefault(row[0], set()).add(void)
    for pass_id, kind, days, revoked_at, edition_id in passes:
        revoked = None if revoked_at is None else read(revoked_at)
        is_foreign = edition_id != found.ground.edition_id
        found.passes[pass_id] = PassFacts(PassKind(kind), days, revoked, is_of_other_edition=is_foreign)


def _record(row: Iterable[Any], ground: Ground) -> ScanRecord:
    scan_id, corrected_at, gate_id, direction, pass_id, tally, voids, let_in = row
    at = raw.dialect().read(corrected_at)
    return ScanRecord(scan_id, at, ground.gates[gate_id], Direction(direction), pass_id, tally, voids, bool(let_in))


def insertion_of(rows: Iterable[Mapping[str, Any]]) -> Statement:
    """The statement that puts new rows into the log; the database refuses when one of the ids is there by now."""
    sql = raw.dialect()
    told = [row | {name: sql.moment(row[name]) for name in MOMENTS} for row in map(dict, rows)]
    columns = ", ".join(COLUMNS)
    return Statement(
        f"INSERT INTO scan ({columns}) SELECT {columns} FROM {sql.table('rows', COLUMNS)}", {"rows": sql.rows(told)}
    )
