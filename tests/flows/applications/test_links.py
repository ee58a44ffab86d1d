"""Mailed links: they open an application on any device, again and again, until they run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.applications.models import ApplicantLink
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.ids import hash_of
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, mailed_link, mails

pytestmark = pytest.mark.usefixtures("moment")


def test_link_confirms_the_address_and_opens_on_any_device(app: Flask, client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    link = mailed_link(mails()[0])

    said = []
    for _device in range(2):
        device = app.test_client()
        assert device.get(link).location == f"/my/{application.code}/"
        page = device.get(f"/my/{application.code}/")
        assert page.status_code == 200
        said.append("Your mail address is confirmed" in page.text)

    assert said == [True, False], "it is news once"

    db.session.refresh(application)
    assert application.email_confirmed_at == factories.NOW


def test_database_keeps_the_hash_alone(client: CarefulClient) -> None:
    begin(client, factories.edition())
    token = mailed_link(mails()[0]).rpartition("/")[2]

    [kept] = db.session.scalars(select(ApplicantLink.token_hash)).all()

    assert kept == hash_of(token)
    assert token not in kept


def test_link_reads_on_in_the_language_of_the_mail(app: Flask, client: CarefulClient) -> None:
    application = begin(client, factories.edition(), language="ar")
    device = app.test_client()

    device.get(mailed_link(mails()[0]))

    page = device.get(f"/my/{application.code}/").text
    assert 'lang="ar" dir="rtl"' in page
    assert "تأكّد عنوان بريدكم" in page


def test_link_runs_out_after_the_event_at_the_latest(client: CarefulClient) -> None:
    edition = factories.edition()
    begin(client, edition)
    link = mailed_link(mails()[0])
    last_day = max(day.closes_at for day in edition.days)

    with clock.standing_at(last_day + timedelta(days=13)):
        assert client.get(link).location.startswith("/my/")
    with clock.standing_at(last_day + timedelta(days=15)):
        response = client.get(link)
        assert response.location == "/my/link"
        assert "This link has run out" in client.get(response.location).text


def test_made_up_link_opens_nothing(client: CarefulClient) -> None:
    begin(client, factories.edition())

    assert client.get("/my/link/" + "x" * 43).location == "/my/link"


def test_lost_link_is_mailed_and_the_answer_tells_nothing(app: Flask, client: CarefulClient) -> None:
    application = factories.application(factories.edition(), email="kor@example.org")
    factories.application(factories.edition(), email="other@example.org")

    known = client.post("/my/link", data={"email": " KOR@example.org "})
    unknown = client.post("/my/link", data={"email": "nobody@example.org"})

    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.text == unknown.text
    [mail] = mails()
    assert mail.recipient == "kor@example.org"
    assert app.test_client().get(mailed_link(mail)).location == f"/my/{application.code}/"


def test_once_all_is_over_a_link_still_opens_the_page_to_be_read(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition()
    application = factories.application(
        edition, state=State.APPROVED, email="kor@example.org", needs_vehicle_access=True
    )
    years_later = max(day.closes_at for day in edition.days) + timedelta(days=800)

    with clock.standing_at(years_later):
        client.post("/my/link", data={"email": "kor@example.org"})
        address = client.get(mailed_link(mails()[0])).location
        page = client.get(address)
        assert page.status_code == 200
        assert "You took part. Here you can still read what was agreed on" in page.text
        for gone in ("Withdraw the application", "You can still change", "/vehicle"):
            assert gone not in page.text
        refused = client.post(f"{address}withdraw", data={})
        assert refused.status_code == 422
        assert client.post(f"{address}vehicle", data={"kind": "van"}).status_code == 404

    db.session.refresh(application)
    assert application.state is State.APPROVED


def test_who_has_many_applications_is_mailed_the_newest(client: CarefulClient) -> None:
    for _year in range(12):
        factories.application(factories.edition(), email="kor@example.org")

    client.post("/my/link", data={"email": "kor@example.org"})

    assert len(mails()) == 10


def test_lost_link_needs_an_address(client: CarefulClient) -> None:
    response = client.post("/my/link", data={"email": "halv@"})

    assert response.status_code == 422
    assert "“halv@” is not a mail address." in response.text


def test_link_of_a_mail_in_a_language_without_pages_is_english(client: CarefulClient) -> None:
    factories.application(factories.edition(), state=State.DRAFT, email="ta@example.org", language="ta")

    client.post("/my/link", data={"email": "ta@example.org"})

    assert mails()[-1].language == "en"
