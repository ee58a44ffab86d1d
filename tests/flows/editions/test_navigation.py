"""The menu of an edition shows what exists and is open to the reader."""

from __future__ import annotations

import re

from flask import Flask

from eventsys.accounts.rules import Role
from eventsys.app import NAVIGATION
from eventsys.base.web.access import allowed_at
from tests import factories
from tests.client import CarefulClient


def menu(page: str) -> list[tuple[str, bool]]:
    side = page.partition('<nav class="side')[2].partition("</nav>")[0]
    return [
        (address, bool(current)) for address, current in re.findall(r'<a href="([^"]+)"( aria-current="page")?>', side)
    ]


def test_organiser_sees_the_pages_that_exist_and_where_they_are(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition("summer")
    factories.sign_in(client, factories.organiser(edition))

    entries = menu(client.get("/organise/summer/team").text)

    open_to_organisers = [
        endpoint
        for _label, endpoint in NAVIGATION
        if endpoint in app.view_functions and Role.ORGANISER.value in allowed_at(app, endpoint)
    ]
    assert len(entries) == len(open_to_organisers)
    assert ("/organise/summer/team", True) in entries
    assert [address for address, is_current in entries if is_current] == ["/organise/summer/team"]


def test_every_entry_leads_to_a_page(client: CarefulClient) -> None:
    edition = factories.edition("summer")
    factories.sign_in(client, factories.administrator())

    for address, _is_current in menu(client.get(f"/organise/{edition.slug}/team").text):
        assert client.get(address).status_code == 200, address
