"""The fold of scans into admissions: the table of the design row by row, then its properties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.gate.rules.admissions import Counts, Note, Place, State, less, plus, total
from eventsys.gate.rules.days import day_at, windows
from eventsys.gate.rules.fold import Fold, fold, fold_apart, fold_pass, judge
from eventsys.gate.rules.gates import GateRule, RuleSince
from eventsys.gate.rules.scans import Direction, PassFacts, ScanRecord, voided_by
from eventsys.gate.rules.verdicts import Verdict
from eventsys.passes.rules.codec import PassKind

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "verdict-vectors.json").read_text(encoding="utf-8"))

OPENING = datetime(2011, 8, 27, 10, tzinfo=UTC)
DAYS = windows({1: OPENING, 2: OPENING + timedelta(days=1)})
EVERY, CREWS = frozenset(PassKind), frozenset({PassKind.BOOTH_CREW})
LONG_AGO = OPENING - timedelta(days=30)
SHUT_AT = OPENING + timedelta(hours=3)
# Gate "east" is shut on day 1 from three hours after the opening on, and has hours on day 2.
GATES = {
    "north": [RuleSince(1, LONG_AGO, GateRule(EVERY))],
    "crew": [RuleSince(day, LONG_AGO, GateRule(CREWS)) for day in (1, 2)],
    "east": [
        RuleSince(1, SHUT_AT, GateRule(EVERY, is_open=False)),
        RuleSince(1, LONG_AGO, GateRule(EVERY)),
        RuleSince(2, LONG_AGO, GateRule(EVERY, True, OPENING + timedelta(hours=25), OPENING + timedelta(hours=40))),
    ],
}
VISITOR, CREW, REVOKED, SUNDAY = "00000000000000a4", "00000000000000a1", "00000000000000ae", "00000000000000a2"
PASSES = {
    VISITOR: PassFacts(PassKind.VISITOR, 0b11),
    CREW: PassFacts(PassKind.BOOTH_CREW, 0b11),
    REVOKED: PassFacts(PassKind.GUEST, 0b11, revoked_at=OPENING + timedelta(hours=2)),
    SUNDAY: PassFacts(PassKind.GUEST, 0b10),
}


def at(minutes: float) -> datetime:
    return OPENING + timedelta(minutes=minutes)


def scan(number: int, minutes: float, **values: object) -> ScanRecord:
    values.setdefault("gate", "north")
    return ScanRecord(scan_id=f"{number:08d}", corrected_at=at(minutes), **values)  # type: ignore[arg-type]


def folded(*scans: ScanRecord) -> Fold:
    return fold(scans, PASSES, days=DAYS, gates=GATES)


def verdicts(result: Fold) -> list[Verdict | None]:
    return [result.judged[scan_id].verdict for scan_id in sorted(result.judged)]


def rule_of(case: Mapping[str, Any]) -> GateRule:
    opens_at, closes_at = (case.get("gate_hours", {}).get(name) for name in ("opens_at", "closes_at"))
    return GateRule(
        frozenset(map(PassKind, case["gate_kinds"])),
        case.get("gate_open", True),
        opens_at and datetime.fromisoformat(opens_at),
        closes_at and datetime.fromisoformat(closes_at),
    )


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_judge_gives_what_the_vector_says(case: Mapping[str, object]) -> None:
    facts: Mapping[str, object] = case["pass"]  # type: ignore[assignment]
    moment = datetime.fromisoformat(str(case["at"]))
    days = windows({d["number"]: datetime.fromisoformat(d["opens_at"]) for d in case["days"]})  # type: ignore[attr-defined]

    verdict = judge(
        ScanRecord("1", moment, "north", Direction(case["direction"]), "00000000000000aa"),
        PassFacts(
            PassKind(facts["kind"]),
            facts["days"],  # type: ignore[arg-type]
            facts["revoked_at"] and datetime.fromisoformat(str(facts["revoked_at"])),  # type: ignore[arg-type]
            is_of_other_edition=facts["edition"] != VECTORS["edition"],
        ),
        day=day_at(days, moment),
        gate=rule_of(case),
        state=State(case["state"]),
    )

    assert verdict == case["verdict"]


def test_a_pass_never_issued_is_unknown() -> None:
    assert verdicts(folded(scan(1, 5, pass_id="00000000000000ff"))) == [Verdict.UNKNOWN_PASS]


def test_in_then_in_then_out_then_out_then_in() -> None:
    result = folded(
        scan(1, 0, pass_id=VISITOR),
        scan(2, 5, pass_id=VISITOR),
        scan(3, 20, pass_id=VISITOR, direction=Direction.OUT),
        scan(4, 21, pass_id=VISITOR, direction=Direction.OUT),
        scan(5, 30, pass_id=VISITOR),
    )

    assert verdicts(result) == ["admitted", "already_admitted", "left", "left", "admitted"]
    assert result.judged["00000004"].notes == {Note.WITHOUT_ENTRY}
    admission = result.admissions[1, VISITOR]
    assert (admission.state, admission.first_in_at, admission.gate) == (State.INSIDE, at(0), "north")
    assert admission.last_at == at(30)
    assert total(result.counts) == Counts(visitors_admitted=1, returned=1, left=1)


def test_each_day_starts_outside_and_midnight_is_nothing_special() -> None:
    after_midnight, second_day = 15 * 60, 24 * 60
    result = folded(
        scan(1, 0, pass_id=VISITOR),
        scan(2, after_midnight, pass_id=VISITOR, direction=Direction.OUT),
        scan(3, second_day, pass_id=VISITOR),
    )

    assert verdicts(result) == ["admitted", "left", "admitted"]
    assert [key[0] for key in result.admissions] == [1, 2]
    assert total(result.counts, day=1) == Counts(visitors_admitted=1, left=1)
    assert total(result.counts, day=2).inside == 1


@pytest.mark.parametrize(
    ("gate", "minutes", "is_no_fault"), [("north", 10, False), ("north", 10.1, True), ("south", 1, True)]
)
def test_coming_in_again_is_a_duplicate_and_no_fault_late_or_elsewhere(
    gate: str, minutes: float, is_no_fault: bool
) -> None:
    result = folded(scan(1, 0, pass_id=VISITOR), scan(2, minutes, pass_id=VISITOR, gate=gate))

    (duplicate,) = result.duplicates
    assert (duplicate.scan_id, duplicate.before_scan_id, duplicate.before_gate) == ("00000002", "00000001", "north")
    assert duplicate.is_no_fault is is_no_fault
    assert (Note.NO_FAULT in result.judged["00000002"].notes) is is_no_fault
    assert total(result.counts).visits == 1


def test_a_rule_counts_from_its_moment_on_and_for_its_day_alone() -> None:
    result = folded(
        scan(1, 179, pass_id=VISITOR, gate="east"),
        scan(2, 180, pass_id=CREW, gate="east"),
        scan(3, 181, pass_id=VISITOR, gate="east", direction=Direction.OUT),
        scan(4, 24 * 60 + 59, pass_id=CREW, gate="east"),
        scan(5, 25 * 60, pass_id=CREW, gate="east"),
        scan(6, 40 * 60, pass_id=VISITOR, gate="east"),
    )

    assert verdicts(result) == ["admitted", "not_this_gate", "left", "not_this_gate", "admitted", "not_this_gate"]


def test_let_in_against_the_class_is_counted_apart_from_visits() -> None:
    result = folded(
        scan(1, 119, pass_id=REVOKED, let_in=True),
        scan(2, 121, pass_id=REVOKED, let_in=True),
        scan(3, 122, pass_id="00000000000000ff", let_in=True),
        scan(4, 123, pass_id="00000000000000ff", let_in=False),
        scan(5, 124, let_in=True),
        scan(6, 125, pass_id=VISITOR, gate="crew", let_in=True),
    )

    assert verdicts(result) == [
        "admitted",
        "revoked",
        "unknown_pass",
        "unknown_pass",
        "unreadable",
        "not_this_gate",
    ]
    assert total(result.counts) == Counts(guests_admitted=1, let_in_against=4)
    assert [(one.scan_id, one.pass_id, one.verdict) for one in result.let_in] == [
        ("00000002", REVOKED, Verdict.REVOKED),
        ("00000003", "00000000000000ff", Verdict.UNKNOWN_PASS),
        ("00000005", None, Verdict.UNREADABLE),
        ("00000006", VISITOR, Verdict.NOT_THIS_GATE),
    ]
    assert total(result.counts).visits == 1


def test_scans_of_one_moment_are_ordered_by_their_id() -> None:
    north, south = scan(1, 5, pass_id=VISITOR), scan(2, 5, pass_id=VISITOR, gate="south")

    assert folded(south, north).admissions[1, VISITOR].gate == "north"
    assert folded(north, south) == folded(south, north)


def test_who_goes_out_is_not_let_in() -> None:
    result = folded(scan(1, 0, pass_id=SUNDAY, direction=Direction.OUT, let_in=True))

    assert verdicts(result) == [Verdict.NOT_VALID_TODAY]
    assert result.counts == {}


def test_tallies_add_up_and_are_put_right_by_counter_entries() -> None:
    result = folded(
        scan(1, 0, tally=30),
        scan(2, 1, tally=-1),
        scan(3, 20, tally=4, direction=Direction.OUT),
        scan(4, -30, tally=2),
    )

    assert result.counts == {
        Place("north", 0, at(-30)): Counts(tallied_in=2),
        Place("north", 1, at(0)): Counts(tallied_in=29),
        Place("north", 1, at(15)): Counts(tallied_out=4),
    }
    assert (total(result.counts, day=1).visits, total(result.counts, day=1).inside) == (29, 25)


def test_what_is_voided_leaves_the_fold_and_stays_in_the_list() -> None:
    result = folded(
        scan(1, 0, pass_id=VISITOR),
        scan(2, 1, voids="00000001"),
        scan(3, 2, tally=5),
        scan(4, 3, voids="00000003"),
        scan(5, 4, pass_id=VISITOR),
    )

    assert verdicts(result) == [None, None, None, None, Verdict.ADMITTED]
    assert [scan_id for scan_id, judged in result.judged.items() if Note.VOIDED in judged.notes] == [
        "00000003",
        "00000001",
    ]
    assert result.admissions[1, VISITOR].first_in_at == at(4)
    assert total(result.counts) == Counts(visitors_admitted=1)


def test_a_void_cannot_be_voided() -> None:
    result = folded(scan(1, 0, tally=5), scan(2, 1, voids="00000001"), scan(3, 2, voids="00000002"))

    assert result.counts == {}


def test_crews_and_volunteers_are_no_visits() -> None:
    result = folded(scan(1, 0, pass_id=CREW), scan(2, 1, pass_id=VISITOR), scan(3, 2, tally=3))

    assert (total(result.counts).visits, total(result.counts).admitted, total(result.counts).inside) == (4, 2, 5)


scans = st.builds(
    ScanRecord,
    scan_id=st.integers(0, 40).map(lambda number: f"{number:08d}"),
    corrected_at=st.integers(-30, 49 * 60).map(at)
    | st.sampled_from([at(0), at(1), at(10), at(119), at(121), SHUT_AT, at(179.99)]),
    gate=st.sampled_from(["north", "south", "crew", "east"]),
    direction=st.sampled_from(Direction),
    let_in=st.booleans(),
).flatmap(
    lambda plain: st.one_of(
        st.sampled_from([*PASSES, "00000000000000ff"]).map(lambda pass_id: replace(plain, pass_id=pass_id)),
        st.integers(-3, 30).map(lambda tally: replace(plain, tally=tally)),
        st.integers(0, 40).map(lambda number: replace(plain, voids=f"{number:08d}")),
        st.just(plain),
    )
)
histories = st.lists(scans, max_size=40)


@given(histories, st.data())
def test_any_permutation_split_and_duplication_ends_in_the_same_table(
    history: list[ScanRecord], data: st.DataObject
) -> None:
    again = data.draw(
        st.permutations(history + data.draw(st.lists(st.sampled_from(history)) if history else st.just([])))
    )
    cut = data.draw(st.integers(0, len(again)))

    assert folded(*again) == folded(*history)
    assert folded(*again[cut:], *again[:cut]) == folded(*history)


@given(st.data())
def test_a_rule_after_the_last_scan_changes_nothing(data: st.DataObject) -> None:
    history = data.draw(st.lists(scans, max_size=20))
    since = max([one.corrected_at for one in history], default=OPENING) + timedelta(microseconds=1)
    gate = data.draw(st.sampled_from(["north", "south", "crew", "east"]))
    shut = [RuleSince(day, since, GateRule(CREWS, is_open=False)) for day in (1, 2)]

    changed = fold(history, PASSES, days=DAYS, gates={**GATES, gate: [*GATES.get(gate, []), *shut]})

    assert changed == folded(*history)


@given(histories, st.data())
def test_folding_only_the_touched_passes_gives_the_same_caches(history: list[ScanRecord], data: st.DataObject) -> None:
    unique = list({scan.scan_id: scan for scan in history}.values())
    cut = data.draw(st.integers(0, len(unique)))
    stored, batch = unique[:cut], unique[cut:]

    before = folded(*stored)
    counts, admissions = before.counts, dict(before.admissions)
    for part_before, part_after in _parts_touched(stored, batch):
        counts = plus(counts, less(part_after.counts, part_before.counts))
        for key in part_before.admissions:
            admissions.pop(key)
        admissions |= part_after.admissions

    assert (counts, admissions) == (folded(*unique).counts, folded(*unique).admissions)


def _parts_touched(stored: list[ScanRecord], batch: list[ScanRecord]) -> list[tuple[Fold, Fold]]:
    """What a server does with a batch: the touched passes, and everything without a pass, before and after."""
    together = stored + batch
    before, after = voided_by(stored), voided_by(together)
    taken_back = {scan.pass_id for scan in together if scan.scan_id in after - before}
    touched = {scan.pass_id for scan in batch} | taken_back
    parts = []
    for pass_id in touched - {None}:
        known, facts = [scan for scan in stored if scan.pass_id == pass_id], PASSES.get(str(pass_id))
        grown = [scan for scan in together if scan.pass_id == pass_id]
        parts.append(
            (
                fold_pass(known, facts, days=DAYS, gates=GATES, voided=before),
                fold_pass(grown, facts, days=DAYS, gates=GATES, voided=after),
            )
        )
    apart = [
        fold_apart([scan for scan in some if scan.pass_id is None], days=DAYS, voided=voided)
        for some, voided in ((stored, before), (together, after))
    ]
    return [*parts, (apart[0], apart[1])]


@given(histories)
def test_figures_hang_together(history: list[ScanRecord]) -> None:
    result = folded(*history)
    unique = {scan.scan_id for scan in history}

    assert set(result.judged) == unique
    for number in (1, 2):
        inside = [a for a in result.admissions.values() if a.day == number and a.state is State.INSIDE]
        day = total(result.counts, day=number)
        assert day.inside - day.tallied_in + day.tallied_out == len(inside)
        assert day.admitted == len([key for key in result.admissions if key[0] == number])
    classes = [judged.verdict for judged in result.judged.values()]
    assert classes.count(Verdict.ALREADY_ADMITTED) == len(result.duplicates)
    assert total(result.counts).admitted + total(result.counts).returned == classes.count(Verdict.ADMITTED)
