"""A pass for training: signed with a key that everybody knows, under a key id that never signs a live pass.

Scanners in training believe this key alone, and live scanners never do, so nothing can be gained with it.
"""

from __future__ import annotations

import hashlib

from eventsys.passes.rules.codec import DAYS_MAX, PassFields, PassKind, encode
from eventsys.passes.rules.keys import TRAINING_KEY_ID, public_key_of

_SEED = hashlib.sha256(b"eventsys training key").digest()
_PASS_ID = b"training".hex()


def training_keys() -> dict[int, str]:
    """The public training key in hex, by key id."""
    return {TRAINING_KEY_ID: public_key_of(_SEED).hex()}


def training_pass(edition_number: int) -> str:
    """The text of a visitor's pass for every day of an edition, for training alone."""
    return encode(PassFields(PassKind.VISITOR, TRAINING_KEY_ID, edition_number, _PASS_ID, DAYS_MAX), _SEED)
