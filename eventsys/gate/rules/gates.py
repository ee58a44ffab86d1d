"""Whom a gate takes: kinds of pass, and hours in which people may come in; each rule of a day counts from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsys.passes.rules.codec import PassKind


@dataclass(frozen=True, slots=True)
class GateRule:
    """Whom a gate takes on a day.

    `kinds` counts both ways; whether it is open, and its hours (`opens_at` belongs to them, `closes_at` no longer), only
    for coming in: who wants to go home is never held, and must not stay in the figures as inside.
    """

    kinds: frozenset[PassKind]
    is_open: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def takes_in_at(self, at: datetime) -> bool:
        """Whether anybody may come in at a moment."""
        has_begun = self.opens_at is None or self.opens_at <= at
        return self.is_open and has_begun and (self.closes_at is None or at < self.closes_at)


ANY_KIND = GateRule(frozenset(PassKind))
"""The rule of a gate that has none of its own."""


@dataclass(frozen=True, slots=True)
class RuleSince:
    """A rule of one numbered day, and the moment from which on scans are judged by it."""

    day: int
    since: datetime
    rule: GateRule


def rule_at(rules: Iterable[RuleSince], *, day: int, at: datetime) -> GateRule:
    """The rule by which a scan of a day is judged: the latest that counted at its corrected time, else `ANY_KIND`."""
    counting = [one for one in rules if one.day == day and one.since <= at]
    return max(counting, key=lambda one: one.since).rule if counting else ANY_KIND


def rules_now(rules: Sequence[RuleSince]) -> dict[int, GateRule]:
    """The newest rule of each day that has one, in order of the days' numbers."""
    days = sorted({one.day for one in rules})
    return {day: max((one for one in rules if one.day == day), key=lambda one: one.since).rule for day in days}


def kinds_in(bits: int) -> frozenset[PassKind]:
    """The kinds of a number as the database keeps them: bit 0 for kind 1."""
    return frozenset(kind for kind in PassKind if bits >> (kind.value - 1) & 1)


def bits_of(kinds: Iterable[PassKind]) -> int:
    """The number that stands for kinds in the database."""
    return sum(1 << (kind.value - 1) for kind in frozenset(kinds))
