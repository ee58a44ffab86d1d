"""Admissions are a pure fold over the set of scans, ordered by (corrected time, scan id).

The same set gives the same admissions, whatever the order, batching or repetition of uploads. The core is one pass
(`fold_pass`), so a server folds again only the passes that a batch touches and changes its caches by
`less(after.counts, before.counts)`. Tallies, voids and foreign codes add up on their own (`fold_apart`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from eventsys.gate.rules.admissions import (
    ADMITTED,
    NOTHING,
    Admission,
    Counts,
    Duplicate,
    Judged,
    LetIn,
    Note,
    Place,
    State,
)
from eventsys.gate.rules.days import NO_DAY, DayWindow, day_at, quarter_of
from eventsys.gate.rules.gates import GateRule, RuleSince, rule_at
from eventsys.gate.rules.scans import Direction, PassFacts, ScanRecord, in_order, voided_by
from eventsys.gate.rules.verdicts import Verdict

NO_FAULT_AFTER = timedelta(minutes=10)
"""In an open street people leave without a scan: after more than this, or at another gate, coming again is no fault."""


@dataclass(slots=True)
class Fold:
    """What a set of scans comes to: admissions by (day, pass id), classes by scan id, counts by place, what is to be looked at."""

    admissions: dict[tuple[int, str], Admission] = field(default_factory=dict)
    judged: dict[str, Judged] = field(default_factory=dict)
    counts: dict[Place, Counts] = field(default_factory=dict)
    duplicates: list[Duplicate] = field(default_factory=list)
    let_in: list[LetIn] = field(default_factory=list)

    def keep(self, scan: ScanRecord, judged: Judged, *, counts: Counts = NOTHING) -> None:
        """Write down the class of a scan and what it adds to the counts of its place."""
        self.judged[scan.scan_id] = judged
        if Note.LET_IN_AGAINST in judged.notes and judged.verdict is not None:
            counts = Counts(let_in_against=1)
            at, gate = scan.corrected_at, scan.gate
            self.let_in.append(LetIn(scan.scan_id, judged.day, at, gate, scan.pass_id, judged.verdict))
        if counts:
            self._count(Place(scan.gate, judged.day, quarter_of(scan.corrected_at)), counts)

    def _count(self, place: Place, counts: Counts) -> None:
        together = self.counts.get(place, NOTHING) + counts
        if together:
            self.counts[place] = together
        else:
            self.counts.pop(place, None)


def judge(scan: ScanRecord, facts: PassFacts | None, *, day: DayWindow | None, gate: GateRule, state: State) -> Verdict:
    """The class of a scan of a pass, from what is known of it at the scan's corrected time."""
    if facts is None or facts.is_of_other_edition:
        return Verdict.UNKNOWN_PASS if facts is None else Verdict.OTHER_EVENT
    if facts.revoked_at is not None and facts.revoked_at <= scan.corrected_at:
        return Verdict.REVOKED
    if day is None or not facts.is_valid_on(day.number):
        return Verdict.NOT_VALID_TODAY
    is_out = scan.direction is Direction.OUT
    if facts.kind not in gate.kinds or not (is_out or gate.takes_in_at(scan.corrected_at)):
        return Verdict.NOT_THIS_GATE
    if is_out:
        return Verdict.LEFT
    return Verdict.ADMITTED if state is State.OUTSIDE else Verdict.ALREADY_ADMITTED


def fold(
    scans: Iterable[ScanRecord],
    passes: Mapping[str, PassFacts],
    *,
    days: Sequence[DayWindow],
    gates: Mapping[str, Sequence[RuleSince]],
) -> Fold:
    """The whole log of an edition: `passes` by pass id, rules by the code of their gate (a gate without one takes every kind)."""
    ordered = in_order(scans)
    voided = voided_by(ordered)
    apart: list[ScanRecord] = []
    of_passes: dict[str, list[ScanRecord]] = defaultdict(list)
    for scan in ordered:
        (apart if scan.pass_id is None else of_passes[scan.pass_id]).append(scan)
    whole = fold_apart(apart, days=days, voided=voided)
    for pass_id, group in of_passes.items():
        fold_pass(group, passes.get(pass_id), days=days, gates=gates, voided=voided, into=whole)
    whole.duplicates.sort(key=_in_time)
    whole.let_in.sort(key=_in_time)
    return whole


def _in_time(found: Duplicate | LetIn) -> tuple[datetime, str]:
    return found.at, found.scan_id


