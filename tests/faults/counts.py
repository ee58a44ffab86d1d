"""How far the faults go: a little in `make test`, the full counts in `make test-long`."""

from __future__ import annotations

import os
from typing import TypeVar

Count = TypeVar("Count")
IS_LONG = bool(os.environ.get("EVENTSYS_LONG"))


def far(long: Count, *, short: Count) -> Count:
    """The count of this run."""
    return long if IS_LONG else short
