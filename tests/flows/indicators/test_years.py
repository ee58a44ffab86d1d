"""A new edition begins with a template or last year's; indicators through the years; open data of a published edition."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.models import RecordedFigure
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.measures import Subject
from eventsys.indicators.rules.register import Entry, EntryKind
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW

PAGE = "/organise/days-2012/indicators"


@pytest.fixture
def earlier(app: Flask) -> Edition:
    return factories.edition("days-2011", name="Days 2011", starts_on=date(2011, 8, 27))


@pytest.fixture
def edition(earlier: Edition, client: CarefulClient) -> Edition:
    made = factories.edition("days-2012", name="Days 2012", starts_on=date(2012, 8, 25))
    factories.sign_in(client, factories.organiser(made))
    return made


def indicator(key: str, definition: dict[str, object], target: dict[str, object] | None = None) -> Indicator:
    form = {"key": key, "name": {"da": key, "en": key.capitalize()}, "definition": definition, "target": target}
    return Indicator.from_json(form)


def given(holder: Edition, *indicators: Indicator) -> None:
    actions.define(holder, indicators, by=BY, now=NOW)


def listed(app: Flask, kind: str, group: str, amount: int, year: int) -> None:
    actions.add_entry(year, Entry(EntryKind(kind), group, None, amount * 100), by=BY, now=NOW)


def test_a_template_carries_the_criteria_of_2011_and_2012(client: CarefulClient, edition: Edition) -> None:
    assert "At least 1,000 visitors" in client.get(f"{PAGE}/begin").text

    answer = client.post(f"{PAGE}/begin", data={"template": "international_days"}, follow_redirects=True)

    assert "9 indicators are added." in answer.text
    kept = {each.key: queries.as_rules(each) for each in queries.indicators_of(edition)}
    aims = {key: each.target.value for key, each in kept.items() if each.target}
    assert aims == {
        "two-days": 2, "associations": 60, "development-course": 40, "partnership": 1, "restaurants": 30,
        "visitors": 30_000, "visible": 70, "community": 80, "community-across": 80,
    }  # fmt: skip
    assert all(set(each.name) == {"da", "en", "ar"} for each in kept.values())
    assert kept["visible"].definition.to_json()["instrument"] == "days-2012"


def test_the_command_begins_with_the_celebration(app: Flask, edition: Edition) -> None:
    told = app.test_cli_runner().invoke(
        args=["indicators", "begin", "--edition", "days-2012", "--template", "religious_celebration"]
    )

    assert told.output == "5 indicators added, 0 there already.\n"
    assert app.test_cli_runner().invoke(args=["indicators", "begin", "--edition", "days-2012"]).exit_code == 2


def test_last_years_indicators_are_taken_over(
    client: CarefulClient, earlier: Edition, edition: Edition, session: Session
) -> None:
    asked = {"measure": "survey_share", "population": "visitors", "instrument": "days-2011", "item": "again"}
    past = {"measure": "growth", "subject": "associations", "base_year": 2007, "year": 2008}
    given(earlier, indicator("again", asked, {"value": 70, "unit": "percent"}), indicator("past", past))
    given(edition, indicator("mine", {"measure": "visitors"}))
    session.commit()
    assert "2 indicators of this edition." in client.get(f"{PAGE}/begin").text

    client.post(f"{PAGE}/begin", data={"of": "days-2011"})

    kept = {each.key: each.definition for each in queries.indicators_of(edition)}
    assert sorted(kept) == ["again", "mine"]
    assert kept["again"]["instrument"] == "days-2012"
    assert client.post(f"{PAGE}/begin", data={"of": "nobody"}).status_code == 404


def test_indicators_stand_beside_those_of_the_year_before(
    app: Flask, client: CarefulClient, earlier: Edition, edition: Edition, session: Session
) -> None:
    trained = indicator("trained", {"measure": "count", "register": "person"}, {"value": 30, "unit": "persons"})
    given(earlier, trained)
    given(edition, trained)
    listed(app, "person", "Trained", 20, 2011)
    listed(app, "person", "Trained", 28, 2012)
    session.commit()

    page = client.get(f"{PAGE}/years").text

    assert page.index("Days 2011") < page.index("Days 2012", page.index("Days 2011"))
    assert "+40 %" in page
    assert ">20<" in client.get(PAGE).text.replace("<bdi>", "").replace("</bdi>", "")


def test_a_long_term_goal_is_followed_from_where_it_began(
    client: CarefulClient, edition: Edition, session: Session
) -> None:
    definition = {
        "measure": "external", "source": "Inclusion Barometer", "unit": "percent", "strand": "discrimination",
        "baseline": 21.3, "baseline_on": "2011-11-30", "due_on": "2015-11-30",
    }  # fmt: skip
    target = {"value": 17.3, "unit": "percent", "direction": "at_most"}
    given(edition, indicator("discrimination", definition, target))
    figure = actions.Published("discrimination", date(2013, 11, 30), 19_300, "Barometer 2013")
    actions.keep_published(figure, by=BY, now=NOW)
    session.commit()

    page = client.get(f"{PAGE}/years").text

    assert [words in page for words in ("21.3 %", "19.3 %", "17.3 %", "30 November 2015", "Barometer 2013")] == [
        True
    ] * 5
    assert "50 %" in page


def test_open_data_is_told_of_a_published_edition_alone(
    app: Flask, client: CarefulClient, edition: Edition, session: Session
) -> None:
    trained = indicator("trained", {"measure": "count", "register": "person"}, {"value": 30, "unit": "persons"})
    few = indicator("few", {"measure": "count", "register": "person", "group": "Few"})
    given(edition, trained, few)
    listed(app, "person", "Trained", 28, 2012)
    listed(app, "person", "Few", 3, 2012)
    session.commit()
    factories.sign_out(client)

    told = client.get("/days-2012/indicators.json").json
    sheet = list(csv.DictReader(io.StringIO(client.get("/days-2012/indicators.csv").text)))
    words = list(csv.DictReader(io.StringIO(client.get("/days-2012/indicators-dictionary.csv").text)))

    assert told is not None
    rows = {row["key"]: row for row in told["indicators"]}
    assert (rows["trained"]["value"], rows["trained"]["target"], rows["trained"]["unit"]) == (31, 30, "persons")
    assert (rows["few"]["value"], rows["few"]["population"], rows["few"]["is_withheld"]) == (None, None, True)
    assert list(rows["trained"]) == list(told["dictionary"]) == list(sheet[0]) == [word["field"] for word in words]
    assert [row["value"] for row in sheet] == ["31", ""]
    edition.is_published = False
    session.commit()
    assert client.get("/days-2012/indicators.json").status_code == 404


def test_what_was_frozen_is_what_is_told(app: Flask, client: CarefulClient, edition: Edition, session: Session) -> None:
    given(edition, indicator("trained", {"measure": "count", "register": "person"}))
    listed(app, "person", "Trained", 28, 2012)
    session.commit()
    client.post(f"{PAGE}/freeze")
    listed(app, "person", "Trained", 10, 2012)
    session.commit()

    told = client.get("/days-2012/indicators.json").json

    assert told is not None
    assert told["indicators"][0]["value"] == 28
    assert told["indicators"][0]["frozen_at"] is not None


def test_hand_kept_figures_stand_in_line_with_the_edition(
    client: CarefulClient, edition: Edition, session: Session
) -> None:
    kept = [
        RecordedFigure(
            event_id=edition.event_id, year=year, subject=Subject.VISITS, value=value, day_count=days, source="S"
        )
        for year, value, days in ((2010, 20_000, 1), (2011, 30_000, 2))
    ]
    session.add_all(kept)
    session.commit()

    page = client.get(f"{PAGE}/years").text

    assert "+50 %" in page
    assert "-25 %" in page
    assert "The two figures cover different numbers of days; compare them per day." in page
