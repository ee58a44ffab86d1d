"""Whom a gate takes, in words: the rule of each day, and every rule that there was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from eventsys.base.clock import local
from eventsys.base.i18n import listed, time_range
from eventsys.editions.models import Edition, Gate
from eventsys.gate import queries
from eventsys.gate.rules.gates import ANY_KIND, GateRule, RuleSince, rules_now
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.texts import KINDS


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule of a day in words; `since` None for what counts where nobody has said anything."""

    day: int
    since: datetime | None
    words: str


def words_of(rule: GateRule) -> str:
    """Whom a rule takes, and when."""
    if not rule.is_open:
        return str(_("Nobody comes in; going out is noted"))
    kinds = str(_("Everybody")) if rule.kinds == frozenset(PassKind) else _kinds(rule)
    if rule.opens_at is None or rule.closes_at is None:
        return kinds
    return str(_("%(kinds)s, %(hours)s", kinds=kinds, hours=time_range(rule.opens_at, rule.closes_at)))


def of_days(edition: Edition, gate: Gate) -> list[RuleShown]:
    """The rule that counts now for each day of the edition, in order of time."""
    kept = queries.rules_of(gate)
    rules, since = rules_now(kept), {one.day: one.since for one in kept}
    in_time = sorted(edition.days, key=lambda day: day.opens_at)
    return [RuleShown(day.number, since.get(day.number), words_of(rules.get(day.number, ANY_KIND))) for day in in_time]


def story_of(gate: Gate) -> list[RuleShown]:
    """Every rule that there was, the latest first."""
    return [RuleShown(one.day, one.since, words_of(one.rule)) for one in reversed(queries.rules_of(gate))]


def filled_from(kept: Sequence[RuleSince], *, day: int) -> dict[str, object]:
    """What the form of a day begins with: the rule that counts now."""
    rule = rules_now(kept).get(day, ANY_KIND)
    return {
        "kinds": sorted(kind.value for kind in rule.kinds),
        "begins": local(rule.opens_at).time() if rule.opens_at else None,
        "ends": local(rule.closes_at).time() if rule.closes_at else None,
        "is_shut": not rule.is_open,
    }


def _kinds(rule: GateRule) -> str:
    return listed(word for kind, word in KINDS.items() if kind in rule.kinds)
