"""The pass codec on the published vectors, and by property."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codec import (
    LENGTH,
    PREFIX,
    Base45Error,
    Outcome,
    Parsed,
    PassFields,
    PassKind,
    base45_decode,
    base45_encode,
    days_mask,
    days_of,
    encode,
    parse,
)
from eventsys.passes.rules.keys import public_key_of

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "pass-vectors.json").read_text(encoding="utf-8"))
KEYS = {int(key_id): bytes.fromhex(digits) for key_id, digits in VECTORS["keys"].items()}
SIGNING = {int(key_id): bytes.fromhex(digits) for key_id, digits in VECTORS["signing_keys_for_tests_only"].items()}
VALID = PassFields(PassKind.VISITOR, 1, 7, "30973b4ba6cecc1b", 3)

fields_of_passes = st.builds(
    PassFields,
    kind=st.sampled_from(PassKind),
    key_id=st.sampled_from(sorted(SIGNING)),
    edition=st.integers(1, 0xFFFF),
    pass_id=st.integers(1, 2**64 - 1).map(lambda number: f"{number:016x}"),
    days=st.integers(1, 0xFFFF),
)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_parse_gives_what_the_vector_says(case: dict[str, object]) -> None:
    parsed = parse(str(case["text"]), KEYS)

    said = parsed.fields and {
        "version": parsed.fields.version,
        "key_id": parsed.fields.key_id,
        "edition": parsed.fields.edition,
        "pass_id": parsed.fields.pass_id,
        "kind": int(parsed.fields.kind),
        "days": parsed.fields.days,
    }
    assert parsed.outcome == case["outcome"]
    assert (said is None) == (case["outcome"] != "ok")
    assert said == case.get("fields", said)


def test_the_vectors_are_all_there() -> None:
    assert len(VECTORS["cases"]) == 132
    assert {case["outcome"] for case in VECTORS["cases"]} == set(Outcome)


@pytest.mark.parametrize(
    "case", [case for case in VECTORS["cases"] if case["outcome"] == "ok"], ids=lambda c: c["name"]
)
def test_encode_makes_the_vector_again(case: dict[str, object]) -> None:
    fields = parse(str(case["text"]), KEYS).fields
    assert fields is not None

    assert encode(fields, SIGNING[fields.key_id]) == str(case["text"]).strip()


@given(fields_of_passes)
def test_encode_then_parse_is_the_same_pass(fields: PassFields) -> None:
    text = encode(fields, SIGNING[fields.key_id])

    assert parse(text, KEYS) == Parsed(Outcome.OK, fields)
    assert len(text) == 121


@given(fields_of_passes, st.integers(0, LENGTH * 8 - 1))
def test_parse_refuses_any_flipped_bit(fields: PassFields, bit: int) -> None:
    data = bytearray(base45_decode(encode(fields, SIGNING[fields.key_id])[len(PREFIX) :]))
    data[bit // 8] ^= 1 << bit % 8

    parsed = parse(PREFIX + base45_encode(bytes(data)), KEYS)

    assert parsed.outcome is not Outcome.OK
    assert parsed.fields is None


@given(st.text() | st.text().map(lambda junk: PREFIX + junk) | st.binary().map(lambda b: PREFIX + base45_encode(b)))
def test_parse_never_raises_and_never_believes_junk(text: str) -> None:
    assert parse(text, KEYS).outcome is not Outcome.OK


def test_parse_of_a_signature_with_a_larger_s_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    data = base45_decode(encode(VALID, SIGNING[1])[len(PREFIX) :])
    malleable = data[:-32] + (int.from_bytes(data[-32:], "little") + order).to_bytes(32, "little")

    assert parse(PREFIX + base45_encode(malleable), KEYS).outcome is Outcome.BAD_SIGNATURE


@given(st.binary())
def test_base45_is_reversible(data: bytes) -> None:
    assert base45_decode(base45_encode(data)) == data


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")])
def test_base45_gives_the_examples_of_rfc_9285(data: bytes, text: str) -> None:
    assert base45_encode(data) == text
    assert base45_decode(text) == data


@pytest.mark.parametrize("text", ["A", "0", "BB80", "GGW", "::", "ab", "BB8Å"])
def test_base45_refuses_what_is_none(text: str) -> None:
    with pytest.raises(Base45Error):
        base45_decode(text)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("version", PassFields(PassKind.GUEST, 1, 7, VALID.pass_id, 1, version=2)),
        ("key_id", PassFields(PassKind.GUEST, 256, 7, VALID.pass_id, 1)),
        ("edition", PassFields(PassKind.GUEST, 1, 0, VALID.pass_id, 1)),
        ("edition", PassFields(PassKind.GUEST, 1, 65536, VALID.pass_id, 1)),
        ("pass_id", PassFields(PassKind.GUEST, 1, 7, "0" * 16, 1)),
        ("pass_id", PassFields(PassKind.GUEST, 1, 7, "1b", 1)),
        ("pass_id", PassFields(PassKind.GUEST, 1, 7, "30973B4BA6CECC1B", 1)),
        ("days", PassFields(PassKind.GUEST, 1, 7, VALID.pass_id, 0)),
    ],
)
def test_encode_refuses_fields_out_of_range(field: str, fields: PassFields) -> None:
    with pytest.raises(Refusal) as refused:
        encode(fields, SIGNING[1])
    assert refused.value.field == field


def test_days_are_bits_from_the_first_day() -> None:
    assert days_mask({1, 2}) == 0b11
    assert days_mask({16}) == 0x8000
    assert days_of(0x8001) == {1, 16}


@pytest.mark.parametrize("numbers", [set(), {0}, {17}])
def test_days_outside_sixteen_are_refused(numbers: set[int]) -> None:
    with pytest.raises(Refusal):
        days_mask(numbers)


def test_public_keys_are_those_of_the_vectors() -> None:
    assert {key_id: public_key_of(seed) for key_id, seed in SIGNING.items()} == KEYS
