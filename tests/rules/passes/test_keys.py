"""Keys: made, rotated, written and read again."""

from __future__ import annotations

import pytest

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codec import Outcome, PassFields, PassKind, encode, parse
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.keys import (
    KeyRing,
    key_file_text,
    new_private_key,
    new_ring,
    parse_key_file,
    public_keys_of,
    rotated,
)


def _bytes_of(value: int):  # type: ignore[no-untyped-def]
    return lambda length: bytes([value]) * length


def test_new_private_key_asks_for_32_bytes() -> None:
    assert new_private_key(_bytes_of(7)) == b"\x07" * 32


def test_new_private_key_refuses_a_short_source() -> None:
    with pytest.raises(Refusal) as refused:
        new_private_key(lambda length: b"\x07" * (length - 1))
    assert refused.value.code is Code.KEY_LENGTH


def test_old_passes_verify_after_rotation_and_new_ones_carry_the_new_key() -> None:
    ring = new_ring(_bytes_of(1))
    old = encode(PassFields(PassKind.GUEST, ring.signing, 7, "00000000000000aa", 1), ring.signing_key)

    ring = rotated(ring, _bytes_of(2))
    new = encode(PassFields(PassKind.GUEST, ring.signing, 7, "00000000000000ab", 1), ring.signing_key)

    assert ring.signing == 2
    assert [parse(text, public_keys_of(ring)).outcome for text in (old, new)] == [Outcome.OK, Outcome.OK]
    assert parse(new, {1: public_keys_of(ring)[1]}).outcome is Outcome.UNKNOWN_KEY


def test_rotation_ends_before_the_training_keys() -> None:
    with pytest.raises(Refusal) as refused:
        rotated(KeyRing(239, {239: b"\x01" * 32}), _bytes_of(2))
    assert refused.value.code is Code.KEYS_EXHAUSTED


def test_key_file_holds_the_ring() -> None:
    ring = rotated(new_ring(_bytes_of(1)), _bytes_of(2))

    assert parse_key_file(key_file_text(ring)) == ring


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"signing": 1, "keys": {}}',
        '{"signing": 1, "keys": {"1": "00"}}',
        '{"signing": 1, "keys": {"1": "zz"}}',
        '{"signing": 2, "keys": {"1": "' + "00" * 32 + '"}}',
        '{"signing": 250, "keys": {"250": "' + "00" * 32 + '"}}',
    ],
)
def test_key_file_refuses_anything_else(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_key_file(text)
    assert refused.value.code is Code.KEY_FILE_MALFORMED
