"""What is odd is asked about once, can be confirmed with one tick, and is said again before sending."""

from __future__ import annotations

import pytest

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, hold, post

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def draft(client: CarefulClient) -> Application:
    made = factories.application(
        factories.edition("fest"), kind=Kind.ASSOCIATION, name="Kor", state=State.DRAFT, width_cm=300, sells_food=True
    )
    hold(client, made)
    return made


def test_four_hundred_people_on_three_metres_are_asked_about(client: CarefulClient, draft: Application) -> None:
    asked = post(client, draft, "days", days=["1"], crew="400")

    assert asked.status_code == 422
    assert "That is very many people for a booth this wide." in asked.text
    assert 'id="sure" data-unkept value="crowded"' in asked.text
    db.session.refresh(draft)
    assert draft.crew != 400
    assert post(client, draft, "days", days=["1"], crew="400", sure="crowded").status_code == 302
    assert post(client, draft, "days", days=["1"], crew="401").status_code == 302, "confirmed already"
    db.session.refresh(draft)
    assert draft.crew == 401


def test_children_without_background_checks(client: CarefulClient, draft: Application) -> None:
    booth = {"width_m": "300", "power_kw": "1", "sells_food": "y", "has_children_activities": "y"}
    said = "You do something for children, but don"

    assert said in post(client, draft, "booth", **booth).text
    assert post(client, draft, "booth", **booth, declares_background_checks="y").status_code == 302
    assert post(client, draft, "booth", **booth, sure="children_without_declaration").status_code == 302

    check = client.get(f"/my/{draft.code}/check").text
    assert said in check
    assert f'href="/my/{draft.code}/booth?to=check"' in check


def test_who_goes_on_later_is_asked_at_the_end(client: CarefulClient, draft: Application) -> None:
    booth = {"width_m": "450", "power_kw": "1", "sells_food": "y", "has_children_activities": "y"}

    left = post(client, draft, "booth", **booth, later="1")

    assert left.location == f"/my/{draft.code}/"
    db.session.refresh(draft)
    assert (draft.width_cm, draft.has_children_activities) == (450, True)
    assert "You do something for children, but don" in client.get(f"/my/{draft.code}/check").text


def test_registration_and_selling_too_seldom_for_one(client: CarefulClient, draft: Application) -> None:
    food = {"cuisine": "Kage", "allergens": ["none"], "food_registration": "1234567", "is_below_food_limit": "y"}

    asked = post(client, draft, "food", **food)

    assert asked.status_code == 422
    assert "Are both right?" in asked.text
    assert post(client, draft, "food", **{**food, "is_below_food_limit": ""}).status_code == 302


def test_food_without_registration_is_said_at_the_end_alone(client: CarefulClient, draft: Application) -> None:
    assert post(client, draft, "food", cuisine="Kage", allergens=["none"]).status_code == 302

    assert "You sell food, but give no registration" in client.get(f"/my/{draft.code}/check").text


def test_a_restaurant_without_dishes_is_asked_for_them_at_the_end_alone(client: CarefulClient) -> None:
    cafe = begin(client, factories.edition(), kind="restaurant")
    asked = "You name no dishes."

    assert post(client, cafe, "food", cuisine="Falafel", allergens=["none"], is_below_food_limit="y").status_code == 302
    assert asked in client.get(f"/my/{cafe.code}/check").text
    client.post(f"/my/{cafe.code}/dishes/add", data={"name": "Falafel"})
    assert asked not in client.get(f"/my/{cafe.code}/check").text
