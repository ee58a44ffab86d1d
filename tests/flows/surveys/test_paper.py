"""Forms on paper: printed, typed in once each, taken back from the page that typed them alone; files looked at first."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.surveys.models import Response, ResponseEntry, Survey
from tests import factories
from tests.client import CarefulClient
from tests.flows.surveys import surveying

pytestmark = pytest.mark.usefixtures("moment")
HEADER = b"audience,language,community,again,why,people\n"


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def survey(edition: Edition) -> Survey:
    return surveying.survey(edition)


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> CarefulClient:
    factories.sign_in(client, factories.organiser(edition))
    return client


def address(survey: Survey, page: str) -> str:
    return f"/organise/asked/surveys/{survey.code}/{page}"


def sheet_on(page: str) -> str:
    found = re.search(r'name="form-sheet" value="([^"]+)"', page[page.index("data-typing") :])
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_a_form_is_printed_in_each_language(organiser: CarefulClient, survey: Survey, language: str) -> None:
    told = organiser.get(address(survey, f"paper/association/form-{language}.pdf"))

    assert (told.status_code, told.mimetype) == (200, "application/pdf")
    assert told.data.startswith(b"%PDF")
    assert organiser.get(address(survey, "paper/alien/form-da.pdf")).status_code == 404


def test_a_form_counts_once_and_is_taken_back_from_its_page(organiser: CarefulClient, survey: Survey) -> None:
    page = address(survey, "type/requester")
    sheet = sheet_on(organiser.get(page).text)
    form = {"form-sheet": sheet, "form-language": "ar", "community": "dont_know", "again": "yes", "why": "dropped"}

    first = organiser.post(page, data=form)
    again = organiser.post(page, data=form)

    assert first.status_code == again.status_code == 200
    assert "It counts once" in again.text
    assert surveying.given(survey) == [{"community": "dont_know", "again": "yes"}]
    kept = db.session.query(Response).one()
    assert (kept.entry, kept.language) == (ResponseEntry.PAPER, "ar")
    assert kept.id not in first.text
    assert sheet_on(first.text) != sheet

    back = organiser.post(f"{page}/undo", data=form)

    assert "The form is taken back" in back.text
    assert surveying.given(survey) == []


def test_another_sheet_takes_nothing_back(organiser: CarefulClient, survey: Survey) -> None:
    page = address(survey, "type/requester")
    organiser.post(page, data={"form-sheet": sheet_on(organiser.get(page).text), "community": "dont_know"})

    told = organiser.post(f"{page}/undo", data={"form-sheet": sheet_on(organiser.get(page).text)})

    assert "any more" in told.text
    assert len(surveying.given(survey)) == 1


def test_what_is_wrong_is_said_and_stays(organiser: CarefulClient, survey: Survey) -> None:
    page = address(survey, "type/requester")

    told = organiser.post(page, data={"again": "yes", "people": "many"})

    assert told.status_code == 422
    assert 'value="many"' in told.text
    assert "This one needs an answer." in told.text
    assert surveying.given(survey) == []


def test_nothing_is_typed_into_a_closed_survey(organiser: CarefulClient, survey: Survey) -> None:
    page = address(survey, "type/requester")
    surveying.close(survey)

    told = organiser.post(page, data={"community": "dont_know"})

    assert told.status_code == 409
    assert surveying.given(survey) == []


def test_a_file_is_looked_at_then_taken_in_once(organiser: CarefulClient, survey: Survey) -> None:
    page = address(survey, "import")
    content = HEADER + b"requester,da,ved ikke,,,\n"

    seen = organiser.post(page, data={"file": (BytesIO(content), "a.csv")})
    assert surveying.given(survey) == []
    carried = re.search(r'name="carried" value="([^"]+)"', seen.text)
    assert carried is not None
    organiser.post(page, data={"carried": carried[1]})
    twice = organiser.post(page, data={"carried": carried[1]})

    assert "Nothing was counted twice" in twice.text
    assert surveying.given(survey) == [{"community": "dont_know"}]


def test_bad_rows_are_listed_and_nothing_goes_in(organiser: CarefulClient, survey: Survey) -> None:
    content = HEADER + b"requester,da,ved ikke,,,\nrequester,da,perhaps,,,\n"

    told = organiser.post(address(survey, "import"), data={"file": (BytesIO(content), "a.csv")})

    assert told.status_code == 422
    assert "perhaps" in told.text
    assert surveying.given(survey) == []
