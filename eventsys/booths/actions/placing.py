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
from eventsys.booths.rules.placing import Broken
from eventsys.booths.rules.rulebook import Rule, Setting
from eventsys.booths.rules.steps import Did, Step, Stood, steps_of, with_step, without_last
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Hand:
    """Who places a booth, why a rule may be broken for it, and on which of its days; without any, on all of them."""

    by: Actor
    reason: str = ""
    days: frozenset[int] = frozenset()


def draft_to_change(edition: Edition, *, now: datetime) -> Plan:
    """The draft of an edition; where there is none, a copy of the plan that counts, or an empty one."""
    draft = queries.plan(edition, PlanState.DRAFT, is_locked=True)
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


def move(
    edition: Edition, application: Application, numbers: Sequence[str], *, hand: Hand, now: datetime
) -> list[Broken]:
    """Let a booth stand on these pitches, fixed there; returns the rules that are broken for it.

    Moved on some of its days alone, it stays on the others where it is, fixed there too.
    Refusal: PITCH_UNKNOWN, PITCH_TAKEN, DAY_UNKNOWN, RULES_BROKEN (a hard one, without a reason).
    """
    draft = draft_to_change(edition, now=now)
    broken = queries.broken_on(edition, application, numbers, plan=draft, days=hand.days)
    taken = next((one for one in broken if one.misfit is Misfit.TAKEN), None)
    if taken is not None:
        there = {one.reference: one.organisation.name for one in applications.approved_of(edition)}
        raise Refusal(Code.PITCH_TAKEN, field="numbers", others=[there[one] for one in taken.others])
    needs_reason = any(one.is_hard for one in broken)
    if needs_reason and not hand.reason.strip():
        raise Refusal(Code.RULES_BROKEN, field="reason")
    remember(draft, Did.PLACED, [application], numbers=numbers, days=hand.days)
    where = everywhere(tuple(numbers), queries.days_of(application, hand.days))
    _place(draft, application, where, reason=hand.reason.strip() if needs_reason else "")
    record("booths.placed", "application", application.code, by=hand.by, now=now, detail=", ".join(numbers))
    return broken


def _all(where: Where) -> list[str]:
    return list(dict.fromkeys(number for numbers in where.values() for number in numbers))


def swap(edition: Edition, one: Application, other: Application, *, hand: Hand, now: datetime) -> None:
    """Let two booths change places, both fixed; each day by day, or on some days alone.

    Refusal: NOT_PLACED, PITCH_TAKEN, RULES_BROKEN, DAY_UNKNOWN (the one isn't there then).
    """
    draft = draft_to_change(edition, now=now)
    moves = queries.exchange_of(one, other, plan=draft, days=hand.days)
    broken = queries.weigh(edition, moves, plan=draft)
    if any(rule.misfit is Misfit.TAKEN for _who, rule in broken):
        there = {each.reference: each.organisation.name for each in applications.approved_of(edition)}
        others = dict.fromkeys(
            there[name] for _who, rule in broken if rule.misfit is Misfit.TAKEN for name in rule.others
        )
        raise Refusal(Code.PITCH_TAKEN, field="other", others=list(others))
    against = {who.id for who, rule in broken if rule.is_hard}
    if against and not hand.reason.strip():
        raise Refusal(Code.RULES_BROKEN, field="reason")
    remember(draft, Did.EXCHANGED, [one, other], numbers=_all(moves[0][1]), days=hand.days)
    for each, _where in moves:
        _take(draft, each, days=hand.days)
    for each, where in moves:
        _place(draft, each, where, reason=hand.reason.strip() if each.id in against else "")
        record("booths.placed", "application", each.code, by=hand.by, now=now, detail=", ".join(_all(where)))


def take_off(
    edition: Edition, application: Application, *, by: Actor, now: datetime, days: Collection[int] = ()
) -> bool:
    """Take a booth off its pitch in the draft, on some of its days or on all. False where it has none: nothing happens."""
    plan = queries.plan_at_work(edition)
    if plan is None or not _own(plan, application, days=days):
        return False
    draft = draft_to_change(edition, now=now)
    own = _own(draft, application, days=days)
    remember(draft, Did.TAKEN_OFF, [application], numbers=_numbers(own), days=days)
    _take(draft, application, days=days)
    record("booths.taken_off", "application", application.code, by=by, now=now)
    return True


