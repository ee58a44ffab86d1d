"""Uploads that wait for each other are stored together, and each is answered as if it had come alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError

from eventsys.base.db import db, writing
from eventsys.base.ids import hash_of
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.gate import actions
from eventsys.gate.models import Scan
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.intake import Result
from eventsys.gate.uploads import Sent, Uploads
from tests import factories
from tests.conftest import BACKENDS
from tests.factories import OPEN
from tests.together import served_on


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=OPEN) as app:
        yield app


def sent(token: str, *scans: dict[str, Any]) -> Sent:
    return Sent(hash_of(token), scans or [factories.scan()], OPEN)


def turns_of(app: Flask) -> Path:
    var: Path = app.config["EVENTSYS"].var
    return var / "uploads.lock"


@contextmanager
def another_process_writing(turns: Path) -> Iterator[None]:
    with turns.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def together(app: Flask, uploads: Sequence[Sent]) -> list[Future[list[Result]]]:
    """Uploads that all come while another process writes, each in a thread of its own."""
    gate = Uploads(turns_of(app))

    def take(upload: Sent) -> list[Result]:
        writing.set(True)
        with app.app_context():
            return gate.take(upload)

    db.session.remove()
    with ThreadPoolExecutor(len(uploads)) as pool, another_process_writing(turns_of(app)):
        taken = [pool.submit(take, upload) for upload in uploads]
        while len(gate._waiting) < len(uploads):
            assert not any(one.done() for one in taken)
    return taken


def in_log() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Scan)) or 0


def phones(edition: Edition, count: int) -> list[str]:
    gate = factories.gate(edition)
    return [factories.device(gate).token for _ in range(count)]


def test_those_who_wait_are_stored_in_one_transaction(served: Flask) -> None:
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    uploads = [sent(token, factories.scan(pass_id=visitor.pass_id)) for token in phones(edition, 6)]
    commits: list[object] = []
    event.listen(db.engine, "commit", commits.append)

    answers = [one.result() for one in together(served, uploads)]

    assert len(commits) == 1
    assert sorted(str(result.verdict) for [result] in answers) == ["admitted", *["already_admitted"] * 5]
    assert in_log() == 6
    assert actions.rebuild(db.session.merge(edition), is_check=True) == []


def test_a_scan_that_two_phones_send_at_once_is_stored_once(served: Flask) -> None:
    scan = factories.scan()
    uploads = [sent(token, scan) for token in phones(factories.edition(), 2)]

    answers = [one.result() for one in together(served, uploads)]

    assert sorted(str(result.status) for [result] in answers) == ["known", "stored"]
    assert in_log() == 1


def test_a_phone_that_nobody_knows_holds_up_nobody(served: Flask) -> None:
    [known] = phones(factories.edition(), 1)

    stranger, phone = together(served, [sent("stranger"), sent(known)])

    assert [str(result.status) for result in phone.result()] == ["stored"]
    with pytest.raises(Refusal) as refused:
        stranger.result()
    assert refused.value.code is Code.DEVICE_UNKNOWN


def test_phones_of_two_editions_go_together(served: Flask) -> None:
    here, there = factories.edition(), factories.edition()
    [visitor] = factories.passes(here)
    [ours], [theirs] = phones(here, 1), phones(there, 1)

    at_home, abroad = together(
        served, [sent(ours, factories.scan(pass_id=visitor.pass_id)), sent(theirs, factories.scan(pass_id=visitor.pass_id))]
    )  # fmt: skip

    assert [str(result.verdict) for result in at_home.result()] == ["admitted"]
    assert [str(result.verdict) for result in abroad.result()] == ["other_event"]


def test_when_the_database_refuses_everybody_is_told_and_nothing_is_stored(served: Flask) -> None:
    uploads = [sent(token) for token in phones(factories.edition(), 3)]
    db.session.execute(text("ALTER TABLE quarter_count RENAME TO elsewhere"))
    db.session.commit()

    for one in together(served, uploads):
        with pytest.raises(DBAPIError):
            one.result()

    assert in_log() == 0
    db.session.execute(text("ALTER TABLE elsewhere RENAME TO quarter_count"))
    db.session.commit()
    assert [str(result.status) for one in together(served, uploads) for result in one.result()] == ["stored"] * 3


@pytest.mark.parametrize("served", [backend for backend in BACKENDS if backend == "postgresql"], indirect=True)
def test_after_a_connection_was_cut_the_next_upload_is_stored(served: Flask) -> None:
    [token] = phones(factories.edition(), 1)
    [first] = together(served, [sent(token)])
    first.result()
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with create_engine(db.engine.url).connect() as somebody:
        assert somebody.scalar(text(others))

    [cut] = together(served, [sent(token)])
    [again] = together(served, [sent(token)])

    with pytest.raises(DBAPIError):
        cut.result()
    assert [str(result.status) for result in again.result()] == ["stored"]
    assert in_log() == 2
