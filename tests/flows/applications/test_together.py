"""Several organisers and applicants at once: never more than there are places, never two decisions from one look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from eventsys.accounts.models import User
from eventsys.applications import queries
from eventsys.applications.actions import announcing, batches, decisions, places
from eventsys.applications.models import Application, Batch, Transition
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import Act, State
from eventsys.base import jobs
from eventsys.base.db import db, writing
from eventsys.base.refusals import Refusal
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.conftest import BACKENDS
from tests.flows.applications.applicants import mails
from tests.together import all_at_once, served_on

PLACES = 3
WHO_WANT_IN = 8


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=factories.NOW) as app:
        yield app


def attempt(app: Flask, code: str, act: Callable[[Application], object]) -> Callable[[], Code | None]:
    """A task that does something to an application in a transaction of its own: None, or why not."""

    def run() -> Code | None:
        token = writing.set(True)
        try:
            with app.app_context():
                application = queries.find(code, is_locked=True)
                assert application is not None
                try:
                    act(application)
                    db.session.commit()
                except Refusal as refusal:
                    db.session.rollback()
                    return Code(refusal.code)
                finally:
                    db.session.remove()
                return None
        finally:
            writing.reset(token)

    return run


def approve(application: Application, seen: datetime | None = None) -> None:
    decisions.decide(application, Act.APPROVE, by=factories.BY, now=factories.NOW, seen=seen)


def scene(state: State) -> list[str]:
    edition = factories.edition("fest")
    places.set_limit(edition, Kind.ASSOCIATION, PLACES, by=factories.BY, now=factories.NOW)
    codes = [factories.application(edition, state=state).code for _ in range(WHO_WANT_IN)]
    db.session.commit()
    db.session.remove()
    return codes


def test_many_approvals_at_once_never_exceed_the_limit(served: Flask) -> None:
    codes = scene(State.SUBMITTED)

    said = all_at_once([attempt(served, code, approve) for code in codes])

    assert sorted(said, key=str) == sorted([None] * PLACES + [Code.NO_PLACE] * (WHO_WANT_IN - PLACES), key=str)
    states = db.session.scalars(select(Application.state)).all()
    assert states.count(State.APPROVED) == PLACES


def test_offers_and_approvals_at_once_never_exceed_the_limit(served: Flask) -> None:
    codes = scene(State.WAITLISTED)

    def offer(application: Application) -> None:
        places.offer(application, by=factories.BY, now=factories.NOW)

    said = all_at_once([attempt(served, code, offer if n % 2 else approve) for n, code in enumerate(codes)])

    assert said.count(None) == PLACES
    edition = queries.get(1).edition
    standing = queries.standing_of(edition, Kind.ASSOCIATION)
    assert (standing.approved + standing.offered, standing.free, standing.over) == (PLACES, 0, 0)


def test_two_decisions_from_one_look_are_one_decision(served: Flask) -> None:
    [code] = scene(State.SUBMITTED)[:1]
    found = queries.find(code)
    assert found is not None
    seen = found.changed_at
    db.session.remove()

    def decide(act: Act) -> Callable[[Application], None]:
        later = factories.NOW.replace(microsecond=1)
        return lambda application: decisions.decide(
            application, act, by=factories.BY, now=later, note="Because.", seen=seen
        )

    said = all_at_once([attempt(served, code, decide(act)) for act in (Act.APPROVE, Act.REJECT, Act.WAITLIST)])

    assert sorted(said, key=str) == sorted([None, Code.STALE, Code.STALE], key=str)
    steps = db.session.scalars(select(Transition.act)).all()
    assert len(steps) == 1


def test_an_offer_whose_applicant_answers_just_now_is_left_to_them(served: Flask) -> None:
    """The worker takes the application's lock with the offer's: else each would wait for what the other holds."""
    [code] = scene(State.WAITLISTED)[:1]
    held = queries.find(code)
    assert held is not None
    offer = places.offer(held, by=factories.BY, now=factories.NOW)
    db.session.commit()
    late = offer.expires_at + timedelta(minutes=1)
    found: list[int] = []

    def answer(application: Application) -> None:
        # A SQLite that writes lets nobody else begin to; PostgreSQL passes over what is locked.
        if db.engine.dialect.name == "postgresql":
            with ThreadPoolExecutor(1) as pool:
                found.append(pool.submit(overdue).result())
        places.accept(application, by=factories.BY, now=factories.NOW)

    def overdue() -> int:
        with served.app_context():
            return len(queries.overdue_offers(late, most=1))

    db.session.remove()
    assert overdue() == 1
    assert attempt(served, code, answer)() is None

    assert found in ([], [0])
    assert overdue() == 0
    application = queries.find(code)
    assert application is not None
    assert application.announced_state is State.APPROVED


def test_who_locks_many_takes_the_oldest_first(served: Flask) -> None:
    """Else one who announces and one who offers places could each hold what the other waits for."""
    codes = scene(State.WAITLISTED)
    edition = queries.get(1).edition
    for rank, application in enumerate(reversed(queries.all_of(edition)), start=1):
        application.waitlist_rank = rank
    db.session.commit()
    line = [one.code for one in queries.waiting_list_of(edition, Kind.ASSOCIATION)]
    assert line == codes[::-1], "the oldest is the last in line"
    db.session.remove()

    def look() -> list[str]:
        with served.app_context():
            return [
                one.code for one in queries.waiting_list_of(queries.get(1).edition, Kind.ASSOCIATION, is_locked=True)
            ]

    if db.engine.dialect.name == "sqlite":
        assert look() == line
        return
    with ThreadPoolExecutor(1) as pool, db.engine.connect() as holder, db.engine.connect() as watcher:
        holder.execute(text("SELECT id FROM application WHERE id = 1 FOR UPDATE"))
        looking = pool.submit(look)
        while not watcher.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            watcher.rollback()
        free = watcher.execute(text("SELECT id FROM application FOR UPDATE SKIP LOCKED")).all()
        watcher.rollback()
        holder.rollback()
        assert len(free) == WHO_WANT_IN - 1, "who waits for the oldest holds none of the others"
        assert looking.result() == line


def test_a_command_takes_its_lock_before_it_reads(served: Flask, tmp_path: Path) -> None:
    """Else what somebody else writes between its reading and its writing fails it: SQLite can't wait then."""
    factories.edition("fest")
    db.session.commit()
    db.session.remove()
    file = tmp_path / "choirs.csv"
    file.write_text("reference;kind;name;email;days\nC-1;association;Choir;choir@example.org;1")
    began: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: began.append(said[2]))
    token = writing.set(False)

    done = served.test_cli_runner().invoke(args=["import", "applications", str(file), "--edition", "fest"])

    writing.reset(token)
    assert done.exit_code == 0, done.output
    assert began
    assert "BEGIN" not in began


