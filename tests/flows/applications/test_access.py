"""Somebody who isn't known at an organisation that is: told gently, asked for by mail, let in once, or not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.applications import queries
from eventsys.applications.models import AccessRequest, Application
from eventsys.applications.rules.parts import AccessOutcome
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import START, begin, mailed_link, mails, post, ticket

pytestmark = pytest.mark.usefixtures("moment")
CVR = "25313763"


def how_many(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def known(app: Flask) -> Organisation:
    """An organisation that took part before, reached at known@example.org."""
    made = factories.organisation("Nørrebro Kor", cvr=CVR, email="known@example.org", language="da")
    factories.application(factories.edition("before"), of=made)
    return made


@pytest.fixture
def edition(known: Organisation) -> Edition:
    return factories.edition("fest", number=7)


def said(client: CarefulClient, edition: Edition, **more: str) -> dict[str, Any]:
    return {**START, "email": "new@example.org", "ticket": ticket(client, edition), **more}


def answer_link(to: str = "known@example.org") -> str:
    """The path of the link in the mail that asks the known person."""
    found = re.search(r"http://localhost(/my/access/\S+)", mails(to)[-1].text)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["Nørrebro Kor", "NØRREBRO kor.", "Norrebro Kor", "Foreningen Nørrebro Kor"])
def test_a_name_like_a_known_one_is_told_gently_and_nothing_is_kept(
    client: CarefulClient, edition: Edition, name: str
) -> None:
    response = client.post("/fest/apply", data=said(client, edition, name=name))

    assert response.status_code == 422
    assert "Is this you?" in response.text
    assert "alert-error" not in response.text
    assert "form-error" not in response.text
    assert "known@example.org" not in response.text
    assert f'value="{name}"' in response.text
    assert mails() == []


def test_another_one_of_that_name_goes_on(client: CarefulClient, edition: Edition) -> None:
    response = client.post("/fest/apply", data=said(client, edition, another="1"))

    assert response.status_code == 302
    assert response.location.endswith("/organisation")
    assert how_many(Organisation) == 2


def test_other_names_are_not_stopped(client: CarefulClient, edition: Edition) -> None:
    for name in ("Nørrebro Kur og Bad", "Kor", "Vesterbro Kor"):
        assert client.post("/fest/apply", data=said(client, edition, name=name)).status_code == 302, name


def test_the_known_person_lets_somebody_in_and_the_link_answers_once(
    app: Flask, client: CarefulClient, edition: Edition, known: Organisation
) -> None:
    theirs = factories.application(edition, of=known)
    asked = client.post("/fest/apply", data=said(client, edition, ask="1"), follow_redirects=True)
    client.post("/fest/apply", data=said(client, edition, ask="1"))
    assert "We have asked" in asked.text
    [receipt, mail] = mails()
    assert (receipt.recipient, receipt.template) == ("new@example.org", "applications/access_pending")
    assert (mail.recipient, mail.language) == ("known@example.org", "da")
    assert "new@example.org" in mail.text
    link = answer_link()
    other = app.test_client()

    assert '<html lang="da"' in other.get(link).text, "as the mail"
    other.get("/language/en")
    opened = other.get(link)
    assert not re.search(r'class="button button-primary"', opened.text), "giving access is no matter of course"
    assert "Somebody wants to work on the application of" in opened.text
    assert mails("new@example.org") == [receipt], "opening the link is no answer"
    granted = other.post(link, data={"yes": "y"})
    again = other.post(link, data={"no": "n"})

    assert "may work on the application now" in granted.text
    assert again.status_code == 422
    assert "This link has answered already" in again.text
    welcome = client.get(mailed_link(mails("new@example.org")[-1]))
    assert welcome.location == f"/my/{theirs.code}/"
    assert client.get(f"/my/{theirs.code}/").status_code == 200
    client.post("/my/link", data={"email": "new@example.org"})
    later = [mail.about for mail in mails("new@example.org")[2:]]
    assert f"application:{theirs.code}" in later, "they come back by themselves from now on"


def test_the_link_that_lets_in_is_for_the_known_person_alone(
    client: CarefulClient, edition: Edition, known: Organisation
) -> None:
    factories.application(edition, of=known)
    client.post("/fest/apply", data=said(client, edition, ask="1"))
    factories.sign_in(client, factories.organiser(edition))

    page = client.get(f"/organise/fest/mail/{mails()[-1].code}").text

    assert "http://localhost/my/access/…" in page
    assert answer_link() not in page


def test_without_an_application_yet_one_is_begun_for_them(
    client: CarefulClient, edition: Edition, known: Organisation
) -> None:
    client.post("/fest/apply", data=said(client, edition, ask="1"))

    client.post(answer_link(), data={"yes": "y"})

    client.get(mailed_link(mails("new@example.org")[-1]))
    begun = queries.open_of(known, edition)
    assert begun is not None
    assert (begun.email, begun.state) == ("new@example.org", State.DRAFT)
    assert begun.email_confirmed_at is not None


def test_no_is_told_and_opens_nothing(client: CarefulClient, edition: Edition, known: Organisation) -> None:
    client.post("/fest/apply", data=said(client, edition, ask="1"))

    client.post(answer_link(), data={"no": "n"})

    assert queries.open_of(known, edition) is None
    assert "doesn't let you work" in mails("new@example.org")[-1].text
    assert db.session.scalars(select(AccessRequest.outcome)).all() == [AccessOutcome.DENIED]


def test_a_link_runs_out_and_a_broken_one_says_so(client: CarefulClient, edition: Edition) -> None:
    client.post("/fest/apply", data=said(client, edition, ask="1"))
    link = answer_link()
    client.get("/language/en")

    with clock.standing_at(factories.NOW + timedelta(days=15)):
        late = client.post(link, data={"yes": "y"})
        client.post("/fest/apply", data=said(client, edition, ask="1"))

    assert "This link has run out" in late.text
    assert "This link has run out" in client.get(f"{link}x").text
    assert answer_link() != link
    assert how_many(AccessRequest) == 1


def test_a_taken_number_keeps_the_rest_and_asks(client: CarefulClient, edition: Edition, known: Organisation) -> None:
    draft = begin(client, edition, name="Koret", email="new@example.org")
    whose = draft.organisation_id

    stopped = post(client, draft, "organisation", name="Koret fra Nørrebro", cvr=CVR, area="Nørrebro")
    assert stopped.status_code == 422
    assert "Is this you?" in stopped.text
    assert "Nørrebro Kor<" not in stopped.text
    asked = post(client, draft, "ask-access", name="Koret fra Nørrebro", cvr=CVR, area="Nørrebro")
    assert asked.status_code == 302
    assert (draft.organisation.name, draft.organisation.cvr) == ("Koret fra Nørrebro", None)
    client.post(answer_link(), data={"yes": "y"})

    assert draft.organisation is known
    assert db.session.get(Organisation, whose) is None
    assert queries.open_of(known, edition) is draft


def test_a_draft_of_their_own_ends_where_the_organisation_has_applied(
    client: CarefulClient, edition: Edition, known: Organisation
) -> None:
    theirs = factories.application(edition, of=known)
    draft = begin(client, edition, name="Koret", email="new@example.org")
    post(client, draft, "ask-access", name="Koret", cvr=CVR)

    client.post(answer_link(), data={"yes": "y"})

    assert (draft.state, draft.announced_state) == (State.WITHDRAWN, State.WITHDRAWN)
    assert queries.open_of(known, edition) is theirs
    assert f"number {draft.reference}, is put aside; nothing of it was sent" in mails("new@example.org")[-1].text
    assert queries.counts_of(edition) == {(State.SUBMITTED, known.kind): 1}, "what was never sent wasn't withdrawn"


def test_a_free_number_is_said_to_be_free(client: CarefulClient, edition: Edition) -> None:
    draft = begin(client, edition, name="Koret", email="new@example.org")

    response = post(client, draft, "ask-access", name="Koret", cvr="88146328")

    assert response.status_code == 422
    assert "Nobody else has this number." in response.text
    assert how_many(AccessRequest) == 0


def test_opening_a_link_mailed_to_another_contact_confirms_nothing(client: CarefulClient, edition: Edition) -> None:
    draft = begin(client, edition, name="Koret", email="new@example.org")
    client.post(f"/my/{draft.code}/contacts", data={"name": "Ali", "email": "ali@example.org", "language": "en"})
    client.post("/my/link", data={"email": "ali@example.org"})

    opened = client.get(mailed_link(mails("ali@example.org")[-1]))

    assert opened.location == f"/my/{draft.code}/"
    assert draft.email_confirmed_at is None
    assert how_many(Application) == 2
