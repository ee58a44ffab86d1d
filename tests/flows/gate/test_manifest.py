"""What a phone needs to decide by itself: days, keys, words; and who may not ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from eventsys.gate import actions
from eventsys.gate.rules.verdicts import Verdict
from eventsys.passes import actions as pass_actions
from eventsys.passes.rules.codec import Outcome, parse
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import API, Phone


def test_manifest_holds_what_a_phone_decides_from(client: CarefulClient) -> None:
    edition = factories.edition()
    [issued] = factories.passes(edition)
    enrolled = factories.device(factories.gate(edition, code="N"))
    factories.gate(edition, code="S", name={"en": "South gate"})

    told = Phone(client, enrolled.token).get("manifest?language=en").get_json()

    assert told["days"] == [
        {
            "number": 1,
            "name": "Saturday 29 August 2026",
            "opens_at": "2026-08-29T07:00:00.000Z",
            "closes_at": "2026-08-29T18:00:00.000Z",
            "window_from": "2026-08-29T07:00:00.000Z",
            "window_until": "2026-08-30T07:00:00.000Z",
        },
        {
            "number": 2,
            "name": "Sunday 30 August 2026",
            "opens_at": "2026-08-30T07:00:00.000Z",
            "closes_at": "2026-08-30T18:00:00.000Z",
            "window_from": "2026-08-30T07:00:00.000Z",
            "window_until": "2026-08-31T07:00:00.000Z",
        },
    ]
    assert told["gate"] == {
        "code": "N",
        "name": "North gate",
        "kinds": [1, 2, 3, 4],
        "rules": [],
        "let_in_on_cannot_decide": True,
    }
    assert told["gates"] == {"N": "North gate", "S": "South gate"}
    assert told["device"]["code"] == enrolled.device.code
    assert set(told["verdicts"]) == {verdict.value for verdict in Verdict}
    assert told["server_time"] == "2026-08-29T07:30:00.000Z"
    live = {int(key): bytes.fromhex(digits) for key, digits in told["keys"].items()}
    training = {int(key): bytes.fromhex(digits) for key, digits in told["training"]["keys"].items()}
    assert parse(issued.text, live).outcome is Outcome.OK
    assert parse(told["training"]["pass"], training).outcome is Outcome.OK
    assert parse(told["training"]["pass"], live).outcome is Outcome.UNKNOWN_KEY


def test_manifest_speaks_the_language_asked_for(client: CarefulClient) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    assert phone.get("manifest?language=da").get_json()["gate"]["name"] == "Nordporten"
    wrong = phone.get("manifest?language=xx")
    assert (wrong.status_code, wrong.get_json()["errors"][0]["field"]) == (422, "query.language")


def test_entity_tag_changes_with_the_content_alone(client: CarefulClient, session: Session) -> None:
    factories.passes(edition := factories.edition())
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    first = phone.get("manifest")

    later = phone.get("manifest", at=OPEN + timedelta(minutes=5), **{"If-None-Match": first.headers["ETag"]})
    pass_actions.rotate_keys(by=factories.BY, now=OPEN)
    session.commit()
    changed = phone.get("manifest", **{"If-None-Match": first.headers["ETag"]})

    assert (later.status_code, later.data) == (304, b"")
    assert changed.status_code == 200
    assert len(changed.get_json()["keys"]) == len(first.get_json()["keys"]) + 1


def test_vehicles_are_told_by_pitch_and_sort_alone(client: CarefulClient) -> None:
    edition = factories.edition()
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    assert phone.get("manifest").get_json()["arrivals"] == []
    kor = factories.comes_by_vehicle(edition, name="Københavns Kor", email="kor@example.org")

    answer = phone.get("manifest")

    told = answer.get_json()["arrivals"]
    assert told == [
        {"pitches": ["A1"], "vehicle": "van", "from": "2026-08-29T04:00:00.000Z", "until": "2026-08-29T04:15:00.000Z"},
        {"pitches": ["A1"], "vehicle": "van", "from": "2026-08-30T04:00:00.000Z", "until": "2026-08-30T04:15:00.000Z"},
    ]
    for personal in (kor.organisation.name, kor.email, kor.reference, kor.code):
        assert personal not in answer.text


def test_vehicles_are_told_once_the_plan_counts(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.comes_by_vehicle(edition, is_published=False)
    phone = Phone(client, factories.device(factories.gate(edition)).token)

    assert phone.get("manifest").get_json()["arrivals"] == []


@pytest.mark.parametrize("path", ["manifest", "changes", "status"])
def test_only_a_phone_in_its_hours_may_ask(client: CarefulClient, session: Session, path: str) -> None:
    enrolled = factories.device(factories.gate(factories.edition()))
    phone, stranger = Phone(client, enrolled.token), Phone(client, "x" * 43)

    without = client.get(f"{API}/{path}")
    unknown = stranger.get(path)
    over = phone.get(path, at=enrolled.device.valid_until)
    actions.revoke_device(enrolled.device, by=factories.BY, now=OPEN)
    session.commit()
    revoked = phone.get(path)

    answers = [without, unknown, over, revoked]
    assert [(answer.status_code, answer.get_json()["type"]) for answer in answers] == [
        (401, "/problems/device_unknown"),
        (401, "/problems/device_unknown"),
        (401, "/problems/device_expired"),
        (403, "/problems/device_revoked"),
    ]
    assert without.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_server_notes_when_a_phone_was_there(client: CarefulClient, session: Session) -> None:
    enrolled = factories.device(factories.gate(factories.edition()))
    phone = Phone(client, enrolled.token)

    phone.get("status", at=OPEN + timedelta(seconds=29))
    seen_early = enrolled.device.last_seen_at
    phone.get("status", at=OPEN + timedelta(seconds=31))

    assert seen_early == OPEN
    assert enrolled.device.last_seen_at == OPEN + timedelta(seconds=31)
