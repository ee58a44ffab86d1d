"""What a reviewer may recommend."""

from __future__ import annotations

from enum import StrEnum


class Recommendation(StrEnum):
    """A reviewer's opinion; organisers decide."""

    APPROVE = "approve"
    WAITLIST = "waitlist"
    REJECT = "reject"
