"""One application for review: what it tells, what is odd, its history, its mails."""

from __future__ import annotations

import pytest

from eventsys.applications.rules.states import State
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, fill_in, mailed_link, mails, post

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in."""
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def show(client: CarefulClient, code: str) -> str:
    response = client.get(f"/organise/fest/applications/{code}")
    assert response.status_code == 200
    return response.text


def test_everything_told_is_on_one_page(client: CarefulClient, edition: Edition) -> None:
    application = begin(client, edition)
    fill_in(client, application)
    client.get(mailed_link(mails()[0]))
    post(client, application, "check", consent="y")

    page = show(client, application.code)

    for words in ("Nørrebro Kor", "7-001", "4.5 m", "2.3 kW", "Kage", "none of the 14", "We sing.", "kor@example.org"):
        assert words in page
    for happened in ("started", "mail address confirmed", "Days, People at the booth", "sent"):
        assert happened in page
    for subject in ("Your application to Taste the World 2026", "We have your application to Taste the World 2026"):
        assert subject in page


def test_odd_and_missing_things_are_pointed_out(client: CarefulClient, edition: Edition) -> None:
    namesake = factories.organisation("Café Nord", kind=Kind.RESTAURANT)
    factories.application(edition, of=namesake)
    application = factories.application(
        edition, name="café  nord", kind=Kind.RESTAURANT, crew=None, uses_gas=True, food_registration=""
    )

    page = show(client, application.code)

    assert "Missing: How many people work at the booth" in page
    assert "Sells food, but tells of no food registration." in page
    assert "Another application has a name like this one." in page
    assert "Uses gas or open fire" not in page


def test_who_applies_anew_after_a_withdrawal_is_no_namesake_of_its_own(client: CarefulClient, edition: Edition) -> None:
    withdrawn = factories.application(edition, state=State.WITHDRAWN, name="Café Nord")
    factories.application(edition, of=withdrawn.organisation)

    assert "a name like this one" not in show(client, withdrawn.code)
    assert "a name like this one" not in client.get("/organise/fest/applications?found=same_name").text
    assert withdrawn.reference not in client.get("/organise/fest/applications?found=same_name&state=").text


def test_sound_application_has_nothing_to_look_at_twice(client: CarefulClient, edition: Edition) -> None:
    assert "Look at this twice" not in show(client, factories.application(edition).code)


def test_draft_is_shown_without_buttons(client: CarefulClient, edition: Edition) -> None:
    page = show(client, factories.application(edition, state=State.DRAFT).code)

    assert "formaction" not in page


def test_visitors_of_the_site_see_no_application(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    factories.sign_out(client)

    response = client.get(f"/organise/fest/applications/{application.code}")

    assert response.status_code == 302
    assert response.location.startswith("/account/login")
