"""Beginning an application: no account, a draft at once, a link by mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import START, begin, mailed_link, mails, ticket

pytestmark = pytest.mark.usefixtures("moment")


def how_many(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_start_makes_a_draft_that_this_browser_may_go_on_with(client: CarefulClient) -> None:
    edition = factories.edition(number=7)

    application = begin(client, edition, name="  Nørrebro   Kor ", email="Kor@Example.ORG", language="ar")

    assert (application.state, application.announced_state) == (State.DRAFT, State.DRAFT)
    assert (application.organisation.name, application.organisation.kind) == ("Nørrebro Kor", Kind.ASSOCIATION)
    assert (application.email, application.language) == ("kor@example.org", "ar")
    assert application.email_confirmed_at is None
    assert application.reference == "7-001"
    assert client.get(f"/my/{application.code}/organisation").status_code == 200
    [mail] = mails()
    assert (mail.recipient, mail.language, mail.about) == ("kor@example.org", "ar", f"application:{application.code}")


def test_restaurant_is_asked_about_food_from_the_start(client: CarefulClient) -> None:
    application = begin(client, factories.edition(), kind="restaurant")

    assert application.sells_food
    assert f"/my/{application.code}/food" in client.get(f"/my/{application.code}/days").text


def test_two_presses_make_one_draft_and_one_mail(client: CarefulClient) -> None:
    edition = factories.edition()
    data = {**START, "ticket": ticket(client, edition)}

    first = client.post(f"/{edition.slug}/apply", data=data)
    second = client.post(f"/{edition.slug}/apply", data=data)

    assert second.status_code == 302
    assert second.location == first.location
    assert (how_many(Application), how_many(Organisation), len(mails())) == (1, 1, 1)


def test_forged_ticket_opens_nobody_elses_draft(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition()
    theirs = begin(client, edition)
    other = app.test_client()

    response = other.post(f"/{edition.slug}/apply", data={**START, "name": "Andre", "ticket": theirs.code})

    assert response.status_code == 302
    assert theirs.code not in response.location
    assert other.get(f"/my/{theirs.code}/").status_code == 403


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": ""}, "Choose one of the answers."),
        ({"kind": "sponsor"}, "Choose one of the answers."),
        ({"language": "xx"}, "Choose one of the answers."),
        ({"name": " \u200b\x00 "}, "This is empty. Fill it in."),
        ({"name": "x" * 201}, "This has 201 characters; use at most 200."),
        ({"email": ""}, "This is empty. Fill it in."),
        ({"email": "halv@"}, "“halv@” is not a mail address."),
        ({"email": "a@b@c.dk"}, "is not a mail address."),
        ({"website": "http://spam.example"}, "Something filled in a field that people don"),
    ],
)
def test_bad_input_is_said_by_its_field_and_stores_nothing(
    client: CarefulClient, said: dict[str, str], sentence: str
) -> None:
    edition = factories.edition()

    response = client.post(f"/{edition.slug}/apply", data={**START, "name": "Det jeg skrev", **said})

    assert response.status_code == 422
    assert sentence in response.text
    if "name" not in said:
        assert "Det jeg skrev" in response.text
    assert (how_many(Application), how_many(Organisation), len(mails())) == (0, 0, 0)


def test_start_without_a_csrf_token_is_refused(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition()

    response = client.post(f"/{edition.slug}/apply", data=START, csrf=False)

    assert response.status_code == 400
    assert how_many(Application) == 0


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (timedelta(days=-9), timedelta(0), "The call is closed"),
        (timedelta(days=1), timedelta(days=9), "Not open yet"),
        (None, None, "decided yet"),
    ],
)
def test_no_start_outside_the_call(
    client: CarefulClient, opens: timedelta | None, closes: timedelta | None, sentence: str
) -> None:
    now = clock.now()
    call = (now + opens, now + closes) if opens is not None and closes is not None else None
    edition = factories.edition(call=call, contact_email="fest@example.dk")

    page = client.get(f"/{edition.slug}/apply")
    posted = client.post(f"/{edition.slug}/apply", data=START)

    assert sentence in page.text
    assert "mailto:fest@example.dk" in page.text
    assert 'name="email"' not in page.text
    assert posted.status_code == 422
    assert "Nothing was begun" in posted.text
    for shown in (sentence, "mailto:fest@example.dk"):
        assert shown in posted.text
    for left in ("<form method", "needs to be put right"):
        assert left not in posted.text, "neither a button that can't help, nor a fault that is nobody's"
    assert how_many(Application) == 0


def test_event_that_is_over_takes_nobody(client: CarefulClient) -> None:
    edition = factories.edition(starts_on=date(2011, 8, 27), call=None)

    assert "This event is over." in client.get(f"/{edition.slug}/apply").text


def test_known_organisation_goes_on_by_its_mail_alone(client: CarefulClient) -> None:
    edition = factories.edition()
    known = factories.organisation("Nørrebro Kor", email="kor@example.org")
    factories.application(factories.edition(), of=known)

    response = client.post(f"/{edition.slug}/apply", data={**START, "ticket": ticket(client, edition)})

    assert response.location == f"/{edition.slug}/apply/link-sent"
    assert client.get(response.location).status_code == 200
    application = queries.open_of(known, edition)
    assert application is not None
    assert client.get(f"/my/{application.code}/").status_code == 403
    client.get(mailed_link(mails("kor@example.org")[-1]))
    assert client.get(f"/my/{application.code}/").status_code == 200


def test_known_organisation_with_an_application_gets_its_link_once_more(client: CarefulClient) -> None:
    edition = factories.edition()
    known = factories.organisation("Nørrebro Kor", email="kor@example.org")
    application = factories.application(edition, of=known)

    response = client.post(f"/{edition.slug}/apply", data={**START, "ticket": ticket(client, edition)})

    assert response.location == f"/{edition.slug}/apply/link-sent"
    assert how_many(Application) == 1
    assert client.get(mailed_link(mails()[-1])).location == f"/my/{application.code}/"


def test_known_name_with_another_address_is_told_so_and_nothing_else(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.application(edition, of=factories.organisation("Nørrebro Kor", email="kor@example.org"))

    response = client.post(f"/{edition.slug}/apply", data={**START, "email": "another@example.org"})

    assert response.status_code == 422
    assert "We know an organisation that is called like this." in response.text
    assert "kor@example.org" not in response.text
    assert (how_many(Application), len(mails())) == (1, 0)


def test_mistyped_address_does_not_block_the_name(client: CarefulClient) -> None:
    edition = factories.edition()
    begin(client, edition, email="mistyped@example.org")

    again = begin(client, edition, email="right@example.org")

    assert again.email == "right@example.org"


def test_reference_of_a_file_is_not_given_twice(client: CarefulClient) -> None:
    edition = factories.edition(number=7)
    factories.application(edition, reference="7-001")

    assert begin(client, edition).reference == "7-002"


def test_second_press_opens_a_known_organisation_no_more_than_the_first(client: CarefulClient) -> None:
    edition = factories.edition()
    known = factories.organisation("Nørrebro Kor", email="kor@example.org")
    factories.application(factories.edition("earlier"), of=known)
    form = {**START, "ticket": ticket(client, edition)}

    presses = [client.post(f"/{edition.slug}/apply", data=form) for _ in range(2)]

    assert [press.location for press in presses] == [f"/{edition.slug}/apply/link-sent"] * 2
    [application] = queries.all_of(edition)
    assert client.get(f"/my/{application.code}/").status_code == 403


def test_link_mailed_to_a_wrong_address_vouches_for_no_other(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    first = mailed_link(mails()[-1])
    client.post(f"/my/{application.code}/resend-link", data={"email": "right@example.org"})

    assert client.get(first).location == "/my/link"
    assert application.email_confirmed_at is None
    client.get(mailed_link(mails("right@example.org")[-1]))
    assert application.email_confirmed_at is not None
