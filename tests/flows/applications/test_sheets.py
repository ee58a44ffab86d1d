"""Bringing in a spreadsheet as organisers do: named columns, tried, taken in row by row, the bad rows given back."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.applications import queries
from eventsys.applications.actions import decisions, imports, reviewing, sheets
from eventsys.applications.actions.sheet_work import TRIED_AT_ONCE, SheetWork, undo_step
from eventsys.applications.actions.trials import Trial
from eventsys.applications.models import Application, SheetImport
from eventsys.applications.rules.import_rows import read_applications
from eventsys.applications.rules.sheets import MOST_TRIED_AT_ONCE, SheetState, Stays
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.base.sheets import Cell, Sheet, as_csv, as_xlsx
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

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
    db.session.expire_all()


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
        SheetWork(kept).take_step(kept, now=factories.NOW)
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

    tried = Trial(edition).try_rows(rows)
    taken = imports.import_rows(edition, rows, by=factories.BY, now=factories.NOW)

    assert tried.accepted == taken.accepted
    assert [one.row for one in tried.refused] == [one.row for one in taken.refused]
    assert Trial(edition).try_rows(rows) == imports.import_rows(edition, rows, by=factories.BY, now=factories.NOW)


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


def many(count: int) -> bytes:
    """A sheet of choirs; the last row says again what the first one said, the one before it has no mail address."""
    rows: list[list[Cell]] = [
        [f"A-{n}", "forening", f"Kor {n}", f"kor{n}@example.org", "1", "", ""] for n in range(count - 2)
    ]
    rows += [
        ["X-1", "forening", "Uden mail", "", "1", "", ""],
        ["X-2", "forening", "Kor 0", "k@example.org", "1", "", ""],
    ]
    return as_csv(Sheet("x", HEADINGS, rows))


def test_many_rows_are_tried_by_the_worker_before_they_are_taken_in(
    app: Flask, client: CarefulClient, edition: Edition
) -> None:
    count = MOST_TRIED_AT_ONCE + 1
    sent = send(client, many(count), "mange.csv")
    page = client.get(sent.location).text
    assert "too many rows to try while you wait" in page
    assert 'name="take"' not in page
    untried = client.post(sent.location, data={**named(), "take": "1"}, follow_redirects=True)
    assert "Try them first" in untried.text

    assert client.post(sent.location, data={**named(), "try": "1"}).location == sent.location
    kept = queries.next_sheet()
    assert kept is not None
    SheetWork(kept).take_step(kept, now=factories.NOW)
    db.session.commit()
    page = client.get(sent.location).text
    assert f"{TRIED_AT_ONCE} of 2,001 rows" in page
    assert "data-look-again" in page
    work(app)

    page = client.get(sent.location).text
    assert "Take 1999 applications in" in page
    assert "This organisation has an application already, with the reference" in page
    assert (kept.state, kept.accepted, len(kept.refused), how_many()) == (SheetState.WAITING, count - 2, 2, 0)
    client.post(sent.location, data={**named(), "take": "1"})
    assert (kept.state, kept.done, kept.accepted, kept.refused) == (SheetState.QUEUED, 0, 0, [])


def test_what_was_tried_with_other_columns_counts_no_more(app: Flask, client: CarefulClient, edition: Edition) -> None:
    sent = send(client, many(MOST_TRIED_AT_ONCE + 1), "mange.csv")
    client.post(sent.location, data={**named(), "try": "1"})
    stopped = client.post(sent.location, data={"stop": "1"}, follow_redirects=True)
    assert "Which column is which" in stopped.text
    work(app)
    [kept] = queries.sheets_of(edition)
    assert (kept.state, kept.tried_at) == (SheetState.WAITING, None)
    client.post(sent.location, data={**named(), "try": "1"})
    work(app)
    assert kept.tried_at is not None

    client.post(sent.location, data={**named(**{"column-5": ""}), "take": "1"})

    assert (kept.state, kept.tried_at) == (SheetState.WAITING, None)


def test_a_file_is_read_once_for_all_its_steps(client: CarefulClient, edition: Edition, app: Flask) -> None:
    rows: list[list[Cell]] = [[f"A-{n}", "forening", f"Kor {n}", f"kor{n}@example.org", "1", "", ""] for n in range(65)]
    sent = send(client, workbook(*rows))
    client.post(sent.location, data={**named(), "take": "1"})
    [kept] = queries.sheets_of(edition)
    at_work = SheetWork(kept)
    while kept.state is not SheetState.FINISHED:
        assert at_work.is_of(kept)
        at_work.take_step(kept, now=factories.NOW)

    assert (kept.accepted, len(kept.taken), how_many()) == (65, 65, 65)


def taken_in(app: Flask, client: CarefulClient, count: int) -> str:
    rows: list[list[Cell]] = [
        [f"A-{n}", "forening", f"Kor {n}", f"kor{n}@example.org", "1", "", ""] for n in range(count)
    ]
    sent = send(client, workbook(*rows))
    client.post(sent.location, data={**named(), "take": "1"})
    work(app)
    return str(sent.location)


def test_an_import_is_undone_but_for_what_somebody_touched(app: Flask, client: CarefulClient, edition: Edition) -> None:
    address = taken_in(app, client, 30)
    there = queries.by_reference(edition)
    later = clock.now() + timedelta(minutes=1)
    me = factories.user()
    decisions.decide(there["A-1"], Act.APPROVE, by=factories.BY, now=later)
    there["A-2"].changed_at = later
    reviewing.write_note(there["A-3"], "Good.", by=me, now=later)
    db.session.commit()
    client.post("/my/link", data={"email": "kor4@example.org"})
    client.post(f"/organise/fest/applications/{there['A-5'].code}/review", data={"comment": "Sings well."})

    asked = client.get(f"{address}/undo").text
    assert "Take 25 applications out again?" in asked
    assert "5 applications stay" in asked
    assert "the team has written about it: 2" in asked
    client.post(f"{address}/undo")
    assert "0 of 30 applications looked at" in client.get(address).text
    work(app)

    [kept] = queries.sheets_of(edition)
    why = {one["code"]: one["why"] for one in kept.stayed}
    assert {name: why.get(one.code) for name, one in there.items() if one.code in why} == {
        "A-1": Stays.DECIDED, "A-2": Stays.CHANGED, "A-3": Stays.LOOKED_AT, "A-4": Stays.WRITTEN_TO,
        "A-5": Stays.LOOKED_AT,
    }  # fmt: skip
    assert (kept.state, kept.undone) == (SheetState.UNDONE, 25)
    gone = there["A-6"]
    assert (gone.state, gone.announced_state, gone.submitted_at) == (State.WITHDRAWN, State.WITHDRAWN, None)
    assert [step.act for step in queries.history_of(gone)] == [Act.SUBMIT, Act.WITHDRAW]
    assert [entry.act for entry in queries.story_of(gone)][-1] == "applications.import_undone"
    page = client.get(address).text
    assert "25 applications are taken out again" in page
    assert "the applicant was written to" in page


def test_what_was_undone_comes_in_again_from_a_better_file(app: Flask, client: CarefulClient, edition: Edition) -> None:
    address = taken_in(app, client, 3)
    client.post(f"{address}/undo")
    work(app)

    again = taken_in(app, client, 3)

    assert "3 applications are taken in." in client.get(again).text
    assert [one.reference for one in queries.all_of(edition) if one.state is State.SUBMITTED] == ["A-0", "A-1", "A-2"]
    client.post("/my/link", data={"email": "kor1@example.org"})
    assert len(mails("kor1@example.org")) == 1, "no link to the one that was taken out"


def test_nothing_is_undone_twice_or_where_all_is_touched(app: Flask, client: CarefulClient, edition: Edition) -> None:
    address = taken_in(app, client, 1)
    [one] = queries.all_of(edition)
    one.changed_at = clock.now() + timedelta(minutes=1)
    db.session.commit()
    assert "Nothing can be undone" in client.get(f"{address}/undo").text

    refused = client.post(f"{address}/undo", follow_redirects=True)
    assert "Nothing is left that came in by this spreadsheet" in refused.text
    one.changed_at = one.created_at
    db.session.commit()
    client.post(f"{address}/undo")
    work(app)
    again = client.post(f"{address}/undo", follow_redirects=True)

    assert "as it stands now" in again.text
    assert client.get(f"{address}/undo").location == address
    assert one.state is State.WITHDRAWN


def test_undoing_goes_on_where_it_stopped(app: Flask, client: CarefulClient, edition: Edition) -> None:
    address = taken_in(app, client, 45)
    client.post(f"{address}/undo")
    for undone in (20, 40):
        kept = queries.next_sheet()
        assert kept is not None
        undo_step(kept, now=factories.NOW)
        db.session.commit()
        assert kept.undone == undone
    assert "as it stands now" in client.post(f"{address}/remove", follow_redirects=True).text

    work(app)

    assert (kept.state, kept.undone, kept.stayed) == (SheetState.UNDONE, 45, [])


def test_a_list_without_references_comes_in_once(app: Flask, client: CarefulClient, edition: Edition) -> None:
    headings: list[str] = ["Type", "Foreningens navn", "E-mail", "Dage"]
    rows: list[list[Cell]] = [
        ["Forening", "Kor", "kor@example.org", "1,2"],
        ["Restaurant", "Kok", "kok@example.org", "1"],
    ]

    def bring(*lines: list[Cell]) -> str:
        address = str(send(client, workbook(*lines, headings=headings)).location)
        page = client.get(address).text
        assert "No column is the reference" in page
        assert "bring the same list in again, and nobody comes in twice" in page
        columns = {f"column-{place}": one for place, one in enumerate(["kind", "name", "email", "days"])}
        client.post(address, data={**columns, "take": "1"})
        work(app)
        return address

    bring(*rows)
    before = {one.reference for one in db.session.scalars(select(Application))}
    bring(["Forening", "Nyt Kor", "nyt@example.org", "1"], *reversed(rows))

    found = {one.reference: one.organisation.name for one in db.session.scalars(select(Application))}
    assert sorted(found.values()) == ["Kok", "Kor", "Nyt Kor"]
    assert before < set(found)
    assert all(reference.startswith("L-") for reference in found)
