"""POST scans: every scan in the log exactly once, each answered, whatever is sent and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventsys.base import clock
from eventsys.gate import actions, queries
from eventsys.gate.models import Device, Scan
from eventsys.gate.rules.devices import DeviceRole
from eventsys.passes import actions as pass_actions
from eventsys.passes.rules.codec import PassKind
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

MINUTE = timedelta(minutes=1)


def in_log(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Scan)) or 0


def test_scans_are_stored_judged_and_counted(client: CarefulClient) -> None:
    edition = factories.edition(capacity=5000)
    gate = factories.gate(edition)
    [visitor] = factories.passes(edition, count=1)
    phone = Phone(client, factories.device(gate).token)

    results = phone.send([
        factories.scan(pass_id=visitor.pass_id),
        factories.scan(at=OPEN + MINUTE, pass_id=visitor.pass_id),
        factories.scan(pass_id="00000000000000aa"),
        factories.scan(code_hash="ab" * 32),
        factories.scan(tally=5),
        factories.scan(tally=2, direction="out"),
    ], at=OPEN + 5 * MINUTE)  # fmt: skip

    assert [(result["status"], result["verdict"]) for result in results] == [
        ("stored", "admitted"),
        ("stored", "already_admitted"),
        ("stored", "unknown_pass"),
        ("stored", "unreadable"),
        ("stored", None),
        ("stored", None),
    ]
    status = phone.get("status").get_json()
    assert status["gate"] == {"admitted": 1, "tallied_in": 5, "tallied_out": 2}
    assert status["edition"] == {"visits_today": 6, "inside_now": 4, "capacity": 5000}


def test_sending_again_changes_nothing_and_answers_the_same(client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    batch = [factories.scan(pass_id=visitor.pass_id), factories.scan(tally=3)]
    first = phone.send(batch)

    again = phone.send([*batch, *batch])

    assert [result["status"] for result in again] == ["known"] * 4
    assert [result["verdict"] for result in again[:2]] == [result["verdict"] for result in first]
    assert in_log(session) == 2
    assert queries.visits(edition).by_day == {1: 4}


def test_a_scan_twice_in_one_batch_is_stored_once(client: CarefulClient, session: Session) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)
    scan = factories.scan(tally=3)

    results = phone.send([scan, scan])

    assert [result["status"] for result in results] == ["stored", "known"]
    assert in_log(session) == 1


@pytest.mark.parametrize("where", ["in one batch", "in another batch", "from another edition"])
def test_another_scan_under_a_taken_id_is_refused(client: CarefulClient, session: Session, where: str) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)
    first, other = factories.scan(number=7, tally=3), factories.scan(number=7, tally=4)
    if where == "in one batch":
        refused = phone.send([first, other])[1]
    else:
        phone.send([first])
        if where == "from another edition":
            phone = Phone(client, factories.device(factories.gate(factories.edition())).token)
            other = first
        [refused] = phone.send([other])

    assert (refused["status"], refused["reason"]) == ("refused", "scan_id_taken")
    assert in_log(session) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scan_id", "1"),
        ("scan_id", "0198f0aa-0000-4000-8000-000000000001"),
        ("scan_id", None),
        ("direction", "up"),
        ("pass_id", "0000000000000000"),
        ("pass_id", "AB" * 8),
        ("code_hash", "abc"),
        ("tally", 0),
        ("tally", True),
        ("tally", 1.5),
        ("tally", 10**20),
        ("voids", "nonsense"),
        ("captured_at", "2026-08-29T07:30:00"),
        ("captured_at", "0001-01-01T00:00:00+14:00"),
        ("captured_at", 5),
        ("clock_offset_ms", "0"),
        ("clock_offset_ms", 10**14),
        ("clock_doubt_ms", -1),
        ("phone_verdict", "welcome"),
        ("let_in", "yes"),
        ("let_in", None),
        ("entry", "nose"),
    ],
)
def test_a_malformed_scan_is_refused_alone(client: CarefulClient, session: Session, field: str, value: object) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    named = {} if field in {"pass_id", "code_hash", "voids"} else {"tally": 1}
    refused, stored = phone.send([factories.scan() | {"tally": None} | named | {field: value}, factories.scan()])

    assert (refused["status"], refused["reason"], refused["field"]) == ("refused", "scan_malformed", field)
    assert stored["status"] == "stored"
    assert in_log(session) == 1


def test_a_whole_number_may_be_written_with_a_point(client: CarefulClient, session: Session) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    response = phone.post({"queued": 7.0, "scans": [factories.scan(tally=3.0, clock_offset_ms=-5.0)]})

    assert [result["status"] for result in response.get_json()["results"]] == ["stored"]
    assert session.execute(select(Scan.tally, Scan.clock_offset_ms)).one() == (3, -5)
    assert session.scalar(select(Device.queued)) == 7


@pytest.mark.parametrize("scan", [None, [], "scan", 7, {}])
def test_what_is_no_scan_is_refused_alone(client: CarefulClient, scan: object) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    refused, stored = phone.send([scan, factories.scan()])

    assert (refused["scan_id"], refused["status"]) == (None, "refused")
    assert stored["status"] == "stored"


def test_a_scan_that_names_two_things_or_none_is_refused(client: CarefulClient) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    results = phone.send([factories.scan(tally=None), factories.scan(tally=1, pass_id="ab" * 8)])

    assert [result["field"] for result in results] == ["pass_id,code_hash,tally,voids"] * 2


def test_a_broken_request_stores_nothing(client: CarefulClient, session: Session) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    too_many = phone.post({"scans": [factories.scan() for _ in range(501)]})
    wrong_clock = phone.post({"sent_at": "noon", "scans": [factories.scan()]})
    no_list = phone.post({"scans": factories.scan()})
    wrong_queue = phone.post({"queued": -1, "scans": [factories.scan()]})

    answers = (too_many, wrong_clock, no_list, wrong_queue)
    assert [response.status_code for response in answers] == [422, 422, 422, 422]
    assert [error["field"] for error in wrong_queue.get_json()["errors"]] == ["json.queued"]
    assert {response.content_type for response in (too_many, wrong_clock)} == {"application/problem+json"}
    assert [error["field"] for error in wrong_clock.get_json()["errors"]] == ["json.sent_at"]
    assert in_log(session) == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b'{"scans": [' + b"9" * 5000 + b"]}", b"\xff\xfe"])
def test_a_body_that_is_no_json_is_a_problem(client: CarefulClient, body: bytes) -> None:
    token = factories.device(factories.gate(factories.edition())).token
    with clock.standing_at(OPEN):
        response = client.post(
            "/api/v1/gate/scans",
            data=body,
            csrf=False,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )

    assert response.status_code in {400, 422}
    assert response.content_type == "application/problem+json"


def test_a_huge_body_is_refused_unread(client: CarefulClient, session: Session) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    response = phone.post({"scans": [], "more": "x" * 1_000_001})

    assert response.status_code == 413
    assert response.content_type == "application/problem+json"
    assert in_log(session) == 0


def test_wrong_clocks_are_put_right(client: CarefulClient, session: Session) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)
    late, battery = timedelta(hours=26), timedelta(days=56 * 365)

    phone.send([
        factories.scan(number=1) | {"captured_at": (OPEN - late).isoformat(), "clock_offset_ms": late // MINUTE * 60_000},
        factories.scan(number=2) | {
            "captured_at": (OPEN - battery).isoformat(), "clock_offset_ms": battery // MINUTE * 60_000,
        },
        factories.scan(number=3) | {"captured_at": (OPEN + late).isoformat()},
    ], at=OPEN + 5 * MINUTE)  # fmt: skip

    found = session.scalars(select(Scan.corrected_at).order_by(Scan.scan_id)).all()
    assert found == [OPEN, OPEN, OPEN + 5 * MINUTE]


def test_an_unmeasured_clock_is_put_right_by_the_time_of_sending(client: CarefulClient, session: Session) -> None:
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)
    wrong = timedelta(hours=3)
    scan = factories.scan(at=OPEN - wrong, clock_doubt_ms=86_400_000)

    response = phone.post({"sent_at": (OPEN - wrong + 2 * MINUTE).isoformat(), "scans": [scan]}, at=OPEN + 2 * MINUTE)

    assert response.status_code == 200
    assert session.scalar(select(Scan.corrected_at)) == OPEN


def test_a_revoked_phone_may_still_send_and_it_is_marked(client: CarefulClient, session: Session) -> None:
    enrolled = factories.device(factories.gate(factories.edition()))
    phone = Phone(client, enrolled.token)
    phone.send([factories.scan()])
    actions.revoke_device(enrolled.device, by=factories.BY, now=OPEN + MINUTE)
    session.commit()

    [result] = phone.send([factories.scan()], at=OPEN + 2 * MINUTE)

    assert result["status"] == "stored"
    assert session.scalars(select(Scan.after_revocation).order_by(Scan.received_at)).all() == [False, True]


def test_a_phone_whose_shift_is_over_may_send_for_two_weeks(client: CarefulClient, session: Session) -> None:
    enrolled = factories.device(factories.gate(factories.edition()))
    phone, until = Phone(client, enrolled.token), enrolled.device.valid_until

    [result] = phone.send([factories.scan()], at=until + timedelta(days=13))
    refused = phone.post({"scans": [factories.scan()]}, at=until + timedelta(days=14))

    assert result["status"] == "stored"
    assert (refused.status_code, refused.get_json()["type"]) == (401, "/problems/device_expired")
    assert in_log(session) == 1


def test_a_pass_of_another_edition_is_told_apart(client: CarefulClient) -> None:
    [foreign] = factories.passes(factories.edition())
    phone = Phone(client, factories.device(factories.gate(factories.edition())).token)

    [result] = phone.send([factories.scan(pass_id=foreign.pass_id)])

    assert result["verdict"] == "other_event"


def test_a_supervisor_takes_a_scan_back(client: CarefulClient) -> None:
    edition = factories.edition()
    gate = factories.gate(edition)
    [visitor] = factories.passes(edition)
    phone = Phone(client, factories.device(gate).token)
    supervisor = Phone(client, factories.device(gate, role=DeviceRole.SUPERVISE).token)
    entry, tally = factories.scan(pass_id=visitor.pass_id), factories.scan(tally=4)
    phone.send([entry, tally])

    [refused] = phone.send([factories.scan(voids=entry["scan_id"])])
    voided = supervisor.send([factories.scan(voids=scan["scan_id"]) for scan in (entry, tally)])

    assert (refused["status"], refused["reason"]) == ("refused", "void_not_allowed")
    assert [result["status"] for result in voided] == ["stored", "stored"]
    assert queries.visits(edition).total == 0
    assert actions.rebuild(edition, is_check=True) == []


def test_taking_back_the_first_entry_leaves_the_second(client: CarefulClient) -> None:
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    supervisor = Phone(client, factories.device(factories.gate(edition), role=DeviceRole.SUPERVISE).token)
    first, second = (factories.scan(at=OPEN + n * MINUTE, pass_id=visitor.pass_id) for n in range(2))
    supervisor.send([first, second], at=OPEN + MINUTE)

    supervisor.send([factories.scan(voids=first["scan_id"])], at=OPEN + MINUTE)

    assert queries.visits(edition).total == 1
    assert supervisor.changes()["admitted"][0]["at"] == "2026-08-29T07:31:00.000Z"
    assert actions.rebuild(edition, is_check=True) == []


def test_a_void_may_arrive_before_what_it_takes_back(client: CarefulClient) -> None:
    edition = factories.edition()
    supervisor = Phone(client, factories.device(factories.gate(edition), role=DeviceRole.SUPERVISE).token)
    tally = factories.scan(tally=4)
    supervisor.send([factories.scan(voids=tally["scan_id"])])

    supervisor.send([tally])

    assert queries.visits(edition).total == 0
    assert actions.rebuild(edition, is_check=True) == []


def test_a_revocation_judges_younger_scans_again(client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    phone.send([factories.scan(at=OPEN + 2 * MINUTE, pass_id=visitor.pass_id)], at=OPEN + 3 * MINUTE)

    pass_actions.revoke(visitor, reason="lost", by=factories.BY, now=OPEN + MINUTE)
    session.commit()

    assert queries.visits(edition).total == 0
    assert queries.counts_by_day(edition)[1].let_in_against == 1
    assert actions.rebuild(edition, is_check=True) == []


def test_who_was_let_in_against_the_verdict_is_counted_apart(client: CarefulClient) -> None:
    edition = factories.edition()
    [second_day] = factories.passes(edition, days=[2])
    phone = Phone(client, factories.device(factories.gate(edition)).token)

    phone.send([factories.scan(pass_id=second_day.pass_id), factories.scan(code_hash="ab" * 32)])

    counts = queries.counts_by_day(edition)[1]
    assert (counts.let_in_against, counts.visits) == (2, 0)


def test_crews_and_volunteers_are_no_visits(client: CarefulClient) -> None:
    edition = factories.edition()
    [volunteer] = factories.passes(edition, kind=PassKind.VOLUNTEER)
    [guest] = factories.passes(edition, kind=PassKind.GUEST)
    phone = Phone(client, factories.device(factories.gate(edition)).token)

    phone.send([factories.scan(pass_id=volunteer.pass_id), factories.scan(pass_id=guest.pass_id)])

    assert queries.visits(edition).by_day == {1: 1}
    assert queries.inside_now(edition, now=OPEN) == 2


@pytest.mark.parametrize("act", ["UPDATE scan SET let_in = NOT let_in", "DELETE FROM scan"])
def test_the_log_only_grows(client: CarefulClient, session: Session, act: str) -> None:
    Phone(client, factories.device(factories.gate(factories.edition())).token).send([factories.scan()])

    with pytest.raises(IntegrityError):
        session.execute(text(act))
    session.rollback()

    assert in_log(session) == 1
