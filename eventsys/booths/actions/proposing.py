"""Proposals: made, taken over, and who is out frees the place."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete

from eventsys.accounts.models import User
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.audit.actions import Actor, record
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.actions import arriving, telling
from eventsys.booths.actions.ground import site_for
from eventsys.booths.models import Assignment, Pitch, Plan, PlanState, ProposalRun, RunState
from eventsys.booths.queries import Standing
from eventsys.booths.rules import allocation
from eventsys.booths.rules.codes import KEPT_ANYHOW, Code
from eventsys.booths.rules.locks import Trouble, Where
from eventsys.editions.models import Edition

GO_ON = "booths.go_on_with_proposals"


def propose(
    edition: Edition,
    *,
    by: Actor,
    now: datetime,
    work: int = allocation.STEPS,
    watching: allocation.Watching | None = None,
) -> tuple[Plan, allocation.Proposal, float]:
    """A draft plan for everybody who is in, in place of an earlier draft; with it the proposal and the seconds it took.

    Refusal: NO_PITCHES, NO_APPLICATIONS.
    """
    pitches, wanted = queries.pitches_on(edition), applications.approved_of(edition)
    if not pitches:
        raise Refusal(Code.NO_PITCHES)
    if not wanted:
        raise Refusal(Code.NO_APPLICATIONS)
    began = time.perf_counter()
    fixed, before = _standing(edition)
    locked = {reference: one.fixed for reference, one in fixed.items()}
    problem = queries.problem_of(edition, pitches, wanted, locked=locked, before=before)
    proposal = allocation.propose(problem, work=work, watching=watching)
    seconds = time.perf_counter() - began
    plan = _draft(edition, now=now)
    plan.proposal = {**proposal.summary(seconds), "troubles": [asdict(one) for one in _unknown(proposal, fixed)]}
    _assign(plan, proposal, edition=edition, pitches=pitches, wanted=wanted)
    _keep_locks(plan, fixed)
    record("booths.proposed", "edition", edition.slug, by=by, now=now, detail=f"version {plan.version}")
    return plan, proposal, seconds


def _standing(edition: Edition) -> tuple[dict[str, Standing], dict[str, Where]]:
    """Who is fixed somewhere in the draft, or the plan that counts; and who stands where in the plan that counts."""
    published = queries.plan(edition, PlanState.PUBLISHED)
    latest = queries.plan(edition, PlanState.DRAFT) or published
    fixed = {one.reference: one for one in queries.standing_in(latest) if one.is_locked}
    return fixed, {one.reference: one.by_day for one in queries.standing_in(published)}


def _unknown(proposal: allocation.Proposal, fixed: Mapping[str, Standing]) -> list[Trouble]:
    """What can't be as it was asked for, without what somebody has given a reason for."""
    return [
        trouble
        for trouble in proposal.troubles
        if trouble.kind not in KEPT_ANYHOW
        or not any(fixed[reference].override_reason for reference in trouble.references if reference in fixed)
    ]


def _keep_locks(plan: Plan, fixed: Mapping[str, Standing]) -> None:
    db.session.flush()  # What was assigned just now is looked up.
    for assignment in queries.assignments_of(plan):
        found = fixed.get(assignment.application.reference)
        if found is not None and assignment.pitch.number in found.fixed.get(assignment.day.number, ()):
            assignment.is_locked, assignment.override_reason = True, found.override_reason


def _draft(edition: Edition, *, now: datetime) -> Plan:
    site = site_for(edition)
    earlier = queries.plan(edition, PlanState.DRAFT, is_locked=True)
    if earlier is not None:
        db.session.execute(delete(Assignment).where(Assignment.plan_id == earlier.id))
        db.session.delete(earlier)
        db.session.flush()  # Its number is free again.
    plan = Plan(site_id=site.id, version=queries.newest_version(site) + 1, created_at=now)
    db.session.add(plan)
    db.session.flush()  # Assignments need the key.
    return plan


