"""What happens between phone and server: twice, out of order, the answer lost, wrong clocks, signed out, offline."""

from __future__ import annotations

import random
import socket
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.ids import hash_of
from eventsys.gate import actions, attention, queries
from eventsys.gate.models import Admission, Scan
from tests import factories
from tests.faults import house as at_house
from tests.faults.counts import far
from tests.faults.house import House, Outcome
from tests.faults.server import PATIENCE, PAUSE

PHONES, BATCHES, SIZE = far((40, 20, 25), short=(6, 4, 10))
MINUTE = timedelta(minutes=1)


@pytest.mark.long
def test_each_batch_twice_and_out_of_order(house: House) -> None:
    at = at_house.scene(passes=40, phones=PHONES)
    said, plans = [], []
    for number, token in enumerate(at.tokens):
        chance = random.Random(number)  # noqa: S311 - a seed makes it repeatable
        scans = at_house.some_scans(at, BATCHES * SIZE, seed=number)
        said += scans
        batches = at_house.in_batches(chance.sample(scans, len(scans)), SIZE) * 2
        plans.append({"token": token, "batches": chance.sample(batches, len(batches))})

    outcome = at_house.upload(house, plans)

    at_house.assert_kept(at, said, outcome)
    assert Counter(status for _scan, status in outcome.answers) == {"stored": len(said), "known": len(said)}
    house.check(at.slug)


@pytest.mark.long
def test_the_answer_is_lost_each_time(house: House) -> None:
    at = at_house.scene(passes=40, phones=PHONES)
    per_phone = [at_house.some_scans(at, BATCHES * SIZE, seed=number) for number in range(PHONES)]
    plans = [
        {"token": token, "batches": at_house.in_batches(scans, SIZE), "drops": BATCHES}
        for token, scans in zip(at.tokens, per_phone, strict=True)
    ]

    outcome = at_house.upload(house, plans)

    at_house.assert_kept(at, [scan for scans in per_phone for scan in scans], outcome)
    house.check(at.slug)


def test_the_answer_is_lost_after_the_commit(house: House) -> None:
    at = at_house.scene(passes=20, phones=1)
    scans = at_house.some_scans(at, 50, seed=1)
    [batch] = at_house.in_batches(scans, 50)
    body = at_house.written(batch)
    head = f"POST /api/v1/gate/scans HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer {at.tokens[0]}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"

    with socket.create_connection(("127.0.0.1", house.server.port)) as phone:
        phone.sendall(head.encode() + body)
    for _ in range(PATIENCE * 20):
        if len(at_house.log_of(at)) == 50:
            break
        PAUSE.wait(0.05)
    outcome = at_house.upload(house, [{"token": at.tokens[0], "batches": [batch]}])

    assert {status for _scan, status in outcome.answers} == {"known"}
    at_house.assert_kept(at, scans, outcome)
    house.check(at.slug)


@pytest.mark.parametrize("is_measured", [True, False], ids=["measured", "never measured"])
def test_clocks_are_26_hours_wrong(house: House, is_measured: bool) -> None:
    at = at_house.scene(passes=40, phones=2)
    skews = {token: hours * 3_600_000 for token, hours in zip(at.tokens, (26, -26), strict=True)}
    scans = [factories.scan(at=at.at, pass_id=pass_id) for pass_id in at.pass_ids]
    halves = {token: scans[place::2] for place, token in enumerate(at.tokens)}

    outcome = at_house.upload(house, [
        {"token": token, "batches": at_house.in_batches(halves[token], 5), "skew_ms": skew, "is_measured": is_measured}
        for token, skew in skews.items()
    ])  # fmt: skip

    at_house.assert_kept(at, scans, outcome)
    rows = at_house.log_of(at).values()
    assert all(abs(abs(row.captured_at - row.received_at) - timedelta(hours=26)) < MINUTE for row in rows)
    assert all(abs(row.corrected_at - row.received_at) < 10 * timedelta(seconds=1) for row in rows)
    assert queries.visits(at.edition).by_day == {1: len(at.pass_ids)}
    house.check(at.slug)


def test_signed_out_with_a_full_queue(house: House) -> None:
    at = at_house.scene(passes=40, phones=2)
    scans = at_house.some_scans(at, far(5000, short=1500), seed=1)

    def sign_out(outcome: Outcome) -> None:
        device = queries.device_with(hash_of(at.tokens[0]))
        assert device is not None
        if device.revoked_at is None:
            actions.revoke_device(device, by=factories.BY, now=clock.now())
            db.session.commit()
        db.session.remove()

    outcome = at_house.upload(
        house, [{"token": at.tokens[0], "batches": at_house.in_batches(scans, 500)}], meanwhile=sign_out
    )
    refused = at_house.ask(house, at.tokens[0], "changes")

    at_house.assert_kept(at, scans, outcome)
    marked = Counter(row.after_revocation for row in at_house.log_of(at).values())
    assert marked[False] >= 500
    assert marked[True] >= 500
    assert (refused.status, refused.problem) == (403, "/problems/device_revoked")
    house.check(at.slug)


@pytest.mark.parametrize("first", [0, 1], ids=["in order", "later one first"])
def test_two_phones_offline_let_the_same_passes_in(house: House, first: int) -> None:
    at = at_house.scene(passes=2, phones=3)
    same_gate, other_gate = at.pass_ids
    seen: list[list[dict[str, Any]]] = [
        [factories.scan(at=at.at - 9 * MINUTE, pass_id=pass_id, phone_verdict="admitted") for pass_id in at.pass_ids],
        [factories.scan(at=at.at - 5 * MINUTE, pass_id=same_gate, phone_verdict="admitted")],
        [factories.scan(at=at.at - 4 * MINUTE, pass_id=other_gate, phone_verdict="admitted")],
    ]
    offline = [(at.tokens[0], seen[0]), (at.tokens[2], seen[1]), (at.tokens[1], seen[2])]
    outcome = Outcome()
    for token, scans in offline if first == 0 else reversed(offline):
        for answer in at_house.upload(house, [{"token": token, "batches": [{"scans": scans}]}]).answers:
            outcome.answers.append(answer)

    at_house.assert_kept(at, [scan for scans in seen for scan in scans], outcome)
    edition = at.edition
    assert db.session.scalar(select(func.count()).where(Scan.edition_id == edition.id, Scan.let_in)) == 4
    assert queries.visits(edition).by_day == {1: 2}
    came = db.session.scalars(select(Admission.first_in_at).where(Admission.edition_id == edition.id)).all()
    assert set(came) == {at.at - 9 * MINUTE}
    listed = attention.of_day(edition, 1)
    assert [one.pass_id for one in listed.duplicates] == [same_gate]
    assert [one.pass_id for one in listed.no_fault] == [other_gate]
    house.check(at.slug)
