"""Saying whom a gate takes: a new rule counts from now on and leaves what was scanned before as it was judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from eventsys.audit.actions import Actor, record
from eventsys.base.clock import COPENHAGEN
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition, Gate
from eventsys.gate import caches, queries
from eventsys.gate.models import GateRule
from eventsys.gate.rules import gates
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.days import DayWindow, hours_in
from eventsys.passes.rules.codec import PassKind

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule as an organiser says it: kinds, whether anybody comes in, and hours on the clocks of the wall."""

    kinds: frozenset[PassKind]
    is_open: bool = True
    begins: time | None = None
    ends: time | None = None


def set_rule(
    edition: Edition, gate: Gate, wanted: Wanted, *, days: Collection[int], by: Actor, now: datetime
) -> list[int]:
    """Let a rule count for a gate on some days from now on; the days on which that changes something.

    It begins after the latest scan that is stored, so that no scan is judged anew. A gate where nobody comes in has
    no hours, and keeps its kinds for going out. Refusal: RULE_KINDS, RULE_BOTH_HOURS, RULE_HOURS.
    """
    if not wanted.kinds and wanted.is_open:
        raise Refusal(Code.RULE_KINDS, field="kinds")
    if (wanted.begins is None) != (wanted.ends is None):
        raise Refusal(Code.RULE_BOTH_HOURS, field="begins" if wanted.begins is None else "ends")
    caches.lock(edition.id)
    ground = caches.ground_of(edition.id)
    rules = {day.number: _rule(wanted, day) for day in ground.days if day.number in days}
    kept = queries.rules_of(gate)
    in_force = gates.rules_now(kept)
    changed = [day for day, rule in sorted(rules.items()) if in_force.get(day, gates.ANY_KIND) != rule]
    since = _after(now, [queries.latest_scan(edition), *(one.since for one in kept)])
    db.session.add_all(_row(gate, rules[day], day=day, since=since) for day in changed)
    if changed:
        record("gate.rule_changed", "gate", f"{edition.slug}:{gate.code}", by=by, now=now, detail=_listed(changed))
    return changed


def _rule(wanted: Wanted, day: DayWindow) -> gates.GateRule:
    kinds = wanted.kinds or frozenset(PassKind)
    if not wanted.is_open or wanted.begins is None or wanted.ends is None:
        return gates.GateRule(kinds, wanted.is_open)
    hours = hours_in(day, wanted.begins, wanted.ends, zone=COPENHAGEN)
    if hours is None:
        raise Refusal(Code.RULE_HOURS, field="begins", day=day.number)
    return gates.GateRule(kinds, True, *hours)


def _after(now: datetime, moments: Iterable[datetime | None]) -> datetime:
    return max([now, *(moment + A_MOMENT for moment in moments if moment is not None)])


def _row(gate: Gate, rule: gates.GateRule, *, day: int, since: datetime) -> GateRule:
    return GateRule(
        gate_id=gate.id,
        day_number=day,
        since=since,
        kinds=gates.bits_of(rule.kinds),
        is_open=rule.is_open,
        opens_at=rule.opens_at,
        closes_at=rule.closes_at,
    )


def _listed(days: Iterable[int]) -> str:
    return ", ".join(map(str, days))
