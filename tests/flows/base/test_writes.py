"""What views do around a write: a refusal becomes a message, a lost race is run once more; numbers have no gaps."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from enum import StrEnum

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from wtforms import StringField

from eventsys.accounts.actions import create_user
from eventsys.accounts.models import User
from eventsys.audit.actions import Actor
from eventsys.base import counters, jobs
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from tests import factories


class Code(StrEnum):
    """Why not, in these tests."""

    TAKEN = "taken"


TEXTS = {Code.TAKEN: "“%(name)s” is taken."}


class NameForm(FlaskForm):
    """A form with one field."""

    name = StringField("Name")


@pytest.mark.parametrize(("field", "expected"), [("name", (["“Ida” is taken."], [])), ("", ([], ["“Ida” is taken."]))])
def test_refusal_stands_by_its_field_or_at_the_top_and_nothing_is_stored(
    app: Flask, session: Session, field: str, expected: tuple[list[str], list[str]]
) -> None:
    with app.test_request_context("/", method="POST", data={"name": "Ida"}):
        form = NameForm(meta={"csrf": False})
        assert form.validate()
        with refusals_of(form, TEXTS):
            create_user("half@example.org", name="Half", by=Actor("command"), now=factories.NOW)
            raise Refusal(Code.TAKEN, field=field, name="Ida")

        assert (list(form.name.errors), form.form_errors) == expected
    assert session.scalar(select(User).where(User.email == "half@example.org")) is None


def test_lost_race_is_run_once_more_and_meets_the_rule(app: Flask, session: Session) -> None:
    tries: list[int] = []

    @once_more_on_conflict
    def view() -> str:
        tries.append(1)
        if len(tries) == 1:
            session.add(counters.Counter(name="race", value=1))
            session.flush()
            session.execute(counters.Counter.__table__.insert().values(name="race", value=1))
        return "answered"

    assert view() == "answered"
    assert len(tries) == 2
    assert counters.last("race") == 0


def test_second_conflict_is_not_hidden(app: Flask, session: Session) -> None:
    session.add(counters.Counter(name="race", value=1))
    session.commit()

    @once_more_on_conflict
    def view() -> None:
        session.execute(counters.Counter.__table__.insert().values(name="race", value=1))

    with pytest.raises(IntegrityError):
        view()


def test_counter_gives_out_numbers_without_gaps(app: Flask, session: Session) -> None:
    assert counters.take("scans") == 1
    assert counters.take("scans", 3) == 2
    session.commit()
    assert counters.take("scans") == 5
    session.rollback()
    assert counters.take("scans") == 5
    assert counters.take("others") == 1
    assert counters.last("scans") == 5


def test_job_is_queued_once_and_only_when_the_change_held(app: Flask, session: Session) -> None:
    huey = app.extensions["jobs"]["huey"]
    before = len(huey.pending())
    jobs.after_commit(session, "mail.deliver")
    session.rollback()
    assert len(huey.pending()) == before

    jobs.after_commit(session, "mail.deliver")
    jobs.after_commit(session, "mail.deliver")
    create_user("x@example.org", name="X", by=Actor("command"), now=factories.NOW)
    session.commit()

    assert len(huey.pending()) == before + 1


def test_what_is_committed_stays_so_when_the_queue_can_t_be_reached(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setitem(app.extensions["jobs"], "task", gone)
    jobs.after_commit(session, "mail.deliver")
    create_user("x@example.org", name="X", by=Actor("command"), now=factories.NOW)

    session.commit()

    assert session.scalar(select(User).where(User.email == "x@example.org")) is not None


def test_job_waits_for_the_transaction_around_a_savepoint(app: Flask, session: Session) -> None:
    huey = app.extensions["jobs"]["huey"]
    before = len(huey.pending())

    with session.begin_nested():
        jobs.after_commit(session, "mail.deliver")
        create_user("x@example.org", name="X", by=Actor("command"), now=factories.NOW)
    assert len(huey.pending()) == before
    session.rollback()
    session.commit()

    assert len(huey.pending()) == before


def test_unknown_job_is_refused(app: Flask) -> None:
    with pytest.raises(LookupError, match=r"no job is called mail\.burn"):
        jobs.enqueue(app, "mail.burn")


def test_moments_in_the_database_need_their_time_zone(app: Flask, session: Session) -> None:
    who = factories.user()
    who.last_signed_in_at = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - that is the point

    with pytest.raises(Exception, match="needs its time zone"):
        session.flush()
    session.rollback()


def test_moments_come_back_in_utc(app: Flask, session: Session) -> None:
    who = factories.user()
    db.session.expire_all()

    assert who.created_at == factories.NOW
    assert who.created_at.tzinfo is not None
