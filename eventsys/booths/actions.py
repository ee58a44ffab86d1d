"""Drawing the street and saying who stands where."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.models import Assignment, Board, Pitch, Plan, PlanState, Site
from eventsys.booths.rules import allocation
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.import_pitches import FLAGS, BoardRow, PitchRow, read_boards, read_pitches
from eventsys.editions.models import Edition

PITCH_FIELDS = ("polygon", "width_cm", "depth_cm", "zone", "side", "along_cm", *FLAGS.values())


def _site(edition: Edition, name: str = "") -> Site:
    site = queries.site_of(edition)
    if site is None:
        site = Site(edition_id=edition.id, name=name)
        db.session.add(site)
        db.session.flush()  # Boards and pitches need the key.
    return site


def import_pitches(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Imported:
    """Take in pitches from GeoJSON; one whose number is there already is brought up to date.

    A board that a pitch names and nobody knows is made with nothing to give, until the boards are imported.
    Refused as a whole: what `read_pitches` refuses.
    """
    file = read_pitches(content)
    site = _site(edition, file.name)
    there = {pitch.number: pitch for pitch in queries.pitches_on(edition)}
    boards = {board.code: board for board in queries.boards_on(edition)}
    changed = sum(_keep_pitch(site, row, there=there, boards=boards) for row in file.rows)
    if changed:
        record("booths.pitches_imported", "edition", edition.slug, by=by, now=now, detail=f"{changed} pitches")
    return Imported(len(file.rows) + len(file.refused), changed, len(file.rows) - changed, file.refused)


def _keep_pitch(site: Site, row: PitchRow, *, there: dict[str, Pitch], boards: dict[str, Board]) -> bool:
    board = None
    if row.board:
        board = boards.get(row.board)
        if board is None:
            board = boards[row.board] = Board(site_id=site.id, code=row.board, capacity_watts=0)
            db.session.add(board)
            db.session.flush()  # The pitch needs its key.
    told = {name: getattr(row, name) for name in PITCH_FIELDS} | {"board_id": board.id if board else None}
    pitch = there.get(row.number)
    if pitch is None:
        db.session.add(Pitch(site_id=site.id, number=row.number, **told))
        return True
    differs = {name: value for name, value in told.items() if getattr(pitch, name) != value}
    for name, value in differs.items():
        setattr(pitch, name, value)
    return bool(differs)


def import_boards(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Imported:
    """Take in electric boards from CSV; one that is there already is brought up to date. Refused: what `read_boards` refuses."""
    file = read_boards(content)
    site = _site(edition)
    there = {board.code: board for board in queries.boards_on(edition)}
    changed = sum(_keep_board(site, row, there) for row in file.rows)
    if changed:
        record("booths.boards_imported", "edition", edition.slug, by=by, now=now, detail=f"{changed} boards")
    return Imported(len(file.rows) + len(file.refused), changed, len(file.rows) - changed, file.refused)


def _keep_board(site: Site, row: BoardRow, there: dict[str, Board]) -> bool:
    board = there.get(row.code)
    if board is None:
        db.session.add(Board(site_id=site.id, code=row.code, capacity_watts=row.capacity_watts))
        return True
    if board.capacity_watts == row.capacity_watts:
        return False
    board.capacity_watts = row.capacity_watts
    return True


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
    problem = queries.problem_of(edition, pitches, wanted)
    proposal = allocation.propose(problem, work=work, watching=watching)
    seconds = time.perf_counter() - began
    plan = _draft(edition, now=now)
    plan.proposal = proposal.summary(seconds)
    _assign(plan, proposal, edition=edition, pitches=pitches, wanted=wanted)
    record("booths.proposed", "edition", edition.slug, by=by, now=now, detail=f"version {plan.version}")
    return plan, proposal, seconds


def _draft(edition: Edition, *, now: datetime) -> Plan:
    site = _site(edition)
    earlier = queries.plan(edition, PlanState.DRAFT)
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
            application_id=application_ids[reference],
            day_id=day_ids[day],
        )
        for reference, numbers in proposal.pitches_of.items()
        for number in numbers
        for day in proposal.days_of[reference]
    )


def publish(edition: Edition, *, by: Actor, now: datetime) -> Plan:
    """Take the draft over: from now on it counts, and the one before it is history. Refusal(NO_DRAFT)."""
    draft = queries.plan(edition, PlanState.DRAFT)
    if draft is None:
        raise Refusal(Code.NO_DRAFT)
    earlier = queries.plan(edition, PlanState.PUBLISHED)
    if earlier is not None:
        earlier.state = PlanState.SUPERSEDED
        db.session.flush()  # One published plan at a time; the database sees to it.
    draft.state, draft.published_at = PlanState.PUBLISHED, now
    record("booths.published", "edition", edition.slug, by=by, now=now, detail=f"version {draft.version}")
    return draft


def release(application: Application, *, by: Actor, now: datetime) -> int:
    """Free the pitches of an application that is out, in the draft and in the published plan; returns how many days."""
    freed = 0
    for state in (PlanState.DRAFT, PlanState.PUBLISHED):
        plan = queries.plan(application.edition, state)
        for assignment in queries.assignments_of(plan):
            if assignment.application_id == application.id:
                db.session.delete(assignment)
                freed += 1
    if freed:
        record("booths.released", "application", application.code, by=by, now=now)
    return freed
