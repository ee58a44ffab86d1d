"""What time it really was: a phone's clock is a claim, put right by what every exchange tells of it.

`clock_offset_ms` is what must be ADDED to the phone's clock to get the server's; `clock_doubt_ms` is how far that may
be off (half the round trip in which it was measured, RFC 5905 section 8, and what the clock may have moved since).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

MOST_DOUBT_MS = 60_000
"""From a minute on, the order of scans at two gates may be wrong: such a scan is marked."""

NETWORK = timedelta(seconds=2)
"""How far before its arrival a request may have been sent without telling anything about the clock."""


class Doubt(StrEnum):
    """Why the time of a scan is uncertain."""

    UNMEASURED = "unmeasured"
    FUTURE = "future"
    BEFORE_ENROLMENT = "before_enrolment"


@dataclass(frozen=True, slots=True)
class ClockClaim:
    """What the phone says: when it was, and what it knows of its clock."""

    captured_at: datetime
    clock_offset_ms: int
    clock_doubt_ms: int


@dataclass(frozen=True, slots=True)
class CorrectedTime:
    """The time that counts, and why it is doubtful, if it is."""

    at: datetime
    doubts: frozenset[Doubt] = field(default_factory=frozenset)

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it before the day is closed."""
        return bool(self.doubts)


def corrected(
    claim: ClockClaim, *, received_at: datetime, sent_at: datetime | None = None, enrolled_at: datetime | None = None
) -> CorrectedTime:
    """The time of a scan as the server counts it. Compute it once, at arrival, and keep it with the scan.

    A phone that never measured its clock (`clock_doubt_ms` over a minute) is put right by `sent_at`, its own clock when
    it sent the batch. A scan can be neither later than its arrival nor earlier than the phone's enrolment: it is
    brought within these bounds, and marked when it was further out than the phone's own doubt.
    """
    doubts: set[Doubt] = set()
    offset, doubt = timedelta(milliseconds=claim.clock_offset_ms), timedelta(milliseconds=claim.clock_doubt_ms)
    if claim.clock_doubt_ms > MOST_DOUBT_MS:
        doubts.add(Doubt.UNMEASURED)
        offset, doubt = (received_at - sent_at if sent_at else offset), timedelta(milliseconds=MOST_DOUBT_MS)
    at = _moved(claim.captured_at, offset, fallback=received_at)
    if at > received_at:
        doubts |= {Doubt.FUTURE} if at - received_at > doubt + NETWORK else set()
        at = received_at
    if enrolled_at is not None and at < enrolled_at:
        doubts |= {Doubt.BEFORE_ENROLMENT} if enrolled_at - at > doubt + NETWORK else set()
        at = enrolled_at
    return CorrectedTime(at, frozenset(doubts))


def _moved(moment: datetime, offset: timedelta, *, fallback: datetime) -> datetime:
    try:
        return moment + offset
    except OverflowError:
        return fallback
