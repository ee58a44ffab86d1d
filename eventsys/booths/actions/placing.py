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
from eventsys.booths.queries import Standing
from eventsys.booths.rules.codes import Code, Misfit
from eventsys.booths.rules.fitting import Fit, fitting
from eventsys.booths.rules.locks import Where, everywhere
from eventsys.booths.rules.placing import At, Broken, broken_by
from eventsys.booths.rules.problem import Problem
from eventsys.booths.rules.rulebook import Rule, Setting
from eventsys.booths.rules.steps import Did, Step, Stood, steps_of, with_step, without_last
from eventsys.editions.models import Edition

# Who goes where, day by day; nowhere for none.
Moves = Sequence[tuple[Application, Where]]


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


def weigh(edition: Edition, moves: Moves, *, plan: Plan | None) -> list[tuple[Application, Broken]]:
    """Every rule that is broken for the booths that move, once all of them stand where they go; on other days as they do now.

    Refusal(PITCH_UNKNOWN).
    """
    problem, at = _street(edition, plan)
    going = [
        (
            application,
            _number(problem, application),
            {day: _pitches(problem, numbers) for day, numbers in where.items()},
        )
        for application, where in moves
    ]
    for _application, booth, where in going:
        at[booth] = {**at[booth], **where} if where else {}
    return [
        (application, broken)
        for application, booth, where in going
        for broken in _broken(problem, at, booth, where=where)
    ]


def _broken(problem: Problem, at: At, booth: int, *, where: Mapping[int, tuple[int, ...]]) -> list[Broken]:
    """What a booth breaks where it stands day by day, each rule once."""
    days: dict[tuple[int, ...], list[int]] = {}
    for day, pitches in where.items():
        days.setdefault(pitches, []).append(day)
    found = [one for pitches, on in days.items() for one in broken_by(problem, at, booth, pitches=pitches, days=on)]
    return list(dict.fromkeys(found))


def check(
    edition: Edition, application: Application, numbers: Sequence[str], *, plan: Plan | None, days: Collection[int] = ()
) -> list[Broken]:
    """Every rule that a booth would break on these pitches on these days, on all of its own if none are named.

    As the others stand in a plan. Refusal: PITCH_UNKNOWN, DAY_UNKNOWN.
    """
    if not numbers:
        raise Refusal(Code.PITCH_UNKNOWN, field="numbers", number="")
    where = everywhere(tuple(numbers), sorted(days_of(application, days)))
    return [broken for _one, broken in weigh(edition, [(application, where)], plan=plan)]


def days_of(application: Application, days: Collection[int]) -> frozenset[int]:
    """Those of the days on which the booth is there, all of them if none are named. Refusal(DAY_UNKNOWN)."""
    own = queries.need_of(application).days & {day.number for day in application.edition.days}
    if set(days) - own:
        raise Refusal(Code.DAY_UNKNOWN, field="days")
    return frozenset(days) or own


def against(edition: Edition, plan: Plan | None) -> list[tuple[Standing, Application, list[Broken]]]:
    """Who stands somewhere for a reason against a rule, with every rule that is broken there as the others stand now."""
    by_reference = {one.reference: one for one in applications.approved_of(edition)}
    there = [one for one in queries.standing_in(plan) if one.override_reason and one.reference in by_reference]
    if not there:
        return []
    problem, at = _street(edition, plan)
    found = []
    for standing in there:
        application = by_reference[standing.reference]
        booth = _number(problem, application)
        found.append((standing, application, _broken(problem, at, booth, where=at[booth])))
    return found


def look_around(edition: Edition, application: Application, *, plan: Plan | None) -> tuple[Problem, list[Fit]]:
    """How a booth would stand on each pitch, as the others stand in a plan; with the problem that numbers them."""
    problem, at = _street(edition, plan)
    return problem, fitting(problem, at, _number(problem, application))


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
    needs_reason = any(one.is_hard for one in broken)
    if needs_reason and not hand.reason.strip():
        raise Refusal(Code.RULES_BROKEN, field="reason")
    remember(draft, Did.PLACED, [application], numbers=numbers)
    where = everywhere(tuple(numbers), days_of(application, hand.days))
    _place(draft, application, where, reason=hand.reason.strip() if needs_reason else "")
    record("booths.placed", "application", application.code, by=hand.by, now=now, detail=", ".join(numbers))
    return broken


