"""Spreadsheets that need mending: all that is wrong with a row at once, as a file before anything is taken in, own questions too."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.applications import queries
from eventsys.applications.actions import decisions, sheets, steps
from eventsys.applications.actions.imports import import_file
from eventsys.applications.models import Application, SheetImport
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.models import Question
from eventsys.questions.rules.types import QuestionType
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"
HEAD = "reference;kind;name;email;days"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def send(client: CarefulClient, *lines: str) -> str:
    """Bring a sheet in; the address of its page."""
    content = "\n".join(lines).encode()
    data = {"file": (io.BytesIO(content), "in.csv")}
    sent = client.post(f"{LIST}/import", data=data, content_type="multipart/form-data")
    assert sent.status_code == 302, sent.text
    return str(sent.location)


def refused(client: CarefulClient, address: str) -> list[dict[str, str]]:
    text = client.get(f"{address}/csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=","))


def take_in(app: Flask, client: CarefulClient, address: str) -> None:
    columns = {f"column-{place}": value for place, value in enumerate(columns_of(address))}
    client.post(address, data={**columns, "take": "1"})
    jobs.run_now(app, sheets.GO_ON)
    db.session.expire_all()


def columns_of(address: str) -> list[str]:
    sheet = db.session.scalars(select(SheetImport).where(SheetImport.code == address.rsplit("/", 1)[1])).one()
    return list(sheet.columns.values())


WRONG = "M-1;klub;Kor;not a mail;9;mange"


def test_all_that_is_wrong_with_a_row_is_told_at_once(client: CarefulClient, app: Flask, edition: Edition) -> None:
    address = send(client, f"{HEAD};crew", WRONG, "M-2;forening;Band;band@example.org;1;4")
    told = (
        "“klub” is neither association nor restaurant.",
        "“not a mail” is not a mail address.",
        "There is no day 9.",
        "“mange” is not a number that fits here.",
    )

    page = client.get(address).text
    assert all(sentence in page.replace("&#39;", "'") for sentence in told)
    assert "Take 1 application in" in page
    [before] = refused(client, address)
    take_in(app, client, address)

    page = client.get(address).text
    assert all(sentence in page for sentence in told)
    [after] = refused(client, address)
    assert before == after
    assert (before["reference"], before["Line"]) == ("M-1", "2")
    assert all(sentence in before["Why"] for sentence in told)
    [sheet] = queries.sheets_of(edition)
    assert (sheet.accepted, len(sheet.refused)) == (1, 1), "a row is one row, whatever is wrong with it"


def test_the_command_tells_all_too(edition: Edition) -> None:
    imported = import_file(edition, f"{HEAD};crew\n{WRONG}".encode(), by=factories.BY, now=clock.now())

    [row] = imported.refused
    assert [one.field for one in row.each()] == ["kind", "email", "days", "crew"]


def test_the_day_comes_first_as_danes_write(client: CarefulClient, app: Flask, edition: Edition) -> None:
    address = send(client, f"{HEAD};submitted_at", "D-1;forening;Kor;kor@example.org;1;05-02-2026 10:00")
    take_in(app, client, address)

    [application] = queries.all_of(edition)
    assert application.submitted_at is not None
    assert application.submitted_at.isoformat() == "2026-02-05T09:00:00+00:00"
    page = client.get(f"{LIST}/{application.code}").text
    assert "5 Feb 2026 10:00" in page
    assert "· again" not in page, "it was sent once"


def test_sent_again_is_said_of_what_was(client: CarefulClient, app: Flask, edition: Edition) -> None:
    address = send(client, f"{HEAD};submitted_at", "D-1;forening;Kor;kor@example.org;1;05-02-2026 10:00")
    take_in(app, client, address)
    [application] = queries.all_of(edition)
    now = clock.now()
    decisions.decide(application, Act.REQUEST_CHANGES, by=factories.BY, now=now, note="Crew?")
    decisions.announce([application], by=factories.BY, now=now)
    steps.take(application, Act.SUBMIT, to=State.SUBMITTED, by=factories.BY, now=now)
    db.session.commit()

    assert "5 Feb 2026 10:00 · again 2 Mar 2026 13:00" in client.get(f"{LIST}/{application.code}").text


@pytest.fixture
def asked(edition: Edition) -> dict[str, Question]:
    """A question of each sort; one after another, one to restaurants alone."""

    def options(*names: str) -> list[dict[str, Any]]:
        return [{"key": f"k{name.lower()}", "label": {"da": name, "en": f"{name} en"}} for name in names]

    one = factories.question
    tent = one(edition, "Eget telt?")
    return {
        "tent": tent,
        "wide": one(edition, "Hvor bredt?", type=QuestionType.NUMBER, shown_if={"key": tent.key, "answers": ["yes"]}),
        "stage": one(edition, "Scene", type=QuestionType.ONE_OF, options=options("Stor", "Lille")),
        "help": one(edition, "Hjælp til", type=QuestionType.SEVERAL_OF, options=options("Opsætning", "Oprydning")),
        "born": one(edition, "Stiftet", type=QuestionType.DATE),
        "oil": one(edition, "Olie", type=QuestionType.SHORT_TEXT, kind=Kind.RESTAURANT),
    }


def answers(application: Application) -> dict[str, Any]:
    return {one.question.label["en"]: one.answer["value"] for one in queries.question_answers_of(application)}


def test_own_questions_are_columns_by_their_words(
    client: CarefulClient, app: Flask, edition: Edition, asked: dict[str, Question]
) -> None:
    address = send(
        client,
        f"{HEAD};Eget telt;Hvor bredt?;Scene;Hjælp til;Stiftet;Olie",
        "Q-1;forening;Kor;kor@example.org;1;ja;3,5;lille;Oprydning, opsætning;1.5.1999;",
        "Q-2;restaurant;Café;cafe@example.org;1;nej;;;;;Raps",
    )
    page = client.get(address).text
    assert f'<option value="question:{asked["tent"].key}" selected>Eget telt?</option>' in page
    assert "Take 2 applications in" in page
    take_in(app, client, address)

    choir, cafe = queries.all_of(edition)
    assert answers(choir) == {
        "Eget telt?": True, "Hvor bredt?": 3.5, "Scene": "klille", "Hjælp til": ["kopsætning", "koprydning"],
        "Stiftet": "1999-05-01",
    }  # fmt: skip
    assert answers(cafe) == {"Eget telt?": False, "Olie": "Raps"}
    assert not queries.lacks_answers(choir)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("måske;;;;;", "“måske” is neither yes nor no."),
        (";3;;;;", "This is asked only after another answer, which this row doesn't give."),
        (";;Mellem;;;", "“Mellem” is none of the answers: Stor en, Lille en."),
        (";;;Oprydning, Kaffe;;", "“Kaffe” is none of the answers"),
        (";;;;i går;", "Write a date, such as 27.8.2027."),
        (";;;;;Raps", "This question isn't put to them, so the cell must be empty."),
    ],
)
def test_what_is_no_answer_is_refused_in_words(
    client: CarefulClient, edition: Edition, asked: dict[str, Question], cells: str, why: str
) -> None:
    head = f"{HEAD};Eget telt?;Hvor bredt?;Scene;Hjælp til;Stiftet;Olie"

    address = send(client, head, f"Q-1;forening;Kor;kor@example.org;1;{cells}")

    assert why in client.get(address).text.replace("&#39;", "'")
    assert why in refused(client, address)[0]["Why"]


def test_answers_go_out_and_come_in_again_unchanged(
    client: CarefulClient, app: Flask, edition: Edition, asked: dict[str, Question]
) -> None:
    address = send(
        client, f"{HEAD};Eget telt?;Hvor bredt?;Hjælp til", "Q-1;forening;Kor;kor@example.org;1;ja;4;Oprydning"
    )
    take_in(app, client, address)

    content = client.get(f"{LIST}/export/csv?what=codes").get_data()

    imported = import_file(edition, content, by=factories.BY, now=clock.now())
    assert (imported.unchanged, imported.refused) == (1, ())
    other = content.replace(b",yes,4,", b",yes,5,")
    assert other != content
    [row] = import_file(edition, other, by=factories.BY, now=clock.now()).refused
    assert row.values == {"names": "questions"}
