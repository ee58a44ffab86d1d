"""The one list of "when this happened below, do that above": the only way up the story, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eventsys.applications import signals as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.actions import Actor
from eventsys.booths import actions as booths
from eventsys.booths.actions import arriving
from eventsys.editions.models import Edition
from eventsys.gate import actions as gate
from eventsys.passes import actions as passes
from eventsys.passes import signals as passes_signals


def crew_gets_passes(application: Application, *, by: Actor, now: datetime) -> None:
    """Told that they are in: passes for the crew; told anything else: those they had end."""
    if application.announced_state is State.APPROVED:
        passes.issue_crew_passes(application, by=by, now=now)
    else:
        crew_loses_passes(application, by=by, now=now)


def crew_passes_follow(application: Application, *, by: Actor, now: datetime) -> None:
    """Other days or another number of people: other passes."""
    if application.announced_state is State.APPROVED:
        passes.issue_crew_passes(application, by=by, now=now)


def crew_loses_passes(application: Application, *, by: Actor, now: datetime) -> None:
    passes.revoke_all(application, reason=application.announced_state.value, by=by, now=now)


def booth_is_released(application: Application, *, by: Actor, now: datetime) -> None:
    """Out again, or not in after all: the pitch is free."""
    if application.announced_state is not State.APPROVED:
        booths.release(application, by=by, now=now)


def vehicle_follows(application: Application, *, by: Actor, now: datetime) -> None:  # noqa: ARG001 - what a signal sends
    """A vehicle more or less: its time is taken or free. Told when an organiser says so."""
    if application.announced_state is State.APPROVED:
        arriving.follow_amended(application)


def gate_judges_again(edition: Edition, *, pass_ids: Sequence[str]) -> None:
    gate.judge_revoked(edition, pass_ids=pass_ids)


REACTIONS = (
    (applications.announced, crew_gets_passes),
    (applications.amended, crew_passes_follow),
    (applications.amended, vehicle_follows),
    (applications.withdrawn, crew_loses_passes),
    (applications.announced, booth_is_released),
    (applications.withdrawn, booth_is_released),
    (passes_signals.revoked, gate_judges_again),
)


def connect() -> None:
    """Connect them all; doing it again changes nothing."""
    for signal, reaction in REACTIONS:
        signal.connect(reaction)
