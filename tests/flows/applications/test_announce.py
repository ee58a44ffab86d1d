"""Announcing: only then does a decision count outside, with a mail to each in their language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsys.applications import queries, signals
from eventsys.applications.actions import decisions
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mailed_link, mails

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/applications/announce"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in."""
    made = factories.edition("fest")
    factories.sign_in(client, factories.organiser(made))
    return made


def staged(edition: Edition, act: Act, **more: Any) -> Application:
    application = factories.application(edition, **more)
    decisions.decide(application, act, by=factories.BY, now=clock.now(), note="Because.")
    db.session.commit()
    return application


def announce(client: CarefulClient, *applications: Application) -> Any:
    marks = [f"{application.code} {application.changed_at.isoformat()}" for application in applications]
    response = client.post(PAGE, data={"told": marks})
    db.session.expire_all()
    return response


def test_preview_counts_and_names_what_will_be_told(client: CarefulClient, edition: Edition) -> None:
    staged(edition, Act.APPROVE, name="Et Kor", email="et@example.org", language="da")
    staged(edition, Act.REJECT, name="To Kor")
    factories.application(edition, name="Nothing decided")

    page = client.get(PAGE).text

    assert page.count('name="told"') == 2
    for words in ("Et Kor", "et@example.org", "Dansk", "To Kor", "Because."):
        assert words in page
    assert "Nothing decided" not in page
    assert mails() == []


def test_nothing_to_announce_is_said(client: CarefulClient, edition: Edition) -> None:
    assert "Nothing to announce" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("act", "state", "template"),
    [
        (Act.APPROVE, State.APPROVED, "approved"),
        (Act.REJECT, State.REJECTED, "rejected"),
        (Act.WAITLIST, State.WAITLISTED, "waitlisted"),
        (Act.REQUEST_CHANGES, State.CHANGES_REQUESTED, "changes_requested"),
    ],
)
def test_announcing_tells_reacts_and_opens_the_page(
    app: Flask, client: CarefulClient, edition: Edition, act: Act, state: State, template: str
) -> None:
    application = staged(edition, act, language="en")
    heard: list[Any] = []

    def hear(sender: Any, **more: Any) -> None:
        heard.append((sender.code, sender.announced_state, more["now"]))

    with signals.announced.connected_to(hear):
        response = announce(client, application)

    assert response.location == "/organise/fest/applications"
    assert (application.state, application.announced_state) == (state, state)
    assert application.announced_at == factories.NOW
    assert heard == [(application.code, state, factories.NOW)]
    [mail] = mails()
    assert (mail.template, mail.recipient) == (f"applications/{template}", application.email)
    assert "Because." in mail.text
    assert app.test_client().get(mailed_link(mail)).location == f"/my/{application.code}/"


def test_reopened_decision_is_told_too(client: CarefulClient, edition: Edition) -> None:
    application = staged(edition, Act.REOPEN, state=State.REJECTED)

    announce(client, application)

    assert application.announced_state is State.SUBMITTED
    assert [mail.template for mail in mails()] == ["applications/reopened"]


@pytest.mark.parametrize(
    ("language", "of_mail"), [("da", "da"), ("en", "en"), ("ar", "ar"), ("ta", "en"), ("kl", "en")]
)
def test_mail_is_in_the_readers_language_or_english(
    client: CarefulClient, edition: Edition, language: str, of_mail: str
) -> None:
    announce(client, staged(edition, Act.APPROVE, language=language))

    [mail] = mails()
    assert mail.language == of_mail
    assert f'<html lang="{of_mail}"' in mail.html


def test_only_what_is_chosen_is_announced(client: CarefulClient, edition: Edition) -> None:
    told, kept = staged(edition, Act.APPROVE), staged(edition, Act.REJECT)

    response = announce(client, told)

    assert response.location == PAGE
    assert queries.staged_of(edition) == [kept]
    assert [mail.recipient for mail in mails()] == [told.email]


def test_second_press_announces_nothing_more(client: CarefulClient, edition: Edition) -> None:
    application = staged(edition, Act.APPROVE)
    marks = {"told": [f"{application.code} {application.changed_at.isoformat()}"]}

    client.post(PAGE, data=marks)
    client.post(PAGE, data=marks)

    assert len(mails()) == 1


def test_what_changed_since_the_preview_waits(client: CarefulClient, edition: Edition) -> None:
    application = staged(edition, Act.APPROVE)
    marks = {"told": [f"{application.code} {application.changed_at.isoformat()}"]}
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        decisions.decide(application, Act.REOPEN, by=factories.BY, now=clock.now())
        decisions.decide(application, Act.REJECT, by=factories.BY, now=clock.now(), note="No.")
        db.session.commit()

    response = client.post(PAGE, data=marks)

    db.session.expire_all()
    assert application.announced_state is State.SUBMITTED
    assert mails() == []
    assert "Some changed since you opened the page" in client.get(response.location).text


def test_approved_counts_outside_only_once_announced(client: CarefulClient, edition: Edition) -> None:
    application = staged(edition, Act.APPROVE)
    assert queries.approved_of(edition) == []

    announce(client, application)

    assert queries.approved_of(edition) == [application]
