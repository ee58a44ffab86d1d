"""What an applicant changed after sending stands in the history, before and after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.models import Application, Revision
from eventsys.applications.rules.fields import ALLERGENS
from eventsys.applications.rules.states import State
from eventsys.applications.views.differences import both_said, said
from eventsys.base import clock
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, post

pytestmark = pytest.mark.usefixtures("moment")


def test_changes_after_sending_are_told_before_and_after(client: CarefulClient) -> None:
    edition = factories.edition("fest", number=7)
    application = factories.application(edition, days=0b11, crew=4, width_cm=300)
    hold(client, application)

    with clock.standing_at(factories.NOW + timedelta(hours=1)):
        post(client, application, "days", days=["2"], crew="5")
        post(client, application, "booth", width_m="450", power_kw="2,5", uses_gas="y")
    factories.sign_in(client, factories.organiser(edition))
    page = re.sub(r"<[^>]+>", "", client.get(f"/organise/fest/applications/{application.code}").text)

    for words in (
        "Days: 1 and 2 → 2",
        "People at the booth: 4 → 5",
        "Width: 3 m → 4.5 m",
        "Power: 0 kW → 2.5 kW",
        "gas: no → yes",
    ):
        assert words in page


def test_drafts_leave_no_trail_of_values(client: CarefulClient, session: Session) -> None:
    application = factories.application(factories.edition("fest"), state=State.DRAFT)
    hold(client, application)

    post(client, application, "days", days=["2"], crew="5")

    assert session.scalar(select(func.count()).select_from(Revision)) == 0
    assert queries.revisions_of(application) == {}


EMPTY = {"days": 0, "appliances": [], "dietary": [], "allergens": None, "crew": None, "cuisine": ""}


@pytest.mark.parametrize(("field", "value"), EMPTY.items())
def test_nothing_is_a_dash(app: Flask, field: str, value: object) -> None:
    with app.test_request_context():
        assert said(field, value) == "–"


@pytest.mark.parametrize("field", ["about", "dishes"])
def test_no_part_is_a_dash(app: Flask, field: str) -> None:
    with app.test_request_context():
        assert both_said(field, {}, {}) == ("–", "–")


def story(client: CarefulClient, application: Application) -> str:
    """What an organiser reads of it, without markup."""
    factories.sign_in(client, factories.organiser(application.edition))
    page = client.get(f"/organise/fest/applications/{application.code}").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.fixture
def restaurant(client: CarefulClient) -> Application:
    """Sent, with a tea of which nothing is stated, and a soup."""
    edition = factories.edition("fest", number=7)
    made = factories.application(edition, kind=Kind.RESTAURANT, name="Café Nord", allergens=None)
    hold(client, made)
    post(client, made, "dishes/add", name="Te")
    post(client, made, "dishes/add", name="Suppe", allergen_celery="contains", dietary=["halal"])
    return made


def test_what_a_dish_no_longer_leaves_open_is_seen(client: CarefulClient, restaurant: Application) -> None:
    tea, soup = queries.dishes_of(restaurant)

    with clock.standing_at(factories.NOW + timedelta(hours=1)):
        post(client, restaurant, f"dishes/{tea.code}", name="Te", is_free_of_the_rest="y")
        stated = {"allergen_celery": "contains", "allergen_milk": "may_contain", "dietary": ["halal"]}
        post(client, restaurant, f"dishes/{soup.code}", name="Suppe", **stated, is_free_of_the_rest="y")
    told = story(client, restaurant)

    assert "Dishes: Te (all 14 allergens: not stated) → Te (all 14 allergens: free of)" in told
    assert (
        "Dishes: Suppe (suits: Halal; contains: Celery; all others: not stated) → "
        "Suppe (suits: Halal; contains: Celery; may contain: Milk; all others: free of)" in told
    )


def test_a_dish_that_is_taken_off_and_two_that_are_left(client: CarefulClient, restaurant: Application) -> None:
    tea, _soup = queries.dishes_of(restaurant)
    few = {f"allergen_{key}": "contains" for key in ALLERGENS[2:]}

    with clock.standing_at(factories.NOW + timedelta(hours=1)):
        client.post(f"/my/{restaurant.code}/dishes/{tea.code}/remove")
        post(client, restaurant, "dishes/add", name="Alt", **few)
    told = story(client, restaurant)

    assert "Dishes: Te (all 14 allergens: not stated) → –" in told
    assert "not stated: Cereals with gluten and Crustaceans)" in told


def test_texts_are_told_language_by_language(client: CarefulClient) -> None:
    application = factories.application(factories.edition("fest", number=7), about={"da": "Sang.", "en": "Song."})
    hold(client, application)

    post(client, application, "visitors", about_da="Sang og dans.", about_en="Song.")

    assert "Text for visitors: Danish: Sang. → Danish: Sang og dans." in story(client, application)


def test_facts_of_the_organisation_are_told_but_for_what_is_sensitive(client: CarefulClient, session: Session) -> None:
    application = factories.application(factories.edition("fest", number=7), name="Kor")
    hold(client, application)
    said = {"name": "Koret", "area": "Amager", "cvr": "25313763", "is_minority_association": "yes", "phone": "28123456"}

    post(client, application, "organisation", **said)
    told = story(client, application)

    for words in ("Name: Kor → Koret", "Part of town: – → Amager", "CVR number: – → 25313763"):
        assert words in told
    [revision] = session.scalars(select(Revision))
    assert set(revision.changes) == {"name", "area", "cvr"}


def test_answers_are_told_question_by_question(client: CarefulClient) -> None:
    edition = factories.edition("fest", number=7)
    tent, stage = factories.question(edition, "Your own tent?"), factories.question(edition, "On stage?")
    application = factories.application(edition)
    hold(client, application)
    post(client, application, "questions", **{f"q_{tent.code}": "no", f"q_{stage.code}": "yes"})

    with clock.standing_at(factories.NOW + timedelta(hours=1)):
        post(client, application, "questions", **{f"q_{tent.code}": "yes", f"q_{stage.code}": "yes"})
    told = story(client, application)

    assert "Your own tent?: – → No" in told
    assert "Your own tent?: No → Yes" in told
    assert told.count("On stage?: ") == 1
