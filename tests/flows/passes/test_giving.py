"""An association gives the passes of its crew to people by name, by mail or by link."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.mail.models import Message
from eventsys.passes import actions, queries
from eventsys.passes.models import Bundle, Pass
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.passes.test_crew import hold

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def application(client: CarefulClient, session: Session) -> Application:
    """An approved application with a crew of three, whose link is open here."""
    made = factories.application(factories.edition(), state=State.APPROVED, crew=3)
    actions.issue_crew_passes(made, by=BY, now=NOW)
    session.commit()
    hold(client, made)
    return made


def give(client: CarefulClient, application: Application, pass_: Pass, **said: str):  # type: ignore[no-untyped-def]  # Werkzeug's own
    address = f"/my/{application.code}/passes/{to_short_code(pass_.pass_id)}/give"
    return client.post(address, data={"name": "", "email": "", "language": "ar"} | said)


def link_on(page: str) -> str:
    found = re.search(r'href="(http[^"]*/passes/[0-9A-Z]{20})"', page)
    assert found
    return found[1]


def test_a_pass_is_given_by_name_and_mail_in_that_persons_language(
    client: CarefulClient, session: Session, application: Application
) -> None:
    first = queries.crew_passes_of(application)[0]

    answer = give(client, application, first, name="Noor", email="Noor@Example.org")
    page = client.get(f"/my/{application.code}/passes")

    [mail] = session.scalars(select(Message)).all()
    assert answer.status_code == 302
    assert (mail.recipient, mail.language) == ("noor@example.org", "ar")
    assert to_short_code(first.pass_id) in mail.text
    assert "Noor" in page.text
    assert "noor@example.org" in page.text
    assert len(queries.crew_passes_of(application)) == 3


def test_without_name_and_address_there_is_a_link_to_pass_on(
    client: CarefulClient, session: Session, application: Application
) -> None:
    first, second, _third = queries.crew_passes_of(application)

    page = client.get(give(client, application, first).location)
    own = client.get(link_on(page.text))

    assert session.scalars(select(Message)).all() == []
    assert to_short_code(first.pass_id) in own.text
    assert to_short_code(second.pass_id) not in own.text


def test_the_same_person_gets_the_mail_again_and_somebody_else_a_new_pass(
    client: CarefulClient, session: Session, application: Application
) -> None:
    first = queries.crew_passes_of(application)[0]
    give(client, application, first, name="Noor", email="noor@example.org")
    again = give(client, application, first, name="Noor", email="noor@example.org", language="da")
    old_page = link_on(client.get(again.location).text)

    other = give(client, application, first, name="Sara", email="sara@example.org")

    valid = queries.crew_passes_of(application)
    assert sorted(session.scalars(select(Message.recipient))) == ["noor@example.org"] * 2 + ["sara@example.org"]
    assert list(session.scalars(select(Message.language).order_by(Message.id))) == ["ar", "da", "ar"]
    assert other.status_code == 302
    assert len(valid) == 3
    assert first not in valid
    assert "No longer valid" in client.get(f"{old_page}?language=en").text
    assert [pass_.bearer_name for pass_ in valid if pass_.bearer_name] == ["Sara"]


def test_other_days_reach_those_who_have_a_link(
    client: CarefulClient, session: Session, application: Application
) -> None:
    second = queries.crew_passes_of(application)[1]
    own = link_on(client.get(give(client, application, second, name="Noor", language="en").location).text)

    application.days = 0b10
    actions.issue_crew_passes(application, by=BY, now=NOW)
    session.commit()

    page = client.get(own).text
    assert "Noor" in page
    assert "Sunday 30 August 2026" in page
    assert "Saturday 29 August 2026" not in page


def test_a_smaller_crew_loses_first_what_nobody_has(
    client: CarefulClient, session: Session, application: Application
) -> None:
    third = queries.crew_passes_of(application)[2]
    give(client, application, third, name="Noor")

    application.crew = 1
    actions.issue_crew_passes(application, by=BY, now=NOW)
    session.commit()

    assert [pass_.bearer_name for pass_ in queries.crew_passes_of(application)] == ["Noor"]


def test_what_is_wrong_is_told_and_nothing_is_given(
    client: CarefulClient, session: Session, application: Application
) -> None:
    first = queries.crew_passes_of(application)[0]

    answer = give(client, application, first, email="nobody")

    assert answer.status_code == 422
    assert "is no mail address" in answer.text
    assert session.scalars(select(Bundle)).all() == []


def test_another_applications_pass_is_not_there(client: CarefulClient, application: Application) -> None:
    [stranger] = factories.passes(application.edition)

    assert give(client, application, stranger).status_code == 404
