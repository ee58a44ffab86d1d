"""A gate link: made for a gate, a role, hours and a number of phones; shown once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.base import clock
from eventsys.base.ids import hash_of
from eventsys.editions.models import Edition
from eventsys.gate.models import GateLink
from eventsys.gate.rules.devices import DeviceRole
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import API

FORM = {
    "gate": "N",
    "role": "supervise",
    "valid_from": "2026-08-29T09:30",
    "valid_until": "2026-08-29T16:00",
    "most_devices": "3",
}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition with a gate, whose organiser is signed in and reads English."""
    edition = factories.edition()
    factories.gate(edition, code="N")
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    return edition


def make(client: CarefulClient, edition: Edition, **said: str) -> Any:
    with clock.standing_at(OPEN):
        client.get(f"/organise/{edition.slug}/gate/link")
        return client.post(f"/organise/{edition.slug}/gate/link", data={**FORM, **said})


def test_link_is_shown_once_and_lets_a_phone_in(client: CarefulClient, session: Session, edition: Edition) -> None:
    response = make(client, edition)

    address = re.search(r"http://localhost/gate/#([A-Za-z0-9_-]{43})", response.text)
    assert response.status_code == 201
    assert address
    link = session.scalars(select(GateLink)).one()
    assert (link.role, link.most_devices) == (DeviceRole.SUPERVISE, 3)
    assert (link.valid_from, link.valid_until) == (OPEN, OPEN + timedelta(hours=6, minutes=30))
    assert link.token_hash == hash_of(address[1])
    assert address[1] not in client.get(f"/organise/{edition.slug}/gate").text
    with clock.standing_at(OPEN):
        assert client.post(f"{API}/enrol", json={"code": address[1]}).status_code == 201


def test_six_characters_on_the_page_let_a_phone_in(client: CarefulClient, edition: Edition) -> None:
    typed = re.search(r'class="pass-code" dir="ltr">(\w{3} \w{3})<', make(client, edition).text)

    assert typed
    with clock.standing_at(OPEN):
        assert client.post(f"{API}/enrol", json={"code": typed[1]}).status_code == 201


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("valid_until", "2026-08-29T09:30", "must end in the future and after it begins"),
        ("valid_until", "2026-10-29T09:30", "lasts at most 16 days"),
        ("valid_until", "", "Say when the shift ends."),
        ("most_devices", "0", "A link is for 1 to 200 phones."),
        ("most_devices", "many", "Not a valid integer"),
        ("gate", "X", "Not a valid choice"),
        ("role", "rule", "Invalid Choice"),
    ],
)
def test_what_can_not_be_is_said_by_its_field(
    client: CarefulClient, session: Session, edition: Edition, field: str, value: str, sentence: str
) -> None:
    response = make(client, edition, **{field: value})

    assert response.status_code == 422
    assert sentence in response.text
    assert session.scalars(select(GateLink)).all() == []


def test_an_edition_without_gates_gets_one_first(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))

    response = client.get(f"/organise/{edition.slug}/gate/link")

    assert response.location == f"/organise/{edition.slug}/gate/add"


def test_a_revoked_link_disappears(client: CarefulClient, session: Session, edition: Edition) -> None:
    make(client, edition)
    link = session.scalars(select(GateLink)).one()
    path = f"/organise/{edition.slug}/gate/links/{link.code}/revoke"

    with clock.standing_at(OPEN):
        assert link.code in client.get(f"/organise/{edition.slug}/gate").text
        client.get(path)
        assert client.post(path).status_code == 302
        assert link.code not in client.get(f"/organise/{edition.slug}/gate").text.split("</form>")[-1]
    assert link.revoked_at == OPEN