def test_announcing_pressed_by_several_at_once_is_one_announcing(served: Flask) -> None:
    edition = factories.edition("fest")
    organiser = factories.organiser(edition)
    key, many = organiser.id, announcing.AT_ONCE + 2
    for _ in range(many):
        approve(factories.application(edition))
    db.session.commit()
    db.session.remove()

    def press() -> Code | None:
        token = writing.set(True)
        try:
            with served.app_context():
                here, me = queries.get(1).edition, db.session.get_one(User, key)
                staged = queries.staged_of(here, is_locked=True)
                try:
                    announcing.release(here, staged, by=me, now=factories.NOW)
                    db.session.commit()
                except Refusal as refusal:
                    db.session.rollback()
                    return Code(refusal.code)
                finally:
                    db.session.remove()
                return None
        finally:
            writing.reset(token)

    said = all_at_once([press] * 3)

    assert sorted(said, key=str) == sorted([None, Code.ANNOUNCING_ALREADY, Code.ANNOUNCING_ALREADY], key=str)
    assert [batch.done for batch in db.session.scalars(select(Batch))] == [announcing.AT_ONCE]
    db.session.remove()
    jobs.run_now(served, batches.GO_ON)
    assert queries.staged_count_of(queries.get(1).edition) == 0
    assert len(mails()) == many
