"""The caches of the fold: changed in the transaction that changes the log, and made again from it on demand.

Whoever writes here first calls `lock`, so that of two batches (or a batch and a revocation) the second sees the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from eventsys.base import counters
from eventsys.base.db import db
from eventsys.editions.models import Day, Gate
from eventsys.gate.models import Admission, GateRule, QuarterCount, Remark, Scan
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
RULED = (
    GateRule.day_number,
    GateRule.since,
    GateRule.kinds,
    GateRule.is_open,
    GateRule.opens_at,
    GateRule.closes_at,
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


def ground_of(edition_id: int) -> Ground:
    """The ground as it is now."""
    openings = db.session.execute(select(Day.number, Day.opens_at).where(Day.edition_id == edition_id))
    # One statement for gates and rules: every batch of scans begins with it.
    rows = db.session.execute(
        select(Gate.id, Gate.code, *RULED)
        .outerjoin(GateRule, GateRule.gate_id == Gate.id)
        .where(Gate.edition_id == edition_id)
    ).all()
    ruled: dict[str, list[RuleSince]] = {}
    for row in rows:
        if row.since is not None:
            ruled.setdefault(row.code, []).append(rule_of(row))
    return Ground(edition_id, windows(dict(openings.all())), {row.id: row.code for row in rows}, ruled)


def rule_of(row: GateRule | Any) -> RuleSince:
    """A row of the rules as the fold reads it."""
    rule = gates.GateRule(gates.kinds_in(row.kinds), row.is_open, row.opens_at, row.closes_at)
    return RuleSince(row.day_number, row.since, rule)


def counter_of(edition_id: int) -> str:
    """The counter that numbers admissions in the order of becoming known; its row is the lock."""
    return f"admission:{edition_id}"


def lock(edition_id: int) -> None:
    """Let nobody else change the caches of an edition until this transaction ends."""
    counters.take(counter_of(edition_id), 0)


def insert_into(table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases spell alike and SQLAlchemy keeps apart."""
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)


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
        result.add(fold_pass(scans, facts.get(pass_id), days=ground.days, gates=ground.rules, voided=voided))
    return result


def change(ground: Ground, before: Fold, after: Fold) -> None:
    """Bring the caches from one fold of some passes to another fold of the same ones."""
    gone = before.admissions.keys() - after.admissions.keys()
    for day, pass_id in gone:
        db.session.execute(
            delete(Admission).where(
                Admission.edition_id == ground.edition_id,
                Admission.day_number == day,
                Admission.pass_id == pass_id,
            )
        )
    _put_admissions(ground, [new for key, new in after.admissions.items() if before.admissions.get(key) != new])
    _add_counts(ground, rules.less(after.counts, before.counts))
    _put_remarks(ground, _remarks_of(before), _remarks_of(after))


def _put_admissions(ground: Ground, admissions: Sequence[rules.Admission]) -> None:
    if not admissions:
        return
    first = counters.take(counter_of(ground.edition_id), len(admissions))
    keys = ground.keys
    in_order = sorted(admissions, key=lambda admission: (admission.last_at, admission.pass_id))
    rows = [
        {
            "edition_id": ground.edition_id,
            "day_number": admission.day,
            "pass_id": admission.pass_id,
            "kind": admission.kind.value,
            "is_inside": admission.state is State.INSIDE,
            "first_in_at": admission.first_in_at,
            "gate_id": keys[admission.gate],
            "last_at": admission.last_at,
            "last_gate_id": keys[admission.last_gate],
            "seq": seq,
        }
        for seq, admission in enumerate(in_order, first)
    ]
    insert = insert_into(cast("Table", Admission.__table__))
    changed = ("kind", "is_inside", "first_in_at", "gate_id", "last_at", "last_gate_id", "seq")
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["edition_id", "day_number", "pass_id"],
            set_={name: insert.excluded[name] for name in changed},
        ),
        rows,
    )


def _add_counts(ground: Ground, changes: Mapping[Place, Counts]) -> None:
    if not changes:
        return
    keys = ground.keys
    table = cast("Table", QuarterCount.__table__)
    rows = [
        {
            "edition_id": ground.edition_id,
            "gate_id": keys[place.gate],
            "day_number": place.day,
            "starts_at": place.starts_at,
            **asdict(counts),
        }
        for place, counts in changes.items()
    ]
    insert = insert_into(table)
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["edition_id", "gate_id", "day_number", "starts_at"],
            set_={name: table.c[name] + insert.excluded[name] for name in COUNTED},
        ),
        rows,
    )


def _remarks_of(fold: Fold) -> dict[str, Duplicate | LetIn]:
    found: list[Duplicate | LetIn] = [*fold.duplicates, *fold.let_in]
    return {one.scan_id: one for one in found}


def _put_remarks(
    ground: Ground, before: Mapping[str, Duplicate | LetIn], after: Mapping[str, Duplicate | LetIn]
) -> None:
    """Scans that are to be looked at: those that no longer are go, others come or change."""
    other = [scan_id for scan_id, found in before.items() if after.get(scan_id) != found]
    for part in in_parts(other):
        db.session.execute(delete(Remark).where(Remark.scan_id.in_(part)))
    rows = [_remark_row(ground, found) for scan_id, found in after.items() if before.get(scan_id) != found]
    if rows:
        db.session.execute(cast("Table", Remark.__table__).insert(), rows)


def _remark_row(ground: Ground, found: Duplicate | LetIn) -> dict[str, Any]:
    keys = ground.keys
    row = {
        "scan_id": found.scan_id,
        "edition_id": ground.edition_id,
        "day_number": found.day,
        "at": found.at,
        "gate_id": keys[found.gate],
        "pass_id": found.pass_id,
    }
    if isinstance(found, LetIn):
        nothing = dict.fromkeys(("before_scan_id", "before_at", "before_gate_id"))
        return row | nothing | {"verdict": found.verdict.value, "is_no_fault": False}
    before = {
        "before_scan_id": found.before_scan_id,
        "before_at": found.before_at,
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
