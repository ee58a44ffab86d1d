"""Imports that are undone and drafts that were given up: in no list unasked, written to and decided on by nobody."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.applications import queries
from eventsys.applications.actions import batches, sheet_work, sheets
from eventsys.applications.models import Application, Batch
from eventsys.applications.rules.states import State
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"
FILE = b"reference;kind;name;email;days\nIM-1;association;Kom ind;ind@example.org;1\nIM-2;association;Kom ud;ud@example.org;1\n"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def undone(app: Flask, edition: Edition) -> list[Application]:
    """Two applications that came in by a spreadsheet, and were taken out again."""
    me = factories.user()
    sheet = sheets.bring(edition, FILE, "in.csv", by=me, now=clock.now())
    sheets.start(sheet, by=me, now=clock.now())
    db.session.commit()
    jobs.run_now(app, sheets.GO_ON)
    db.session.refresh(sheet)
    sheets.undo(edition, sheet, by=me, now=clock.now())
    sheet_work.undo_step(sheet, now=clock.now())
    db.session.commit()
    return [one for one in queries.all_of(edition) if one.reference.startswith("IM-")]


def names(page: str) -> list[str]:
    return sorted(re.findall(r'<a href="/organise/fest/applications/[0-9A-Z]+[^"]*"><bdi>([^<]+)</bdi></a><br>', page))


@pytest.fixture
def four(app: Flask, edition: Edition) -> list[Application]:
    """One that is under review, one that was sent and withdrawn, a draft that was given up, and two undone imports."""
    factories.application(edition, name="Med")
    factories.application(edition, name="Trukket", state=State.WITHDRAWN)
    given_up = factories.application(edition, name="Opgivet", state=State.WITHDRAWN, submitted_at=None)
    return [*undone(app, edition), given_up]


def test_the_list_its_counts_and_its_files_leave_them_out(
    client: CarefulClient, edition: Edition, four: list[Application]
) -> None:
    page = client.get(LIST).text

    assert names(page) == ["Med", "Trukket"]
    assert "2 applications" in page
    assert f'{LIST}?state=withdrawn">Withdrawn: 1' in page
    assert len(client.get(f"{LIST}/export/csv").text.splitlines()) == 3
    assert queries.counts_of(edition) == {
        (State.SUBMITTED, Kind.ASSOCIATION): 1,
        (State.WITHDRAWN, Kind.ASSOCIATION): 1,
    }


def test_who_looks_for_them_finds_each_sort_by_itself(client: CarefulClient, four: list[Application]) -> None:
    page = client.get(f"{LIST}?state=undone").text

    assert names(page) == ["Kom ind", "Kom ud"]
    assert names(client.get(f"{LIST}?state=given_up").text) == ["Opgivet"]
    assert page.count("Never sent") == 2
    assert '<option selected value="undone">' in page
    assert re.findall(r'<option value="(\w+)">', page.split('id="batch-act"')[1].split("</select>")[0]) == [
        "tag",
        "untag",
        "assign",
    ]


def test_all_that_fit_is_the_list_and_no_mail_reaches_them(
    client: CarefulClient, app: Flask, edition: Edition, four: list[Application]
) -> None:
    words = {"act": "mail", "go": "1", "seen_at": clock.now().isoformat(), "subject": "News", "note": "Dear all,"}

    client.post(f"{LIST}/batch", data={**words, "all": "1"})
    jobs.run_now(app, batches.GO_ON)

    assert len(mails()) == 2
    assert not {mail.recipient for mail in mails()} & {one.email for one in four}


@pytest.mark.parametrize("act", ["mail", "approve", "reopen", "reject"])
def test_forged_choices_are_refused_one_by_one(
    client: CarefulClient, app: Flask, edition: Edition, four: list[Application], act: str
) -> None:
    words = {"act": act, "go": "1", "seen_at": clock.now().isoformat(), "subject": "News", "note": "Dear all,"}

    response = client.post(f"{LIST}/batch", data={**words, "code": [one.code for one in four]})
    jobs.run_now(app, batches.GO_ON)

    db.session.expire_all()
    batch = db.session.scalars(select(Batch)).one()
    assert [one["why"] for one in batch.refused] == ["never_sent"] * 3
    assert {one.state for one in four} == {State.WITHDRAWN}
    assert mails() == []
    assert "It was never sent" in client.get(response.location).text


def test_the_page_of_one_says_so_and_offers_no_decision(client: CarefulClient, four: list[Application]) -> None:
    for one in four:
        page = client.get(f"{LIST}/{one.code}").text
        assert "Never sent" in page
        assert 'id="decide"' not in page
