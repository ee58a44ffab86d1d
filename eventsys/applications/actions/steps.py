"""One step in an application's history, however it came about."""

from __future__ import annotations

from datetime import datetime

from eventsys.applications import queries
from eventsys.applications.models import Application, Transition
from eventsys.applications.rules.states import DONE, Act, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db


def take(
    application: Application,
    act: Act,
    *,
    to: State,
    by: Actor,
    now: datetime,
    note: str = "",
    kept: str = "",
    done: str = "",
) -> None:
    """Lead an application, which has its key, to a state, and keep who did it, when, with which words, and what the team keeps to itself.

    `done` is what the history calls it where the act alone doesn't say.
    """
    db.session.add(
        Transition(
            application_id=application.id,
            at=now,
            actor=str(by),
            act=act,
            from_state=application.state,
            to_state=to,
            note=note,
            kept=kept,
        )
    )
    application.state, application.waitlist_rank = to, _rank(application, to, application.announced_state)
    application.changed_at, application.is_held_back = now, False
    record(f"applications.{done or DONE[act]}", "application", application.code, by=by, now=now)


def unstage(application: Application, *, by: Actor, now: datetime) -> None:
    """Take back what is staged before the applicant acts: they act on what they were told, and nothing else is listed."""
    if application.state is not application.announced_state:
        take(application, Act.REOPEN, to=application.announced_state, by=by, now=now)


def tell(application: Application, *, note: str, now: datetime) -> None:
    """Let what stands count outside the team from now on, with the words that come with it."""
    rank = _rank(application, application.state, application.state)
    application.announced_state, application.waitlist_rank, application.is_held_back = application.state, rank, False
    application.announced_note, application.announced_at = note, now


def _rank(application: Application, state: State, announced: State) -> int | None:
    """The place in line: kept as long as the application waits, staged or told, so that taking back loses nothing."""
    if State.WAITLISTED not in {state, announced}:
        return None
    return application.waitlist_rank or queries.next_waitlist_rank(application)
