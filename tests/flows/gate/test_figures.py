"""In and out by gate, zone and quarter of an hour; zones and how many they hold."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.base import clock
from eventsys.editions.models import Edition, Gate, Zone
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

QUARTER = timedelta(minutes=15)
ZONE = {"code": "p", "name_da": "Pladsen", "name_en": "The square", "name_ar": "", "capacity": "50"}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition with gates N and S, whose organiser is signed in and reads English."""
    edition = factories.edition()
    for code in ("N", "S"):
        factories.gate(edition, code=code)
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    return edition


def gate_of(session: Session, code: str) -> Gate:
    return session.scalars(select(Gate).where(Gate.code == code)).one()


def page_of(client: CarefulClient, edition: Edition, query: str = "") -> str:
    with clock.standing_at(OPEN + QUARTER):
        response = client.get(f"/organise/{edition.slug}/gate/figures{query}")
    assert response.status_code == 200
    return response.text


def keep(client: CarefulClient, edition: Edition, where: str = "zones/add", **said: object) -> str:
    address = f"/organise/{edition.slug}/gate/{where}"
    client.get(address)
    return client.post(address, data={**ZONE, **said}, follow_redirects=True).text


def rows_of(page: str) -> list[list[str]]:
    """The cells of every row of the page's tables, as text."""
    cells = [re.findall(r"<t[hd][^>]*><bdi>(.*?)</bdi>", row, re.DOTALL) for row in page.split("<tr>")]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in cells if row]


def test_gates_zones_and_quarters_are_told(client: CarefulClient, session: Session, edition: Edition) -> None:
    keep(client, edition, gates=["S"])
    first, second = factories.passes(edition, count=2)
    north, south = (Phone(client, factories.device(gate_of(session, code)).token) for code in "NS")
    north.send([factories.scan(pass_id=first.pass_id), factories.scan(tally=20)])
    south.send([factories.scan(pass_id=second.pass_id), factories.scan(tally=8)])
    south.send(
        [
            factories.scan(pass_id=first.pass_id, direction="out", at=OPEN + QUARTER),
            factories.scan(tally=2, direction="out", at=OPEN + QUARTER),
        ],
        at=OPEN + QUARTER,
    )

    page = page_of(client, edition)

    assert "Inside now: 27." in page
    rows = rows_of(page)
    assert ["N", "1", "0", "20", "21", "0", "0", "21"] in rows
    assert ["S", "1", "0", "8", "9", "1", "2", "6"] in rows
    assert ["All gates", "2", "0", "28", "30", "1", "2", "27"] in rows
    assert ["The square", "S", "9", "3", "6", "50", ""] in rows
    assert [row for row in rows if len(row) == 4] == [["09:30", "30", "0", "30"], ["09:45", "0", "3", "27"]]
    assert [row for row in rows_of(page_of(client, edition, "?gate=N")) if len(row) == 4] == [
        ["09:30", "21", "0", "21"]
    ]
    assert "In less out over the whole day: 0." in page_of(client, edition, "?day=2")
    assert "30 visits in all; 2 different passes of guests and visitors came in." in page


def test_an_edition_without_gates_has_no_figures(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")

    assert "No gates yet" in page_of(client, edition)


def test_zone_is_added_and_changed_and_a_gate_leads_into_one(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    keep(client, edition, gates=["N", "S"])
    keep(client, edition, code="Q", name_en="The park", capacity="", gates=["S"])
    keep(client, edition, "zones/Q", name_en="The garden", capacity="", gates=["S"])

    zones = {zone.code: zone for zone in session.scalars(select(Zone))}
    assert {code: (zone.name["en"], zone.capacity) for code, zone in zones.items()} == {
        "P": ("The square", 50),
        "Q": ("The garden", None),
    }
    assert {code: gate_of(session, code).zone_id for code in "NS"} == {"N": zones["P"].id, "S": zones["Q"].id}
    keep(client, edition, "zones/P", gates=[])
    session.expire_all()
    assert gate_of(session, "N").zone_id is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"code": "the square"}, "is too long"),
        ({"code": "a-b"}, "can&#39;t be a zone&#39;s code"),
        ({"name_da": " "}, "Give the zone a name."),
        ({"capacity": "-1"}, "Give a whole number of people from 0 to"),
        ({"capacity": "many"}, "Not a valid integer value"),
        ({"gates": ["X"]}, "is not a valid choice"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(
    client: CarefulClient, session: Session, edition: Edition, said: dict[str, object], sentence: str
) -> None:
    assert sentence in keep(client, edition, **said)
    assert session.scalars(select(Zone)).all() == []


def test_two_zones_have_no_code_in_common(client: CarefulClient, edition: Edition) -> None:
    keep(client, edition)

    assert "There is a zone P already." in keep(client, edition)


def test_capacity_of_the_whole_site_is_said_and_taken_back(client: CarefulClient, edition: Edition) -> None:
    assert "The whole site holds 4,000." in keep(client, edition, "capacity", capacity="4000")
    assert "Give a whole number of people" in keep(client, edition, "capacity", capacity="1000001")
    assert "Nobody has said how many the whole site holds." in keep(client, edition, "capacity", capacity="")


def test_a_supervisor_reads_figures_and_changes_none(client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    factories.gate(edition)
    session.add(Zone(edition_id=edition.id, code="P", name={"da": "Pladsen", "en": "The square"}))
    session.commit()
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))

    client.get("/language/en")

    page = page_of(client, edition)

    assert "The square" in page
    assert "gate/zones" not in page
    assert "gate/capacity" not in page
    for where in ("zones/add", "zones/P", "capacity"):
        assert client.get(f"/organise/{edition.slug}/gate/{where}").status_code == 403


def test_an_unknown_zone_is_not_found(client: CarefulClient, edition: Edition) -> None:
    assert client.get(f"/organise/{edition.slug}/gate/zones/X").status_code == 404
