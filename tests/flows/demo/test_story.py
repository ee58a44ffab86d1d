"""The example festival as a whole: loaded once on each database, then looked at from every side.

Expected figures are counted by hand from the example's files: 68 associations and 36 restaurants are accepted; the crews
of TW11-034 and TW11-076 (associations that state themselves as minority associations) and TW11-026 (a restaurant) never come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from flask_migrate import upgrade
from pypdf import PdfReader
from sqlalchemy import func, select

from config import from_environment
from eventsys.accounts.models import User
from eventsys.app import create_app
from eventsys.base.db import db, writing
from eventsys.booths.models import Assignment
from eventsys.demo.load import everything
from eventsys.editions import queries as editions
from eventsys.gate.models import Scan
from eventsys.mail.models import Message
from eventsys.passes.models import Pass
from tests.client import CarefulClient
from tests.conftest import settings

pytestmark = pytest.mark.xdist_group("story")
SLUG = "taste-the-world-2011"
ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "examples" / SLUG


@pytest.fixture(scope="module")
def story(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own with the whole example in it, committed like for real."""
    var = tmp_path_factory.mktemp("story")
    url = f"sqlite:///{var / 'story.sqlite3'}" if database_url.startswith("sqlite") else database_url
    app = create_app(from_environment(settings(url, var)))
    app.test_client_class = CarefulClient
    token = writing.set(True)
    with app.app_context():
        upgrade()
        everything(say=lambda _text: None)
        yield app
        db.session.remove()
        if not database_url.startswith("sqlite"):
            with db.engine.begin() as connection:
                names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
                connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        db.engine.dispose()
    writing.reset(token)


@pytest.fixture
def run(story: Flask) -> FlaskCliRunner:
    return story.test_cli_runner()


def told(run: FlaskCliRunner, *arguments: str) -> Any:
    result = run.invoke(args=[*arguments, "--edition", SLUG, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_indicators_come_out_as_counted_by_hand(run: FlaskCliRunner) -> None:
    found = {row["key"]: row for row in told(run, "indicators", "evaluate")}

    assert (found["associations"]["value"], found["associations"]["status"]) == (66, "met")
    assert (found["restaurants"]["value"], found["restaurants"]["status"]) == (35, "met")
    assert (found["development-course"]["numerator"], found["development-course"]["denominator"]) == (25, 66)
    assert found["development-course"]["status"] == "not_met"
    assert found["visitors"]["status"] == "met"
    assert 30_500 <= found["visitors"]["value"] <= 31_500
    visible, community = found["visible"], found["community"]
    assert (visible["numerator"], visible["denominator"], visible["answers"], visible["population"]) == (34, 48, 52, 59)
    assert (community["numerator"], community["denominator"], community["answers"], community["population"]) == (
        65,
        77,
        81,
        101,
    )
    assert set(visible) == {
        "key", "measure", "value", "numerator", "denominator", "population", "answers", "response_rate",
        "interval", "bounds", "target", "status", "cutoff",
    }  # fmt: skip


def test_earlier_years_stand_beside(run: FlaskCliRunner) -> None:
    found = {row["key"]: row for row in told(run, "indicators", "evaluate")}

    assert found["associations-growth-2008"]["value"] == 0.15
    assert (found["associations-growth"]["numerator"], found["associations-growth"]["denominator"]) == (66, 46)


def test_a_second_import_changes_nothing(run: FlaskCliRunner, story: Flask) -> None:
    before = db.session.scalar(select(func.count()).select_from(Message))

    applications = told(run, "import", "applications", str(FILES / "applications.csv"))
    pitches = told(run, "import", "pitches", str(FILES / "pitches.geojson"))
    boards = told(run, "import", "boards", str(FILES / "boards.csv"))
    answers = told(run, "import", "answers", str(FILES / "answers.csv"), "--instrument", SLUG)

    assert (applications["rows"], applications["accepted"], applications["unchanged"]) == (112, 0, 104)
    assert len(applications["refused"]) == 8
    assert (pitches["rows"], pitches["unchanged"]) == (112, 112)
    assert (boards["rows"], boards["unchanged"]) == (10, 10)
    assert (answers["rows"], answers["accepted"], answers["unchanged"]) == (81, 0, 81)
    assert db.session.scalar(select(func.count()).select_from(Message)) == before


def test_every_figure_of_the_gate_is_that_of_its_log(run: FlaskCliRunner) -> None:
    result = run.invoke(args=["gate", "rebuild", "--edition", SLUG, "--check"])

    assert result.exit_code == 0, result.output


def test_everybody_has_a_place_and_crews_have_passes(story: Flask) -> None:
    edition = editions.find(SLUG)
    assert edition is not None
    placed = select(func.count(Assignment.application_id.distinct()))
    crews = select(func.count()).select_from(Pass).where(Pass.edition_id == edition.id, Pass.kind == 1)

    assert edition.number == 7
    assert db.session.scalar(placed) == 104
    assert db.session.scalar(crews) == 762
    tallies = select(func.sum(Scan.tally)).where(Scan.direction == "in", Scan.edition_id == edition.id)
    assert (db.session.scalar(tallies) or 0) > 20_000


def test_propose_again_places_all(run: FlaskCliRunner) -> None:
    proposal = told(run, "booths", "propose")

    assert proposal["placed"] == 104
    assert proposal["unplaced"] == []
    assert set(proposal) == {"placed", "assignments", "unplaced", "objective", "bound", "gap", "seconds", "status"}


PUBLIC = ["/", f"/{SLUG}/", f"/{SLUG}/catalogue", f"/{SLUG}/catalogue?words=somalisk&kind=restaurant"]
ORGANISERS = [
    "/organise/", f"/organise/{SLUG}/", f"/organise/{SLUG}/applications", f"/organise/{SLUG}/booths",
    f"/organise/{SLUG}/passes", f"/organise/{SLUG}/gate", f"/organise/{SLUG}/surveys",
    f"/organise/{SLUG}/indicators", f"/organise/{SLUG}/indicators/community", f"/organise/{SLUG}/team",
]  # fmt: skip


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_every_page_of_the_example_is_sound(story: Flask, language: str) -> None:
    client = story.test_client()
    assert isinstance(client, CarefulClient)
    client.get(f"/language/{language}")

    for path in PUBLIC:
        assert client.get(path).status_code == 200, path
    organiser = db.session.scalar(select(User).where(User.email == "organiser@eventsys.example"))
    assert organiser is not None
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = organiser.fs_uniquifier, True
    for path in ORGANISERS:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("language", ["da", "en"])
def test_figures_on_paper_say_what_the_page_says(story: Flask, language: str) -> None:
    client = story.test_client()
    organiser = db.session.scalar(select(User).where(User.email == "organiser@eventsys.example"))
    assert organiser is not None
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = organiser.fs_uniquifier, True

    response = client.get(f"/organise/{SLUG}/figures-{language}.pdf")
    reader = PdfReader(BytesIO(response.data))
    text = "\n".join(page.extract_text() for page in reader.pages)

    assert response.mimetype == "application/pdf"
    assert reader.trailer["/Root"]["/Lang"] == language
    assert "66" in text
    assert "84 %" in text
