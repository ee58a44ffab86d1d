"""Bringing in a spreadsheet as organisers do: named columns, tried, taken in row by row, the bad rows given back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.applications import queries
from eventsys.applications.actions import imports, sheets
from eventsys.applications.models import Application, SheetImport
from eventsys.applications.rules.import_rows import read_applications
from eventsys.applications.rules.sheets import SheetState
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.sheets import Cell, Sheet, as_csv, as_xlsx
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/applications/import"
FILE = Path("examples/taste-the-world-2011/applications.csv")
HEADINGS = ["Nr.", "Type", "Foreningens navn", "E-mail", "Dage", "Strøm (kW)", "Yndlingsfarve"]
GOOD: list[Cell] = ["A-1", "Forening", "Kor", "kor@example.org", "1,2", "2,5", "blå"]
BAD: list[Cell] = ["A-2", "forening", "Bad", "not a mail", "1", "", "=1+1"]


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def send(client: CarefulClient, content: bytes, name: str = "ansøgninger.xlsx") -> Any:
    return client.post(PAGE, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def workbook(*rows: list[Cell], headings: list[str] | None = None) -> bytes:
    return as_xlsx(Sheet("Ark1", headings or HEADINGS, rows))


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Application)) or 0


def named(**columns: str) -> dict[str, str]:
    """The form with a column for each place of HEADINGS."""
    usual = ["reference", "kind", "name", "email", "days", "power_kw", ""]
    return {f"column-{place}": column for place, column in enumerate(usual)} | columns


def work(app: Flask) -> None:
    jobs.run_now(app, sheets.GO_ON)


def test_a_workbook_is_named_tried_and_taken_in(app: Flask, client: CarefulClient, edition: Edition) -> None:
    sent = send(client, workbook(GOOD, BAD))
    page = client.get(sent.location).text

    assert how_many() == 0
    assert "Take 1 application in" in page
    assert "“not a mail” is not a mail address." in page
    started = client.post(sent.location, data={**named(), "take": "1"})
    assert started.location == sent.location
    assert "0 of 2 rows" in client.get(sent.location).text
    work(app)

    page = client.get(sent.location).text
    assert "1 application is taken in." in page
    [application] = db.session.scalars(select(Application)).all()
    assert (application.reference, application.organisation.kind) == ("A-1", Kind.ASSOCIATION)
    assert application.power_watts == 2500
    kept = queries.sheets_of(edition)[0]
    assert (kept.state, kept.content) == (SheetState.FINISHED, b"")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_bad_rows_come_back_as_they_were_with_their_reason(
    app: Flask, client: CarefulClient, edition: Edition, form: str
) -> None:
    sent = send(client, workbook(GOOD, BAD))
    client.post(sent.location, data={**named(), "take": "1"})
    work(app)

    given = client.get(f"{sent.location}/{form}")

    again = client.post(
        PAGE, data={"file": (io.BytesIO(given.data), f"bad.{form}")}, content_type="multipart/form-data"
    )
    brought = queries.sheet(edition, again.location.rsplit("/", 1)[1])
    assert brought is not None
    assert list(brought.columns) == [*HEADINGS, "Line", "Why"]
    assert brought.columns["Nr."] == "reference", "what the columns were is remembered"
    assert b"=1+1" not in given.data.replace(b"'=1+1", b"")
    if form == "xlsx":
        cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(given.data)).active[2]]  # type: ignore[index, union-attr]
        assert cells[:4] == ["A-2", "forening", "Bad", "not a mail"]
        assert cells[7] == 3


def test_columns_are_named_by_hand_and_what_lacks_is_said(client: CarefulClient, edition: Edition) -> None:
    strange = ["a", "b", "c", "d", "e", "f", "g"]
    sent = send(client, workbook(GOOD, headings=strange))
    assert "is missing" in client.get(sent.location).text

    refused = client.post(sent.location, data={**named(**{"column-3": "plutonium"}), "take": "1"})
    assert "Mail address” is missing" in refused.text
    twice = client.post(sent.location, data=named(**{"column-6": "email"}))
    assert "stands twice" in twice.text
    tried = client.post(sent.location, data=named())

    assert "Take 1 application in" in tried.text
    assert queries.sheets_of(edition)[0].state is SheetState.WAITING


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 no workbook", "The file is no spreadsheet"),
        (b"\x00\x01\x02", "The file is no spreadsheet"),
        (b"\n" * 5, "The file is empty."),
    ],
)
def test_what_is_no_spreadsheet_is_refused(
    client: CarefulClient, edition: Edition, content: bytes, sentence: str
) -> None:
    response = send(client, content)

    assert response.status_code == 422
    assert sentence in response.text
    assert queries.sheets_of(edition) == []


def test_nothing_sent_is_said(client: CarefulClient, edition: Edition) -> None:
    response = client.post(PAGE, data={})

    assert response.status_code == 422
    assert "This is empty." in response.text


def test_a_second_time_changes_nothing(app: Flask, client: CarefulClient, edition: Edition) -> None:
    for _ in range(2):
        sent = send(client, workbook(GOOD))
        client.post(sent.location, data={**named(), "take": "1"})
        work(app)

    assert "In already" in client.get(sent.location).text
    assert (how_many(), queries.sheets_of(edition)[0].unchanged) == (1, 1)
    pressed_twice = client.post(sent.location, data={**named(), "take": "1"})
    assert pressed_twice.status_code == 200
    work(app)
    assert how_many() == 1


def test_it_goes_on_where_it_stopped(client: CarefulClient, edition: Edition) -> None:
    rows: list[list[Cell]] = [
        [f"A-{n}", "forening", f"Kor {n}", f"kor{n}@example.org", "1", "", ""] for n in range(1, 46)
    ]
    sent = send(client, workbook(*rows))
    client.post(sent.location, data={**named(), "take": "1"})

    for done in (20, 40, 45):
        kept = queries.next_sheet()
        assert kept is not None
        sheets.take_step(kept, now=factories.NOW)
        db.session.commit()
        assert (kept.done, how_many()) == (done, done)

    assert queries.next_sheet() is None


def test_a_sheet_is_forgotten(app: Flask, client: CarefulClient, edition: Edition) -> None:
    sent = send(client, workbook(GOOD))
    client.post(sent.location, data={**named(), "take": "1"})

    busy = client.post(f"{sent.location}/remove", follow_redirects=True)
    assert "as it stands now" in busy.text
    work(app)
    client.post(f"{sent.location}/remove")

    assert db.session.scalars(select(SheetImport)).all() == []
    assert how_many() == 1


def test_trying_says_what_taking_in_does(app: Flask) -> None:
    edition = factories.edition("taste-the-world-2011")
    file = read_applications(FILE.read_bytes(), days=frozenset({1, 2}))
    rows = [*file.rows, *file.rows[:3]]

    tried = imports.try_rows(edition, rows)
    taken = imports.import_rows(edition, rows, by=factories.BY, now=factories.NOW)

    assert tried.accepted == taken.accepted
    assert [one.row for one in tried.refused] == [one.row for one in taken.refused]
    assert imports.try_rows(edition, rows) == imports.import_rows(edition, rows, by=factories.BY, now=factories.NOW)


def test_another_editions_sheet_is_not_found(client: CarefulClient, edition: Edition) -> None:
    sent = send(client, workbook(GOOD))
    code = sent.location.rsplit("/", 1)[1]
    other = factories.edition("other")
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(other))

    assert client.get(f"/organise/other/applications/import/{code}").status_code == 404
    assert client.get(sent.location).status_code == 403


def test_csv_of_a_danish_spreadsheet_too(client: CarefulClient, edition: Edition) -> None:
    sent = send(client, as_csv(Sheet("x", HEADINGS, [GOOD])), "liste.csv")

    assert "Take 1 application in" in client.get(sent.location).text
