"""Placing booths by hand, in the draft: fixed there, rules named, hard ones broken only with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.actions.ground import site_for
from eventsys.booths.models import Assignment, Plan, PlanState, StreetRule
from eventsys.booths.rules.codes import Code, Misfit
from eventsys.booths.rules.locks import Where, everywhere
from eventsys.booths.rules.placing import Broken, broken_by
from eventsys.booths.rules.problem import Problem
from eventsys.booths.rules.rulebook import Rule, Setting
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Hand:
    """Who places a booth, why a rule may be broken for it, and on which of its days; without any, on all of them."""

    by: Actor
    reason: str = ""
    days: frozenset[int] = frozenset()


def draft_to_change(edition: Edition, *, now: datetime) -> Plan:
    """The draft of an edition; where there is none, a copy of the plan that counts, or an empty one."""
    draft = queries.plan(edition, PlanState.DRAFT)
    if draft is not None:
        return draft
    site, published = site_for(edition), queries.plan(edition, PlanState.PUBLISHED)
    draft = Plan(site_id=site.id, version=queries.newest_version(site) + 1, created_at=now)
    db.session.add(draft)
    db.session.flush()  # Assignments need the key.
    told = ("pitch_id", "application_id", "day_id", "is_locked", "override_reason")
    for one in queries.assignments_of(published):
        db.session.add(Assignment(plan_id=draft.id, **{name: getattr(one, name) for name in told}))
    db.session.flush()
    return draft


def check(
    edition: Edition, application: Application, numbers: Sequence[str], *, plan: Plan | None, days: Collection[int] = ()
) -> list[Broken]:
    """Every rule that a booth would break on these pitches on these days, on all of its own if none are named.

    As the others stand in a plan. Refusal: PITCH_UNKNOWN, DAY_UNKNOWN.
    """
    problem, at = _street(edition, plan)
    booth = _number(problem, application)
    on = days_of(application, days)
    return broken_by(problem, at, booth, pitches=_pitches(problem, numbers), days=on)


def days_of(application: Application, days: Collection[int]) -> frozenset[int]:
    """Those of the days on which the booth is there, all of them if none are named. Refusal(DAY_UNKNOWN)."""
    own = queries.need_of(application).days & {day.number for day in application.edition.days}
    if set(days) - own:
        raise Refusal(Code.DAY_UNKNOWN, field="days")
    return frozenset(days) or own


def move(
    edition: Edition, application: Application, numbers: Sequence[str], *, hand: Hand, now: datetime
) -> list[Broken]:
    """Let a booth stand on these pitches, fixed there; returns the rules that are broken for it.

    Moved on some of its days alone, it stays on the others where it is, fixed there too.
    Refusal: PITCH_UNKNOWN, PITCH_TAKEN, DAY_UNKNOWN, RULES_BROKEN (a hard one, without a reason).
    """
    draft = draft_to_change(edition, now=now)
    broken = check(edition, application, numbers, plan=draft, days=hand.days)
    taken = next((one for one in broken if one.misfit is Misfit.TAKEN), None)
    if taken is not None:
        there = {one.reference: one.organisation.name for one in applications.approved_of(edition)}
        raise Refusal(Code.PITCH_TAKEN, field="numbers", others=", ".join(there[one] for one in taken.others))
    if any(one.is_hard for one in broken) and not hand.reason.strip():
        raise Refusal(Code.RULES_BROKEN, field="reason")
    reason = hand.reason.strip() if any(one.is_hard for one in broken) else ""
    _place(draft, application, everywhere(tuple(numbers), days_of(application, hand.days)), reason=reason)
    record("booths.placed", "application", application.code, by=hand.by, now=now, detail=", ".join(numbers))
    return broken


def swap(edition: Edition, one: Application, other: Application, *, hand: Hand, now: datetime) -> None:
    """Let two booths change places, both fixed; each day by day where the other stands. Refusal: NOT_PLACED, RULES_BROKEN."""
    draft = draft_to_change(edition, now=now)
    where = {standing.application_id: standing.by_day for standing in queries.standing_in(draft)}
    if one.id not in where or other.id not in where:
        raise Refusal(Code.NOT_PLACED)
    for each in (one, other):
        _take(draft, each)
    for each, there in ((one, where[other.id]), (other, where[one.id])):
        goes = instead_of(there, days_of(each, ()))
        broken = [
            rule
            for numbers in dict.fromkeys(goes.values())
            for rule in check(
                edition, each, numbers, plan=draft, days=[day for day, on in goes.items() if on == numbers]
            )
        ]
        if any(rule.is_hard for rule in broken) and not hand.reason.strip():
            raise Refusal(Code.RULES_BROKEN, field="reason")
        reason = hand.reason.strip() if any(rule.is_hard for rule in broken) else ""
        _place(draft, each, goes, reason=reason)
        record("booths.placed", "application", each.code, by=hand.by, now=now, detail=", ".join(_all(goes)))


def instead_of(there: Where, days: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Where somebody stands who takes another one's place: each day where that one stood, else where it stood first."""
    first = there[min(there)]
    return {day: there.get(day, first) for day in sorted(days)}