def fix(
    edition: Edition,
    application: Application,
    *,
    is_locked: bool,
    by: Actor,
    now: datetime,
    days: Collection[int] = (),
) -> bool:
    """Fix a booth where it stands in the draft, or let proposals move it again; on some days or on all.

    False where it is so already: nothing happens. Refusal(NOT_PLACED).
    """
    plan = queries.plan_at_work(edition)
    there = _own(plan, application, days=days) if plan is not None else []
    if not there:
        raise Refusal(Code.NOT_PLACED)
    if all(one.is_locked is is_locked for one in there):
        return False
    draft = draft_to_change(edition, now=now)
    own = _own(draft, application, days=days)
    remember(draft, Did.FIXED if is_locked else Did.UNFIXED, [application], numbers=_numbers(own), days=days)
    for assignment in own:
        assignment.is_locked = is_locked
        assignment.override_reason = assignment.override_reason if is_locked else ""
    done = "fixed" if is_locked else "unfixed"
    record(f"booths.{done}", "application", application.code, by=by, now=now)
    return True


def take_back(edition: Edition, number: int, *, by: Actor, now: datetime) -> Step:
    """Take the last step by hand back: its booths stand as before it, as far as they are still in.

    Refusal(STEP_GONE): `number` isn't the last step, because somebody has gone on since.
    """
    draft = queries.plan(edition, PlanState.DRAFT, is_locked=True)
    steps = steps_of(draft.proposal) if draft else []
    if draft is None or not steps or steps[-1].number != number:
        raise Refusal(Code.STEP_GONE)
    step = steps[-1]
    there = {one.code: one for one in applications.approved_of(edition)}
    for code in step.codes:
        if code in there:
            _take(draft, there[code])
    _stand_as(draft, edition, [stood for stood in step.before if stood.code in there])
    draft.proposal = without_last(draft.proposal)
    record("booths.taken_back", "edition", edition.slug, by=by, now=now, detail=f"{step.did}: {', '.join(step.codes)}")
    return step


def _stand_as(plan: Plan, edition: Edition, before: Sequence[Stood]) -> None:
    days = {day.number: day.id for day in edition.days}
    pitches = {pitch.number: pitch.id for pitch in queries.pitches_on(edition)}
    ids = {one.code: one.id for one in applications.approved_of(edition)}
    db.session.add_all(
        Assignment(
            plan_id=plan.id, pitch_id=pitches[stood.number], application_id=ids[stood.code], day_id=days[stood.day],
            is_locked=stood.is_locked, override_reason=stood.override_reason,
        )
        for stood in before
        if stood.number in pitches and stood.day in days
    )  # fmt: skip
    db.session.flush()


def remember(
    draft: Plan, did: Did, concerned: Sequence[Application], *, numbers: Sequence[str], days: Collection[int] = ()
) -> None:
    """Keep how these booths stand now, before a step changes it."""
    ids = {one.id for one in concerned}
    before = [
        Stood(one.application.code, one.pitch.number, one.day.number, one.is_locked, one.override_reason)
        for one in queries.assignments_of(draft)
        if one.application_id in ids
    ]
    codes = [one.code for one in concerned]
    numbers = list(dict.fromkeys(numbers))
    draft.proposal = with_step(draft.proposal, did, codes=codes, numbers=numbers, before=before, days=days)


def _numbers(own: Sequence[Assignment]) -> list[str]:
    return list(dict.fromkeys(one.pitch.number for one in own))


def _own(plan: Plan, application: Application, *, days: Collection[int] = ()) -> list[Assignment]:
    """Where it stands on some days, on all if none are named."""
    return [
        one
        for one in queries.assignments_of(plan)
        if one.application_id == application.id and (not days or one.day.number in days)
    ]


def _take(plan: Plan, application: Application, *, days: Collection[int] = ()) -> None:
    keys = [one.id for one in _own(plan, application, days=days)]
    db.session.execute(delete(Assignment).where(Assignment.id.in_(keys)))
    db.session.flush()


def _place(plan: Plan, application: Application, where: Where, *, reason: str) -> None:
    """Let it stand there on these days, fixed; on its other days where it is, fixed too."""
    edition = application.edition
    days = {day.number: day.id for day in edition.days}
    pitches = {pitch.number: pitch.id for pitch in queries.pitches_on(edition)}
    stays = queries.days_of(application, ()) - where.keys()
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
