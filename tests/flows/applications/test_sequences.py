"""Any sequence of acts: only listed steps, a whole history, never more than there are places, outside sees what was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsys.applications import queries
from eventsys.applications.actions import amendments, decisions, drafts, keeping, places
from eventsys.applications.models import Application
from eventsys.applications.rules.answers import Attendance
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import TABLE, Act, State
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.together import served_on

APPLICATIONS, PLACES = 3, 2


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with served_on("sqlite", Path(tmp_path_factory.mktemp("sequences")), at=factories.NOW) as app:
        yield app


def expire(application: Application, *, by: Any, now: Any) -> None:
    held = queries.open_offer(application)
    if held is None:
        raise Refusal(Code.NO_OFFER)
    places.expire(held, now=now)


def other_days(application: Application, *, by: Any, now: Any) -> None:
    told = Attendance(days=0b11 ^ application.days or 0b11, crew=application.crew)
    keeping.save(application, told, by=by, now=now)


ACTS: dict[str, Any] = {
    "announce": lambda application, **at: decisions.announce([application], **at),
    "withdraw": partial(drafts.withdraw, reason=""),
    "restore": drafts.restore,
    "up": partial(places.move, steps=-1),
    "offer": places.offer,
    "accept": places.accept,
    "decline": places.decline,
    "retract": places.retract,
    "expire": expire,
    "other_days": other_days,
    "agree": partial(amendments.accept, note=""),
    "disagree": partial(amendments.decline, note="Because."),
    "take_back": amendments.retract,
}
DO = [*ACTS, *decisions.DECIDES]
STEP = st.tuples(st.sampled_from(DO), st.integers(0, APPLICATIONS - 1))


def act_on(application: Application, what: str, now: Any) -> None:
    at = {"by": factories.BY, "now": now}
    if isinstance(what, Act):
        decisions.decide(application, what, note="Because.", **at)
    else:
        ACTS[what](application, **at)


def look(application: Application) -> tuple[Any, ...]:
    asked = queries.open_amendment(application)
    stands = application.state, application.announced_state, application.waitlist_rank, application.announced_at
    return (*stands, application.days, asked.changes if asked else None)


# Each example is a story of many transactions: a fifth of the usual count.
@settings(max_examples=settings.default.max_examples // 5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=25))
def test_any_sequence_keeps_the_rules(served: Flask, steps: list[tuple[str, int]]) -> None:
    edition = factories.edition()
    places.set_limit(edition, Kind.ASSOCIATION, PLACES, by=factories.BY, now=factories.NOW)
    applications = [factories.application(edition) for _ in range(APPLICATIONS)]
    now = factories.NOW
    for what, number in steps:
        now += timedelta(minutes=1)
        application = applications[number]
        before, told = look(application), [look(one)[1] for one in applications]
        try:
            act_on(application, what, now)
            db.session.commit()
        except Refusal:
            db.session.rollback()
            assert look(application) == before, "what is refused changes nothing"
        standing = queries.standing_of(edition, Kind.ASSOCIATION)
        assert standing.over == 0
        others = [one for n, one in enumerate(applications) if n != number]
        assert [one.announced_state for one in others] == [state for n, state in enumerate(told) if n != number]
        if application.announced_state is State.APPROVED is before[1] and what != "agree":
            assert application.days == before[4], "what was agreed on holds until an organiser agrees to something else"
        if application.announced_state is not State.APPROVED:
            assert queries.open_amendment(application) is None
        if isinstance(what, Act):
            assert application.announced_state is before[1], "a decision is told by announcing alone"
    for application in applications:
        history = queries.history_of(application)
        reached = [State.SUBMITTED, *(step.to_state for step in history)]
        assert [step.from_state for step in history] == reached[:-1]
        assert application.state is reached[-1]
        for step in history:
            is_take_back = step.act is Act.REOPEN
            assert is_take_back or TABLE[step.from_state, step.act] is step.to_state
        ranked = State.WAITLISTED in {application.state, application.announced_state}
        assert (application.waitlist_rank is not None) == ranked
