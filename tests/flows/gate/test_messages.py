"""Messages to the phones at the gates: written, asked about, sent, read, taken back; what phones say of them, each once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.base.ids import new_code
from eventsys.editions.models import Edition, Gate
from eventsys.gate import actions as gate_actions
from eventsys.gate import messages, messages_shown
from eventsys.gate.messages import MessageSaid
from eventsys.gate.models import GateMessage, GateMessageReceipt
from eventsys.gate.rules.messages import STANDS_FOR
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import API, Phone

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose supervisor is signed in and reads English."""
    edition = factories.edition()
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))
    client.get("/language/en")
    return edition


@pytest.fixture
def north(edition: Edition) -> Gate:
    return factories.gate(edition, code="N")


def sent(session: Session, edition: Edition, text: str = "Close gate 3", *, gate: str = "", at: datetime = OPEN) -> str:
    """A message that went out; its code."""
    message = messages.send(edition, MessageSaid(text, gate, new_code()), by=factories.BY, now=at)
    session.commit()
    return message.code


def told(phone: Phone, *, at: datetime = OPEN) -> list[str]:
    """What a phone shows."""
    return [message["text"] for message in phone.get("changes", at=at).get_json()["messages"]]


def say(phone: Phone, *receipts: tuple[str, str], at: datetime = OPEN, moment: datetime = OPEN) -> list[dict[str, Any]]:
    """Let a phone say something of messages; the server's results."""
    body = [{"message": code, "kind": kind, "at": moment.isoformat()} for code, kind in receipts]
    with clock.standing_at(at):
        answer = phone.client.post(f"{API}/receipts", json={"receipts": body}, headers=phone.headers)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.get_json()["results"]
    return results


def page_of(client: CarefulClient, edition: Edition, *, at: datetime = OPEN) -> str:
    with clock.standing_at(at):
        return client.get(f"/organise/{edition.slug}/gate/messages").text


def post(client: CarefulClient, edition: Edition, *, at: datetime = OPEN, **said: str) -> Any:
    with clock.standing_at(at):
        return client.post(f"/organise/{edition.slug}/gate/messages", data={"text": "", "gate": "*", **said})


def code_in(page: str) -> str:
    found = re.search(r'name="code" value="(\w{8})"', page)
    assert found
    return found[1]


def test_a_message_is_asked_about_and_goes_out_once(client: CarefulClient, edition: Edition, north: Gate) -> None:
    phone = Phone(client, factories.device(north).token)

    asked = post(client, edition, text=" Close   gate 3 ", gate="*")
    nothing_yet = told(phone)
    said = {"text": "Close gate 3", "code": code_in(asked.text)}
    answers = [post(client, edition, **said).status_code for _press in range(2)]

    assert (asked.status_code, "Close gate 3" in asked.text, "1 phone is in use there now" in asked.text) == (
        200,
        True,
        True,
    )
    assert (nothing_yet, answers, told(phone)) == ([], [302, 302], ["Close gate 3"])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": "   "}, "Write what the phones shall show."),
        ({"text": "x" * 161}, "This is too long"),
        ({"text": "Close", "gate": "X"}, "Not a valid choice"),
        ({"text": "Close", "code": "not a code"}, "Invalid input"),
    ],
)
def test_what_can_not_go_out_is_said(
    client: CarefulClient, session: Session, edition: Edition, north: Gate, said: dict[str, str], sentence: str
) -> None:
    answer = post(client, edition, **said)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert session.scalars(select(GateMessage)).all() == []


