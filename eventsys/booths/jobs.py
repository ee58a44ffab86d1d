"""What the worker does for booths."""

from __future__ import annotations

import time

from eventsys.audit.actions import Actor
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.booths import queries
from eventsys.booths.actions import proposing
from eventsys.booths.models import ProposalRun, RunState
from eventsys.booths.rules.allocation import Watching
from eventsys.editions.models import Edition

TELL_EVERY_S = 1.0


@jobs.job(proposing.GO_ON)
def go_on_with_proposals() -> None:
    """Make the proposals that are asked for, one after the other; a crash begins one anew."""
    while (run := queries.next_run()) is not None:
        run.state = RunState.RUNNING
        key = run.id
        db.session.commit()
        _make(key)
    db.session.rollback()


jobs.every_minute(proposing.GO_ON)


def _make(key: int) -> None:
    run = db.session.get_one(ProposalRun, key)
    edition, by = db.session.get_one(Edition, run.edition_id), Actor("user", str(run.user_id))
    try:
        _plan, proposal, _seconds = proposing.propose(
            edition, by=by, now=clock.now(), work=run.work, watching=_watching(key)
        )
        run = db.session.get_one(ProposalRun, key)
        run.placed, run.points, run.bound = proposal.placed, proposal.objective, proposal.bound
    except Refusal as no:
        db.session.rollback()
        run = db.session.get_one(ProposalRun, key)
        run.trouble = no.code.value
    run.state, run.finished_at = RunState.FINISHED, clock.now()
    db.session.commit()


def _watching(key: int) -> Watching:
    """Keep how far it is, now and then, in a transaction of its own: nothing else is written while the search runs."""
    told_at = [0.0]

    def tell(points: int, placed: int, bound: int) -> None:
        if time.monotonic() - told_at[0] < TELL_EVERY_S:
            return
        told_at[0] = time.monotonic()
        run = db.session.get_one(ProposalRun, key)
        run.points, run.placed, run.bound = points, placed, bound
        db.session.commit()

    def is_stopped() -> bool:
        stopping = bool(db.session.get_one(ProposalRun, key, populate_existing=True).is_stopping)
        db.session.rollback()
        return stopping

    return Watching(is_stopped, tell)
