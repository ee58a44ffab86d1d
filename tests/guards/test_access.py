"""Every route lets in whom the table says, and nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

from eventsys.accounts.rules import Allow, Role
from eventsys.applications.access import SESSION_KEY
from eventsys.base.web.access import access, allowed_at
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.guards.access_table import ACCESS

LINE = 'Add a line to tests/guards/access_table.py, sorted: "{0}": "…who, as names of Allow…",'
EXAMPLE = {"code": "K7QM2PXD", "token": "no-such-token", "key": "no-such-key", "short": "ABCD-EFGH", "language": "da"}
TEAM = {Allow(role.value) for role in Role}
# What each reader of the test is, as far as the edition in the address goes.
READERS: dict[str, set[Allow]] = {
    "visitor": set(),
    "applicant": {Allow.APPLICANT},
    "stranger": {Allow.SIGNED_IN},
    "organiser elsewhere": {Allow.SIGNED_IN},
    **{role.value: {Allow.SIGNED_IN, Allow(role.value)} for role in Role},
    "administrator": {Allow.SIGNED_IN, Allow.ADMINISTRATOR, *TEAM},
}


def without_row(endpoints: Collection[str]) -> list[str]:
    return [LINE.format(endpoint) for endpoint in sorted(set(endpoints) - set(ACCESS))]


def endpoints_of(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_route_has_its_row(app: Flask) -> None:
    assert without_row(endpoints_of(app)) == []


def test_every_row_has_its_route(app: Flask) -> None:
    assert sorted(set(ACCESS) - endpoints_of(app)) == []


def test_rows_are_sorted_and_speak_of_allow() -> None:
    assert list(ACCESS) == sorted(ACCESS)
    assert {word for row in ACCESS.values() for word in row.split()} <= {kind.value for kind in Allow}
    assert all(row.split() == sorted(row.split()) for row in ACCESS.values())


def test_unknown_route_is_told_what_to_add() -> None:
    assert without_row({"editions.home", "editions.close"}) == [
        'Add a line to tests/guards/access_table.py, sorted: "editions.close": "…who, as names of Allow…",'
    ]


def test_views_are_marked_as_the_table_says(app: Flask) -> None:
    marked = {endpoint: " ".join(sorted(allowed_at(app, endpoint))) for endpoint in endpoints_of(app)}

    assert marked == ACCESS


def test_public_pages_are_public_alone() -> None:
    assert [endpoint for endpoint, row in ACCESS.items() if "public" in row.split() and row != "public"] == []


@pytest.fixture
def unmarked(app: Flask) -> Iterator[str]:
    """The address of a view that says nothing about who may see it."""
    before = app.url_map
    app.url_map = Map([rule.empty() for rule in before.iter_rules()], converters=before.converters)
    app.url_map.add(Rule("/guards/unmarked", endpoint="guards.unmarked", methods=["GET", "POST"]))
    app.view_functions["guards.unmarked"] = lambda: "in"
    yield "/guards/unmarked"
    app.url_map = before
    del app.view_functions["guards.unmarked"]


@pytest.mark.parametrize("reader", READERS)
def test_view_without_a_mark_lets_nobody_in(client: CarefulClient, unmarked: str, reader: str) -> None:
    become(client, reader, factories.edition("summer"))

    assert client.get(unmarked).status_code == 403
    assert client.post(unmarked).status_code == 403


def test_mark_without_anybody_lets_nobody_in(app: Flask, client: CarefulClient, unmarked: str) -> None:
    app.view_functions["guards.unmarked"] = access()(lambda: "in")

    assert client.get(unmarked).status_code == 403


def become(client: CarefulClient, reader: str, edition: Edition) -> None:
    """Be that reader from now on."""
    if reader == "applicant":
        with client.session_transaction() as session:
            session[SESSION_KEY] = [EXAMPLE["code"]]
    elif reader == "stranger":
        factories.sign_in(client, factories.user())
    elif reader == "organiser elsewhere":
        factories.sign_in(client, factories.organiser(factories.edition("winter")))
    elif reader == "administrator":
        factories.sign_in(client, factories.administrator())
    elif reader != "visitor":
        factories.sign_in(client, factories.team_member(edition, Role(reader)))


def addresses(app: Flask, edition: Edition, method: str) -> Iterator[tuple[str, str]]:
    """Endpoint and an address of every route with that method; the objects in it don't exist, but for the edition."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            values = {name: EXAMPLE.get(name, "1") for name in rule.arguments} | {"edition": edition}
            with app.test_request_context():
                built = rule.build({name: values[name] for name in rule.arguments})
            assert built is not None, rule
            yield rule.endpoint, built[1]


def may(reader: str, endpoint: str) -> bool:
    kinds = {Allow(word) for word in ACCESS[endpoint].split()}
    return bool(kinds & (READERS[reader] | {Allow.PUBLIC, Allow.DEVICE}))


@pytest.mark.parametrize("reader", READERS)
def test_readers_see_what_the_table_says(app: Flask, client: CarefulClient, reader: str) -> None:
    edition = factories.edition("summer", is_published=False)
    become(client, reader, edition)
    wrong = []
    for endpoint, address in addresses(app, edition, "GET"):
        answer = client.get(address)
        is_sent_to_sign_in = answer.status_code == 302 and answer.location.startswith("/account/login")
        is_let_in = answer.status_code != 403 and not is_sent_to_sign_in
        if ACCESS[endpoint] == "demo":
            is_let_in = answer.status_code != 404  # Outside the demo they don't exist.
        if is_let_in != may(reader, endpoint) or answer.status_code >= 500:
            wrong.append(
                f"{reader} at {address} ({endpoint}): {answer.status_code}, the table says {may(reader, endpoint)}"
            )

    assert wrong == []


@pytest.mark.parametrize("reader", READERS)
def test_readers_send_nothing_where_they_may_not(app: Flask, client: CarefulClient, reader: str) -> None:
    edition = factories.edition("summer", is_published=False)
    become(client, reader, edition)
    wrong = []
    for endpoint, address in addresses(app, edition, "POST"):
        if may(reader, endpoint):
            continue
        answer = client.post(address)
        if answer.status_code != 403:
            wrong.append(f"{reader} at {address} ({endpoint}): {answer.status_code}")

    assert wrong == []


def test_devices_without_a_token_get_nothing(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition("summer")
    answers = {
        address: client.open(address, method=method, json={}, csrf=False).status_code
        for method in ("GET", "POST")
        for endpoint, address in addresses(app, edition, method)
        if ACCESS[endpoint] == "device"
    }

    assert answers
    assert {address: code for address, code in answers.items() if code not in {400, 401, 403, 415, 422}} == {}


def test_every_form_needs_its_token(app: Flask, client: CarefulClient) -> None:
    edition = factories.edition("summer")
    factories.sign_in(client, factories.administrator())
    taken = [
        f"{endpoint}: POST without a CSRF token answered {answer.status_code}"
        for endpoint, address in addresses(app, edition, "POST")
        if ACCESS[endpoint] != "device"
        for answer in [client.post(address, csrf=False)]
        if answer.status_code != 400 or "csrf" in answer.text
    ]

    assert taken == []
    assert endpoints_of(app) - {e for e, _a in addresses(app, edition, "POST")}


def test_nothing_but_get_and_post_and_their_kin(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}

    assert methods <= {"GET", "HEAD", "OPTIONS", "POST"}
