"""Placing booths by hand, in the draft: fixed there, rules named, hard ones broken only with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from eventsys.booths.rules.placing import Broken, broken_by
from eventsys.booths.rules.problem import Problem
from eventsys.booths.rules.rulebook import Rule, Setting
from eventsys.booths.rules.steps import Did, Step, Stood, steps_of, with_step, without_last
from eventsys.editions.models import Edition

# Who goes where, by the numbers of pitches; nowhere for none.
Moves = Sequence[tuple[Application, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Hand:
    """Who places a booth, and why a rule may be broken for it."""

    by: Actor
    reason: str = ""


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
    """Every rule that is broken for the booths that move, once all of them stand where they go. Refusal(PITCH_UNKNOWN)."""
    problem, at = _street(edition, plan)
    going = [(application, _number(problem, application), _pitches(problem, to)) for application, to in moves]
    for _application, booth, pitches in going:
        at[booth] = pitches
    return [
        (application, broken)
        for application, booth, pitches in going
        if pitches
        for broken in broken_by(problem, at, booth, pitches=pitches)
    ]


def check(edition: Edition, application: Application, numbers: Sequence[str], *, plan: Plan | None) -> list[Broken]:
    """Every rule that a booth would break on these pitches, as the others stand in a plan. Refusal(PITCH_UNKNOWN)."""
    if not numbers:
        raise Refusal(Code.PITCH_UNKNOWN, field="numbers", number="")
    return [broken for _one, broken in weigh(edition, [(application, numbers)], plan=plan)]


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
        booth, pitches = _number(problem, application), _pitches(problem, standing.numbers)
        found.append((standing, application, broken_by(problem, at, booth, pitches=pitches)))
    return found


def look_around(edition: Edition, application: Application, *, plan: Plan | None) -> tuple[Problem, list[Fit]]:
    """How a booth would stand on each pitch, as the others stand in a plan; with the problem that numbers them."""
    problem, at = _street(edition, plan)
    return problem, fitting(problem, at, _number(problem, application))


def move(
    edition: Edition, application: Application, numbers: Sequence[str], *, hand: Hand, now: datetime
) -> list[Broken]:
    """Let a booth stand on these pitches, fixed there; returns the rules that are broken for it.

    Refusal: PITCH_UNKNOWN, PITCH_TAKEN, RULES_BROKEN (a hard one, without a reason).
    """
    draft = draft_to_change(edition, now=now)
    broken = check(edition, application, numbers, plan=draft)
    taken = next((one for one in broken if one.misfit is Misfit.TAKEN), None)
    if taken is not None:
        there = {one.reference: one.organisation.name for one in applications.approved_of(edition)}
        raise Refusal(Code.PITCH_TAKEN, field="numbers", others=", ".join(there[one] for one in taken.others))
    needs_reason = any(one.is_hard for one in broken)
    if needs_reason and not hand.reason.strip():
        raise Refusal(Code.RULES_BROKEN, field="reason")
    remember(draft, Did.PLACED, [application], numbers=numbers)
    _place(draft, application, numbers, reason=hand.reason.strip() if needs_reason else "")
    record("booths.placed", "application", application.code, by=hand.by, now=now, detail=", ".join(numbers))
    return broken


def exchange_of(one: Application, other: Application, *, plan: Plan | None) -> Moves:
    """Where two go who change places: one without a place gets the other's, who then has none. Refusal(NOT_PLACED)."""
    where = {standing.application_id: standing.numbers for standing in queries.standing_in(plan)}
    if other.id not in where or one.id == other.id:
        raise Refusal(Code.NOT_PLACED)
    return [(one, where[other.id]), (other, where.get(one.id, ()))]


def swap(edition: Edition, one: Application, other: Application, *, hand: Hand, now: datetime) -> None:
    """Let two booths change places, both fixed. Refusal: NOT_PLACED, PITCH_TAKEN, RULES_BROKEN."""
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
    remember(draft, Did.EXCHANGED, [one, other], numbers=moves[0][1])
    for each, _numbers in moves:
        _take(draft, each)
    for each, numbers in moves:
        _place(draft, each, numbers, reason=hand.reason.strip() if each.id in against else "")
        record("booths.placed", "application", each.code, by=hand.by, now=now, detail=", ".join(numbers))


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


def _place(plan: Plan, application: Application, numbers: Sequence[str], *, reason: str) -> None:
    _take(plan, application)
    edition = application.edition
    days = {day.number: day.id for day in edition.days}
    pitches = {pitch.number: pitch.id for pitch in queries.pitches_on(edition)}
    for number in dict.fromkeys(numbers):
        for day in sorted(queries.need_of(application).days & days.keys()):
            db.session.add(
                Assignment(
                    plan_id=plan.id, pitch_id=pitches[number], application_id=application.id, day_id=days[day],
                    is_locked=True, override_reason=reason,
                )
            )  # fmt: skip
    db.session.flush()


def _street(edition: Edition, plan: Plan | None) -> tuple[Problem, list[tuple[int, ...]]]:
    """The problem, and the pitches on which each booth stands in a plan."""
    wanted = applications.approved_of(edition)
    problem = queries.problem_of(edition, queries.pitches_on(edition), wanted, is_bare=True)
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    standing = {one.reference: one.numbers for one in queries.standing_in(plan)}
    return problem, [tuple(number_of[number] for number in standing.get(need.reference, ())) for need in problem.booths]


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
    record("booths.rules_changed", "edition", edition.slug, by=by, now=now)
