"""Reading what a phone says of a scan: every object is either a scan or refused with the field that can't be so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.intake import NAMED, Entry, ScanClaim, Status, read_scan, refused
from eventsys.gate.rules.scans import Direction
from eventsys.gate.rules.verdicts import Verdict

SCAN_ID = "0198f0aa-0000-7000-8000-000000000001"
SOUND: dict[str, Any] = {
    "scan_id": SCAN_ID,
    "direction": "in",
    "pass_id": "30973b4ba6cecc1b",
    "code_hash": None,
    "tally": None,
    "captured_at": "2026-08-29T09:30:00.250+02:00",
    "clock_offset_ms": -3_742_000,
    "clock_doubt_ms": 40,
    "phone_verdict": "admitted",
    "let_in": True,
    "entry": "camera",
    "of_a_newer_phone": {"is": "forgiven"},
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def test_a_sound_scan_is_read() -> None:
    assert read_scan(SOUND) == ScanClaim(
        scan_id=SCAN_ID,
        direction=Direction.IN,
        pass_id="30973b4ba6cecc1b",
        code_hash=None,
        tally=None,
        voids=None,
        captured_at=datetime(2026, 8, 29, 7, 30, 0, 250_000, tzinfo=UTC),
        clock_offset_ms=-3_742_000,
        clock_doubt_ms=40,
        phone_verdict=Verdict.ADMITTED,
        let_in=True,
        entry=Entry.CAMERA,
    )


def read_or_refused(said: object) -> ScanClaim | Refusal:
    try:
        return read_scan(said)
    except Refusal as refusal:
        return refusal


@given(st.sampled_from(sorted(SOUND)), anything)
def test_any_value_in_any_field_is_read_or_refused(field: str, value: object) -> None:
    read = read_or_refused(SOUND | {field: value})

    if isinstance(read, Refusal):
        assert read.code is Code.SCAN_MALFORMED
        assert read.field in {field, ",".join(NAMED)}
    else:
        assert sum(getattr(read, name) is not None for name in NAMED) == 1


@given(anything)
def test_what_is_no_scan_is_refused(said: object) -> None:
    refusal = read_or_refused(said)

    assert isinstance(refusal, Refusal)
    assert (refused(said, refusal).status, refused(said, refusal).reason) == (Status.REFUSED, Code.SCAN_MALFORMED)


def test_a_refusal_repeats_an_id_that_is_short_enough_to_be_one() -> None:
    refusal = Refusal(Code.SCAN_MALFORMED, field="scan_id")

    assert refused({"scan_id": "mine"}, refusal).scan_id == "mine"
    assert refused({"scan_id": "x" * 101}, refusal).scan_id is None
    assert refused({"scan_id": 5}, refusal).scan_id is None
