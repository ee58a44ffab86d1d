"""A cursor that is read in a loop while transactions end in another order than they began: no id is skipped."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event
from typing import Any

import pytest

from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.base.ids import hash_of
from eventsys.gate import actions, queries
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.intake import Status
from eventsys.passes import actions as pass_actions
from eventsys.passes import queries as passes
from tests import factories
from tests.faults import house as at_house
from tests.faults.counts import far
from tests.faults.house import House, Scene

WRITERS, READERS = 6, 2
PASSES = far(1500, short=90)
LONGEST_HELD = 0.03


@pytest.mark.long
def test_a_cursor_skips_nothing(house: House) -> None:
    at = at_house.scene(passes=PASSES, phones=WRITERS + READERS, role=DeviceRole.SUPERVISE)
    admitted, revoked, undone = at.pass_ids[::3], at.pass_ids[2::3], at.pass_ids[1::3]
    shares = [(admitted[1 + n :: WRITERS], revoked[1 + n :: WRITERS], undone[n::WRITERS]) for n in range(WRITERS)]
    is_done = Event()
    # From now on there are rows to wait for; who loses the race for a first one runs once more in a view.
    take(at.tokens[0], admitted[0])
    revoke(at.slug, revoked[0])
    db.session.commit()

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        reading = [pool.submit(follow, house, token, is_done) for token in at.tokens[WRITERS:]]
        try:
            held = [pool.submit(write, house, at, number, *shares[number]) for number in range(WRITERS)]
            for one in held:
                one.result()
        finally:
            is_done.set()
        told = [one.result() for one in reading]

    heard = [(sorted(set(ins) - set(undone)), sorted(outs), sorted(backs)) for ins, outs, backs in told]
    assert heard == [(sorted(admitted), sorted(revoked), sorted(undone))] * READERS
    house.check(at.slug)


def follow(house: House, token: str, is_done: Event) -> tuple[list[str], list[str], list[str]]:
    """What a phone hears that asks again and again, the last time when all is committed."""
    cursor, is_last = "", False
    admitted: list[str] = []
    revoked: list[str] = []
    undone: list[str] = []
    while not is_last:
        is_last = is_done.is_set()
        told = json.loads(at_house.ask(house, token, f"changes?cursor={cursor}").body)
        cursor = told["cursor"]
        admitted += [row["pass_id"] for row in told["admitted"]]
        revoked += told["revoked"]
        undone += [row["pass_id"] for row in told["taken_back"]]
    return admitted, revoked, undone


def write(
    house: House, at: Scene, number: int, admitted: Sequence[str], revoked: Sequence[str], undone: Sequence[str]
) -> None:
    """Scans, revocations and scans taken back, each in a transaction that is held open for a while before it is committed."""
    chance, pause = random.Random(number), Event()  # noqa: S311 - a seed makes it repeatable
    with house.app.app_context():
        writing.set(True)
        tasks: list[Callable[[], None]] = [
            *(lambda one=one: take(at.tokens[number], one) for one in admitted),  # type: ignore[misc]
            *(lambda one=one: revoke(at.slug, one) for one in revoked),  # type: ignore[misc]
            *(lambda one=one: take_and_undo(at.tokens[number], one) for one in undone),  # type: ignore[misc]
        ]
        for task in chance.sample(tasks, len(tasks)):
            task()
            db.session.flush()
            pause.wait(chance.random() * LONGEST_HELD)
            db.session.commit()
        db.session.remove()


def take(token: str, pass_id: str) -> str:
    now = clock.now()
    scan = factories.scan(at=now, pass_id=pass_id)
    record(token, scan, now=now)
    return str(scan["scan_id"])


def take_and_undo(token: str, pass_id: str) -> None:
    entry, now = take(token, pass_id), clock.now()
    record(token, factories.scan(at=now, voids=entry), now=now)


def record(token: str, scan: dict[str, Any], *, now: datetime) -> None:
    device = queries.device_with(hash_of(token))
    assert device is not None
    [told] = actions.record_scans(device, [scan], now=now)
    assert told.status is Status.STORED


def revoke(slug: str, pass_id: str) -> None:
    edition = at_house.editions.find(slug)
    assert edition is not None
    issued = passes.find(edition, pass_id)
    assert issued is not None
    pass_actions.revoke(issued, reason="lost", by=factories.BY, now=clock.now())
