"""The editions that somebody may work on."""

from __future__ import annotations

import re

from tests import factories
from tests.client import CarefulClient


def listed(client: CarefulClient) -> list[str]:
    return re.findall(r'<a href="/organise/([a-z0-9-]+)/">', client.get("/organise/").text)


def test_visitor_signs_in_first(client: CarefulClient) -> None:
    assert client.get("/organise/").location == "/account/login?next=/organise/"


def test_organiser_sees_the_editions_of_their_teams_alone(client: CarefulClient) -> None:
    mine = factories.edition("mine", is_published=False)
    factories.edition("theirs")
    factories.sign_in(client, factories.organiser(mine))

    assert listed(client) == ["mine"]


def test_administrator_sees_every_edition(client: CarefulClient) -> None:
    factories.edition("one")
    factories.edition("two")
    factories.sign_in(client, factories.administrator())

    assert sorted(listed(client)) == ["one", "two"]


def test_somebody_on_no_team_is_told_how_that_changes(client: CarefulClient) -> None:
    factories.sign_in(client, factories.user())

    assert "An administrator adds you" in client.get("/organise/?language=en").text


def test_administrator_without_editions_is_told_how_to_make_one(client: CarefulClient) -> None:
    factories.sign_in(client, factories.administrator())

    assert "flask editions create" in client.get("/organise/?language=en").text
