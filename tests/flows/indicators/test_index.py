"""Indicators: defined, computed from register and gate, traced, frozen, and silent where nothing is known."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.gate import actions as gate
from eventsys.indicators import actions, queries
from eventsys.indicators.models import Indicator, Quality, RecordedFigure
from eventsys.indicators.rules.definitions import indicators_from_json
from eventsys.indicators.rules.measures import Subject
from eventsys.passes import actions as passes
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW, OPEN

ROOT = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"


@pytest.fixture
def edition(app: Flask, session: Session) -> Edition:
    made = factories.edition("counted")
    actions.define(made, indicators_from_json(json.loads((ROOT / "indicators.json").read_text())), by=BY, now=NOW)
    session.commit()
    return made


def told(app: Flask) -> dict[str, dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["indicators", "evaluate", "--edition", "counted", "--format", "json"])
    assert result.exit_code == 0, result.output
    return {row["key"]: row for row in json.loads(result.output)}


def arrive(edition: Edition, application: Application, session: Session) -> None:
    """Somebody of the crew comes in on the first day."""
    pass_id = passes.issue_crew_passes(application, by=BY, now=NOW)[0].pass_id
    session.commit()
    phone = factories.device(factories.gate(edition, code=f"G{application.id}"[:6])).device
    at = OPEN + timedelta(minutes=5)
    gate.record_scans(phone, [factories.scan(at=at, pass_id=pass_id)], now=at)
    session.commit()


def test_before_anybody_came_there_is_no_data(app: Flask, edition: Edition) -> None:
    factories.application(edition, state=State.APPROVED)

    assert {row["status"] for row in told(app).values()} <= {"no_data", None}
    assert told(app)["associations"]["value"] is None


def test_taking_part_needs_approval_and_somebody_of_the_crew(app: Flask, edition: Edition, session: Session) -> None:
    here = factories.application(edition, state=State.APPROVED, is_in_development_course=True)
    factories.application(edition, state=State.APPROVED)
    arrive(edition, here, session)

    found = told(app)

    assert (found["associations"]["value"], found["associations"]["status"]) == (1, "not_met")
    assert (found["development-course"]["numerator"], found["development-course"]["denominator"]) == (1, 1)


def test_the_trace_names_members_and_those_left_out(client: CarefulClient, edition: Edition, session: Session) -> None:
    arrive(edition, factories.application(edition, state=State.APPROVED, name="De Kom"), session)
    factories.application(edition, state=State.APPROVED, name="De Blev Væk")
    factories.sign_in(client, factories.organiser(edition))

    page = client.get("/organise/counted/indicators/associations").text

    assert "De Kom" in page
    assert "nobody of the crew came" in page.split("De Blev Væk")[1]


def test_growth_stands_on_the_hand_kept_figure(app: Flask, edition: Edition, session: Session) -> None:
    arrive(edition, factories.application(edition, state=State.APPROVED), session)
    session.add(
        RecordedFigure(
            event_id=edition.event_id,
            year=2008,
            subject=Subject.ASSOCIATIONS,
            value=2,
            day_count=1,
            quality=Quality.COUNTED,
        )
    )
    session.commit()

    assert told(app)["associations-growth"]["value"] == -0.5


def test_a_frozen_figure_stays_and_a_change_is_pointed_out(
    client: CarefulClient, edition: Edition, session: Session
) -> None:
    arrive(edition, factories.application(edition, state=State.APPROVED), session)
    factories.sign_in(client, factories.organiser(edition))
    client.post("/organise/counted/indicators/freeze")
    kept = queries.find(edition, "associations")
    assert kept is not None
    frozen = queries.latest_measurement(kept)
    assert frozen is not None
    assert (
        "has changed since this figure was frozen" not in client.get("/organise/counted/indicators/associations").text
    )

    arrive(edition, factories.application(edition, state=State.APPROVED), session)

    assert frozen.evaluation["value"] == 1
    page = client.get("/organise/counted/indicators/associations").text
    assert "has changed since this figure was frozen" in page
    assert re.findall(r"<t[hd][^>]*><bdi>(Figure|1|2)</bdi>", page.partition("What was frozen, and")[2]) == [
        "Figure",
        "1",
        "2",
    ]
    assert "frozen: 1; changed since" in client.get("/organise/counted/indicators").text


def test_figures_renew_themselves_while_the_event_runs(client: CarefulClient, edition: Edition) -> None:
    factories.sign_in(client, factories.organiser(edition))
    opens, closes = edition.days[0].opens_at, edition.days[-1].closes_at

    for moment, renews in [
        (opens - timedelta(minutes=1), False),
        (opens, True),
        (closes, True),
        (closes + timedelta(hours=6), False),
    ]:
        with clock.standing_at(moment):
            assert ("data-renews-every" in client.get("/organise/counted/indicators").text) is renews


def test_defining_twice_changes_nothing(edition: Edition, session: Session) -> None:
    again = actions.define(
        edition, indicators_from_json(json.loads((ROOT / "indicators.json").read_text())), by=BY, now=NOW
    )
    session.commit()

    assert (again.added, again.unchanged) == (0, 10)
    assert session.query(Indicator).filter_by(edition_id=edition.id).count() == 10


def test_an_interval_is_printed_in_whole_members(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["indicators", "interval", "60", "44", "38"])

    assert json.loads(result.output) == {"interval": [48, 54], "bounds": [38, 54], "share": 0.863636}


@pytest.mark.parametrize("numbers", [("60", "44", "45"), ("10", "11", "1"), ("5", "0", "0")])
def test_numbers_that_make_no_interval_are_refused(app: Flask, numbers: tuple[str, ...]) -> None:
    result = app.test_cli_runner().invoke(args=["indicators", "interval", *numbers])

    assert result.exit_code == 1
    assert "Give whole numbers" in result.output


def test_an_edition_without_indicators_says_what_to_do(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))

    assert "No indicators yet" in client.get(f"/organise/{edition.slug}/indicators").text
    assert client.get(f"/organise/{edition.slug}/indicators/none").status_code == 404
