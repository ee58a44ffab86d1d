"""What a phone may say of a scan: one object of a batch, field by field, as `docs/gate-protocol.md` lists them.

A scan that can't be read is refused alone; it never holds up the others of its batch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from eventsys.base.refusals import Refusal
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.scans import Direction
from eventsys.gate.rules.verdicts import Verdict

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PASS_ID = re.compile(r"(?!0{16})[0-9a-f]{16}")
CODE_HASH = re.compile(r"[0-9a-f]{64}")
MOST_TALLY = 10_000
FARTHEST_CLOCK_MS = 10**13
"""Three centuries: the clock of a phone with a dead battery starts in 1970, and its scans still count."""

LONGEST_ECHO = 100


class Entry(StrEnum):
    """How the phone came by the code."""

    CAMERA = "camera"
    TYPED = "typed"
    WEDGE = "wedge"
    PHOTO = "photo"
    TAP = "tap"


class Status(StrEnum):
    """What became of a scan that was sent: in the log now, in it before, or never."""

    STORED = "stored"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ScanClaim:
    """One attempt as the phone tells it. Names one thing: `pass_id`, `code_hash`, `tally` or `voids`."""

    scan_id: str
    direction: Direction
    pass_id: str | None
    code_hash: str | None
    tally: int | None
    voids: str | None
    captured_at: datetime
    clock_offset_ms: int
    clock_doubt_ms: int
    phone_verdict: Verdict | None
    let_in: bool
    entry: Entry


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one scan: `verdict` as the server judges it; `reason` and `field` where it is refused."""

    scan_id: str | None
    status: Status
    verdict: Verdict | None = None
    reason: Code | None = None
    field: str | None = None


def read_scan(said: object) -> ScanClaim:
    """One object of a batch as a scan. Refuses SCAN_MALFORMED with the field that can't be so."""
    if not isinstance(said, Mapping):
        raise Refusal(Code.SCAN_MALFORMED)
    values: dict[str, Any] = {}
    for name, (read, may_miss) in _FIELDS.items():
        value = said.get(name)
        if value is None and may_miss:
            values[name] = None
            continue
        try:
            values[name] = read(value)
        except (ValueError, OverflowError, TypeError):
            raise Refusal(Code.SCAN_MALFORMED, field=name) from None
    if sum(values[name] is not None for name in NAMED) != 1:
        raise Refusal(Code.SCAN_MALFORMED, field=",".join(NAMED))
    return ScanClaim(**values)


def refused(said: object, refusal: Refusal) -> Result:
    """The answer to a scan that is not taken; it repeats the id so that the phone finds its scan."""
    scan_id = said.get("scan_id") if isinstance(said, Mapping) else None
    echo = scan_id if isinstance(scan_id, str) and len(scan_id) <= LONGEST_ECHO else None
    return Result(echo, Status.REFUSED, reason=Code(refusal.code), field=refusal.field)


NAMED = ("pass_id", "code_hash", "tally", "voids")


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(value)
        return value

    return read


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # JSON knows one kind of number: 5.0 is 5.
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(value)
        return value

    return read


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise TypeError(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment.astimezone(UTC)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _tally(value: object) -> int:
    count = _whole(-MOST_TALLY, MOST_TALLY)(value)
    if count == 0:
        raise ValueError(value)
    return count


# How each field is read, and whether it may be missing or null.
_FIELDS: dict[str, tuple[Callable[[Any], Any], bool]] = {
    "scan_id": (_matching(UUID7), False),
    "direction": (Direction, False),
    "pass_id": (_matching(PASS_ID), True),
    "code_hash": (_matching(CODE_HASH), True),
    "tally": (_tally, True),
    "voids": (_matching(UUID7), True),
    "captured_at": (_moment, False),
    "clock_offset_ms": (_whole(-FARTHEST_CLOCK_MS, FARTHEST_CLOCK_MS), False),
    "clock_doubt_ms": (_whole(0, FARTHEST_CLOCK_MS), False),
    "phone_verdict": (Verdict, True),
    "let_in": (_yes_or_no, False),
    "entry": (Entry, False),
}
