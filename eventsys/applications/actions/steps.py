"""One step in an application's history, however it came about."""

from __future__ import annotations

from datetime import datetime

from eventsys.applications import queries
from eventsys.applications.models import Application, Transition
from eventsys.applications.rules.states import DONE, Act, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db


def take(application: Application, act: Act, *, to: State, by: Actor, now: datetime, note: str = "") -> None:
    """Lead an application, which has its key, to a state, and keep who did it, when, and with which words."""
    db.session.add(
        Transition(
            application_id=application.id,
            at=now,
            actor=str(by),
            act=act,
            from_state=application.state,
            to_state=to,
            note=note,
        )
    )
    rank = queries.next_waitlist_rank(application) if to is State.WAITLISTED else None
    application.state, application.waitlist_rank = to, rank
    application.changed_at = now
    record(f"applications.{DONE[act]}", "application", application.code, by=by, now=now)
