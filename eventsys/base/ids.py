"""Codes that people and links see, and the ids of scans. Integer keys never leave the database."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
import uuid

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # Without what is misread: 0 1 I L O U.


def new_code(length: int = 8) -> str:
    """A random code for an address or a person to read out: capitals and digits that aren't misread."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_token() -> str:
    """A random secret of 32 bytes for a link or a device, 43 characters of URL-safe base64."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hex. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def uuid7(milliseconds: int, entropy: bytes) -> uuid.UUID:
    """A version 7 UUID (RFC 9562 §5.7) of a Unix time in milliseconds and ten random bytes."""
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(entropy[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"})


def slug_of(text: str) -> str:
    """The kebab-case address word of a name: `Ørestad på kryds` becomes `oerestad-paa-kryds`."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED)).casefold()  # "㎊" unfolds to "pF".
    plain = "".join(c if c.isascii() and c.isalnum() else "-" if not unicodedata.combining(c) else "" for c in folded)
    return "-".join(part for part in plain.split("-") if part)
