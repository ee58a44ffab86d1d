"""Dates for the calendar, fields that are asked for, and a withdrawal undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.actions import decisions
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.base.db import db
from eventsys.booths import actions as booths
from eventsys.editions import actions as editions
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, fill_in, hold, mailed_link, mails, post

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition() -> Edition:
    return factories.edition("fest", name="Fest, æøå; الأيام", place="Nørrebrogade, København")


def events(content: str) -> list[Any]:
    return [part for part in Calendar.from_ical(content).walk() if part.name == "VEVENT"]


def test_receipt_brings_the_dates_along(client: CarefulClient, edition: Edition) -> None:
    application = begin(client, edition)
    fill_in(client, application)
    client.get(mailed_link(mails()[-1]))
    post(client, application, "check", consent="y")

    first, second = events(mails()[-1].calendar)

    assert str(first["summary"]) == "Fest, æøå; الأيام"
    assert str(first["location"]) == "Nørrebrogade, København"
    assert first["dtstart"].dt == edition.open_days[0].opens_at
    assert first["dtstart"].dt.tzinfo is not None
    assert first["uid"] != second["uid"]


def test_only_the_days_that_were_told_are_in_the_file(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, days=0b10)
    hold(client, application)

    response = client.get(f"/my/{application.code}/dates")

    assert response.content_type.startswith("text/calendar")
    [event] = events(response.text)
    assert event["dtstart"].dt == edition.open_days[1].opens_at


def test_fields_that_are_asked_for_stand_first_with_their_links(client: CarefulClient, edition: Edition) -> None:
    factories.sign_in(client, factories.organiser(edition))
    application = factories.application(edition)
    address = f"/organise/fest/applications/{application.code}/request-changes"
    data = {"seen": application.changed_at.isoformat(), "note": "Wider?", "asked": ["width_cm", "about", "plutonium"]}

    client.post(address, data=data)
    decisions.announce([application], by=factories.BY, now=factories.NOW)
    db.session.commit()
    hold(client, application)

    assert list(application.asked) == ["width_cm", "about"]
    page = client.get(f"/my/{application.code}/").text
    assert f'<a href="/my/{application.code}/booth#asked-width_m">Width</a>' in page
    assert f'<a href="/my/{application.code}/visitors#asked-about_da">Text for visitors</a>' in page


def ask(client: CarefulClient, application: Application) -> None:
    """Ask for two changes, one with words, and tell it."""
    address = f"/organise/fest/applications/{application.code}/request-changes"
    words = {"word-width_cm": "Six metres are free", "word-cuisine": "not ticked"}
    data = {"seen": application.changed_at.isoformat(), "note": "Two things.", "asked": ["about", "width_cm"], **words}
    assert client.post(address, data=data).status_code == 302
    decisions.announce([application], by=factories.BY, now=factories.NOW)
    db.session.commit()


def test_what_is_asked_is_told_field_by_field_and_answered(client: CarefulClient, edition: Edition) -> None:
    factories.sign_in(client, factories.organiser(edition))
    application = factories.application(edition)

    ask(client, application)

    assert mails()[-1].text.count("– Width: Six metres are free\n– Text for visitors") == 1
    hold(client, application)
    assert "Six metres are free" in client.get(f"/my/{application.code}/").text
    assert "Your answer to us" in client.get(f"/my/{application.code}/check").text
    post(client, application, "check", consent="y", answer="Six it is.")
    shown = client.get(f"/organise/fest/applications/{application.code}").text
    assert "Six it is." in shown
    assert "Six metres are free" in shown
    assert "Six metres are free" not in client.get(f"/my/{application.code}/").text


def test_what_was_asked_stays_until_the_next_decision_is_told(client: CarefulClient, edition: Edition) -> None:
    factories.sign_in(client, factories.organiser(edition))
    application = factories.application(edition)
    ask(client, application)
    hold(client, application)

    decisions.decide(application, Act.APPROVE, by=factories.BY, now=factories.NOW, note="Welcome.")
    db.session.commit()

    assert "Six metres are free" in client.get(f"/my/{application.code}/").text
    assert "Six metres" not in decisions.mail_of(application)[1]
    decisions.announce([application], by=factories.BY, now=factories.NOW)
    assert "Six metres" not in mails()[-1].text


def withdraw(client: CarefulClient, application: Application) -> str:
    hold(client, application)
    client.post(f"/my/{application.code}/withdraw", data={"reason": "No time"})
    return client.get(f"/my/{application.code}/").text


def test_withdrawal_is_undone(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, state=State.APPROVED)

    assert "Undo the withdrawal" in withdraw(client, application)
    client.post(f"/my/{application.code}/restore")

    assert (application.state, application.announced_state) == (State.SUBMITTED, State.SUBMITTED)
    assert [(step.act, step.note) for step in queries.history_of(application)] == [
        (Act.WITHDRAW, "No time"),
        (Act.REOPEN, ""),
    ]
    assert mails()[-1].subject.startswith("Your application is back")


def test_nobody_returns_once_the_booths_are_published(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    factories.street(edition)
    application = factories.application(edition, state=State.APPROVED)
    booths.propose(edition, by=factories.BY, now=factories.NOW)
    booths.publish(edition, by=factories.BY, now=factories.NOW)
    session.commit()

    assert "Undo the withdrawal" not in withdraw(client, application)
    client.post(f"/my/{application.code}/restore")

    assert application.state is State.WITHDRAWN


def test_withdrawn_draft_is_begun_anew_instead(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, state=State.DRAFT)

    assert "Undo the withdrawal" not in withdraw(client, application)


def test_withdrawal_is_not_undone_beside_a_new_application(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    withdraw(client, application)
    factories.application(edition, of=application.organisation)

    client.post(f"/my/{application.code}/restore")

    assert application.state is State.WITHDRAWN


def test_days_for_trying_the_gates_are_in_nobody_s_calendar(client: CarefulClient, edition: Edition) -> None:
    opening = edition.open_days[0].opens_at
    for before in (timedelta(weeks=6), timedelta(days=1)):
        editions.add_build_up_day(edition, opens_at=opening - before, closes_at=opening - before + timedelta(hours=8))
    db.session.commit()
    application = factories.application(edition, days=0b01)
    hold(client, application)

    found = events(client.get(f"/my/{application.code}/dates").text)

    assert sorted(one["dtstart"].dt for one in found) == [opening - timedelta(days=1), opening]
