"""Keys that sign passes: Ed25519 seeds (RFC 8032), several at once, one of them signing.

A key file is JSON: `{"signing": 2, "keys": {"1": "<64 hex>", "2": "<64 hex>"}}`. Reading and writing it, with
mode 0600, happens elsewhere; here are only the words of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codes import Code

KEY_LENGTH = 32
FIRST_LIVE_KEY_ID = 1
LAST_LIVE_KEY_ID = 239
TRAINING_KEY_ID = 250
"""Key ids from 240 up never sign a live pass: a training code can't be taken for one."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Private keys by key id, and which of them signs new passes."""

    signing: int
    keys: Mapping[int, bytes]

    @property
    def signing_key(self) -> bytes:
        """The private key that signs new passes."""
        return self.keys[self.signing]


def new_private_key(source: Callable[[int], bytes]) -> bytes:
    """A private key from a source of random bytes (`secrets.token_bytes`). Refuses KEY_LENGTH when it gives too few."""
    seed = source(KEY_LENGTH)
    if len(seed) != KEY_LENGTH:
        raise Refusal(Code.KEY_LENGTH, expected=KEY_LENGTH, given=len(seed))
    return seed


def public_key_of(private_key: bytes) -> bytes:
    """The 32 public bytes that verify what the private key signs."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def public_keys_of(ring: KeyRing) -> dict[int, bytes]:
    """All public keys of a ring by key id, as the codec and the scanner want them."""
    return {key_id: public_key_of(private_key) for key_id, private_key in sorted(ring.keys.items())}


def new_ring(source: Callable[[int], bytes]) -> KeyRing:
    """A ring of one key, as made at first run."""
    return KeyRing(FIRST_LIVE_KEY_ID, {FIRST_LIVE_KEY_ID: new_private_key(source)})


def rotated(ring: KeyRing, source: Callable[[int], bytes]) -> KeyRing:
    """The ring with a new key that signs from now on; the old ones go on verifying. Refuses KEYS_EXHAUSTED."""
    key_id = max(ring.keys) + 1
    if key_id > LAST_LIVE_KEY_ID:
        raise Refusal(Code.KEYS_EXHAUSTED, last=LAST_LIVE_KEY_ID)
    return KeyRing(key_id, {**ring.keys, key_id: new_private_key(source)})


def key_file_text(ring: KeyRing) -> str:
    """The text of a key file. Secret."""
    keys = {str(key_id): private_key.hex() for key_id, private_key in sorted(ring.keys.items())}
    return json.dumps({"signing": ring.signing, "keys": keys}, indent=1) + "\n"


def parse_key_file(text: str) -> KeyRing:
    """The ring that a key file holds. Refuses KEY_FILE_MALFORMED for anything else."""
    try:
        content = json.loads(text)
        ring = KeyRing(
            content["signing"], {int(key_id): bytes.fromhex(digits) for key_id, digits in content["keys"].items()}
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refusal(Code.KEY_FILE_MALFORMED) from None
    lengths = {len(private_key) for private_key in ring.keys.values()}
    is_live = all(FIRST_LIVE_KEY_ID <= key_id <= LAST_LIVE_KEY_ID for key_id in ring.keys)
    if lengths != {KEY_LENGTH} or not is_live or ring.signing not in ring.keys:
        raise Refusal(Code.KEY_FILE_MALFORMED)
    return ring
