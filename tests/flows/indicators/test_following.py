"""Follow-ups: planned once an edition is over, asked at their date, and counted apart from the first time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.base import clock, jobs
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.jobs import PLAN
from eventsys.indicators.rules.definitions import indicators_from_json
from eventsys.indicators.rules.months import months_after
from eventsys.surveys import asked
from eventsys.surveys.models import Survey
from eventsys.surveys.queries import surveys_of
from eventsys.surveys.rules.instruments import Audience
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.surveys import surveying

NAMES = ["Dans", "Jasmin", "Kor", "Musik", "Sport"]
pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def first(edition: Edition, session: Session) -> Survey:
    """The survey of the first time, which associations by name and requesters from a list were asked."""
    for name in NAMES:
        surveying.took_part(edition, name)
    survey = surveying.survey(edition)
    surveying.ask(survey, audience=Audience.ASSOCIATION, is_attributed=True)
    surveying.ask(survey, "anna@example.org en", "bo@example.org")
    for kind, key in (("survey_share", "now"), ("follow_up", "later")):
        written = {
            "key": key,
            "name": {"en": key, "da": key},
            "definition": {
                "measure": kind,
                "population": "associations_taking_part",
                "instrument": survey.instrument.key,
                "item": "community",
            }
            | ({"months": 6} if kind == "follow_up" else {}),
        }
        actions.define(edition, indicators_from_json({"indicators": [written]}), by=BY, now=NOW)
    session.commit()
    return survey


def later(edition: Edition) -> list[Survey]:
    return [survey for survey in surveys_of(edition) if survey.months_after]


def plan(app: Flask, at: datetime) -> None:
    with clock.standing_at(at):
        jobs.run_now(app, PLAN)


def test_who_was_asked_is_asked_again_half_a_year_later(app: Flask, edition: Edition, first: Survey) -> None:
    over = edition.days[-1].closes_at
    plan(app, over + timedelta(days=3))
    assert later(edition) == [], "the days aren't closed"

    plan(app, over + timedelta(days=20))
    plan(app, over + timedelta(days=21))

    [planned] = later(edition)
    opens_at = clock.local(planned.opens_at)
    assert (opens_at.hour, opens_at.date()) == (9, months_after(edition.ends_on, 6))
    assert planned.closes_at is not None
    assert planned.first_reminder_at is not None
    assert opens_at < planned.first_reminder_at < planned.closes_at
    assert {(row.audience, row.is_attributed) for row in asked.audiences_of(planned)} == {(Audience.ASSOCIATION, True)}
    assert [one.name for one in asked.organisations_of(planned, Audience.ASSOCIATION)] == NAMES


def test_the_first_time_keeps_its_figure(app: Flask, edition: Edition, first: Survey, session: Session) -> None:
    surveying.respond(first, *[{"community": "high_degree"}] * 5, audience="association")
    plan(app, edition.days[-1].closes_at + timedelta(days=20))
    [planned] = later(edition)
    surveying.respond(planned, *[{"community": "not_at_all"}] * 5, audience="association")

    with clock.standing_at(planned.opens_at + timedelta(days=30)):
        values = {kept.key: found.numerator for kept, found in queries.evaluated(edition, cutoff=clock.now())}

    assert values == {"now": 5, "later": 0}


def test_what_lies_in_the_past_is_left(app: Flask, edition: Edition, first: Survey) -> None:
    plan(app, edition.days[-1].closes_at + timedelta(days=400))

    assert later(edition) == []


def test_its_page_says_what_it_is(app: Flask, client: CarefulClient, edition: Edition, first: Survey) -> None:
    plan(app, edition.days[-1].closes_at + timedelta(days=20))
    factories.sign_in(client, factories.organiser(edition))

    assert "6 months later" in client.get("/organise/asked/surveys").text
    assert "6 months after the event" in client.get(f"/organise/asked/surveys/{later(edition)[0].code}").text
