"""Several people to reach: added, changed, removed; the one whom mails go to stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from eventsys.applications import queries
from eventsys.applications.actions.keeping import MOST_CONTACTS
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, mailed_link, mails

pytestmark = pytest.mark.usefixtures("moment")
PERSON = {"name": "Amina Ali", "email": "Amina@Example.org", "phone": "12 34 56 78", "language": "ar"}


@pytest.fixture
def application(client: CarefulClient) -> Application:
    organisation = factories.organisation("Kor", email="kor@example.org")
    made = factories.application(factories.edition("fest"), of=organisation, state=State.DRAFT)
    hold(client, made)
    return made


def keep(client: CarefulClient, application: Application, **said: str) -> Any:
    return client.post(f"/my/{application.code}/contacts", data={**PERSON, **said})


def people(application: Application) -> list[tuple[str, str, str]]:
    db.session.expire_all()
    return [(one.name, one.email, one.phone) for one in application.organisation.contacts]


def test_person_is_added_told_and_changed(client: CarefulClient, application: Application) -> None:
    assert keep(client, application).status_code == 302
    assert people(application)[1:] == [("Amina Ali", "amina@example.org", "+4512345678")]
    assert "amina@example.org" in client.get(f"/my/{application.code}/check").text
    assert "amina ali" in application.search_text

    keep(client, application, name="Amina Ali Hassan", email="amina@example.org")
    assert people(application)[1:] == [("Amina Ali Hassan", "amina@example.org", "+4512345678")]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "nobody"}, "is not a mail address"),
        ({"name": ""}, "This is empty."),
        ({"phone": "12"}, "is not a phone number"),
        ({"language": "tlh"}, "Choose one of the answers."),
    ],
)
def test_bad_input_stays_and_is_told(
    client: CarefulClient, application: Application, said: dict[str, str], sentence: str
) -> None:
    response = keep(client, application, **said)

    assert response.status_code == 422
    assert sentence in response.text
    assert len(people(application)) == 1


def test_person_is_removed_but_never_the_first(client: CarefulClient, application: Application) -> None:
    keep(client, application)
    for email in ("amina@example.org", "kor@example.org", "nobody@example.org"):
        client.post(f"/my/{application.code}/contacts/remove", data={"email": email})

    assert [email for _name, email, _phone in people(application)] == ["kor@example.org"]


def test_list_of_people_has_an_end(client: CarefulClient, application: Application) -> None:
    for number in range(MOST_CONTACTS - 1):
        keep(client, application, email=f"p{number}@example.org")

    response = keep(client, application, email="more@example.org")

    assert response.status_code == 422
    assert "We keep at most 8 people" in response.text


def test_a_new_person_reads_what_the_applicant_reads(client: CarefulClient, application: Application) -> None:
    page = client.get(f"/my/{application.code}/contacts?language=ar").text

    assert '<option selected value="ar">' in page


def test_keeping_the_person_is_what_the_page_is_for(client: CarefulClient, application: Application) -> None:
    page = client.get(f"/my/{application.code}/contacts").text

    assert re.findall(r'class="button button-primary"[^>]*>([^<]*)<', page) == ["Keep this person"]


def test_nothing_changes_once_it_is_decided(client: CarefulClient, application: Application) -> None:
    application.state = application.announced_state = State.REJECTED
    application.submitted_at = factories.NOW
    db.session.commit()

    assert "Add somebody" not in client.get(f"/my/{application.code}/contacts").text
    assert keep(client, application).status_code == 422
    assert len(people(application)) == 1


def test_who_is_removed_comes_in_no_more_by_what_was_mailed(
    app: Flask, client: CarefulClient, application: Application
) -> None:
    keep(client, application)
    client.post("/my/link", data={"email": "amina@example.org"})
    client.post("/my/link", data={"email": "kor@example.org"})
    theirs, ours = mailed_link(mails("amina@example.org")[-1]), mailed_link(mails("kor@example.org")[-1])

    client.post(f"/my/{application.code}/contacts/remove", data={"email": "amina@example.org"})

    elsewhere = app.test_client()
    assert elsewhere.get(theirs).location == "/my/link"
    assert elsewhere.get(ours).location == f"/my/{application.code}/"


def test_nothing_is_said_to_be_removed_that_stays(client: CarefulClient, application: Application) -> None:
    application.email = "chair@example.org"
    db.session.commit()

    said = client.post(
        f"/my/{application.code}/contacts/remove", data={"email": "kor@example.org"}, follow_redirects=True
    )

    assert "Removed." not in said.text
    assert len(people(application)) == 1
    assert [entry.act for entry in queries.story_of(application)] == []


def test_who_opens_a_link_is_spoken_to_in_their_language(
    app: Flask, client: CarefulClient, application: Application
) -> None:
    keep(client, application)
    client.post("/my/link", data={"email": "amina@example.org"})

    page = app.test_client().get(mailed_link(mails("amina@example.org")[-1]), follow_redirects=True)

    assert '<html lang="ar" dir="rtl"' in page.text
