"""Where private keys live: a file that only its owner may read, or EVENTSYS_PASS_KEYS. Never the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from flask import current_app

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.keys import KeyRing, key_file_text, new_private_key, parse_key_file, rotated

FILE_NAME = "pass-keys.json"
OWNER_ONLY = 0o600


def path() -> Path:
    """Where the key file is."""
    var: Path = current_app.config["EVENTSYS"].var
    return var / FILE_NAME


def place() -> str:
    """Where the private keys are, in words."""
    return "the environment (EVENTSYS_PASS_KEYS)" if current_app.config["EVENTSYS"].pass_keys else str(path())


def read() -> KeyRing | None:
    """The keys of this installation; None when none have been made. Refuses KEY_FILE_MALFORMED."""
    given: str = current_app.config["EVENTSYS"].pass_keys
    if given:
        return parse_key_file(given)
    return parse_key_file(path().read_text()) if path().exists() else None


def make(first_id: int) -> KeyRing:
    """A ring of one new key under this id, kept in the file. When another process was faster, its ring."""
    ring = KeyRing(first_id, {first_id: new_private_key(secrets.token_bytes)})
    draft = _draft(ring)
    try:
        os.link(draft, path())
    except FileExistsError:
        return parse_key_file(path().read_text())
    finally:
        draft.unlink()
    return ring


def rotate(ring: KeyRing) -> KeyRing:
    """The ring with a new signing key, kept in the file. Refuses KEYS_FROM_ENVIRONMENT and KEYS_EXHAUSTED."""
    if current_app.config["EVENTSYS"].pass_keys:
        raise Refusal(Code.KEYS_FROM_ENVIRONMENT)
    turned = rotated(ring, secrets.token_bytes)
    _draft(turned).replace(path())
    return turned


def _draft(ring: KeyRing) -> Path:
    """The file beside its place, whole and on disk: whoever reads the place never sees half a file."""
    draft = path().with_name(f".{FILE_NAME}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as file:
        file.write(key_file_text(ring))
        file.flush()
        os.fsync(file.fileno())
    return draft
