"""A phone is let in by a link's token or by its six characters, as often as the link allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.ids import hash_of
from eventsys.gate import actions, queries
from eventsys.gate.rules.devices import DeviceRole
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import API, Phone
from tests.limited import counting

MINUTE = timedelta(minutes=1)


def enrol(client: CarefulClient, code: object, *, minutes: int = 0, **more: object) -> TestResponse:
    with clock.standing_at(OPEN + minutes * MINUTE):
        return client.post(f"{API}/enrol", json={"code": code, **more}, headers={"Accept-Language": "da"})


def problem(response: TestResponse) -> tuple[int, Any]:
    assert response.content_type == "application/problem+json"
    return response.status_code, response.get_json()["type"]


def test_a_link_lets_a_phone_in(client: CarefulClient) -> None:
    edition = factories.edition("fest-2026", number=4711)
    link = factories.gate_link(factories.gate(edition, code="N"), role=DeviceRole.SUPERVISE)

    response = enrol(client, link.token, nickname="  Lås\x00e’s  phone ")

    told = response.get_json()
    assert response.status_code == 201
    assert told | {"token": "", "device": ""} == {
        "token": "",
        "device": "",
        "role": "supervise",
        "gate": {"code": "N", "name": "Nordporten"},
        "edition": {"slug": "fest-2026", "name": "Taste the World 2026", "number": 4711},
        "valid_from": "2026-08-29T07:30:00.000Z",
        "valid_until": "2026-08-29T19:30:00.000Z",
    }
    device = queries.device_with(hash_of(told["token"]))
    assert device is not None
    assert (device.code, device.nickname) == (told["device"], "Låse’s phone")
    assert Phone(client, told["token"]).get("status").status_code == 200


def test_six_characters_work_once_and_for_fifteen_minutes(client: CarefulClient) -> None:
    gate = factories.gate(factories.edition())
    link, late = factories.gate_link(gate), factories.gate_link(gate)
    typed = f"{link.typed_code[:3].lower()} {link.typed_code[3:]}"

    first = enrol(client, typed, minutes=14)
    again = enrol(client, typed, minutes=14)
    too_late = enrol(client, late.typed_code, minutes=15)

    assert first.status_code == 201
    assert problem(again) == problem(too_late) == (404, "/problems/link_unknown")
    assert enrol(client, link.token, minutes=14).status_code == 201


def test_a_link_takes_as_many_phones_as_it_says(client: CarefulClient, session: Session) -> None:
    gate = factories.gate(factories.edition())
    link = factories.gate_link(gate, most_devices=2)
    first = enrol(client, link.token).get_json()
    enrol(client, link.token)
    third = enrol(client, link.token)

    device = queries.device_with(hash_of(first["token"]))
    assert device is not None
    actions.revoke_device(device, by=factories.BY, now=OPEN)
    session.commit()

    assert problem(third) == (409, "/problems/link_full")
    assert enrol(client, link.token).status_code == 201


def test_a_revoked_link_and_one_whose_hours_are_over_let_nobody_in(client: CarefulClient, session: Session) -> None:
    gate = factories.gate(factories.edition())
    revoked, over = factories.gate_link(gate), factories.gate_link(gate)
    actions.revoke_link(revoked.link, by=factories.BY, now=OPEN)
    session.commit()

    assert problem(enrol(client, revoked.token)) == (404, "/problems/link_unknown")
    assert problem(enrol(client, over.token, minutes=12 * 60)) == (410, "/problems/link_expired")


def look(client: CarefulClient, code: object, *, language: str = "da") -> TestResponse:
    with clock.standing_at(OPEN):
        return client.post(f"{API}/invitation?language={language}", json={"code": code})


def test_where_a_link_leads_is_told_without_using_it(client: CarefulClient) -> None:
    edition = factories.edition("fest-2026", number=4711)
    link = factories.gate_link(factories.gate(edition, code="N"), most_devices=1)

    looked = [look(client, code) for code in (link.token, link.typed_code, link.typed_code)]

    assert [answer.get_json() for answer in looked] == 3 * [
        {
            "gate": {"code": "N", "name": "Nordporten"},
            "edition": {"slug": "fest-2026", "name": "Taste the World 2026", "number": 4711},
        }
    ]
    assert look(client, link.token, language="en").get_json()["gate"]["name"] == "North gate"
    assert enrol(client, link.typed_code).status_code == 201


def test_a_link_that_takes_nobody_in_tells_why_when_it_is_looked_at(client: CarefulClient, session: Session) -> None:
    gate = factories.gate(factories.edition())
    revoked, full = factories.gate_link(gate), factories.gate_link(gate, most_devices=1)
    actions.revoke_link(revoked.link, by=factories.BY, now=OPEN)
    session.commit()
    enrol(client, full.token)

    assert problem(look(client, revoked.token)) == (404, "/problems/link_unknown")
    assert problem(look(client, full.token)) == (409, "/problems/link_full")
    assert look(client, "ABC").status_code == 422


@pytest.mark.parametrize(
    "code", ["", "x", "x" * 43, "ABC12", "ABC1234", None, 5, ["ABCDEF"], "\ud800" * 43, "A" * 10_000]
)
def test_wrong_codes_are_refused(client: CarefulClient, code: object) -> None:
    response = enrol(client, code)

    assert response.status_code in {404, 422}
    assert response.content_type == "application/problem+json"


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[CarefulClient]:
    """A phone at an application that counts tries."""
    with counting(tmp_path) as client:
        yield client


def test_wrong_codes_lock_the_address_out(limited: CarefulClient) -> None:
    link = factories.gate_link(factories.gate(factories.edition()))

    codes = [enrol(limited, "ABCDEF").status_code for _ in range(20)]
    right = enrol(limited, link.token)

    assert codes == [404] * 20
    assert problem(right) == (429, "/problems/http-429")
    assert int(right.headers["Retry-After"]) > 0


def test_looking_gives_nobody_more_tries(limited: CarefulClient) -> None:
    codes = [ask(limited, "ABCDEF").status_code for _ in range(10) for ask in (look, enrol)]

    assert codes == [404] * 20
    assert look(limited, "ABCDEF").status_code == enrol(limited, "ABCDEF").status_code == 429


def test_a_lock_out_stands_in_the_audit_once(limited: CarefulClient, caplog: pytest.LogCaptureFixture) -> None:
    codes = [enrol(limited, "ABCDEF").status_code for _ in range(60)]

    assert codes.count(429) == 40
    noted = db.session.execute(select(AuditEntry.actor, AuditEntry.subject_kind, AuditEntry.subject_code, AuditEntry.detail).where(AuditEntry.act == "gate.locked_out")).all()  # fmt: skip
    assert noted == [("device", "gate_link", "", "20 per 1 minute")]
    assert [record.getMessage() for record in caplog.records if "locked out" in record.getMessage()] == [
        "wrong codes for phones: 127.0.0.1 is locked out (20 per 1 minute)"
    ]


def test_an_ipv6_network_is_locked_out_as_one(limited: CarefulClient) -> None:
    def tried(address: str) -> int:
        answer = limited.post(f"{API}/enrol", json={"code": "ABCDEF"}, environ_overrides={"REMOTE_ADDR": address})
        return answer.status_code

    assert [tried(f"2001:db8:0:1::{n:x}") for n in range(1, 22)] == [404] * 20 + [429]
    assert tried("2001:db8:0:2::1") == 404
    assert [tried(f"::ffff:192.0.2.{n}") for n in range(1, 22)] == [404] * 21
    assert [tried(address) for address in ["192.0.2.1"] * 19 + ["::ffff:192.0.2.1"]] == [404] * 19 + [429]


def test_a_full_link_locks_nobody_out(limited: CarefulClient) -> None:
    link = factories.gate_link(factories.gate(factories.edition()), most_devices=1)

    codes = [enrol(limited, link.token).status_code for _ in range(25)]

    assert codes == [201] + [409] * 24


def test_right_codes_lock_nobody_out(limited: CarefulClient) -> None:
    link = factories.gate_link(factories.gate(factories.edition()), most_devices=30)

    codes = {enrol(limited, link.token).status_code for _ in range(25)}

    assert codes == {201}