def exchange_of(one: Application, other: Application, *, plan: Plan | None) -> Moves:
    """Where two go who change places, day by day: one without a place gets the other's, who then has none. Refusal(NOT_PLACED)."""
    where = {standing.application_id: standing.by_day for standing in queries.standing_in(plan)}
    if other.id not in where or one.id == other.id:
        raise Refusal(Code.NOT_PLACED)
    goes = instead_of(where[one.id], days_of(other, ())) if one.id in where else {}
    return [(one, instead_of(where[other.id], days_of(one, ()))), (other, goes)]


def instead_of(there: Where, days: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Where somebody stands who takes another one's place: each day where that one stood, else where it stood first."""
    first = there[min(there)]
    return {day: there.get(day, first) for day in sorted(days)}


def _all(where: Where) -> list[str]:
    return list(dict.fromkeys(number for numbers in where.values() for number in numbers))


def swap(edition: Edition, one: Application, other: Application, *, hand: Hand, now: datetime) -> None:
    """Let two booths change places, both fixed; each day by day. Refusal: NOT_PLACED, PITCH_TAKEN, RULES_BROKEN."""
    draft = draft_to_change(edition, now=now)
    moves = exchange_of(one, other, plan=draft)
    broken = weigh(edition, moves, plan=draft)
    if any(rule.misfit is Misfit.TAKEN for _who, rule in broken):
        there = {each.reference: each.organisation.name for each in applications.approved_of(edition)}
        others = dict.fromkeys(
            there[name] for _who, rule in broken if rule.misfit is Misfit.TAKEN for name in rule.others
        )
        raise Refusal(Code.PITCH_TAKEN, field="other", others=", ".join(others))
    against = {who.id for who, rule in broken if rule.is_hard}
    if against and not hand.reason.strip():
        raise Refusal(Code.RULES_BROKEN, field="reason")
    remember(draft, Did.EXCHANGED, [one, other], numbers=_all(moves[0][1]))
    for each, _where in moves:
        _take(draft, each)
    for each, where in moves:
        _place(draft, each, where, reason=hand.reason.strip() if each.id in against else "")
        record("booths.placed", "application", each.code, by=hand.by, now=now, detail=", ".join(_all(where)))


def take_off(edition: Edition, application: Application, *, by: Actor, now: datetime) -> None:
    """Take a booth off its pitch in the draft. Nothing happens to one that has none."""
    draft = draft_to_change(edition, now=now)
    own = _own(draft, application)
    if not own:
        return
    remember(draft, Did.TAKEN_OFF, [application], numbers=_numbers(own))
    _take(draft, application)
    record("booths.taken_off", "application", application.code, by=by, now=now)


def fix(edition: Edition, application: Application, *, is_locked: bool, by: Actor, now: datetime) -> None:
    """Fix a booth where it stands in the draft, or let proposals move it again. Refusal(NOT_PLACED)."""
    draft = draft_to_change(edition, now=now)
    own = _own(draft, application)
    if not own:
        raise Refusal(Code.NOT_PLACED)
    remember(draft, Did.FIXED if is_locked else Did.UNFIXED, [application], numbers=_numbers(own))
    for assignment in own:
        assignment.is_locked = is_locked
        assignment.override_reason = assignment.override_reason if is_locked else ""
    done = "fixed" if is_locked else "unfixed"
    record(f"booths.{done}", "application", application.code, by=by, now=now)


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


def remember(draft: Plan, did: Did, concerned: Sequence[Application], *, numbers: Sequence[str]) -> None:
    """Keep how these booths stand now, before a step changes it."""
    ids = {one.id for one in concerned}
    before = [
        Stood(one.application.code, one.pitch.number, one.day.number, one.is_locked, one.override_reason)
        for one in queries.assignments_of(draft)
        if one.application_id in ids
    ]
    codes = [one.code for one in concerned]
    draft.proposal = with_step(draft.proposal, did, codes=codes, numbers=list(dict.fromkeys(numbers)), before=before)


def _numbers(own: Sequence[Assignment]) -> list[str]:
    return list(dict.fromkeys(one.pitch.number for one in own))


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


def _street(edition: Edition, plan: Plan | None) -> tuple[Problem, list[Mapping[int, tuple[int, ...]]]]:
    """The problem, and the pitches on which each booth stands in a plan, by day."""
    wanted = applications.approved_of(edition)
    problem = queries.problem_of(edition, queries.pitches_on(edition), wanted, is_bare=True)
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