def _all(where: Where) -> list[str]:
    return list(dict.fromkeys(number for numbers in where.values() for number in numbers))


def take_off(edition: Edition, application: Application, *, by: Actor, now: datetime) -> None:
    """Take a booth off its pitch in the draft."""
    _take(draft_to_change(edition, now=now), application)
    record("booths.taken_off", "application", application.code, by=by, now=now)


def fix(edition: Edition, application: Application, *, is_locked: bool, by: Actor, now: datetime) -> None:
    """Fix a booth where it stands in the draft, or let proposals move it again. Refusal(NOT_PLACED)."""
    own = _own(draft_to_change(edition, now=now), application)
    if not own:
        raise Refusal(Code.NOT_PLACED)
    for assignment in own:
        assignment.is_locked = is_locked
        assignment.override_reason = assignment.override_reason if is_locked else ""
    done = "fixed" if is_locked else "unfixed"
    record(f"booths.{done}", "application", application.code, by=by, now=now)


def _own(plan: Plan, application: Application) -> list[Assignment]:
    return [one for one in queries.assignments_of(plan) if one.application_id == application.id]


def _take(plan: Plan, application: Application) -> None:
    db.session.execute(
        delete(Assignment).where(Assignment.plan_id == plan.id, Assignment.application_id == application.id)
    )
    db.session.flush()


def _place(plan: Plan, application: Application, where: Where, *, reason: str) -> None:
    """Let it stand there on these days, fixed; on its other days where it is, fixed too."""
    edition = application.edition
    days = {day.number: day.id for day in edition.days}
    pitches = {pitch.number: pitch.id for pitch in queries.pitches_on(edition)}
    stays = days_of(application, ()) - where.keys()
    for assignment in _own(plan, application):
        if assignment.day.number in stays:
            assignment.is_locked = True
        else:
            db.session.delete(assignment)
    db.session.flush()  # The pitches are free again before somebody stands there.
    for day, numbers in where.items():
        for number in dict.fromkeys(numbers):
            db.session.add(
                Assignment(
                    plan_id=plan.id, pitch_id=pitches[number], application_id=application.id, day_id=days[day],
                    is_locked=True, override_reason=reason,
                )
            )  # fmt: skip
    db.session.flush()


def _street(edition: Edition, plan: Plan | None) -> tuple[Problem, list[dict[int, tuple[int, ...]]]]:
    """The problem, and the pitches on which each booth stands in a plan, by day."""
    problem = queries.problem_of(edition, queries.pitches_on(edition), applications.approved_of(edition))
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    standing = {one.reference: one.by_day for one in queries.standing_in(plan)}
    return problem, [
        {
            day: tuple(number_of[number] for number in numbers)
            for day, numbers in standing.get(need.reference, {}).items()
        }
        for need in problem.booths
    ]


def _number(problem: Problem, application: Application) -> int:
    for number, need in enumerate(problem.booths):
        if need.reference == application.reference:
            return number
    raise Refusal(Code.NOT_PLACED)


def _pitches(problem: Problem, numbers: Sequence[str]) -> tuple[int, ...]:
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    for number in numbers:
        if number not in number_of:
            raise Refusal(Code.PITCH_UNKNOWN, field="numbers", number=number)
    if not numbers:
        raise Refusal(Code.PITCH_UNKNOWN, field="numbers", number="")
    return tuple(number_of[number] for number in dict.fromkeys(numbers))


def set_rules(edition: Edition, settings: Mapping[Rule, Setting], *, by: Actor, now: datetime) -> None:
    """Let rules hold this way for the next proposals."""
    own = {one.rule: one for one in queries.own_rules(edition)}
    for rule, setting in settings.items():
        kept = own.get(rule)
        if kept is None:
            kept = StreetRule(edition_id=edition.id, rule=rule)
            db.session.add(kept)
        kept.weight, kept.distance_cm = setting.weight, round(setting.distance_m * 100)
        kept.source = setting.source
    record("booths.rules_changed", "edition", edition.slug, by=by, now=now)
