"""Places under a limit, and offers of places that came free."""

from __future__ import annotations

from enum import StrEnum


class OfferOutcome(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RETRACTED = "retracted"
