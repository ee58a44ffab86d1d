"""Dishes: added, changed, taken off; the application's allergens and the public catalogue follow."""

from __future__ import annotations

from typing import Any

import pytest

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.dishes import MOST_DISHES
from eventsys.applications.rules.fields import ALLERGENS
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def application(client: CarefulClient) -> Application:
    made = factories.application(
        factories.edition("fest"), kind=Kind.RESTAURANT, name="Café Nord", state=State.DRAFT, allergens=None
    )
    hold(client, made)
    return made


def add(client: CarefulClient, application: Application, name: str = "Sambusa", **said: Any) -> Any:
    return client.post(f"/my/{application.code}/dishes/add", data={"name": name, **said})


def test_dish_is_added_and_the_application_follows(client: CarefulClient, application: Application) -> None:
    assert "No dish yet" in client.get(f"/my/{application.code}/dishes").text

    response = add(client, application, allergen_gluten="contains", allergen_milk="may_contain", dietary=["halal"])

    assert response.location == f"/my/{application.code}/dishes"
    [dish] = queries.dishes_of(application)
    assert (dish.name, dish.allergens) == ("Sambusa", {"gluten": "contains", "milk": "may_contain"})
    assert (application.allergens, application.dietary) == (["gluten", "milk"], ["halal"])
    page = client.get(f"/my/{application.code}/dishes").text
    assert "Contains: Cereals with gluten" in page
    assert "Not stated: " in page
    assert 'name="allergens"' not in client.get(f"/my/{application.code}/food").text
    client.post(f"/my/{application.code}/food", data={"cuisine": "Somali food"})
    db.session.refresh(application)
    assert application.allergens == ["gluten", "milk"], "the food step leaves them alone"


def test_free_of_the_rest_states_all_of_them(client: CarefulClient, application: Application) -> None:
    add(client, application, allergen_nuts="contains", is_free_of_the_rest="y")

    [dish] = queries.dishes_of(application)
    assert len(dish.allergens) == len(ALLERGENS)
    assert dish.allergens["nuts"] == "contains"
    assert application.allergens == ["nuts"]


def test_dish_is_changed_and_taken_off(client: CarefulClient, application: Application) -> None:
    add(client, application, allergen_fish="contains")
    [dish] = queries.dishes_of(application)
    address = f"/my/{application.code}/dishes/{dish.code}"

    assert 'value="Sambusa"' in client.get(address).text
    client.post(address, data={"name": "Sambusa med fisk", "allergen_fish": "may_contain"})
    db.session.refresh(dish)
    assert (dish.name, dish.allergens) == ("Sambusa med fisk", {"fish": "may_contain"})

    client.post(f"{address}/remove")
    assert queries.dishes_of(application) == []
    assert application.allergens is None, "nothing is stated any more"


def test_nameless_dish_is_asked_for_its_name_and_keeps_the_rest(
    client: CarefulClient, application: Application
) -> None:
    response = add(client, application, name=" ", allergen_eggs="contains")

    assert response.status_code == 422
    assert '<option selected value="contains">' in response.text
    assert queries.dishes_of(application) == []


def test_list_has_an_end(client: CarefulClient, application: Application) -> None:
    for number in range(MOST_DISHES):
        add(client, application, name=f"Dish {number}")

    response = add(client, application, name="One too many")

    assert response.status_code == 422
    assert "at most 30 dishes" in response.text
    assert len(queries.dishes_of(application)) == MOST_DISHES


def test_dishes_of_others_are_not_there(client: CarefulClient, application: Application) -> None:
    other = factories.application(application.edition, kind=Kind.RESTAURANT, state=State.DRAFT)
    hold(client, other)
    add(client, other)
    [dish] = queries.dishes_of(other)

    assert client.get(f"/my/{application.code}/dishes/{dish.code}").status_code == 404
    assert client.post(f"/my/{application.code}/dishes/{dish.code}/remove").status_code == 404


def test_visitors_read_dish_by_dish(client: CarefulClient, application: Application) -> None:
    add(client, application, allergen_gluten="contains", allergen_milk="may_contain", is_free_of_the_rest="y")
    add(client, application, name="Te")
    application.state = application.announced_state = State.APPROVED
    application.submitted_at = application.decided_at = application.announced_at = factories.NOW
    db.session.commit()

    page = client.get(f"/fest/catalogue/{application.organisation.code}").text

    assert "Sambusa" in page
    assert "all of them: ask at the booth" in page


def test_words_of_dishes_are_found_in_the_list(client: CarefulClient, application: Application) -> None:
    add(client, application, name="Bariis iskukaris")

    assert "bariis iskukaris" in application.search_text


def test_vegan_with_milk_is_a_contradiction_and_traces_are_none(
    client: CarefulClient, application: Application
) -> None:
    refused = add(client, application, allergen_milk="contains", allergen_fish="contains", dietary=["vegan", "halal"])

    assert refused.status_code == 422
    assert "Vegan it can&#39;t be: you say that it contains Fish and Milk. Change one of the two." in refused.text
    assert queries.dishes_of(application) == []
    assert add(client, application, allergen_milk="may_contain", dietary=["vegan"]).status_code == 302
    assert add(client, application, "Ost", allergen_milk="contains", dietary=["vegetarian"]).status_code == 302


@pytest.mark.parametrize(("state", "is_told"), [(State.DRAFT, False), (State.APPROVED, True)])
def test_who_is_in_reads_that_a_dish_holds_at_once(
    client: CarefulClient, application: Application, state: State, is_told: bool
) -> None:
    add(client, application, "Suppe", allergen_celery="contains")
    application.state = application.announced_state = state
    if state is State.APPROVED:
        application.submitted_at = application.decided_at = application.announced_at = factories.NOW
    db.session.commit()

    kept = client.post(f"/my/{application.code}/dishes/add", data={"name": "Te"}, follow_redirects=True).text
    _soup, tea = queries.dishes_of(application)
    path = f"/my/{application.code}/dishes/{tea.code}"
    gone = client.post(f"{path}/remove", follow_redirects=True).text

    assert "Kept: Te." in kept
    assert "Taken off: Te." in gone
    assert {"It holds at once." in page for page in (kept, gone)} == {is_told}
