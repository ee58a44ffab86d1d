"""The criteria of an edition: added, changed, moved, taken away and back, told on the page of the call."""

from __future__ import annotations

import pytest

from eventsys.accounts.rules import Role
from eventsys.editions.models import Edition
from eventsys.reviews import queries
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/criteria"
SAID = {"label_da": "Passer til temaet", "label_en": "Fits the theme", "kind": "", "weight": "2"}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def names(edition: Edition) -> list[str]:
    return [criterion.label["en"] for criterion in queries.criteria_of(edition)]


def add(client: CarefulClient, name: str) -> None:
    assert client.post(f"{PAGE}/add", data={**SAID, "label_en": name}).status_code == 302


def test_criterion_is_added_told_publicly_and_changed(client: CarefulClient, edition: Edition) -> None:
    assert "No criteria yet" in client.get(PAGE).text

    add(client, "Fits the theme")
    assert "Fits the theme" in client.get(PAGE).text
    assert "Fits the theme" in client.get("/fest/").text
    assert "Fits the theme" in client.get("/fest/apply").text

    code = queries.criteria_of(edition)[0].code
    assert "Passer til temaet" in client.get(f"{PAGE}/{code}").text
    client.post(f"{PAGE}/{code}", data={**SAID, "label_en": "Fits well", "kind": "restaurant", "weight": "10"})
    [changed] = queries.criteria_of(edition)
    assert (changed.label["en"], changed.kind, changed.weight) == ("Fits well", "restaurant", 10)


def test_name_in_both_languages_is_asked_for_and_the_rest_stays(client: CarefulClient, edition: Edition) -> None:
    response = client.post(f"{PAGE}/add", data={**SAID, "label_da": "", "help_en": "Music, crafts, food"})

    assert response.status_code == 422
    assert "Name the criterion in Danish and in English." in response.text
    assert "Music, crafts, food" in response.text
    assert names(edition) == []


def test_criteria_are_moved_and_stay_at_the_ends(client: CarefulClient, edition: Edition) -> None:
    for name in ("one", "two", "three"):
        add(client, name)
    one, _two, three = (criterion.code for criterion in queries.criteria_of(edition))

    client.post(f"{PAGE}/{three}/up")
    assert names(edition) == ["one", "three", "two"]
    client.post(f"{PAGE}/{one}/up")
    assert names(edition) == ["one", "three", "two"]
    client.post(f"{PAGE}/{one}/down")
    assert names(edition) == ["three", "one", "two"]


def test_criterion_is_taken_away_and_back(client: CarefulClient, edition: Edition) -> None:
    add(client, "one")
    [code] = (criterion.code for criterion in queries.criteria_of(edition))

    page = client.get(client.post(f"{PAGE}/{code}/retire").location).text
    assert names(edition) == []
    assert f"{PAGE}/{code}/restore" in page

    client.post(f"{PAGE}/{code}/restore")
    assert names(edition) == ["one"]


def test_reviewers_read_them_and_change_nothing(client: CarefulClient, edition: Edition) -> None:
    add(client, "one")
    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.REVIEWER))

    page = client.get(PAGE).text
    assert "one" in page
    assert "/add" not in page
