"""The file of a phone that could not send: an organiser takes it in, each scan once, and only as the phone saved it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from eventsys.accounts.rules import Role
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.base.ids import hash_of
from eventsys.editions.models import Edition
from eventsys.gate import actions
from eventsys.gate.importing import MOST_IN_FILE, proof_of
from eventsys.gate.models import Scan
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

HOUR = timedelta(hours=1)


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose supervisor is signed in and reads English."""
    edition = factories.edition()
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))
    client.get("/language/en")
    return edition


def file_of(device: str, token: str, scans: list[Any], **more: Any) -> bytes:
    """The file as the scanner writes it."""
    proof = proof_of(scans, hash_of(token))
    said = {"format": "eventsys-scans-1", "device": device, "exported_at": "2026-08-29T12:00:00Z", "proof": proof}
    return json.dumps({**said, "scans": scans, **more}).encode()


def bring(client: CarefulClient, edition: Edition, content: bytes | None) -> TestResponse:
    data = {} if content is None else {"file": (BytesIO(content), "scans-K7QM.json")}
    address = f"/organise/{edition.slug}/gate/import"
    with clock.standing_at(OPEN + 5 * HOUR):
        assert client.get(address).status_code == 200
        return client.post(address, data=data, content_type="multipart/form-data")


def in_log(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Scan)) or 0


def test_scans_of_a_file_are_in_the_log_as_if_the_phone_had_sent_them(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    [visitor] = factories.passes(edition)
    enrolled = factories.device(factories.gate(edition, code="N"))
    phone = Phone(client, enrolled.token)
    scans = [factories.scan(tally=3), factories.scan(pass_id=visitor.pass_id), {**factories.scan(), "entry": "dream"}]
    phone.send(scans[:1])

    page = bring(client, edition, file_of(enrolled.device.code, enrolled.token, scans)).text

    assert "The file is taken in." in page
    assert "Scans that can't be taken in" in page
    assert "A scan could not be read." in page
    assert in_log(session) == 2
    row = session.get_one(Scan, scans[1]["scan_id"])
    assert (row.device_id, row.received_at, row.pass_id) == (enrolled.device.id, OPEN + 5 * HOUR, visitor.pass_id)
    assert enrolled.device.last_seen_at == OPEN, "the phone was not there"
    assert actions.rebuild(edition, is_check=True) == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.scans_imported")).one()
    assert (entry.subject_code, entry.detail) == (enrolled.device.code, "1 of 3")


def test_a_file_twice_and_the_phone_afterwards_change_nothing(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    enrolled = factories.device(factories.gate(edition))
    scans = [factories.scan(tally=3), {**factories.scan(tally=4), "refused": "scan_malformed"}]
    content = file_of(enrolled.device.code, enrolled.token, scans)

    bring(client, edition, content)
    assert "Another file" in bring(client, edition, content).text
    results = Phone(client, enrolled.token).send(scans, at=OPEN + 6 * HOUR)

    assert [result["status"] for result in results] == ["known", "known"]
    assert in_log(session) == 2


def test_a_long_file_is_taken_in_whole(client: CarefulClient, session: Session, edition: Edition) -> None:
    enrolled = factories.device(factories.gate(edition))
    scans = [factories.scan(number=1_000_000 + number) for number in range(1_200)]

    bring(client, edition, file_of(enrolled.device.code, enrolled.token, scans))

    assert in_log(session) == 1_200


def test_a_file_that_somebody_changed_is_not_taken_in(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    enrolled = factories.device(factories.gate(edition))
    said = json.loads(file_of(enrolled.device.code, enrolled.token, [factories.scan(tally=3)]))
    said["scans"][0]["tally"] = 300

    response = bring(client, edition, json.dumps(said).encode())

    assert (response.status_code, in_log(session)) == (422, 0)
    assert "was changed after the phone saved it" in response.text


def test_a_phone_of_another_edition_is_told_apart(client: CarefulClient, session: Session, edition: Edition) -> None:
    other = factories.device(factories.gate(factories.edition()))

    response = bring(client, edition, file_of(other.device.code, other.token, [factories.scan()]))

    assert (response.status_code, in_log(session)) == (422, 0)
    assert "of no phone that scanned for this edition" in response.text


@pytest.mark.parametrize(
    "content",
    [
        None, b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000, b'{"format": "eventsys-scans-1"}',
        b'{"format": "eventsys-scans-1", "device": "K7QM", "proof": 7, "scans": []}',
        b'{"format": "eventsys-scans-1", "device": "K7QM", "proof": "\\u00e6", "scans": []}',
        b'{"format": "eventsys-scans-1", "proof": "ab", "scans": []}',
        b'{"format": "eventsys-scans-2", "device": "K7QM", "proof": "ab", "scans": []}',
        json.dumps({"format": "eventsys-scans-1", "device": "K", "proof": "a", "scans": [0] * (MOST_IN_FILE + 1)}).encode(),
    ],
)  # fmt: skip
def test_any_other_file_is_refused_in_words(
    client: CarefulClient, session: Session, edition: Edition, content: bytes | None
) -> None:
    response = bring(client, edition, content)

    assert (response.status_code, in_log(session)) == (422, 0)
    assert "This is no file that a scanner has saved." in response.text


def test_scans_that_are_anything_are_refused_one_by_one(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    enrolled = factories.device(factories.gate(edition))
    scans = [None, 7, "\ud800", [], {"scan_id": "x" * 200}, factories.scan()]

    response = bring(client, edition, file_of(enrolled.device.code, enrolled.token, scans))

    assert (response.status_code, in_log(session)) == (200, 1)
