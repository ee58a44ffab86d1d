"""Answers from a file: in once, bad rows listed, small groups withheld, open surveys silent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from eventsys.editions.models import Edition
from eventsys.surveys import actions, queries
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.instruments import Instrument
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW

ROOT = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
HEADER = "audience,minority_association,language,visible,community,again,visitors_rating"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def survey(edition: Edition, session: Session) -> Survey:
    draft = Instrument.from_json(json.loads((ROOT / "instrument.json").read_text()))
    instrument = actions.publish_instrument(draft, by=BY, now=NOW)
    made = actions.open_survey(
        edition, instrument, opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=1), by=BY, now=NOW
    )
    session.commit()
    return made


def test_a_file_goes_in_once(survey: Survey, session: Session) -> None:
    content = (ROOT / "answers.csv").read_bytes()

    first = actions.import_answers(survey, content, answered_on=NOW.date(), by=BY, now=NOW)
    session.commit()
    second = actions.import_answers(survey, content, answered_on=NOW.date(), by=BY, now=NOW)
    session.commit()

    assert (first.rows, first.accepted, first.unchanged, first.refused) == (81, 81, 0, ())
    assert (second.accepted, second.unchanged) == (0, 81)
    assert queries.responses(survey) == 81
    assert queries.responses(survey, audiences=["association"], breakdowns={"minority_association": "yes"}) == 52


def test_bad_rows_are_listed_and_the_others_go_in(app: Flask, survey: Survey, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    rows = ["association,yes,da,i høj grad,ved ikke,ja,8", "restaurant,,da,i høj grad,i høj grad,ja,8", "alien,,da,,,,"]
    file.write_text("\n".join([HEADER, *rows]))

    told = app.test_cli_runner().invoke(
        args=[
            "import",
            "answers",
            str(file),
            "--edition",
            "asked",
            "--instrument",
            survey.instrument.key,
            "--format",
            "json",
        ]
    )

    result = json.loads(told.output)
    assert (result["rows"], result["accepted"]) == (3, 1)
    assert [(row["row"], row["field"]) for row in result["refused"]] == [(3, "visible"), (4, "audience")]


def test_an_unknown_questionnaire_is_named(app: Flask, edition: Edition) -> None:
    told = app.test_cli_runner().invoke(
        args=["import", "answers", str(ROOT / "answers.csv"), "--edition", "asked", "--instrument", "nobody-knows"]
    )

    assert told.exit_code == 1
    assert "There is no questionnaire with the key “nobody-knows”." in told.output


def test_a_published_version_refuses_changes(survey: Survey, session: Session) -> None:
    survey.instrument.items[0].text = {"da": "Noget andet?"}

    with pytest.raises(SQLAlchemyError, match="only grows"):
        session.commit()
    session.rollback()


def test_results_show_counts_once_closed(
    client: CarefulClient, edition: Edition, survey: Survey, session: Session
) -> None:
    actions.import_answers(survey, (ROOT / "answers.csv").read_bytes(), answered_on=NOW.date(), by=BY, now=NOW)
    session.commit()
    factories.sign_in(client, factories.organiser(edition))

    page = client.get(f"/organise/{edition.slug}/surveys/{survey.code}/results").text
    survey.closes_at = datetime(2100, 1, 1, tzinfo=UTC)
    session.commit()
    while_open = client.get(f"/organise/{edition.slug}/surveys/{survey.code}/results").text

    assert "to a high degree" in page
    assert "to a high degree" not in while_open
    assert "only the number of responses is shown" in while_open


def test_no_surveys_yet_says_so(client: CarefulClient, edition: Edition) -> None:
    factories.sign_in(client, factories.organiser(edition))

    assert "No surveys yet" in client.get(f"/organise/{edition.slug}/surveys").text
    assert client.get(f"/organise/{edition.slug}/surveys/NOSUCHONE").status_code == 404