def test_a_message_reaches_the_phones_of_its_gate_alone(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    south, elsewhere = factories.gate(edition, code="S"), factories.gate(factories.edition(), code="N")
    phones = {
        name: Phone(client, factories.device(gate).token)
        for name, gate in (("N", north), ("S", south), ("", elsewhere))
    }
    sent(session, edition, "To all")
    sent(session, edition, "To north", gate="N", at=OPEN + MINUTE)

    shown = {name: told(phone, at=OPEN + MINUTE) for name, phone in phones.items()}

    assert shown == {"N": ["To all", "To north"], "S": ["To all"], "": []}
    assert told(Phone(client, factories.device(north).token), at=OPEN + 2 * MINUTE) == ["To all", "To north"]


def test_what_is_old_is_shown_no_longer(client: CarefulClient, session: Session, edition: Edition, north: Gate) -> None:
    phone = Phone(client, factories.device(north, valid_until=OPEN + timedelta(days=2)).token)
    sent(session, edition)

    assert told(phone, at=OPEN + STANDS_FOR - MINUTE) == ["Close gate 3"]
    assert told(phone, at=OPEN + STANDS_FOR) == []
    assert "no longer shown" in page_of(client, edition, at=OPEN + STANDS_FOR)


def test_a_message_is_taken_back_once(client: CarefulClient, session: Session, edition: Edition, north: Gate) -> None:
    phone, code = Phone(client, factories.device(north).token), sent(session, edition)
    address = f"/organise/{edition.slug}/gate/messages/{code}/retract"
    before = told(phone)
    with clock.standing_at(OPEN + MINUTE):
        client.get(address)
        first, second = (client.post(address, follow_redirects=True).text for _press in range(2))

    assert (before, told(phone, at=OPEN + MINUTE)) == (["Close gate 3"], [])
    assert ("Taken back." in first, "was taken back already" in second) == (True, True)
    assert "taken back 29 Aug 2026 09:31" in page_of(client, edition, at=OPEN + MINUTE)
    assert client.post(f"/organise/{factories.edition().slug}/gate/messages/{code}/retract").status_code == 403


def test_a_message_of_another_edition_is_not_found(client: CarefulClient, session: Session, edition: Edition) -> None:
    code = sent(session, factories.edition())

    assert client.post(f"/organise/{edition.slug}/gate/messages/{code}/retract").status_code == 404


def test_each_thing_that_a_phone_says_is_kept_once(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    phone, code = Phone(client, factories.device(north).token), sent(session, edition)

    first = say(phone, (code, "received"), (code, "received"), at=OPEN + 2 * MINUTE, moment=OPEN + MINUTE)
    again = say(phone, (code, "received"), (code, "acknowledged"), at=OPEN + 9 * MINUTE, moment=OPEN + 8 * MINUTE)

    assert [result["status"] for result in first + again] == ["stored", "known", "known", "stored"]
    kept = session.scalars(select(GateMessageReceipt).order_by(GateMessageReceipt.at)).all()
    assert [(one.kind.value, one.at) for one in kept] == [
        ("received", OPEN + MINUTE),
        ("acknowledged", OPEN + 8 * MINUTE),
    ]


def test_a_phone_with_a_wrong_clock_reads_nothing_before_it_is_written(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    phone, code = Phone(client, factories.device(north).token), sent(session, edition)

    say(phone, (code, "received"), at=OPEN + MINUTE, moment=OPEN - timedelta(hours=26))
    say(phone, (code, "acknowledged"), at=OPEN + MINUTE, moment=OPEN + timedelta(hours=26))

    assert [one.at for one in session.scalars(select(GateMessageReceipt).order_by(GateMessageReceipt.at))] == [
        OPEN,
        OPEN + MINUTE,
    ]


def test_a_receipt_of_a_message_to_somebody_else_is_refused_alone(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    phone, mine = Phone(client, factories.device(north).token), sent(session, edition)
    factories.gate(edition, code="S")
    others = [sent(session, edition, gate="S"), sent(session, factories.edition()), "NOSUCHXX"]

    results = say(phone, *((code, "received") for code in (*others, mine)))

    assert [(result["status"], result["reason"]) for result in results] == [
        *[("refused", "message_unknown")] * 3,
        ("stored", None),
    ]


@pytest.mark.parametrize(
    "receipt",
    [
        {"message": "K7QM2PXD", "kind": "eaten", "at": OPEN.isoformat()},
        {"message": "K7QM2PXD", "kind": "received", "at": "noon"},
        {"message": "K7QM2PXD", "kind": "received", "at": "2026-08-29T07:30:00"},
        {"message": "", "kind": "received", "at": OPEN.isoformat()},
        {"message": "K7QM\x002PX", "kind": "received", "at": OPEN.isoformat()},
        {"message": "K7QM\ud8002PX", "kind": "received", "at": OPEN.isoformat()},
        {"kind": "received", "at": OPEN.isoformat()},
        None,
    ],
)
def test_what_is_no_receipt_is_refused_and_nothing_is_kept(
    client: CarefulClient, session: Session, edition: Edition, north: Gate, receipt: Any
) -> None:
    phone, code = Phone(client, factories.device(north).token), sent(session, edition)
    good = {"message": code, "kind": "received", "at": OPEN.isoformat()}
    with clock.standing_at(OPEN):
        answer = client.post(f"{API}/receipts", json={"receipts": [good, receipt]}, headers=phone.headers)

    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["errors"][0]["field"].startswith("json.receipts.1")
    assert session.scalars(select(GateMessageReceipt)).all() == []


def test_a_phone_that_was_signed_out_may_still_say_that_it_was_read(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    enrolled, code = factories.device(north), sent(session, edition)
    gate_actions.revoke_device(enrolled.device, by=factories.BY, now=OPEN + MINUTE)
    session.commit()

    [result] = say(Phone(client, enrolled.token), (code, "acknowledged"), at=OPEN + 2 * MINUTE)

    assert result["status"] == "stored"


def test_the_history_says_at_which_phones_it_is_and_was_read(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    phones = [factories.device(north) for _ in range(4)]
    late, gone = factories.device(north, valid_from=OPEN, now=OPEN), phones.pop()
    code = sent(session, edition, at=OPEN + MINUTE)
    reader, holder, _silent = (Phone(client, one.token) for one in phones)
    say(reader, (code, "received"), (code, "acknowledged"), at=OPEN + 2 * MINUTE, moment=OPEN + 2 * MINUTE)
    say(holder, (code, "received"), at=OPEN + 2 * MINUTE, moment=OPEN + 2 * MINUTE)
    gate_actions.revoke_device(gone.device, by=factories.BY, now=OPEN + 2 * MINUTE)
    session.commit()

    [shown] = messages_shown.history(edition, now=OPEN + 3 * MINUTE)
    page = page_of(client, edition, at=OPEN + 3 * MINUTE)

    assert (shown.acknowledged, shown.received, len(shown.phones)) == (1, 2, 5)
    assert {phone.device.code: phone.is_gone for phone in shown.phones} == {
        **{one.device.code: False for one in (*phones, late)},
        gone.device.code: True,
    }
    assert "Acknowledged at 1 of 5 phones, received by 2" in page
    assert [page.count(f"</svg>{word}</span>") for word in ("acknowledged", "received", "not yet", "no longer there")] == [
        1, 1, 2, 1,
    ]  # fmt: skip


def test_the_trail_says_that_a_message_was_sent_and_not_what(
    client: CarefulClient, session: Session, edition: Edition, north: Gate
) -> None:
    code = code_in(post(client, edition, text="Close gate 3", gate="N").text)
    post(client, edition, text="Close gate 3", gate="N", code=code)
    client.post(f"/organise/{edition.slug}/gate/messages/{code}/retract")

    trail = session.scalars(select(AuditEntry).where(AuditEntry.subject_code == code).order_by(AuditEntry.id)).all()

    assert [(one.act, one.detail) for one in trail] == [("gate.message_sent", "N"), ("gate.message_retracted", "")]
    assert {one.actor.partition(":")[0] for one in trail} == {"user"}
