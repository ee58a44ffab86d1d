"""SIGKILL in the middle of batches: phones send again until they are acknowledged, and nothing is lost or doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest
from sqlalchemy import text

from eventsys.base.db import db
from tests import factories
from tests.conftest import BACKENDS
from tests.faults import house as at_house
from tests.faults.counts import far
from tests.faults.house import House, Outcome
from tests.faults.server import PAUSE
from tests.together import end_connections

PHONES, BATCHES, SIZE, KILLS = far((40, 60, 25, 20), short=(12, 6, 10, 2))
WAYS = ("all", "worker", "master", "workers")


@pytest.mark.long
def test_killed_in_the_middle_of_batches(house: House, record_property: Callable[[str, object], None]) -> None:
    at = at_house.scene(passes=far(3000, short=60), phones=PHONES)
    per_phone = [at_house.some_scans(at, BATCHES * SIZE, seed=number) for number in range(PHONES)]
    ways = cycle([*WAYS, *(["database"] if house.backend == "postgresql" else [])])
    every, killed = PHONES * BATCHES // (KILLS + 1), Counter[str]()

    def kill(outcome: Outcome) -> None:
        if killed.total() < KILLS and outcome.batches >= every * (killed.total() + 1):
            way = next(ways)
            killed[way] += 1
            end_connections() if way == "database" else house.server.kill(way)

    plans = [
        {"token": token, "batches": at_house.in_batches(scans, SIZE)}
        for token, scans in zip(at.tokens, per_phone, strict=True)
    ]
    outcome = at_house.upload(house, plans, meanwhile=kill)
    db.engine.dispose()  # The connection of the one who looks may have been ended too.

    said = [scan for scans in per_phone for scan in scans]
    at_house.assert_kept(at, said, outcome)
    house.check(at.slug)
    assert killed.total() == KILLS
    assert outcome.cut_off, "no kill met a batch on its way"
    assert {fault["status"] for fault in outcome.faults} <= {0, 503}
    known = Counter(status for _scan, status in outcome.answers)["known"]
    record_property(
        "gate faults",
        f"{house.backend}: {KILLS} kills ({', '.join(f'{count} {way}' for way, count in killed.items())}), "
        f"{PHONES} phones, {PHONES * BATCHES} batches of {SIZE}: {outcome.cut_off} batches cut off on their way, "
        f"{len(outcome.faults)} failed tries, {known} scans told as known already; "
        f"{len(said)} of {len(said)} scans in the log once, rebuild --check: 0 differences",
    )


@pytest.mark.parametrize("started", [name for name in BACKENDS if name == "postgresql"], indirect=True)
def test_killed_between_the_log_and_its_caches(house: House) -> None:
    """The batch is held where it writes its figures, and the server dies there: the log must not have it either."""
    at = at_house.scene(passes=1, phones=1)
    scans = [factories.scan(at=at.at, pass_id=at.pass_ids[0]), factories.scan(at=at.at)]
    batch = at_house.in_batches(scans, 2)
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'quarter_count'::regclass")

    with ThreadPoolExecutor(1) as pool:
        db.session.execute(text("LOCK TABLE quarter_count IN ACCESS EXCLUSIVE MODE"))
        uploading = pool.submit(at_house.upload, house, [{"token": at.tokens[0], "batches": batch}])
        while not db.session.scalar(waiting):
            assert not uploading.done()
            PAUSE.wait(0.05)
        house.server.kill("all")
        db.session.rollback()
        outcome = uploading.result()

    assert outcome.cut_off
    at_house.assert_kept(at, scans, outcome)
    house.check(at.slug)
