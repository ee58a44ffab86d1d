"""A full copy of the database, looked at as somebody would who wants to know who answered what: nothing ties the two.

What is looked at: every value of every table, the order of rows, the numbers of the transactions that wrote them
(PostgreSQL), and the bytes of the file with what was deleted in it (SQLite). The same look before the rewrite finds what
the rewrite is for, so it can see.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.surveys import asking
from eventsys.surveys.asking import Times
from eventsys.surveys.jobs import REWRITE
from eventsys.surveys.models import Response, Survey, SurveyInvitation
from tests import factories
from tests.client import CarefulClient
from tests.conftest import BACKENDS
from tests.factories import BY, NOW
from tests.flows.surveys import surveying
from tests.together import served_on

PEOPLE = 12
NIGHT, CLOSED = NOW + timedelta(days=1), NOW + timedelta(days=8)
PAGE = 4096
OURS = ("response", "answer", "survey_invitation")


@dataclass(frozen=True)
class Copy:
    """All rows of all tables in the order of the disk; on PostgreSQL with the transaction that wrote each."""

    rows: dict[str, list[dict[str, Any]]]
    writers: dict[str, set[str]]
    files: dict[str, bytes]


@pytest.fixture(params=BACKENDS)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=NOW) as served:
        served.test_client_class = CarefulClient
        yield served


def copied(folder: Path) -> Copy:
    db.session.remove()
    is_postgresql = db.engine.dialect.name == "postgresql"
    rows, writers = {}, {}
    with db.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            hidden = ", ctid::text AS hidden_place, xmin::text AS hidden_writer" if is_postgresql else ""
            order = " ORDER BY ctid" if is_postgresql else ""
            found = connection.execute(text(f'SELECT *{hidden} FROM "{name}"{order}')).mappings()  # noqa: S608
            rows[name] = [dict(row) for row in found]
            writers[name] = {str(row.get("hidden_writer")) for row in rows[name]}
    files = {}
    if not is_postgresql:
        for path in Path(str(db.engine.url.database)).parent.glob("together.sqlite3*"):
            shutil.copy(path, folder / f"copy-{path.name}")
            files[path.name] = path.read_bytes()
    return Copy(rows, writers, files)


def scene(app: Flask) -> str:
    """A survey, by its code, to which some have answered in an order of their own, before and after a reminder."""
    survey = surveying.survey(factories.edition("asked"))
    links = surveying.ask(survey, *(f"person{n:02d}@example.org" for n in range(PEOPLE)))
    links.sort(key=lambda link: link[::-1])
    first = NOW + timedelta(hours=6)
    asking.plan(survey, Times(survey.opens_at, survey.closes_at, first), by=BY, now=NOW)
    db.session.commit()
    jobs.run_now(app, asking.GO_ON)
    with clock.standing_at(NOW + timedelta(hours=1)):
        answered(app, links[:3])
    with clock.standing_at(NOW + timedelta(hours=12)):
        jobs.run_now(app, asking.GO_ON)
        answered(app, links[3 : PEOPLE - 2])
    return survey.code


def answered(app: Flask, links: list[str]) -> None:
    for link in links:
        client = app.test_client()
        client.post(link, data={"page": "1", "community": "high_degree", "again": "no"})
        client.post(link, data={"page": "2", "why": f"words behind {len(link)}", "people": "7"})


def rewritten(app: Flask, *, at: datetime) -> None:
    db.session.remove()  # Whoever still reads keeps the tables from being rewritten.
    with clock.standing_at(at):
        jobs.run_now(app, REWRITE)


def in_key_order(copy: Copy, name: str) -> bool:
    key = ("response_id", "item_id") if name == "answer" else ("id",)
    keys = [tuple(row[part] for part in key) for row in copy.rows[name]]
    return keys == sorted(keys)


def disorder(copy: Copy, keys: list[str]) -> int:
    """In how many pages of the file keys stand in another order than their own; SQLite fills a page from its end."""
    pattern = re.compile("|".join(keys).encode())
    found = 0
    for name, content in copy.files.items():
        if name.endswith("-shm"):
            continue
        for start in range(0, len(content), PAGE):
            order = [match[0] for match in pattern.finditer(content[start : start + PAGE])][::-1]
            found += order != sorted(order)
    return found


def values(row: dict[str, Any]) -> set[str]:
    """What could tell a row from others: everything of some length."""
    return {str(value) for name, value in row.items() if not name.startswith("hidden_") and len(str(value)) >= 16}


@pytest.mark.parametrize("at", [NIGHT, CLOSED], ids=["night", "closed"])
def test_nothing_ties_an_answer_to_who_was_asked(app: Flask, tmp_path: Path, at: datetime) -> None:
    code = scene(app)
    before = copied(tmp_path)
    rewritten(app, at=at)
    after = copied(tmp_path)

    responses, invitations = after.rows["response"], after.rows["survey_invitation"]
    spent = [row for row in invitations if row["is_spent"]]
    assert (len(responses), len(spent), len(invitations)) == (PEOPLE - 2, PEOPLE - 2, PEOPLE)
    assert len(surveying.given(db.session.scalars(select(Survey).where(Survey.code == code)).one())) == PEOPLE - 2

    # No value of one stands with the other, nor in a third table.
    ids = {row["id"] for row in responses}
    told = {
        name
        for name, rows in after.rows.items()
        if name not in {"response", "answer"}
        for row in rows
        if any(key in str(value) for key in ids for value in row.values())
    }
    assert told == set()
    asked = set().union(*(values(row) for row in invitations))
    assert not any(asked & values(row) for name in ("response", "answer") for row in after.rows[name])

    # Nothing of when: all responses carry one day, all spent links look alike.
    assert len({str(row["answered_on"]) for row in responses}) == 1
    assert {(row["reminders"], row["reserved_until"]) for row in spent} == {(0, None)}
    assert after.rows["survey_draft"] == []

    # No order, no transaction.
    if db.engine.dialect.name == "postgresql":
        assert not in_key_order(before, "survey_invitation"), "before, the order of answering shows"
        assert all(in_key_order(after, name) for name in OURS)
        assert len(before.writers["response"]) == PEOPLE - 2
        assert after.writers["response"] == after.writers["answer"]
        assert len(after.writers["response"]) == len(after.writers["survey_invitation"]) == 1
        assert not after.writers["response"] & after.writers["survey_invitation"]
    else:
        keys = [row["id"] for row in responses], [row["id"] for row in spent]
        assert all(disorder(before, some) for some in keys), "before, the order of answering shows"
        assert [disorder(after, some) for some in keys] == [0, 0]
        with pytest.raises(Exception, match="no such column"):
            db.session.execute(text("SELECT rowid FROM response"))


def test_no_transaction_writes_both(app: Flask, tmp_path: Path) -> None:
    scene(app)
    copy = copied(tmp_path)

    if db.engine.dialect.name == "postgresql":
        assert not copy.writers["response"] & copy.writers["survey_invitation"]


def test_rewrite_comes_once_a_night_and_once_more_after_closing(app: Flask) -> None:
    code = scene(app)
    moments = []
    for hours in (1, 16, 17, 40, 41, 24 * 7 - 1, 24 * 7 + 1, 24 * 9):
        rewritten(app, at=NOW + timedelta(hours=hours))
        moments.append(db.session.scalars(select(Survey).where(Survey.code == code)).one().rewritten_at)

    wanted = (1, 16, 16, 40, 40, 24 * 7 - 1, 24 * 7 + 1, 24 * 7 + 1)
    assert moments == [NOW + timedelta(hours=hours) for hours in wanted]


def test_rare_language_is_let_go_when_it_closes(app: Flask) -> None:
    scene(app)
    alone = db.session.scalars(select(Response)).first()
    assert alone is not None
    alone.language = "ar"
    db.session.commit()
    rewritten(app, at=NIGHT)
    at_night = set(db.session.scalars(select(Response.language)))
    rewritten(app, at=CLOSED)

    assert at_night == {"en", "ar"}
    # The others go too: one person alone without a language would be who answered in the rare one.
    assert sorted(db.session.scalars(select(Response.language))) == ["und"] * (PEOPLE - 2)
    assert db.session.scalars(select(SurveyInvitation.is_spent)).all().count(True) == PEOPLE - 2
