"""The caches of the fold: changed in the transaction that changes the log, and made again from it on demand.

Whoever writes here first calls `lock`, so that of two batches (or a batch and a revocation) the second sees the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, or_, select

from eventsys.base.db import db
from eventsys.gate import raw
from eventsys.gate.models import Admission, GateRule, QuarterCount, Remark, Scan
from eventsys.gate.raw import Dialect, Statement
from eventsys.gate.rules import admissions as rules
from eventsys.gate.rules import gates
from eventsys.gate.rules.admissions import Counts, Duplicate, LetIn, Place, State
from eventsys.gate.rules.days import DayWindow, windows
from eventsys.gate.rules.fold import Fold, fold, fold_apart, fold_pass
from eventsys.gate.rules.gates import RuleSince
from eventsys.gate.rules.scans import PassFacts, ScanRecord
from eventsys.gate.rules.verdicts import Verdict
from eventsys.passes.models import Pass, Revocation
from eventsys.passes.rules.codec import PassKind

COUNTED = tuple(part.name for part in fields(Counts))
SCANS = cast("Table", Scan.__table__)
FOLDED = (
    SCANS.c.scan_id,
    SCANS.c.corrected_at,
    SCANS.c.gate_id,
    SCANS.c.direction,
    SCANS.c.pass_id,
    SCANS.c.tally,
    SCANS.c.voids,
    SCANS.c.let_in,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the fold of an edition stands on: windows of its days, codes of its gates by key, their rules by code."""

    edition_id: int
    days: tuple[DayWindow, ...]
    gates: Mapping[int, str]
    rules: Mapping[str, Sequence[RuleSince]]

    @property
    def keys(self) -> dict[str, int]:
        """Keys of the gates by code."""
        return {code: key for key, code in self.gates.items()}


DAYS = "SELECT number, opens_at FROM day WHERE edition_id = :edition_id"
GATES = (
    "SELECT gate.id, gate.code, rule.day_number, rule.since, rule.kinds, rule.is_open, rule.opens_at, rule.closes_at"
    " FROM gate LEFT JOIN gate_rule rule ON rule.gate_id = gate.id WHERE gate.edition_id = :edition_id"
)


def ground_of(edition_id: int) -> Ground:
    """The ground as it is now."""
    days, gates_and_rules = raw.dialect().run(ground_asked(edition_id))
    return ground_in(edition_id, days, gates_and_rules)


def ground_asked(edition_id: int) -> list[Statement]:
    """The statements that `ground_in` makes a ground of."""
    asked = {"edition_id": edition_id}
    return [Statement(DAYS, asked), Statement(GATES, asked)]


def ground_in(edition_id: int, days: Sequence[Any], gates_and_rules: Sequence[Any]) -> Ground:
    """The ground that rows tell of; the same rows give the same object, as every batch of scans begins with it."""
    return _ground(edition_id, days=tuple(map(tuple, days)), rows=tuple(map(tuple, gates_and_rules)), sql=raw.dialect())


@lru_cache(maxsize=64)
def _ground(edition_id: int, *, days: tuple[Any, ...], rows: tuple[Any, ...], sql: Dialect) -> Ground:
    ruled: dict[str, list[RuleSince]] = {}
    for _, code, day, since, kinds, is_open, opens_at, closes_at in rows:
        if since is not None:
            hours = sql.read_or_none(opens_at), sql.read_or_none(closes_at)
            rule = gates.GateRule(gates.kinds_in(kinds), bool(is_open), *hours)
            ruled.setdefault(code, []).append(RuleSince(day, sql.read(since), rule))
    openings = {number: sql.read(opens_at) for number, opens_at in days}
    return Ground(edition_id, windows(openings), {row[0]: row[1] for row in rows}, ruled)


def rule_of(row: GateRule | Any) -> RuleSince:
    """A row of the rules as the fold reads it."""
    rule = gates.GateRule(gates.kinds_in(row.kinds), row.is_open, row.opens_at, row.closes_at)
    return RuleSince(row.day_number, row.since, rule)


def counter_of(edition_id: int) -> str:
    """The counter that numbers admissions in the order of becoming known; its row is the lock."""
    return f"admission:{edition_id}"


