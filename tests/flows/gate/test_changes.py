"""What became known since a cursor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from eventsys.gate import actions, answers
from eventsys.gate.rules.devices import DeviceRole
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


class Street:
    """Two gates with a phone each, one of them a supervisor's, and one pass."""

    def __init__(self, client: CarefulClient) -> None:
        self.edition = factories.edition()
        north, south = factories.gate(self.edition, code="N"), factories.gate(self.edition, code="S")
        [self.visitor] = factories.passes(self.edition)
        self.supervisor = Phone(client, factories.device(north, role=DeviceRole.SUPERVISE).token)
        self.other = Phone(client, factories.device(south).token)
        self.cursor = self.other.changes()["cursor"]

    def scan(self, **said: Any) -> dict[str, Any]:
        return factories.scan(pass_id=self.visitor.pass_id, **said)

    def take_back(self, scan: dict[str, Any], *, at: datetime = OPEN) -> None:
        [told] = self.supervisor.send([factories.scan(at=at, voids=scan["scan_id"])], at=at)
        assert told["status"] == "stored"

    def news(self) -> dict[str, Any]:
        told = self.other.changes(self.cursor)
        self.cursor = told["cursor"]
        return told

    def back(self, scan: dict[str, Any], *, admitted: bool) -> dict[str, Any]:
        return {"scan_id": scan["scan_id"], "pass_id": self.visitor.pass_id, "day": 1, "admitted": admitted}


@pytest.fixture
def street(client: CarefulClient) -> Iterator[Street]:
    made = Street(client)
    yield made
    assert actions.rebuild(made.edition, is_check=True) == []


def test_what_was_taken_back_is_told_once_to_phones_that_come_later(street: Street) -> None:
    entry = street.scan()
    street.supervisor.send([entry])
    assert [row["inside"] for row in street.news()["admitted"]] == [True]

    street.take_back(entry)

    told, again = street.news(), street.news()
    assert (told["taken_back"], told["admitted"]) == ([street.back(entry, admitted=False)], [])
    assert (again["taken_back"], again["more"]) == ([], False)
    assert street.other.changes()["taken_back"] == told["taken_back"]


def test_who_comes_in_again_after_it_was_taken_back_is_told_as_in(street: Street) -> None:
    entry = street.scan()
    street.supervisor.send([entry])
    street.take_back(entry)
    [again] = street.other.send([street.scan(at=OPEN + MINUTE)], at=OPEN + MINUTE)

    told = street.news()

    assert again["verdict"] == "admitted"
    assert [row["gate"] for row in told["admitted"]] == ["S"]
    assert told["taken_back"] == [street.back(entry, admitted=True)]


def test_an_exit_taken_back_leaves_the_bearer_inside(street: Street) -> None:
    leaving = street.scan(at=OPEN + MINUTE, direction="out")
    street.supervisor.send([street.scan(), leaving], at=OPEN + MINUTE)
    assert [row["inside"] for row in street.news()["admitted"]] == [False]

    street.take_back(leaving, at=OPEN + MINUTE)

    told = street.news()
    assert [row["inside"] for row in told["admitted"]] == [True]
    assert told["taken_back"] == [street.back(leaving, admitted=True)]


def test_what_was_taken_back_before_it_arrived_is_told_when_it_arrives(street: Street) -> None:
    entry = street.scan()
    street.take_back(entry)
    assert street.news()["taken_back"] == []

    street.supervisor.send([entry])
    street.supervisor.send([entry])

    assert street.news()["taken_back"] == [street.back(entry, admitted=False)]


def test_a_count_taken_back_and_a_second_void_are_no_news(street: Street) -> None:
    entry, tally = street.scan(), factories.scan(tally=2)
    street.supervisor.send([entry, tally])
    for scan in (tally, entry, entry):
        street.take_back(scan)

    assert street.news()["taken_back"] == [street.back(entry, admitted=False)]
    assert street.news()["taken_back"] == []


def test_scans_taken_back_come_in_pages_too(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_CHANGES", 2)
    entries = [street.scan(at=OPEN + n * MINUTE) for n in range(5)]
    street.supervisor.send(entries, at=OPEN + 5 * MINUTE)
    street.supervisor.send([factories.scan(at=OPEN, voids=scan["scan_id"]) for scan in entries], at=OPEN + 5 * MINUTE)

    pages = [street.news()]
    while pages[-1]["more"]:
        pages.append(street.news())

    told = [row["scan_id"] for page in pages for row in page["taken_back"]]
    assert [len(page["taken_back"]) for page in pages] == [2, 2, 1]
    assert sorted(told) == sorted(scan["scan_id"] for scan in entries)


def test_a_cursor_from_before_there_was_news_of_this_kind_is_told_everything(street: Street) -> None:
    entry = street.scan()
    street.supervisor.send([entry])
    street.take_back(entry)

    assert street.other.changes("0.9")["taken_back"] == [street.back(entry, admitted=False)]


def test_nothing_is_told_of_another_edition(client: CarefulClient) -> None:
    other = factories.edition()
    [foreign] = factories.passes(other)
    Phone(client, factories.device(factories.gate(other)).token).send([factories.scan(pass_id=foreign.pass_id)])
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    assert phone.changes()["admitted"] == []


@pytest.mark.parametrize("cursor", ["x", "1", "1.", "-1.0", "1.2.3.4", "9" * 30 + ".0", "1.٣"])
def test_what_is_no_cursor_is_refused(client: CarefulClient, cursor: str) -> None:
    response = Phone(client, factories.device(factories.gate(factories.edition())).token).get(
        f"changes?cursor={cursor}"
    )

    assert (response.status_code, response.get_json()["type"]) == (400, "/problems/cursor_malformed")
