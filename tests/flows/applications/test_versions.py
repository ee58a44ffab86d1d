"""Answers stay with the words that were read: in the list, in its choices, and in its files."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from eventsys.applications.actions import answers
from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.questions import actions as questions
from eventsys.questions import queries as asked
from eventsys.questions.models import Question
from eventsys.questions.rules.asking import Value
from eventsys.questions.rules.types import QuestionType
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def answer(application: Application, question: Question, value: Value) -> None:
    answers.replace({question.id: value}, of=application)
    db.session.commit()


def reworded(edition: Edition, question: Question, label: str, **more: object) -> Question:
    said = replace(asked.said_by(question), label={"da": label, "en": label}, **more)  # type: ignore[arg-type]
    newer = questions.change(edition, question, said, by=factories.BY, now=factories.NOW)
    db.session.commit()
    return newer


def names(client: CarefulClient, choice: str) -> list[str]:
    page = client.get(LIST, query_string={"answer": choice}).text
    return sorted(re.findall(r'<a href="/organise/fest/applications/[0-9A-Z]+[^"]*"><bdi>([^<]+)</bdi></a><br>', page))


def choices(client: CarefulClient) -> dict[str, str]:
    page = html.unescape(client.get(LIST).text)
    select = page[page.index('name="answer"') :].split("</select>")[0]
    return dict(re.findall(r'<option (?:selected )?value="([^"]+)">([^<]+)</option>', select))


def test_yes_to_the_old_words_is_no_yes_to_the_new_ones(client: CarefulClient, edition: Edition) -> None:
    old, young = (factories.application(edition, name=name) for name in ("Gammel", "Ny"))
    tent = factories.question(edition, "Do you bring a tent?")
    answer(old, tent, True)
    newer = reworded(edition, tent, "Do you need a tent from us?")
    answer(young, newer, True)

    assert choices(client) == {
        tent.key: "Do you need a tent from us? (answered, in any wording)",
        f"{tent.key}=yes": "Do you need a tent from us?: Yes",
        f"{tent.key}=no": "Do you need a tent from us?: No",
        f"{tent.key}@1=yes": "Do you bring a tent?: Yes (version 1)",
        f"{tent.key}@1=no": "Do you bring a tent?: No (version 1)",
    }
    assert names(client, f"{tent.key}=yes") == ["Ny"]
    assert names(client, f"{tent.key}@1=yes") == ["Gammel"]
    assert names(client, tent.key) == ["Gammel", "Ny"]
    assert names(client, f"{tent.key}@9=yes") == names(client, "nonsense=yes") == []
    for what in ("list", "all"):
        query = {"columns": tent.key, "sort": "name", "what": what}
        file = client.get(f"{LIST}/export/csv", query_string=query).text
        said = [line.split(",")[-1].strip('"') for line in file.splitlines()]
        assert said == [
            "Do you need a tent from us?", "Yes (answered to an earlier wording: “Do you bring a tent?”)", "Yes",
        ]  # fmt: skip


def test_another_language_or_another_moment_is_no_other_question(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, name="Kor")
    tent = factories.question(edition, "Tent?")
    answer(application, tent, True)
    said = replace(asked.said_by(tent), is_required=True)
    newer = questions.change(edition, tent, said, by=factories.BY, now=factories.NOW)
    db.session.commit()
    assert newer.version == 2

    assert names(client, f"{tent.key}=yes") == ["Kor"]
    assert list(choices(client)) == [tent.key, f"{tent.key}=yes", f"{tent.key}=no"]
    assert 'data-title="Tent?"><bdi>Yes</bdi>' in client.get(f"{LIST}?columns={tent.key}").text


def test_other_answers_to_the_same_words_name_the_version(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, name="Kor")
    options = [{"key": key, "label": {"da": key, "en": key}} for key in ("small", "large")]
    size = factories.question(edition, "Size", type=QuestionType.ONE_OF, options=options)
    answer(application, size, "small")
    other = [
        {"key": "large", "label": {"da": "large", "en": "large"}},
        {"key": "huge", "label": {"da": "huge", "en": "huge"}},
    ]
    reworded(edition, size, "Size", options=other)

    page = client.get(f"{LIST}?columns={size.key}").text

    assert "small (answered to version 1)" in page
    assert names(client, f"{size.key}@1=small") == ["Kor"]


def test_versions_that_nobody_answered_are_offered_to_nobody(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition)
    tent = factories.question(edition, "Tent?")
    reworded(edition, tent, "A tent?")

    assert [one.version for one in asked.every_version_of(edition)] == [1]
    assert list(choices(client)) == [tent.key, f"{tent.key}=yes", f"{tent.key}=no"]
    assert names(client, tent.key) == []


def test_what_was_not_asked_is_not_listed(client: CarefulClient, edition: Edition) -> None:
    tent = factories.question(edition, "A tent?")
    factories.question(edition, "How wide a tent?", shown_if={"key": tent.key, "answers": ["yes"]})
    application = factories.application(edition)
    page = f"{LIST}/{application.code}"

    answer(application, tent, value=False)
    assert "A tent?" in client.get(page).text
    assert "How wide a tent?" not in client.get(page).text
    answer(application, tent, value=True)
    assert "How wide a tent?" in client.get(page).text
