"""Checking and sending: what is missing, the confirmed address, consent, the receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock
from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, fill_in, mailed_link, mails, post

pytestmark = pytest.mark.usefixtures("moment")


def ready(client: CarefulClient) -> Application:
    """A draft with everything told and its address confirmed."""
    application = begin(client, factories.edition())
    fill_in(client, application)
    client.get(mailed_link(mails()[0]))
    return application


def test_sending_makes_it_submitted_and_mails_a_receipt(client: CarefulClient) -> None:
    application = ready(client)

    response = post(client, application, "check", consent="y")

    assert response.location == f"/my/{application.code}/"
    db.session.refresh(application)
    assert (application.state, application.announced_state) == (State.SUBMITTED, State.SUBMITTED)
    assert application.submitted_at == application.consented_at == factories.NOW
    [step] = queries.history_of(application)
    assert (step.act, step.from_state, step.to_state) == (Act.SUBMIT, State.DRAFT, State.SUBMITTED)
    assert step.actor == f"applicant:{application.code}"
    receipt = mails()[-1]
    assert receipt.template == "applications/submitted"
    assert application.reference in receipt.text
    assert client.get(mailed_link(receipt)).location == f"/my/{application.code}/"


def test_second_press_sends_nothing_more(client: CarefulClient) -> None:
    application = ready(client)
    post(client, application, "check", consent="y")
    sent = len(mails())

    response = post(client, application, "check", consent="y")

    assert response.location == f"/my/{application.code}/"
    assert (len(mails()), len(queries.history_of(application))) == (sent, 1)


def test_missing_things_are_named_and_lead_to_their_step(client: CarefulClient) -> None:
    application = begin(client, factories.edition(), kind="restaurant")
    client.get(mailed_link(mails()[0]))

    page = client.get(f"/my/{application.code}/check").text
    response = post(client, application, "check", consent="y")

    for words, step in [
        ("The days on which you take part", "days"),
        ("How many people work at the booth", "days"),
        ("How wide the booth is", "booth"),
        ("How much power you need", "booth"),
        ("What food you sell or serve", "food"),
        ("Allergens, or that there are none", "food"),
        ("A text for visitors", "visitors"),
    ]:
        assert f'<a href="/my/{application.code}/{step}?to=check">{words}' in page
    assert response.status_code == 422
    assert "Something is still missing." in response.text
    db.session.refresh(application)
    assert (application.state, application.consented_at) == (State.DRAFT, None)


def test_consent_is_asked_for(client: CarefulClient) -> None:
    application = ready(client)

    response = post(client, application, "check")

    assert response.status_code == 422
    assert 'href="#consent"' in response.text
    db.session.refresh(application)
    assert application.state is State.DRAFT


def test_unconfirmed_address_is_said_and_the_link_sent_once_more(client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    fill_in(client, application)

    page = client.get(f"/my/{application.code}/check").text
    response = post(client, application, "check", consent="y")

    assert "We have sent a mail to kor@example.org." in page
    assert response.status_code == 422
    assert "First open the link in the mail" in response.text
    post(client, application, "resend-link", email="Right@Example.org")
    assert [mail.recipient for mail in mails()] == ["kor@example.org", "right@example.org"]
    client.get(mailed_link(mails()[-1]))
    assert post(client, application, "check", consent="y").location == f"/my/{application.code}/"
    db.session.refresh(application)
    assert application.email == "right@example.org"
    assert "right@example.org" in {contact.email for contact in application.organisation.contacts}


def test_confirmed_address_is_not_changed_by_resending(client: CarefulClient) -> None:
    application = ready(client)

    post(client, application, "resend-link", email="thief@example.org")

    assert mails("thief@example.org") == []
    db.session.refresh(application)
    assert application.email == "kor@example.org"


def test_bad_address_is_not_sent_to(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    post(client, application, "resend-link", email="halv@")

    assert len(mails()) == 1
    assert "“halv@” is not a mail address." in client.get(f"/my/{application.code}/check").text


def test_sending_again_after_changes_goes_back_to_review(client: CarefulClient) -> None:
    edition = factories.edition()
    application = factories.application(edition, state=State.CHANGES_REQUESTED, email="kor@example.org")
    client.post("/my/link", data={"email": "kor@example.org"})
    client.get(mailed_link(mails()[-1]))

    with clock.standing_at(factories.NOW + timedelta(days=2)):
        assert post(client, application, "check", consent="y").status_code == 302

    db.session.refresh(application)
    assert (application.state, application.announced_state) == (State.SUBMITTED, State.SUBMITTED)
    assert application.announced_at is None
    assert application.submitted_at == factories.NOW


def test_summary_shows_what_was_told_and_markup_as_text(client: CarefulClient) -> None:
    application = ready(client)
    post(client, application, "visitors", about_da="<script>alert(1)</script>")

    page = client.get(f"/my/{application.code}/check").text

    for words in ("4.5 m", "2.3 kW", "Kage", "none of the 14", "&lt;script&gt;alert(1)&lt;/script&gt;"):
        assert words in page
    assert "<script>alert(1)" not in page
