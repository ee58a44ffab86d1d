"""The pass as a QR code: `TW1:` and base45 of a signed payload of 14 bytes.

Sources: base45 is RFC 9285, the signature Ed25519 of RFC 8032. Layout, big-endian:
version and kind (4 bits each), key id (1 byte), edition (2), pass id (8), days (2), signature (64).
The order of checks is fixed by `tests/vectors/pass-vectors.json`, which the scanner runs too.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codes import Code

PREFIX = "TW1:"
VERSION = 1
PAYLOAD = struct.Struct(">BBHQH")
SIGNATURE_LENGTH = 64
LENGTH = PAYLOAD.size + SIGNATURE_LENGTH
EDITION_MAX = 0xFFFF
DAYS_MAX = 0xFFFF
PASS_ID_MAX = 0xFFFF_FFFF_FFFF_FFFF
KEY_ID_MAX = 0xFF
WHITE_SPACE = " \t\r\n\v\f"
"""What cameras and typing scanners add around a code; no base45 triplet ends in a space."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VALUES = {character: value for value, character in enumerate(ALPHABET)}


class PassKind(IntEnum):
    """What the bearer is at the edition."""

    BOOTH_CREW = 1
    VOLUNTEER = 2
    GUEST = 3
    VISITOR = 4


class Outcome(StrEnum):
    """What parsing a code came to, in the order of the checks (`ok` when all passed)."""

    NOT_A_PASS = "not_a_pass"  # noqa: S105 - a pass of the festival, no password
    MALFORMED = "malformed"
    UNSUPPORTED_VERSION = "unsupported_version"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class PassFields:
    """What a pass says. `pass_id` is 16 hexadecimal digits; bit 0 of `days` is the edition's first day."""

    kind: PassKind
    key_id: int
    edition: int
    pass_id: str
    days: int
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome of reading a code; `fields` only when it is `ok`."""

    outcome: Outcome
    fields: PassFields | None = None


class Base45Error(ValueError):
    """The text is no base45."""


def base45_encode(data: bytes) -> str:
    """Two bytes become three characters, a last single byte two (RFC 9285, section 4)."""
    characters: list[str] = []
    for start in range(0, len(data) - 1, 2):
        rest, third = divmod(data[start] * 256 + data[start + 1], 45)
        second, first = divmod(rest, 45)
        characters += ALPHABET[third], ALPHABET[first], ALPHABET[second]
    if len(data) % 2:
        second, first = divmod(data[-1], 45)
        characters += ALPHABET[first], ALPHABET[second]
    return "".join(characters)


def base45_decode(text: str) -> bytes:
    """The bytes of a base45 text; Base45Error for foreign characters, lengths and values (RFC 9285, section 6)."""
    try:
        values = [VALUES[character] for character in text]
    except KeyError:
        raise Base45Error("foreign character") from None
    if len(values) % 3 == 1:
        raise Base45Error("length")
    data = bytearray()
    for start in range(0, len(values), 3):
        group = values[start : start + 3]
        number = sum(value * 45**power for power, value in enumerate(group))
        size = len(group) - 1
        if number >= 256**size:
            raise Base45Error("group out of range")
        data += number.to_bytes(size, "big")
    return bytes(data)


def encode(fields: PassFields, private_key: bytes) -> str:
    """The signed text of a pass; `private_key` is the 32-byte seed of RFC 8032. Refuses PASS_FIELD_RANGE."""
    _check_ranges(fields)
    payload = PAYLOAD.pack(
        fields.version << 4 | fields.kind, fields.key_id, fields.edition, int(fields.pass_id, 16), fields.days
    )
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(payload)
    return PREFIX + base45_encode(payload + signature)


def parse(text: str, keys: Mapping[int, bytes]) -> Parsed:
    """Read any text as a pass, verified with the public `keys` by key id. Never raises on what was read."""
    text = text.strip(WHITE_SPACE)
    if not text.startswith(PREFIX):
        return Parsed(Outcome.NOT_A_PASS)
    try:
        data = base45_decode(text[len(PREFIX) :])
    except Base45Error:
        return Parsed(Outcome.MALFORMED)
    if len(data) != LENGTH:
        return Parsed(Outcome.MALFORMED)
    refused = _refused_before_fields(data, keys)
    return Parsed(refused) if refused else _with_fields(data)


def days_mask(numbers: set[int] | frozenset[int]) -> int:
    """Numbered days (the first is 1) as the bits of a pass. Refuses PASS_FIELD_RANGE outside 1 to 16."""
    if not numbers or not all(1 <= number <= 16 for number in numbers):
        raise Refusal(Code.PASS_FIELD_RANGE, field="days")
    return sum(1 << (number - 1) for number in numbers)


def days_of(mask: int) -> frozenset[int]:
    """The day numbers whose bits are set."""
    return frozenset(bit + 1 for bit in range(mask.bit_length()) if mask >> bit & 1)


def _refused_before_fields(data: bytes, keys: Mapping[int, bytes]) -> Outcome | None:
    if data[0] >> 4 != VERSION:
        return Outcome.UNSUPPORTED_VERSION
    if data[1] not in keys:
        return Outcome.UNKNOWN_KEY
    try:
        Ed25519PublicKey.from_public_bytes(keys[data[1]]).verify(data[PAYLOAD.size :], data[: PAYLOAD.size])
    except InvalidSignature:
        return Outcome.BAD_SIGNATURE
    return None


def _with_fields(data: bytes) -> Parsed:
    first, key_id, edition, number, days = PAYLOAD.unpack_from(data)
    try:
        fields = PassFields(PassKind(first & 0x0F), key_id, edition, f"{number:016x}", days)
        _check_ranges(fields)
    except (ValueError, Refusal):
        return Parsed(Outcome.MALFORMED)
    return Parsed(Outcome.OK, fields)


def _check_ranges(fields: PassFields) -> None:
    number = _number_of(fields.pass_id)
    within = {
        "version": fields.version == VERSION,
        "kind": fields.kind in PassKind,
        "key_id": 0 <= fields.key_id <= KEY_ID_MAX,
        "edition": 1 <= fields.edition <= EDITION_MAX,
        "pass_id": number is not None and 1 <= number <= PASS_ID_MAX,
        "days": 1 <= fields.days <= DAYS_MAX,
    }
    for field, is_within in within.items():
        if not is_within:
            raise Refusal(Code.PASS_FIELD_RANGE, field=field)


def _number_of(pass_id: str) -> int | None:
    if len(pass_id) == 16 and set(pass_id) <= set("0123456789abcdef"):
        return int(pass_id, 16)
    return None
