"""Announcing many decisions: the limits looked at once, then some together in one transaction after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsys.accounts.models import User
from eventsys.applications import queries
from eventsys.applications.actions import batches, decisions, places
from eventsys.applications.models import Application, Batch
from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.applications.rules.codes import Code
from eventsys.audit.actions import Actor
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition

# So many are told in one transaction: all of them or none.
AT_ONCE = 20


def release(edition: Edition, applications: Sequence[Application], *, by: User, now: datetime) -> Batch:
    """Begin to announce staged decisions, locked ones, in this order: the first at once, the others by the worker.

    The limits are looked at once, for all of them. Refusal: NOTHING_CHOSEN, ANNOUNCING_ALREADY, OVER_LIMIT.
    """
    _check_none_runs(edition)
    places.check_all_have_places(applications)
    codes = [application.code for application in applications]
    batch = batches.start(edition, BatchAct.ANNOUNCE, codes, values={"seen_at": now.isoformat()}, by=by, now=now)
    take_step(batch, now=now)
    return batch


def go_on(edition: Edition, batch: Batch, *, by: User, now: datetime) -> Batch:
    """Announce what is left of an announcing that was stopped; who was decided on anew since stays out.

    Refusal: NOT_NOW (it wasn't stopped), NOTHING_CHOSEN, ANNOUNCING_ALREADY, OVER_LIMIT.
    """
    _check_none_runs(edition)
    left = queries.locked_named(edition, batch.codes[batch.done :])
    places.check_all_have_places([one for one in left.values() if decisions.is_staged(one)])
    return batches.go_on(edition, batch, by=by, now=now)


def _check_none_runs(edition: Edition) -> None:
    if queries.announcing_in(edition) is not None:
        raise Refusal(Code.ANNOUNCING_ALREADY)


def take_step(batch: Batch, *, now: datetime) -> None:
    """Announce the next ones together, and end with the last. The caller commits, so that a crash tells nobody twice."""
    edition, by = db.session.get_one(Edition, batch.edition_id), Actor("user", str(batch.user_id))
    seen_at = datetime.fromisoformat(batch.values["seen_at"])
    codes = batch.codes[batch.done : batch.done + AT_ONCE]
    found = queries.locked_named(edition, codes)
    refused: list[dict[str, Any]] = []
    for code in codes:
        try:
            with db.session.begin_nested():
                _announce(found.get(code), seen_at, by=by, now=now)
        except Refusal as no:
            refused.append(batches.refused_as(code, no))
    batch.refused = [*batch.refused, *refused]
    batch.done, batch.state = batch.done + len(codes), BatchState.RUNNING
    if batch.done == len(batch.codes):
        batch.state, batch.finished_at = BatchState.FINISHED, now


def _announce(application: Application | None, seen_at: datetime, *, by: Actor, now: datetime) -> None:
    if application is None:
        raise Refusal(Code.NOT_NOW)
    if not decisions.is_staged(application):
        raise Refusal(Code.ANNOUNCED_ALREADY)
    if application.changed_at > seen_at:
        raise Refusal(Code.STALE)
    decisions.announce([application], by=by, now=now)
