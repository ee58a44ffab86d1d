"""What the fold reads: scans, and what the server knows of passes and gates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventsys.passes.rules.codec import PassKind


class Direction(StrEnum):
    """Which way the bearer went."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """One attempt at a gate, as far as the fold needs it.

    Names one thing: a pass (`pass_id`), people counted by hand (`tally`, + or -), another scan that it takes back
    (`voids`), or, when all three are None, a code that is no pass of ours.
    `corrected_at` comes from `clock.corrected`, `gate` is the gate's code.
    """

    scan_id: str
    corrected_at: datetime
    gate: str
    direction: Direction = Direction.IN
    pass_id: str | None = None
    tally: int | None = None
    voids: str | None = None
    let_in: bool = False


@dataclass(frozen=True, slots=True)
class PassFacts:
    """What the server knows of an issued pass. A pass of another edition may be told apart from one never issued."""

    kind: PassKind
    days: int
    revoked_at: datetime | None = None
    is_of_other_edition: bool = False

    def is_valid_on(self, day_number: int) -> bool:
        """Whether the day's bit is set."""
        return bool(self.days >> (day_number - 1) & 1)


def in_order(scans: Iterable[ScanRecord]) -> list[ScanRecord]:
    """The set of scans in the order of the fold: corrected time, then scan id. A repeated scan counts once."""
    return sorted(_by_id(scans).values(), key=lambda scan: (scan.corrected_at, scan.scan_id))


def voided_by(scans: Iterable[ScanRecord]) -> frozenset[str]:
    """The scan ids that are taken back. A void can't be taken back itself: who was undone is scanned again."""
    return frozenset(scan.voids for scan in scans if scan.voids is not None)


def _by_id(scans: Iterable[ScanRecord]) -> dict[str, ScanRecord]:
    """The primary key of the log keeps ids apart; should two differ all the same, the choice must not hang on order."""
    unique: dict[str, ScanRecord] = {}
    for scan in scans:
        known = unique.setdefault(scan.scan_id, scan)
        if known != scan:
            unique[scan.scan_id] = min(known, scan, key=repr)
    return unique
