"""GET history: a supervisor's phone looks a pass up, and takes back what another phone scanned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from marshmallow import RAISE

from eventsys.gate import actions, schemas
from eventsys.gate.history import MOST_SCANS
from eventsys.gate.rules.devices import DeviceRole
from eventsys.passes import actions as pass_actions
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

MINUTE = timedelta(minutes=1)


def test_scans_of_every_gate_are_told_and_may_be_taken_back(client: CarefulClient) -> None:
    edition = factories.edition()
    [visitor, other] = factories.passes(edition, count=2)
    north, south = factories.gate(edition, code="N"), factories.gate(edition, code="S")
    phone = Phone(client, factories.device(north).token)
    supervisor = Phone(client, factories.device(south, role=DeviceRole.SUPERVISE).token)
    first = factories.scan(pass_id=visitor.pass_id)
    second = factories.scan(pass_id=visitor.pass_id, at=OPEN + MINUTE, phone_verdict="already_admitted")
    phone.send([first, factories.scan(pass_id=other.pass_id)])
    supervisor.send([second], at=OPEN + MINUTE)

    told = supervisor.get(f"history?pass_id={visitor.pass_id}").get_json()

    assert schemas.HistoryShape(unknown=RAISE).validate(told) == {}
    assert told["pass"] == {"kind": 4, "days": 3, "revoked": False}
    assert [(scan["scan_id"], scan["gate"], scan["verdict"], scan["taken_back"]) for scan in told["scans"]] == [
        (second["scan_id"], "S", "already_admitted", False),
        (first["scan_id"], "N", "admitted", False),
    ]
    supervisor.send([factories.scan(voids=first["scan_id"], at=OPEN + 2 * MINUTE)], at=OPEN + 2 * MINUTE)
    [later, voided] = supervisor.get(f"history?pass_id={visitor.pass_id}").get_json()["scans"]
    assert (later["verdict"], later["taken_back"]) == ("admitted", False), "now it is the first"
    assert voided["taken_back"]
    assert actions.rebuild(edition, is_check=True) == []


def test_a_pass_that_nobody_issued_and_one_that_is_revoked(client: CarefulClient) -> None:
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    supervisor = Phone(client, factories.device(factories.gate(edition), role=DeviceRole.SUPERVISE).token)
    pass_actions.revoke(visitor, reason="lost", by=factories.BY, now=OPEN)

    assert supervisor.get("history?pass_id=00000000000000aa").get_json()["pass"] is None
    assert supervisor.get(f"history?pass_id={visitor.pass_id}").get_json()["pass"]["revoked"]


def test_a_pass_that_was_scanned_all_day_is_told_in_part(client: CarefulClient) -> None:
    edition = factories.edition()
    supervisor = Phone(client, factories.device(factories.gate(edition), role=DeviceRole.SUPERVISE).token)
    supervisor.send([factories.scan(pass_id="00000000000000aa", at=OPEN + n * MINUTE) for n in range(MOST_SCANS + 1)])

    assert len(supervisor.get("history?pass_id=00000000000000aa").get_json()["scans"]) == MOST_SCANS


def test_a_phone_that_only_scans_may_not_look_up(client: CarefulClient) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    response = phone.get("history?pass_id=00000000000000aa")

    assert (response.status_code, response.get_json()["type"]) == (403, "/problems/supervisor_only")


@pytest.mark.parametrize(
    "asked", ["history", "history?pass_id=", "history?pass_id=0000000000000000", "history?pass_id=xyz"]
)
def test_a_malformed_id_is_named(client: CarefulClient, asked: str) -> None:
    supervisor = Phone(client, factories.device(factories.gate(factories.edition()), role=DeviceRole.SUPERVISE).token)

    response = supervisor.get(asked)

    assert response.status_code == 422
    assert "pass_id" in response.get_json()["errors"][0]["field"]