def _assign(
    plan: Plan,
    proposal: allocation.Proposal,
    *,
    edition: Edition,
    pitches: Sequence[Pitch],
    wanted: Sequence[Application],
) -> None:
    pitch_ids = {pitch.number: pitch.id for pitch in pitches}
    application_ids = {application.reference: application.id for application in wanted}
    day_ids = {day.number: day.id for day in edition.days}
    db.session.add_all(
        Assignment(
            plan_id=plan.id,
            pitch_id=pitch_ids[number],
            application_id=application_ids[one.reference],
            day_id=day_ids[day],
        )
        for one in proposal.assignments
        for number in one.pitches
        for day in one.days
    )


def publish(edition: Edition, *, by: Actor, now: datetime) -> Plan:
    """Take the draft over: from now on it counts, and the one before it is history. Refusal(NO_DRAFT)."""
    draft = queries.plan(edition, PlanState.DRAFT, is_locked=True)
    if draft is None:
        raise Refusal(Code.NO_DRAFT)
    earlier = queries.plan(edition, PlanState.PUBLISHED)
    if earlier is not None:
        earlier.state = PlanState.SUPERSEDED
        db.session.flush()  # One published plan at a time; the database sees to it.
    draft.state, draft.published_at = PlanState.PUBLISHED, now
    db.session.flush()  # What counts now is looked up.
    arriving.follow(edition)
    telling.tell(edition, by=by, now=now)
    record("booths.published", "edition", edition.slug, by=by, now=now, detail=f"version {draft.version}")
    return draft


def throw_away(edition: Edition, *, by: Actor, now: datetime) -> None:
    """Throw the draft away with all that was done in it by hand; what counts stays as it is. Refusal(NO_DRAFT)."""
    draft = queries.plan(edition, PlanState.DRAFT, is_locked=True)
    if draft is None:
        raise Refusal(Code.NO_DRAFT)
    record("booths.draft_removed", "edition", edition.slug, by=by, now=now, detail=f"version {draft.version}")
    db.session.execute(delete(Assignment).where(Assignment.plan_id == draft.id))
    db.session.delete(draft)
    db.session.flush()  # Its number is free again.


def release(application: Application, *, by: Actor, now: datetime) -> int:
    """Free the pitches of an application that is out, in the draft and in the published plan; returns how many days."""
    freed = 0
    for state in (PlanState.DRAFT, PlanState.PUBLISHED):
        plan = queries.plan(application.edition, state)
        for assignment in queries.assignments_of(plan):
            if assignment.application_id == application.id:
                db.session.delete(assignment)
                freed += 1
    arriving.leave(application)
    if freed:
        record("booths.released", "application", application.code, by=by, now=now)
    return freed


def start(edition: Edition, *, work: int, by: User, now: datetime) -> ProposalRun:
    """Let the worker make a proposal; one at a time. Refusal: NO_PITCHES, NO_APPLICATIONS, RUNS_ALREADY."""
    if not queries.pitches_on(edition):
        raise Refusal(Code.NO_PITCHES)
    if not applications.approved_of(edition):
        raise Refusal(Code.NO_APPLICATIONS)
    if queries.open_run(edition) is not None:
        raise Refusal(Code.RUNS_ALREADY)
    run = ProposalRun(edition_id=edition.id, user_id=by.id, work=work, started_at=now, state=RunState.QUEUED)
    db.session.add(run)
    db.session.flush()  # The audit entry names its code.
    record("booths.run_started", "run", run.code, by=Actor("user", str(by.id)), now=now, detail=str(work))
    jobs.after_commit(db.session(), GO_ON)
    return run


def stop(run: ProposalRun, *, by: Actor, now: datetime) -> None:
    """End a run with the best found so far. Nothing happens to one that has ended."""
    if run.state is not RunState.FINISHED and not run.is_stopping:
        run.is_stopping = True
        record("booths.run_stopped", "run", run.code, by=by, now=now)
