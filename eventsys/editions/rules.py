"""Rules about editions: addresses, days, the call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from eventsys.base.clock import from_local, local
from eventsys.base.refusals import Refusal

MOST_DAYS = 16  # A pass has sixteen bits for days (docs/gate-protocol.md).
OPENS, CLOSES = time(9), time(20)
# First words of our own addresses, so no edition may be called that.
TAKEN = frozenset({
    "account", "api", "apply", "dev", "gate", "healthz", "s", "language", "my", "organise", "passes", "static", "survey",
})  # fmt: skip
LAST_WINDOW = timedelta(hours=24)


class Code(StrEnum):
    """Why not."""

    SLUG_SHAPE = "slug_shape"
    SLUG_TAKEN = "slug_taken"
    DAY_COUNT = "day_count"
    NAME_MISSING = "name_missing"
    CALL_ORDER = "call_order"
    CALL_HALF = "call_half"
    DATES_ORDER = "dates_order"
    DECISIONS_BEFORE_CLOSING = "decisions_before_closing"
    NUMBER_TAKEN = "number_taken"
    NO_SUCH_EDITION = "no_such_edition"
    ALREADY_ON_TEAM = "already_on_team"
    ROLE_UNKNOWN = "role_unknown"
    NOTHING_TO_RESEND = "nothing_to_resend"


class CallState(StrEnum):
    """Whether applications are taken."""

    NOT_SET = "not_set"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DayHours:
    """When a numbered day opens and closes, in UTC."""

    number: int
    opens_at: datetime
    closes_at: datetime


def check_slug(slug: str) -> str:
    """The address word of an edition: kebab-case, not one of ours. Refusal(SLUG_SHAPE | SLUG_TAKEN)."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 60:
        raise Refusal(Code.SLUG_SHAPE, field="slug", slug=slug)
    if slug in TAKEN:
        raise Refusal(Code.SLUG_TAKEN, field="slug", slug=slug)
    return slug


def consecutive_days(starts_on: date, count: int) -> list[DayHours]:
    """`count` days from `starts_on`, each open 9 to 20 in Copenhagen: crews come first. Refusal(DAY_COUNT) outside 1 to 16."""
    if not 1 <= count <= MOST_DAYS:
        raise Refusal(Code.DAY_COUNT, field="days", count=count, most=MOST_DAYS)
    return [
        DayHours(n + 1, from_local(datetime.combine(day, OPENS)), from_local(datetime.combine(day, CLOSES)))
        for n in range(count)
        for day in [starts_on + timedelta(days=n)]
    ]


def call_state(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> CallState:
    """Whether the call is open: from its opening, up to and not including its closing."""
    if opens_at is None or closes_at is None:
        return CallState.NOT_SET
    if now < opens_at:
        return CallState.NOT_YET
    return CallState.OPEN if now < closes_at else CallState.CLOSED


def is_in_grace(closes_at: datetime | None, grace_hours: int, *, begun_at: datetime, now: datetime) -> bool:
    """Whether what was begun before the call closed may still be sent: for the hours of grace after it."""
    if closes_at is None or begun_at >= closes_at:
        return False
    return closes_at <= now < closes_at + timedelta(hours=grace_hours)


def last_date(starts_on: date, closes_at: Sequence[datetime]) -> date:
    """The date on which an edition's last day closes in Copenhagen; its first date while it has no days."""
    return max((local(moment).date() for moment in closes_at), default=starts_on)


def day_numbers(mask: int) -> list[int]:
    """The numbers of the days in a bit mask: bit 0 is day 1."""
    return [n + 1 for n in range(MOST_DAYS) if mask >> n & 1]


def mask_of(numbers: Sequence[int]) -> int:
    """The bit mask of day numbers: bit 0 is day 1."""
    return sum(1 << (n - 1) for n in set(numbers))
