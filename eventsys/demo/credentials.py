"""Who can sign in to the demo: made at first run, kept beside the database, printed at every start."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from eventsys.base.ids import new_code

FILE = "demo-credentials.json"
GROUPS = 4


def new_password() -> str:
    """A random password that can be typed from a screen: four groups of four, about 78 bits."""
    return "-".join(new_code(4).lower() for _ in range(GROUPS))


def keep(var: Path, passwords: Mapping[str, str]) -> None:
    """Write them to a file that only its owner may read."""
    path = var / FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(dict(passwords), file, indent=1)


def kept(var: Path) -> dict[str, str]:
    """Passwords by mail address; none before the example has been loaded."""
    path = var / FILE
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found
