"""What became known since a cursor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from eventsys.gate import answers
from eventsys.passes import actions as pass_actions
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

MINUTE = timedelta(minutes=1)


def test_changes_tell_who_is_in_who_left_and_who_is_revoked(client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    north, south = factories.gate(edition, code="N"), factories.gate(edition, code="S")
    stays, leaves, lost = factories.passes(edition, count=3)
    phone, other = Phone(client, factories.device(north).token), Phone(client, factories.device(south).token)
    empty = phone.changes()
    other.send([factories.scan(pass_id=stays.pass_id), factories.scan(pass_id=leaves.pass_id)])
    first = phone.changes(empty["cursor"])

    other.send([factories.scan(at=OPEN + MINUTE, pass_id=leaves.pass_id, direction="out")], at=OPEN + MINUTE)
    pass_actions.revoke(lost, reason="lost", by=factories.BY, now=OPEN)
    session.commit()
    second = phone.changes(first["cursor"])

    at = "2026-08-29T07:30:00.000Z"
    assert (empty["revoked"], empty["admitted"], empty["more"]) == ([], [], False)
    assert sorted(first["admitted"], key=str) == sorted(
        [{"pass_id": issued.pass_id, "day": 1, "at": at, "gate": "S", "inside": True} for issued in (stays, leaves)],
        key=str,
    )
    assert second["revoked"] == [lost.pass_id]
    assert second["admitted"] == [
        {"pass_id": leaves.pass_id, "day": 1, "at": "2026-08-29T07:31:00.000Z", "gate": "S", "inside": False}
    ]
    assert phone.changes(second["cursor"])["admitted"] == []
    assert {row["pass_id"]: row["inside"] for row in phone.changes()["admitted"]} == {
        stays.pass_id: True,
        leaves.pass_id: False,
    }


def test_changes_come_in_pages_that_miss_nothing(client: CarefulClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_CHANGES", 2)
    edition = factories.edition()
    issued = factories.passes(edition, count=5)
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    phone.send([factories.scan(pass_id=each.pass_id) for each in issued])

    pages = [phone.changes()]
    while pages[-1]["more"]:
        pages.append(phone.changes(pages[-1]["cursor"]))

    assert [len(page["admitted"]) for page in pages] == [2, 2, 1]
    assert {row["pass_id"] for page in pages for row in page["admitted"]} == {each.pass_id for each in issued}


def test_nothing_is_told_of_another_edition(client: CarefulClient) -> None:
    other = factories.edition()
    [foreign] = factories.passes(other)
    Phone(client, factories.device(factories.gate(other)).token).send([factories.scan(pass_id=foreign.pass_id)])
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    assert phone.changes()["admitted"] == []


@pytest.mark.parametrize("cursor", ["x", "1", "1.", "-1.0", "1.2.3", "9" * 30 + ".0", "1.٣"])
def test_what_is_no_cursor_is_refused(client: CarefulClient, cursor: str) -> None:
    response = Phone(client, factories.device(factories.gate(factories.edition())).token).get(
        f"changes?cursor={cursor}"
    )

    assert (response.status_code, response.get_json()["type"]) == (400, "/problems/cursor_malformed")
