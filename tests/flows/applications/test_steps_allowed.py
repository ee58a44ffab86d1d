"""Who may change what and when: only the own application, only in time, and what was done stands in its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, mailed_link, mails, post

pytestmark = pytest.mark.usefixtures("moment")


def test_somebody_elses_code_opens_nothing(app: Flask, client: CarefulClient) -> None:
    application = begin(client, factories.edition())
    stranger = app.test_client()
    steps = ("", "organisation", "days", "booth", "food", "visitors", "check", "withdraw")

    assert [stranger.get(f"/my/{application.code}/{step}").status_code for step in steps] == [403] * len(steps)
    said = stranger.get(f"/my/{application.code}/").text
    assert "An application opens by the link in the mail to its own applicant." in said
    assert "administrator" not in said
    assert [stranger.get(f"/my/NOSUCH22/{step}").status_code for step in steps] == [403] * len(steps)
    response = stranger.post(f"/my/{application.code}/days", data={"crew": "9"})
    assert response.status_code == 403
    assert client.post(f"/my/{application.code}/days", data={"crew": "9"}, csrf=False).status_code == 400
    db.session.refresh(application)
    assert application.crew is None


def test_what_an_applicant_does_is_in_the_history_without_values(client: CarefulClient) -> None:
    application = begin(client, factories.edition())

    post(client, application, "days", days=["1"], crew="7")
    post(client, application, "days", days=["1"], crew="7")

    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_code == application.code).order_by(AuditEntry.id)
    ).all()
    assert [(entry.act, entry.actor, entry.detail) for entry in entries] == [
        ("applications.started", f"applicant:{application.code}", ""),
        ("applications.changed", f"applicant:{application.code}", "days, crew"),
    ]


def a_minute_after_the_call(application: Application) -> None:
    application.edition.call_closes_at = clock.now() - timedelta(minutes=1)


def rejected(application: Application) -> None:
    application.state = application.announced_state = State.REJECTED
    application.submitted_at = application.decided_at = application.announced_at = clock.now()


@pytest.mark.parametrize(
    ("change", "sentence"), [(a_minute_after_the_call, "sent or changed here now"), (rejected, "as it stands now")]
)
def test_nothing_is_changed_too_late(
    client: CarefulClient, change: Callable[[Application], None], sentence: str
) -> None:
    application = begin(client, factories.edition())
    change(application)
    db.session.commit()

    opened = client.get(f"/my/{application.code}/days")
    posted = post(client, application, "days", crew="9")

    assert opened.location == f"/my/{application.code}/"
    assert posted.status_code == 422
    assert sentence in posted.text
    assert 'value="9"' in posted.text
    db.session.refresh(application)
    assert application.crew is None


def test_changes_are_open_after_the_call_when_they_are_asked_for(client: CarefulClient) -> None:
    edition = factories.edition(call=(clock.now() - timedelta(days=9), clock.now() - timedelta(days=1)))
    application = factories.application(edition, state=State.CHANGES_REQUESTED, email="kor@example.org")
    client.post("/my/link", data={"email": "kor@example.org"})
    client.get(mailed_link(mails()[-1]))

    assert post(client, application, "days", days=["2"], crew="9").status_code == 302

    db.session.refresh(application)
    assert (application.days, application.crew) == (0b10, 9)


def test_two_drafts_in_one_browser_stay_apart(client: CarefulClient) -> None:
    edition = factories.edition()
    first, second = begin(client, edition), begin(client, edition, name="Andet Kor", email="andet@example.org")

    post(client, first, "days", crew="1")
    post(client, second, "days", crew="2")

    assert db.session.scalar(select(func.sum(Application.crew))) == 3
    db.session.refresh(first)
    assert first.crew == 1
