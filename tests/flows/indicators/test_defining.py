"""An indicator is built on a page: the sentence beside it, clear words by the field, nothing lost."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.applications.rules.states import State
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.rules.definitions import Indicator
from eventsys.surveys import actions as surveys
from eventsys.surveys.rules.instruments import Instrument
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW

ROOT = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
PAGE = "/organise/built/indicators"
NAMES = {"name_da": "Mindst 60 foreninger", "name_en": "At least 60 associations", "direction": "at_least"}
COUNT = NAMES | {"population": "associations_taking_part", "target": "60"}
ASKED = NAMES | {"population": "organisations_taking_part", "item": "taste-the-world-2011/community", "target": "80"}


@pytest.fixture
def edition(app: Flask, client: CarefulClient, session: Session) -> Edition:
    made = factories.edition("built", starts_on=date(2011, 8, 27))
    draft = Instrument.from_json(json.loads((ROOT / "instrument.json").read_text()))
    instrument = surveys.publish_instrument(draft, by=BY, now=NOW)
    surveys.open_survey(made, instrument, opens_at=NOW - timedelta(days=9), closes_at=None, by=BY, now=NOW)
    session.commit()
    factories.sign_in(client, factories.organiser(made))
    return made


def kept(edition: Edition) -> list[Indicator]:
    return [queries.as_rules(indicator) for indicator in queries.indicators_of(edition)]


def test_the_measure_is_chosen_first(client: CarefulClient, edition: Edition) -> None:
    page = client.get(f"{PAGE}/add").text

    assert "How is it measured?" in page
    assert page.count("?measure=") == 8


def test_the_sentence_stands_there_while_it_is_built(client: CarefulClient, edition: Edition) -> None:
    answer = client.post(f"{PAGE}/add?measure=survey_share", data=ASKED | {"try": "1"})

    assert answer.status_code == 200
    assert "The share of positive answers to “Do the International Days strengthen" in answer.text
    assert "from associations and restaurants that take part with an opinion." in answer.text
    assert "Success: at least 80 %." in answer.text
    assert kept(edition) == []


def test_it_is_kept_and_counts(client: CarefulClient, edition: Edition) -> None:
    answer = client.post(f"{PAGE}/add?measure=count", data=COUNT, follow_redirects=True)

    assert "The indicator is kept." in answer.text
    (indicator,) = kept(edition)
    assert indicator.to_json() == {
        "key": "at-least-60-associations",
        "name": {"da": "Mindst 60 foreninger", "en": "At least 60 associations"},
        "definition": {"measure": "count", "population": "associations_taking_part"},
        "target": {"value": 60, "unit": "organisations", "direction": "at_least"},
        "source": None,
    }
    client.post(f"{PAGE}/add?measure=count", data=COUNT)
    assert [each.key for each in kept(edition)] == ["at-least-60-associations", "at-least-60-associations-2"]


@pytest.mark.parametrize(
    ("measure", "said", "definition"),
    [
        ("visitors", {}, {"measure": "visitors", "unit": "visits"}),
        ("share", {"population": "associations_taking_part", "having": "in_development_course", "announced": "60"},
         {"measure": "share", "population": "associations_taking_part", "having": "in_development_course", "announced": 60}),
        ("growth", {"subject": "associations", "base_year": "2008"},
         {"measure": "growth", "subject": "associations", "base_year": 2008, "year": None}),
        ("resource", {"unit": "fte", "norm": "1924", "group": "Plans"}, {"measure": "resource", "unit": "fte", "norm": 1924, "group": "Plans"}),
        ("count", {"population": "registered", "register": "person", "group": "Trained", "way": "amounts"},
         {"measure": "count", "population": "registered", "register": "person", "group": "Trained", "way": "amounts"}),
        ("external", {"publisher": "Barometer", "strand": "inclusion", "unit": "percent", "baseline": "21,3",
                      "baseline_on": "30.11.2011", "due_on": "2015-11-30", "target": "17,3", "direction": "at_most"},
         {"measure": "external", "source": "Barometer", "unit": "percent", "baseline": "21.3", "baseline_on": "2011-11-30",
          "due_on": "2015-11-30", "strand": "inclusion"}),
    ],
)  # fmt: skip
def test_every_measure_is_built(
    client: CarefulClient, edition: Edition, measure: str, said: dict[str, str], definition: dict[str, object]
) -> None:
    assert client.get(f"{PAGE}/add?measure={measure}").status_code == 200

    answer = client.post(f"{PAGE}/add?measure={measure}", data=NAMES | said)

    assert answer.status_code == 302, answer.text
    (indicator,) = kept(edition)
    assert indicator.definition.to_json() == definition
    assert client.get(f"{PAGE}/{indicator.key}/change").status_code == 200


@pytest.mark.parametrize(
    ("measure", "said", "words"),
    [
        ("count", COUNT | {"target": "0"}, "A target must be above 0."),
        ("count", COUNT | {"target": "2,5"}, "This target counts whole things."),
        ("count", COUNT | {"target": "many"}, "is no number that fits here."),
        ("count", COUNT | {"name_en": ""}, "Fill this in."),
        ("count", COUNT | {"population": ""}, "Fill this in."),
        ("count", COUNT | {"population": "registered"}, "Fill this in."),
        ("survey_share", ASKED | {"target": "101"}, "A target in percent is at most 100."),
        ("survey_share", ASKED | {"item": "taste-the-world-2011/gone"}, "This question is no longer in the questionnaire."),
        ("growth", NAMES | {"subject": "associations", "base_year": "soon"}, "is no number that fits here."),
        ("external", NAMES | {"publisher": "B", "strand": "b", "unit": "percent", "due_on": "soon"}, "is no date"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_field_and_nothing_is_lost(
    client: CarefulClient, edition: Edition, measure: str, said: dict[str, str], words: str
) -> None:
    answer = client.post(f"{PAGE}/add?measure={measure}", data=said | {"source": "Programme 2011, annex 1"})

    assert answer.status_code == 422
    assert words in answer.text
    assert "form-error-message" in answer.text
    assert "Programme 2011, annex 1" in answer.text
    assert "Mindst 60 foreninger" in answer.text
    assert kept(edition) == []


def test_an_empty_population_is_said(client: CarefulClient, edition: Edition, session: Session) -> None:
    share = {"population": "restaurants_approved", "having": "taking_part", "target": "50"}
    factories.application(edition, state=State.APPROVED)

    answer = client.post(f"{PAGE}/add?measure=share", data=NAMES | share | {"try": "1"})

    assert "The population has no members." in answer.text


def test_a_question_that_is_gone_is_pointed_out(client: CarefulClient, edition: Edition, session: Session) -> None:
    form = {"key": "gone", "name": {"da": "Væk", "en": "Gone"}}
    asked = {"measure": "survey_share", "population": "visitors", "instrument": "taste-the-world-2011", "item": "gone"}
    actions.define(edition, [Indicator.from_json(form | {"definition": asked})], by=BY, now=NOW)
    session.commit()

    assert "have the question “gone”" in client.get(f"{PAGE}/gone").text
    page = client.get(f"{PAGE}/gone/change").text
    assert "taste-the-world-2011/gone" in page
    answer = client.post(f"{PAGE}/gone/change", data=NAMES | {"population": "visitors", "item": ""})
    assert answer.status_code == 422


def test_an_indicator_is_changed_and_keeps_what_the_page_does_not_ask(
    client: CarefulClient, edition: Edition, session: Session
) -> None:
    asked = {
        "measure": "survey_share",
        "population": "visitors",
        "instrument": "taste-the-world-2011",
        "item": "visible",
    }
    form = {"key": "some", "name": {"da": "Noget", "en": "Some"}, "definition": asked | {"counted": ["some_degree"]}}
    actions.define(edition, [Indicator.from_json(form)], by=BY, now=NOW)
    session.commit()

    client.post(f"{PAGE}/some/change", data=ASKED | {"target": "70"})

    (indicator,) = kept(edition)
    definition = indicator.definition.to_json()
    assert (definition["item"], definition["counted"]) == ("community", ["some_degree"])
    assert indicator.target is not None
    assert indicator.target.value == 70
    assert "to some degree" in client.get(f"{PAGE}/some").text


def test_an_indicator_is_taken_away_unless_it_was_frozen(client: CarefulClient, edition: Edition) -> None:
    client.post(f"{PAGE}/add?measure=count", data=COUNT)
    key = kept(edition)[0].key
    assert "Take the indicator away?" in client.get(f"{PAGE}/{key}/remove").text
    client.post(f"{PAGE}/{key}/remove")
    assert kept(edition) == []

    client.post(f"{PAGE}/add?measure=count", data=COUNT)
    client.post(f"{PAGE}/freeze")
    answer = client.post(f"{PAGE}/{key}/remove", follow_redirects=True)
    assert "was frozen for a report" in answer.text
    assert len(kept(edition)) == 1
