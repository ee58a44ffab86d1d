"""Asking: out of the data and from a list, mailed in the reader's language, reminded twice at most, seen in counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.organisations import actions as organisation_actions
from eventsys.surveys import asked, asking
from eventsys.surveys.asking import Said, Times
from eventsys.surveys.models import Survey, SurveyAudience, SurveyInvitation
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.surveys import surveying

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def survey(edition: Edition) -> Survey:
    return surveying.survey(edition)


def work(app: Flask, *, days: float = 0) -> None:
    """Let the worker go on with asking, so many days later."""
    with clock.standing_at(NOW + timedelta(days=days)):
        jobs.run_now(app, asking.GO_ON)


def answer(client: CarefulClient, link: str) -> None:
    client.post(link, data={"page": "1", "community": "high_degree"})
    client.post(link, data={"page": "2"})


def test_who_took_part_is_asked_once_an_organisation(app: Flask, edition: Edition, survey: Survey) -> None:
    came = surveying.took_part(edition, "Jasmin", language="ar")
    organisation_actions.reach(came, "second@example.org", language="da")
    stayed_away = factories.application(edition, name="Stayed away")
    surveying.ask(survey, audience=Audience.ASSOCIATION)
    surveying.ask(survey, audience=Audience.ASSOCIATION)
    work(app)
    work(app)

    assert [one.name for one in asked.organisations_of(survey, Audience.ASSOCIATION)] == ["Jasmin"]
    assert stayed_away.organisation.name == "Stayed away"
    mailed = surveying.mails(survey)
    assert sorted(mail.language for mail in mailed) == ["ar", "da"]
    assert {surveying.link_in(mail).partition("?")[0] for mail in mailed} == {
        surveying.link_in(mailed[0]).partition("?")[0]
    }


def test_first_contact_who_finishes_has_answered_for_all(
    client: CarefulClient, app: Flask, edition: Edition, survey: Survey
) -> None:
    came = surveying.took_part(edition, "Jasmin")
    organisation_actions.reach(came, "second@example.org", language="da")
    surveying.ask(survey, audience=Audience.ASSOCIATION)
    work(app)
    for mail in surveying.mails(survey):
        other = app.test_client()
        assert isinstance(other, CarefulClient)
        answer(other, surveying.link_in(mail).partition("?")[0])

    assert len(surveying.given(survey)) == 1


def test_mails_wait_until_it_opens_and_end_when_it_closes(app: Flask, survey: Survey, session: Session) -> None:
    survey.opens_at = NOW + timedelta(days=1)
    surveying.ask(survey, "noor@example.org ar")
    work(app)
    before = len(surveying.mails(survey))
    work(app, days=1)
    text = surveying.mails(survey)[0].text
    asking.ask(survey, Said(Audience.REQUESTER, "late@example.org"), by=BY, now=NOW)
    session.commit()
    work(app, days=8)

    assert before == 0
    assert "9 مارس" in text, "until when"
    assert [mail.recipient for mail in surveying.mails(survey)] == ["noor@example.org"]


def test_reminders_go_twice_and_to_the_silent_alone(client: CarefulClient, app: Flask, survey: Survey) -> None:
    links = surveying.ask(survey, "a-spoke@example.org", "silent@example.org")
    first, second = NOW + timedelta(days=2), NOW + timedelta(days=4)
    asking.plan(survey, Times(survey.opens_at, survey.closes_at, first, second), by=BY, now=NOW)
    db.session.commit()
    work(app)
    answer(client, links[0])
    for days in (1, 2, 3, 4, 5):
        work(app, days=days)
        work(app, days=days)

    told = [(mail.recipient, mail.template) for mail in surveying.mails(survey)]
    assert told == [
        ("a-spoke@example.org", "surveys/invitation"),
        ("silent@example.org", "surveys/invitation"),
        ("silent@example.org", "surveys/reminder"),
        ("silent@example.org", "surveys/reminder"),
    ] or told[1:] == [
        ("a-spoke@example.org", "surveys/invitation"),
        ("silent@example.org", "surveys/reminder"),
        ("silent@example.org", "surveys/reminder"),
    ]
    assert {surveying.link_in(mail) for mail in surveying.mails(survey)} == {f"{link}?language=da" for link in links}


def test_button_reminds_twice_at_most(client: CarefulClient, app: Flask, edition: Edition, survey: Survey) -> None:
    factories.sign_in(client, factories.organiser(edition))
    surveying.ask(survey, "silent@example.org")
    work(app)
    address = f"/organise/asked/surveys/{survey.code}"
    heard = []
    for hours in (1, 2, 26, 51):
        with clock.standing_at(NOW + timedelta(hours=hours)):
            said = client.post(f"{address}/remind", follow_redirects=True).text
            jobs.run_now(app, asking.GO_ON)
            page = client.get(address).text
            heard.append("less than a day ago" in said)

    assert heard == [False, True, False, False]
    assert "There are no more than two." in said
    assert "Remind those who" not in page
    assert [mail.template for mail in surveying.mails(survey)].count("surveys/reminder") == 2


def test_organiser_asks_on_the_page_and_sees_counts(
    client: CarefulClient, app: Flask, edition: Edition, survey: Survey
) -> None:
    surveying.took_part(edition, "Jasmin")
    factories.sign_in(client, factories.organiser(edition))
    address = f"/organise/asked/surveys/{survey.code}"
    page = client.get(f"{address}/ask").text
    asked_page = client.post(f"{address}/ask", data={"audience": "association"}, follow_redirects=True).text
    listed = {"audience": "requester", "addresses": "one@example.org\nTwo@example.org, ar\none@example.org"}
    client.post(f"{address}/ask", data=listed)
    wrong = client.post(f"{address}/ask", data={"audience": "requester", "addresses": "nobody"})
    visitors = client.post(f"{address}/ask", data={"audience": "visitor"}, follow_redirects=True).text

    assert "associations: 1 more can be asked" in page
    assert "associations: 1 was asked" in asked_page
    assert wrong.status_code == 422
    assert "Line 1 is no mail address" in wrong.text
    assert "self-selected" in visitors
    rows = db.session.scalars(select(SurveyInvitation.email).where(SurveyInvitation.email.is_not(None))).all()
    assert sorted(str(row) for row in rows) == ["one@example.org", "two@example.org"]
    assert "Scan the code." in client.get(f"{address}/poster").text


def test_times_are_changed_until_it_has_closed(client: CarefulClient, edition: Edition, survey: Survey) -> None:
    factories.sign_in(client, factories.organiser(edition))
    address = f"/organise/asked/surveys/{survey.code}/times"
    said = {"opens_at": "2026-03-01T08:00", "closes_at": "2026-03-20T20:00", "first_reminder_at": "2026-03-05T08:00"}
    saved = client.post(address, data=said)
    wrong = client.post(address, data=said | {"closes_at": "2026-02-20T20:00"})
    early = client.post(address, data=said | {"second_reminder_at": "2026-03-04T08:00"})
    client.post(address, data=said | {"closes_at": "2026-03-02T08:00"})
    reopened = client.post(address, data=said)

    assert saved.status_code == 302
    assert "must close after it opens" in wrong.text
    assert "The second reminder must come after the first one." in early.text
    assert reopened.status_code == 422
    assert "its figures are shown" in reopened.text


def test_published_questionnaire_is_put_on_the_page(client: CarefulClient, edition: Edition, survey: Survey) -> None:
    other = factories.edition("next", name="Next")
    factories.sign_in(client, factories.organiser(other))
    said = {"instrument": str(survey.instrument_id), "opens_at": "2026-03-01T08:00", "closes_at": "2026-03-20T20:00"}
    wrong = client.post("/organise/next/surveys/add", data=said | {"closes_at": "2026-02-20T20:00"})
    made = client.post("/organise/next/surveys/add", data=said, follow_redirects=True)

    assert wrong.status_code == 422
    assert "Nobody has been asked yet" in made.text
    assert "No questionnaire is left" in client.get("/organise/next/surveys/add").text


def test_evaluator_reads_and_changes_nothing(client: CarefulClient, edition: Edition, survey: Survey) -> None:
    from eventsys.accounts.rules import Role

    surveying.ask(survey, "silent@example.org")
    factories.sign_in(client, factories.team_member(edition, Role.EVALUATOR))
    page = client.get(f"/organise/asked/surveys/{survey.code}")

    assert page.status_code == 200
    assert "Ask somebody" not in page.text
    assert client.post(f"/organise/asked/surveys/{survey.code}/remind").status_code == 403


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (Said(Audience.ASSOCIATION), Code.NOBODY_THERE, "audience"),
        (Said(Audience.REQUESTER, "anna@example.org", is_attributed=True), Code.NOT_BY_NAME, "is_attributed"),
        (Said(Audience.ASSOCIATION, "anna@example.org"), Code.NOT_FROM_A_LIST, "addresses"),
        (Said(Audience.VISITOR, "anna@example.org"), Code.NOT_FROM_A_LIST, "addresses"),
    ],
)
def test_what_doesn_t_fit_the_audience_is_refused_at_its_field(
    survey: Survey, said: Said, code: Code, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        asking.ask(survey, said, by=BY, now=NOW)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_who_sees_what_is_never_switched(edition: Edition, survey: Survey) -> None:
    surveying.took_part(edition)
    surveying.ask(survey, audience=Audience.ASSOCIATION)

    with pytest.raises(Refusal) as refused:
        asking.ask(survey, Said(Audience.ASSOCIATION, is_attributed=True), by=BY, now=NOW)
    assert refused.value.code is Code.ANONYMITY_STAYS
    db.session.rollback()
    assert not db.session.get_one(SurveyAudience, (survey.id, Audience.ASSOCIATION)).is_attributed


def test_holders_of_passes_with_an_address_are_asked(app: Flask, edition: Edition, survey: Survey) -> None:
    from eventsys.passes.actions import handing
    from eventsys.passes.models import Bundle
    from eventsys.passes.rules.codec import PassKind
    from eventsys.passes.rules.handing import Wanted

    for email in ("helper@example.org", "helper@example.org", ""):
        bundle = Bundle(code=f"bundle-{len(email)}-{db.session.query(Bundle).count()}")
        wanted = Wanted(days=frozenset({1}), people=1, email=email, names=(), language="ar")
        handing.hand_out(edition, PassKind.VOLUNTEER, wanted, bundle=bundle, by=BY, now=NOW)
    db.session.commit()

    assert [(one.email, one.language) for one in asked.reachable(edition, Audience.VOLUNTEER)] == [
        ("helper@example.org", "ar")
    ]
    assert asking.could_be_asked(survey)[Audience.VOLUNTEER] == 1
    assert asking.could_be_asked(survey)[Audience.GUEST] == 0