def lock_asked(edition_id: int) -> Statement:
    """The statement that locks; it finds nothing before the first time, when only `lock` helps."""
    return Statement(
        f"SELECT value FROM counter WHERE name = :name{raw.dialect().lock}", {"name": counter_of(edition_id)}
    )


def lock(edition_id: int) -> None:
    """Let nobody else change the caches of an edition until this transaction ends."""
    asked = lock_asked(edition_id)
    [found] = raw.dialect().run([asked])
    if not found:
        begin = Statement("INSERT INTO counter (name, value) VALUES (:name, 0) ON CONFLICT DO NOTHING", asked.values)
        raw.dialect().run([begin, asked])


def records(ground: Ground, *conditions: ColumnElement[bool]) -> list[ScanRecord]:
    """Scans of the edition as the fold reads them."""
    rows = db.session.execute(select(*FOLDED).where(SCANS.c.edition_id == ground.edition_id, *conditions))
    return [record_of(row, ground) for row in rows]


def record_of(row: Row[Any] | Any, ground: Ground) -> ScanRecord:
    """A row of the log as the fold reads it."""
    return ScanRecord(
        row.scan_id,
        row.corrected_at,
        ground.gates[row.gate_id],
        row.direction,
        row.pass_id,
        row.tally,
        row.voids,
        row.let_in,
    )


def facts_of(ground: Ground, pass_ids: Collection[str] | None = None) -> dict[str, PassFacts]:
    """What is known of passes: of those asked for, else of every pass of the edition and those scanned at it."""
    query = select(Pass.pass_id, Pass.edition_id, Pass.kind, Pass.days, Revocation.revoked_at).outerjoin(
        Revocation, Revocation.pass_id == Pass.pass_id
    )
    if pass_ids is None:
        scanned = select(SCANS.c.pass_id).where(SCANS.c.edition_id == ground.edition_id)
        query = query.where(or_(Pass.edition_id == ground.edition_id, Pass.pass_id.in_(scanned)))
    else:
        query = query.where(Pass.pass_id.in_(pass_ids))
    return {
        row.pass_id: PassFacts(PassKind(row.kind), row.days, row.revoked_at, row.edition_id != ground.edition_id)
        for row in db.session.execute(query)
    }


def voids_among(ground: Ground, scan_ids: Collection[str]) -> dict[str, set[str]]:
    """The scans that take back some scan ids: ids of the voids by the id that they void."""
    found: dict[str, set[str]] = {}
    for part in in_parts(scan_ids):
        rows = db.session.execute(
            select(SCANS.c.voids, SCANS.c.scan_id).where(
                SCANS.c.voids.in_(part), SCANS.c.edition_id == ground.edition_id
            )
        )
        for voided, void in rows:
            found.setdefault(voided, set()).add(void)
    return found


def in_parts(values: Collection[str], size: int = 10_000) -> Iterable[list[str]]:
    """Values in parts that a statement can hold."""
    ordered = sorted(values)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def fold_of(
    by_pass: Mapping[str, Sequence[ScanRecord]],
    apart: Sequence[ScanRecord],
    *,
    facts: Mapping[str, PassFacts],
    ground: Ground,
    voided: frozenset[str],
) -> Fold:
    """The fold of whole passes and of scans that name none."""
    result = fold_apart(apart, days=ground.days, voided=voided)
    for pass_id, scans in by_pass.items():
        fold_pass(scans, facts.get(pass_id), days=ground.days, gates=ground.rules, voided=voided, into=result)
    return result


def change(ground: Ground, before: Fold, after: Fold) -> None:
    """Bring the caches from one fold of some passes to another fold of the same ones."""
    raw.dialect().run(changes_of(ground, before, after))


def changes_of(ground: Ground, before: Fold, after: Fold) -> list[Statement]:
    """The statements that do it."""
    gone = before.admissions.keys() - after.admissions.keys()
    put = [new for key, new in after.admissions.items() if before.admissions.get(key) != new]
    return [
        *(Statement(GONE, {"edition_id": ground.edition_id, "day": day, "pass_id": pass_id}) for day, pass_id in gone),
        *(_put_admissions(ground, put) if put else ()),
        *_add_counts(ground, rules.less(after.counts, before.counts)),
        *_put_remarks(ground, _remarks_of(before), _remarks_of(after)),
    ]


