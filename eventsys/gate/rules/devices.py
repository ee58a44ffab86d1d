"""What a phone may do at its gate, and when its silence is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(minutes=3)
"""A phone asks every ten seconds, without a network once a minute, and is noted twice a minute."""


class DeviceRole(StrEnum):
    """What a phone may do: scan, or also search and undo."""

    SCAN = "scan"
    SUPERVISE = "supervise"


@dataclass(frozen=True, slots=True)
class Presence:
    """When a phone is meant to be at its gate, and when it was last heard of."""

    begins: datetime
    ends: datetime
    last_seen_at: datetime

    def is_at_work(self, now: datetime) -> bool:
        """Whether it is meant to be there now."""
        return self.begins <= now < self.ends


def silent_minutes(phone: Presence, *, now: datetime) -> int | None:
    """For how many minutes nothing was heard of a phone that is meant to be there; None while it speaks."""
    silence = now - max(phone.last_seen_at, phone.begins)
    if not phone.is_at_work(now) or silence < SILENT_AFTER:
        return None
    return silence // timedelta(minutes=1)