def fold_pass(
    scans: Iterable[ScanRecord],
    facts: PassFacts | None,
    *,
    days: Sequence[DayWindow],
    gates: Mapping[str, Sequence[RuleSince]],
    voided: frozenset[str] = frozenset(),
    into: Fold | None = None,
) -> Fold:
    """All scans of one pass, every day; `facts` None for a pass never issued, `voided` the scan ids taken back.

    `into` is a fold of other passes that takes this one in.
    """
    bearer = _Bearer(Fold() if into is None else into)
    for scan in in_order(scans):
        day = day_at(days, scan.corrected_at)
        if scan.scan_id in voided or scan.voids is not None:
            bearer.result.keep(scan, _taken_out(scan, day))
        else:
            rule = rule_at(gates.get(scan.gate, ()), day=_number(day), at=scan.corrected_at)
            bearer.take(scan, facts, day=day, gate=rule)
    return bearer.result


def fold_apart(scans: Iterable[ScanRecord], *, days: Sequence[DayWindow], voided: frozenset[str] = frozenset()) -> Fold:
    """Scans that name no pass: tallies add up, voids only take back, a foreign code is unreadable."""
    result = Fold()
    for scan in in_order(scans):
        day = day_at(days, scan.corrected_at)
        if scan.scan_id in voided or scan.voids is not None:
            result.keep(scan, _taken_out(scan, day))
        elif scan.tally is not None:
            is_in = scan.direction is Direction.IN
            counts = Counts(tallied_in=scan.tally) if is_in else Counts(tallied_out=scan.tally)
            result.keep(scan, Judged(scan.scan_id, None, _number(day)), counts=counts)
        else:
            result.keep(scan, _refused(scan, Verdict.UNREADABLE, day=_number(day)))
    return result


class _Bearer:
    """The bearer of one pass, walked through their scans in order."""

    def __init__(self, result: Fold) -> None:
        self.result = result
        self._last_in: dict[int, ScanRecord] = {}

    def take(self, scan: ScanRecord, facts: PassFacts | None, *, day: DayWindow | None, gate: GateRule) -> None:
        number = _number(day)
        before = self.result.admissions.get((number, scan.pass_id or ""))
        verdict = judge(scan, facts, day=day, gate=gate, state=before.state if before else State.OUTSIDE)
        judged = Judged(scan.scan_id, verdict, number)
        if verdict is Verdict.ADMITTED and facts:
            self._enter(scan, judged, before=before, facts=facts)
        elif verdict is Verdict.ALREADY_ADMITTED and before:
            self._enter_again(scan, judged, before=before)
        elif verdict is Verdict.LEFT:
            self._leave(scan, judged, before=before)
        else:
            self.result.keep(scan, _refused(scan, verdict, day=number))

    def _enter(self, scan: ScanRecord, judged: Judged, *, before: Admission | None, facts: PassFacts) -> None:
        self._last_in[judged.day] = scan
        if before:
            self._move(scan, before, to=State.INSIDE)
            self.result.keep(scan, judged, counts=Counts(returned=1))
            return
        at, gate = scan.corrected_at, scan.gate
        self.result.admissions[judged.day, scan.pass_id or ""] = Admission(
            scan.pass_id or "", judged.day, facts.kind, State.INSIDE, at, gate, at, gate
        )
        self.result.keep(scan, judged, counts=ADMITTED[facts.kind])

    def _enter_again(self, scan: ScanRecord, judged: Judged, *, before: Admission) -> None:
        last = self._last_in[judged.day]
        is_no_fault = scan.gate != last.gate or scan.corrected_at - last.corrected_at > NO_FAULT_AFTER
        self.result.duplicates.append(
            Duplicate(
                scan.scan_id,
                before.pass_id,
                judged.day,
                scan.corrected_at,
                scan.gate,
                last.scan_id,
                last.corrected_at,
                last.gate,
                is_no_fault,
            )
        )
        self._last_in[judged.day] = scan
        self._move(scan, before, to=State.INSIDE)
        self.result.keep(scan, replace(judged, notes=frozenset({Note.NO_FAULT} if is_no_fault else ())))

    def _leave(self, scan: ScanRecord, judged: Judged, *, before: Admission | None) -> None:
        if before is None or before.state is State.OUTSIDE:
            self.result.keep(scan, replace(judged, notes=frozenset({Note.WITHOUT_ENTRY})))
            return
        self._move(scan, before, to=State.OUTSIDE)
        self.result.keep(scan, judged, counts=Counts(left=1))

    def _move(self, scan: ScanRecord, before: Admission, *, to: State) -> None:
        self.result.admissions[before.day, before.pass_id] = replace(
            before, state=to, last_at=scan.corrected_at, last_gate=scan.gate
        )


def _number(day: DayWindow | None) -> int:
    return day.number if day else NO_DAY


def _taken_out(scan: ScanRecord, day: DayWindow | None) -> Judged:
    notes = frozenset({Note.VOIDED} if scan.voids is None else ())
    return Judged(scan.scan_id, None, _number(day), notes)


def _refused(scan: ScanRecord, verdict: Verdict, *, day: int) -> Judged:
    is_let_in = scan.let_in and scan.direction is Direction.IN
    return Judged(scan.scan_id, verdict, day, frozenset({Note.LET_IN_AGAINST} if is_let_in else ()))