GONE = "DELETE FROM admission WHERE edition_id = :edition_id AND day_number = :day AND pass_id = :pass_id"
_ADMISSION = {
    "day_number": "int", "pass_id": "text", "kind": "int", "is_inside": "boolean", "first_in_at": "timestamptz",
    "gate_id": "int", "last_at": "timestamptz", "last_gate_id": "int", "place": "int",
}  # fmt: skip


def _put_admissions(ground: Ground, admissions: Sequence[rules.Admission]) -> list[Statement]:
    """Write admissions as they stand now, each under a number of its own: the next ones of the edition's counter."""
    keys, sql = ground.keys, raw.dialect()
    rows = [
        {
            "day_number": admission.day,
            "pass_id": admission.pass_id,
            "kind": admission.kind.value,
            "is_inside": admission.state is State.INSIDE,
            "first_in_at": sql.moment(admission.first_in_at),
            "gate_id": keys[admission.gate],
            "last_at": sql.moment(admission.last_at),
            "last_gate_id": keys[admission.last_gate],
            "place": place,
        }
        for place, admission in enumerate(sorted(admissions, key=lambda one: (one.last_at, one.pass_id)), 1)
    ]
    values = {"edition_id": ground.edition_id, "rows": sql.rows(rows), "name": counter_of(ground.edition_id)}
    named = [name for name in _ADMISSION if name != "place"]
    changed = ", ".join(f"{name} = excluded.{name}" for name in [*named[2:], "seq"])
    put = (
        f"INSERT INTO admission (edition_id, {', '.join(named)}, seq)"
        f" SELECT :edition_id, {', '.join(f'r.{name}' for name in named)}, counter.value + r.place"
        f" FROM {sql.table('rows', _ADMISSION)}, counter WHERE counter.name = :name"
        f" ON CONFLICT (edition_id, day_number, pass_id) DO UPDATE SET {changed}"
    )
    take = "UPDATE counter SET value = value + :taken WHERE name = :name"
    return [Statement(put, values), Statement(take, {"taken": len(rows), "name": values["name"]})]


_COUNT = {"gate_id": "int", "day_number": "int", "starts_at": "timestamptz", **dict.fromkeys(COUNTED, "int")}


def _add_counts(ground: Ground, changes: Mapping[Place, Counts]) -> list[Statement]:
    if not changes:
        return []
    keys, sql = ground.keys, raw.dialect()
    rows = [
        {
            "gate_id": keys[place.gate],
            "day_number": place.day,
            "starts_at": sql.moment(place.starts_at),
            **asdict(counts),
        }
        for place, counts in changes.items()
    ]
    columns = ", ".join(f'"{name}"' for name in _COUNT)
    added = ", ".join(f'"{name}" = quarter_count."{name}" + excluded."{name}"' for name in COUNTED)
    # SQLite reads ON after a SELECT as a join's, unless a WHERE stands between.
    add = (
        f"INSERT INTO quarter_count (edition_id, {columns}) SELECT :edition_id, {columns}"
        f" FROM {sql.table('rows', _COUNT)} WHERE true"
        f" ON CONFLICT (edition_id, gate_id, day_number, starts_at) DO UPDATE SET {added}"
    )
    return [Statement(add, {"edition_id": ground.edition_id, "rows": sql.rows(rows)})]


def _remarks_of(fold: Fold) -> dict[str, Duplicate | LetIn]:
    found: list[Duplicate | LetIn] = [*fold.duplicates, *fold.let_in]
    return {one.scan_id: one for one in found}


_REMARK = {
    "scan_id": "text", "day_number": "int", "at": "timestamptz", "gate_id": "int", "pass_id": "text", "verdict": "text",
    "before_scan_id": "text", "before_at": "timestamptz", "before_gate_id": "int", "is_no_fault": "boolean",
}  # fmt: skip


def _put_remarks(
    ground: Ground, before: Mapping[str, Duplicate | LetIn], after: Mapping[str, Duplicate | LetIn]
) -> list[Statement]:
    """Scans that are to be looked at: those that no longer are go, others come or change."""
    sql, statements = raw.dialect(), []
    other = [scan_id for scan_id, found in before.items() if after.get(scan_id) != found]
    if other:
        statements.append(
            Statement(f"DELETE FROM remark WHERE scan_id {sql.one_of('other')}", {"other": sql.listed(other)})
        )
    rows = [_remark_row(ground, found) for scan_id, found in after.items() if before.get(scan_id) != found]
    if rows:
        columns = ", ".join(_REMARK)
        put = f"INSERT INTO remark (edition_id, {columns}) SELECT :edition_id, {columns} FROM {sql.table('rows', _REMARK)}"
        statements.append(Statement(put, {"edition_id": ground.edition_id, "rows": sql.rows(rows)}))
    return statements


