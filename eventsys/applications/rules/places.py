"""Places under a limit, and offers of places that came free.

A place is taken by whoever is approved, staged or told, and by whoever holds an open offer; so no sequence of
decisions, withdrawals and answers leads over the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OfferOutcome(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many places of a kind an edition has (None: as many as like), and who takes them."""

    places: int | None
    approved: int
    offered: int
    waitlisted: int = 0

    @property
    def free(self) -> int | None:
        """Places that nobody takes, never below zero; None where there is no limit."""
        return None if self.places is None else max(0, self.places - self.approved - self.offered)

    @property
    def over(self) -> int:
        """How many more take a place than there are: only after a limit was lowered."""
        return 0 if self.places is None else max(0, self.approved + self.offered - self.places)

    @property
    def has_place(self) -> bool:
        """Whether one more may be approved or offered a place."""
        return self.free is None or self.free > 0


def ranks_moved(ranks: list[int], place: int, *, steps: int) -> list[int]:
    """The new rank of each in line after the one at `place` moved up (negative) or down; ends are ends.

    The ranks themselves stay, dealt anew: who has left the line for a decision that is only staged finds theirs again.
    """
    order = [index for index in range(len(ranks)) if index != place]
    order.insert(min(max(place + steps, 0), len(order)), place)
    dealt = list(ranks)
    last = 0
    for rank, index in zip(sorted(ranks), order, strict=True):
        last = max(rank, last + 1)
        dealt[index] = last
    return dealt


def is_open(expires_at: datetime, now: datetime) -> bool:
    """Whether an offer may still be answered: up to the moment itself."""
    return now <= expires_at
