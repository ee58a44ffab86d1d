"""What indicators make of surveys: nothing while people answer, only those who were asked, and what can't be counted is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.rules.definitions import indicators_from_json
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.sentences import Phrase
from eventsys.surveys.rules.instruments import Audience
from tests import factories
from tests.factories import BY, NOW
from tests.flows.surveys import surveying

pytestmark = pytest.mark.usefixtures("moment")
TEXTS = surveying.TEXTS
COLOURS = [{"value": value, "text": TEXTS, "positive": False, "opinion": True} for value in ("red", "blue")]
ITEMS: list[dict[str, Any]] = [
    {"key": "again", "kind": "single", "text": TEXTS, "options": "yes_no"},
    {
        "key": "why",
        "kind": "scale",
        "text": TEXTS,
        "options": "agreement_scale",
        "shown_if": {"item": "again", "values": ["yes"]},
    },
    {"key": "colours", "kind": "multiple", "text": TEXTS, "options": COLOURS},
]


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


def evaluated(edition: Edition, session: Session, **definition: object) -> Evaluation:
    written = {"measure": "survey_share", "population": "visitors", "instrument": "asked", "item": "why"} | definition
    found = indicators_from_json({"indicators": [{"key": "tried", "name": TEXTS, "definition": written}]})
    actions.define(edition, found, by=BY, now=NOW)
    session.commit()
    return queries.evaluated(edition, cutoff=clock.now())[0][1]


def test_nothing_is_told_while_people_answer(edition: Edition, session: Session) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.door(survey)
    surveying.respond(survey, *[{"again": "yes"}] * 6, audience="visitor")

    running = evaluated(edition, session, item="again")
    survey.closes_at = NOW
    session.commit()
    [(_kept, closed)] = queries.evaluated(edition, cutoff=NOW)

    assert (running.value, running.numerator, running.answers) == (None, None, 0)
    assert Phrase.STILL_OPEN in {note.phrase for note in running.notes}
    assert (closed.numerator, closed.answers) == (6, 6)


def test_an_import_without_anybody_asked_counts_at_once(edition: Edition, session: Session) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.respond(survey, *[{"again": "yes"}] * 6, audience="visitor")

    assert evaluated(edition, session, item="again").numerator == 6


def test_who_was_not_asked_is_not_among_the_silent(edition: Edition, session: Session) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.respond(survey, *[{"again": "yes", "why": "high_degree"}] * 6, *[{"again": "no"}] * 5, audience="visitor")

    found = evaluated(edition, session)

    assert (found.numerator, found.answers) == (6, 6)
    assert Phrase.LEFT_BLANK not in {one.phrase for one in found.sentences}
    assert Phrase.SCREENED_OUT in {one.phrase for one in found.sentences}


def test_several_choices_screen_too(edition: Edition, session: Session) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    both, blue = '["blue","red"]', '["blue"]'
    surveying.respond(
        survey,
        *[{"colours": both, "again": "yes"}] * 3,
        *[{"colours": '["red"]', "again": "yes"}] * 3,
        *[{"colours": blue, "again": "yes"}] * 5,
        audience="visitor",
    )

    assert evaluated(edition, session, item="again", screening_item="colours", screening_values=["red"]).numerator == 6


@pytest.mark.parametrize(
    ("definition", "phrase"),
    [
        ({"item": "again", "counted": ["perhaps"]}, Phrase.ANSWER_GONE),
        ({"item": "colours"}, Phrase.NOTHING_POSITIVE),
    ],
)
def test_a_share_of_nothing_says_why(
    edition: Edition, session: Session, definition: dict[str, object], phrase: Phrase
) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.respond(survey, *[{"again": "yes", "colours": '["red"]'}] * 6, audience="visitor")

    assert phrase in {note.phrase for note in evaluated(edition, session, **definition).notes}


def test_what_closes_in_the_past_closes_now(edition: Edition) -> None:
    from eventsys.surveys import asking, rewriting

    survey = surveying.survey(edition, items=ITEMS)
    surveying.ask(survey, "anna@example.org", audience=Audience.REQUESTER)
    survey.rewritten_at = NOW

    asking.plan(survey, asking.Times(survey.opens_at, NOW - timedelta(days=1)), by=BY, now=NOW)

    assert survey.closes_at == NOW
    assert survey in rewriting.due(NOW + timedelta(minutes=3))
