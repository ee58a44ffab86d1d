"""What a phone may do at its gate."""

from __future__ import annotations

from enum import StrEnum


class DeviceRole(StrEnum):
    """What a phone may do: scan, or also search and undo."""

    SCAN = "scan"
    SUPERVISE = "supervise"
