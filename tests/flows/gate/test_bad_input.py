"""Whatever is sent to the API, it answers: a problem that says which field, or a result for each scan; nothing is stored by half."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from eventsys.base import clock
from eventsys.base.ids import hash_of
from eventsys.editions.models import Gate
from eventsys.gate import actions, queries
from eventsys.gate.actions import LONGEST_NICKNAME
from eventsys.gate.models import Admission, Device, QuarterCount, Scan
from eventsys.gate.rules.devices import DeviceRole
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import API, Phone

DEEP = 900
NUL, LONE = "\x00", "\ud800"
pieces = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**63, -(2**63) - 1, 10**400, 1.5, 1e308]),
    st.floats(),
    st.text(st.characters(), max_size=40),
    st.sampled_from([NUL, LONE, "x" * 5000, "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59"]),
)  # fmt: skip
anything = st.recursive(
    pieces,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
SCAN_FIELDS = sorted(factories.scan().keys() | {"pass_id", "code_hash", "voids", "more"})
REPEATED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def gate(app: Flask) -> Gate:
    return factories.gate(factories.edition())


@pytest.fixture
def supervisor(client: CarefulClient, gate: Gate) -> Phone:
    return Phone(client, factories.device(gate, role=DeviceRole.SUPERVISE).token)


def stored(session: Session) -> list[int | None]:
    """How many rows there are of everything that the API writes."""
    return [
        session.scalar(select(func.count()).select_from(table)) for table in (Scan, Admission, QuarterCount, Device)
    ]


def send(phone: Phone, path: str, body: bytes, **headers: str) -> TestResponse:
    told = phone.headers | {"Content-Type": "application/json"} | headers
    with clock.standing_at(OPEN):
        return phone.client.post(f"{API}/{path}", data=body, csrf=False, headers=told)


def problem(response: TestResponse) -> Mapping[str, Any]:
    """The problem, which is whole."""
    assert response.content_type == "application/problem+json", response.text[:200]
    told: Mapping[str, Any] = response.get_json()
    assert (told["status"], bool(told["title"])) == (response.status_code, True)
    return told


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("enrol", {}, "code"),
        ("enrol", {"code": None}, "code"),
        ("enrol", {"code": NUL * 6}, "code"),
        ("enrol", {"code": LONE * 43}, "code"),
        ("enrol", {"code": "ABCDEF\n"}, "code"),
        ("enrol", {"code": 10**400}, "code"),
        ("enrol", {"code": {"a": 1}}, "code"),
        ("enrol", {"code": "ABCDEF", "nickname": "x" * 201}, "nickname"),
        ("enrol", {"code": "ABCDEF", "nickname": None}, "nickname"),
        ("enrol", {"code": "ABCDEF", "nickname": ["x"]}, "nickname"),
        ("scans", {}, "scans"),
        ("scans", {"scans": None}, "scans"),
        ("scans", {"scans": {}}, "scans"),
        ("scans", {"scans": "scan"}, "scans"),
        ("scans", {"scans": [None] * 501}, "scans"),
        ("scans", {"scans": [], "sent_at": 5}, "sent_at"),
        ("scans", {"scans": [], "sent_at": NUL}, "sent_at"),
        ("scans", {"scans": [], "sent_at": "2026-08-29T07:30:00"}, "sent_at"),
        ("scans", {"scans": [], "sent_at": "10000-01-01T00:00:00Z"}, "sent_at"),
        ("scans", {"scans": [], "queued": -1}, "queued"),
        ("scans", {"scans": [], "queued": 1.5}, "queued"),
        ("scans", {"scans": [], "queued": "5"}, "queued"),
        ("scans", {"scans": [], "queued": True}, "queued"),
        ("scans", {"scans": [], "queued": 10**400}, "queued"),
        ("scans", {"scans": [], "queued": float("inf")}, "queued"),
        ("scans", {"scans": [], "queued": float("nan")}, "queued"),
    ],
)
def test_a_field_that_cannot_be_so_is_named(
    supervisor: Phone, session: Session, path: str, body: dict[str, object], field: str
) -> None:
    before = stored(session)

    response = send(
        supervisor,
        path,
        json.dumps({"scans": [factories.scan()], **body} if path == "scans" and body else body).encode(),
    )

    assert response.status_code == 422
    assert problem(response)["type"] == "/problems/fields"
    assert [error["field"].split(".")[1] for error in problem(response)["errors"]] == [field]
    assert stored(session) == before


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("manifest?language=xx", 422, "fields"),
        ("manifest?language=%00", 422, "fields"),
        ("manifest?language=%FF", 422, "fields"),
        ("changes?cursor=%00", 400, "cursor_malformed"),
        ("changes?cursor=%FF.1", 400, "cursor_malformed"),
        ("changes?cursor=1.1%0A", 400, "cursor_malformed"),
        ("changes?cursor=" + "9" * 5000 + ".1", 400, "cursor_malformed"),
        ("changes?cursor=999999999.999999999", 200, ""),
    ],
)
def test_a_query_that_cannot_be_so_is_a_problem(supervisor: Phone, path: str, status: int, kind: str) -> None:
    response = supervisor.get(path)

    assert response.status_code == status
    assert status == 200 or problem(response)["type"] == f"/problems/{kind}"


@pytest.mark.parametrize("call", ["manifest", "changes", "status", "scans"])
@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer \xff\xfe", "Bearer " + "x" * 5000, "Bearer a b", "bearer\tx"])  # fmt: skip
def test_what_is_no_token_lets_nobody_in(client: CarefulClient, call: str, said: str) -> None:
    headers = {"Authorization": said} if said else {}

    if call == "scans":
        response = client.post(f"{API}/scans", json={"scans": []}, headers=headers)
    else:
        response = client.get(f"{API}/{call}", headers=headers)

    assert (response.status_code, problem(response)["type"]) == (401, "/problems/device_unknown")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="gate"'


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'"scans"', b"5", b"{", b"\xff\xfe{}", b'{"scans": ["\xc3\x28"]}', b'{"scans": [\x00]}',
        b"[" * 100_000, b'{"scans":' * 100_000, b'{"scans": [' + b"9" * 5000 + b"]}", b"\xef\xbb\xbf{}", '{"scans": []}'.encode("utf-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["enrol", "scans"])
def test_a_body_that_is_no_json_object_is_a_problem(
    supervisor: Phone, session: Session, path: str, body: bytes
) -> None:
    before = stored(session)

    response = send(supervisor, path, body)

    assert (response.status_code, problem(response)["type"]) in {(400, "/problems/body"), (422, "/problems/fields")}
    assert stored(session) == before


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_another_type_of_body_is_a_problem(supervisor: Phone, session: Session, kind: str) -> None:
    before = stored(session)

    response = send(supervisor, "scans", json.dumps({"scans": [factories.scan()]}).encode(), **{"Content-Type": kind})

    assert response.status_code in {400, 415, 422}
    assert problem(response)
    assert stored(session) == before


def test_a_deep_scan_is_refused_alone(supervisor: Phone) -> None:
    deep = b'{"scans": [' + b"[" * DEEP + b"]" * DEEP + b", " + json.dumps(factories.scan()).encode() + b"]}"

    results = send(supervisor, "scans", deep).get_json()["results"]

    assert [result["status"] for result in results] == ["refused", "stored"]


@given(
    st.binary(max_size=60) | anything.map(lambda said: json.dumps(said).encode()), st.sampled_from(["enrol", "scans"])
)
@REPEATED
def test_no_body_breaks_a_call(supervisor: Phone, session: Session, body: bytes, path: str) -> None:
    before = stored(session)

    response = send(supervisor, path, body)

    assert response.status_code == 200 or problem(response)
    assert response.status_code < 500
    assert stored(session) == before


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """A batch in which some fields of some scans are anything, and fields of its own too."""
    scans: list[Any] = []
    for _ in range(draw(st.integers(1, 4))):
        scan = factories.scan(**draw(st.sampled_from([{}, {"pass_id": "ab" * 8}, {"code_hash": "cd" * 32}])))
        scans.append({**scan, **draw(st.dictionaries(st.sampled_from(SCAN_FIELDS), anything, max_size=2))})
    scans = draw(st.permutations([*scans, *draw(st.lists(st.sampled_from(scans) | anything, max_size=2))]))
    return {
        "scans": scans,
        **draw(st.dictionaries(st.sampled_from(["more", "sent_at", "queued"]), anything, max_size=1)),
    }


@given(bodies())
@example({"scans": [factories.scan() | {"captured_at": "9999-12-31T23:59:59.999999Z"}]})
@example({"scans": [factories.scan()], "sent_at": "0001-01-01T00:00:00+23:59"})
@example({"scans": [factories.scan(clock_doubt_ms=10**9)], "sent_at": "9999-12-31T23:59:59-23:59"})
@REPEATED
def test_each_scan_of_a_batch_is_answered_whatever_stands_in_it(
    supervisor: Phone, session: Session, body: dict[str, Any]
) -> None:
    before = stored(session)
    answers = [send(supervisor, "scans", json.dumps(body).encode()) for _ in range(2)]

    if answers[0].status_code != 200:
        assert [problem(answer)["type"] for answer in answers] == ["/problems/fields"] * 2
        assert stored(session) == before
        return
    first, again = (answer.get_json()["results"] for answer in answers)
    assert len(first) == len(body["scans"])
    in_log = set(session.scalars(select(Scan.scan_id)))
    assert {result["scan_id"] for result in first if result["status"] != "refused"} <= in_log
    assert all(result["reason"] for result in first if result["status"] == "refused")
    assert [(r["status"], r["reason"]) for r in again] == [
        ("known" if r["status"] == "stored" else r["status"], r["reason"]) for r in first
    ]
    assert session.scalar(select(func.count()).select_from(Scan)) == before[0] + sum(
        r["status"] == "stored" for r in first
    )


@given(
    nickname=st.text(st.characters(), max_size=200)
    | st.sampled_from([NUL, LONE, "\u202e", "🎪" * 200, "x" * 39 + " y"])
)
@REPEATED
def test_any_nickname_is_taken_and_cleaned(gate: Gate, client: CarefulClient, nickname: str) -> None:
    link = factories.gate_link(gate)
    with clock.standing_at(OPEN):
        response = client.post(f"{API}/enrol", json={"code": link.token, "nickname": nickname})

    assert response.status_code == 201
    device = queries.device_with(hash_of(response.get_json()["token"]))
    assert device is not None
    assert device.nickname == " ".join(device.nickname.split())
    assert NUL not in device.nickname
    assert len(device.nickname) <= LONGEST_NICKNAME


def test_a_token_of_another_edition_changes_nothing_here(client: CarefulClient, session: Session) -> None:
    here, there = factories.edition(), factories.edition()
    [visitor] = factories.passes(here)
    phone = Phone(client, factories.device(factories.gate(here)).token)
    stranger = Phone(client, factories.device(factories.gate(there), role=DeviceRole.SUPERVISE).token)
    entry, tally = factories.scan(pass_id=visitor.pass_id), factories.scan(tally=4)
    phone.send([entry, tally])

    again = stranger.send([entry, tally])
    voids = stranger.send([factories.scan(voids=scan["scan_id"]) for scan in (entry, tally)])
    [out] = stranger.send([factories.scan(pass_id=visitor.pass_id, direction="out")])

    assert {(result["status"], result["reason"]) for result in again} == {("refused", "scan_id_taken")}
    assert {result["status"] for result in voids} == {"stored"}
    assert out["verdict"] == "other_event"
    assert queries.visits(here).by_day == {1: 5}
    assert queries.visits(there).total == 0
    assert phone.get("manifest").get_json()["edition"]["slug"] == here.slug
    assert stranger.changes()["admitted"] == []
    assert actions.rebuild(here, is_check=True) == actions.rebuild(there, is_check=True) == []