def _remark_row(ground: Ground, found: Duplicate | LetIn) -> dict[str, Any]:
    keys, moment = ground.keys, raw.dialect().moment
    row = {
        "scan_id": found.scan_id,
        "day_number": found.day,
        "at": moment(found.at),
        "gate_id": keys[found.gate],
        "pass_id": found.pass_id,
    }
    if isinstance(found, LetIn):
        nothing = dict.fromkeys(("before_scan_id", "before_at", "before_gate_id"))
        return row | nothing | {"verdict": found.verdict.value, "is_no_fault": False}
    before = {
        "before_scan_id": found.before_scan_id,
        "before_at": moment(found.before_at),
        "before_gate_id": keys[found.before_gate],
    }
    return row | before | {"verdict": Verdict.ALREADY_ADMITTED.value, "is_no_fault": found.is_no_fault}


def remark_of(row: Remark, ground: Ground) -> Duplicate | LetIn:
    """A row of the remarks as the fold gives it."""
    at, gate = row.at, ground.gates[row.gate_id]
    if row.before_scan_id is None or row.before_at is None or row.before_gate_id is None or row.pass_id is None:
        return LetIn(row.scan_id, row.day_number, at, gate, row.pass_id, Verdict(row.verdict))
    before = (row.before_scan_id, row.before_at, ground.gates[row.before_gate_id])
    return Duplicate(row.scan_id, row.pass_id, row.day_number, at, gate, *before, row.is_no_fault)


def revoked_now(edition_id: int, pass_ids: Collection[str]) -> None:
    """Judge again the scans of passes that were revoked in this transaction and counted until now."""
    lock(edition_id)
    ground = ground_of(edition_id)
    scans = records(ground, SCANS.c.pass_id.in_(pass_ids))
    by_pass = grouped(scans)
    facts = facts_of(ground, by_pass.keys())
    before = {pass_id: replace(known, revoked_at=None) for pass_id, known in facts.items()}
    voided = frozenset(voids_among(ground, {scan.scan_id for scan in scans}))
    change(
        ground,
        fold_of(by_pass, [], facts=before, ground=ground, voided=voided),
        fold_of(by_pass, [], facts=facts, ground=ground, voided=voided),
    )


def grouped(scans: Iterable[ScanRecord]) -> dict[str, list[ScanRecord]]:
    """Scans by the pass that they name."""
    found: dict[str, list[ScanRecord]] = {}
    for scan in scans:
        if scan.pass_id is not None:
            found.setdefault(scan.pass_id, []).append(scan)
    return found


def whole_fold(ground: Ground) -> Fold:
    """The fold of the whole log of an edition."""
    return fold(records(ground), facts_of(ground), days=ground.days, gates=ground.rules)


def cached_fold(ground: Ground) -> Fold:
    """What the caches hold, as a fold would give it."""
    cached = Fold()
    for row in db.session.scalars(select(Admission).where(Admission.edition_id == ground.edition_id)):
        cached.admissions[row.day_number, row.pass_id] = rules.Admission(
            row.pass_id,
            row.day_number,
            PassKind(row.kind),
            State.INSIDE if row.is_inside else State.OUTSIDE,
            row.first_in_at,
            ground.gates[row.gate_id],
            row.last_at,
            ground.gates[row.last_gate_id],
        )
    for count in db.session.scalars(select(QuarterCount).where(QuarterCount.edition_id == ground.edition_id)):
        counts = Counts(**{name: getattr(count, name) for name in COUNTED})
        if counts:
            cached.counts[Place(ground.gates[count.gate_id], count.day_number, count.starts_at)] = counts
    for remark in db.session.scalars(select(Remark).where(Remark.edition_id == ground.edition_id)):
        found = remark_of(remark, ground)
        if isinstance(found, Duplicate):
            cached.duplicates.append(found)
        else:
            cached.let_in.append(found)
    return cached
