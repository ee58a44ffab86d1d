"""Several phones at once, each on a connection of its own: nothing twice, nothing lost, no cursor that skips."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from eventsys.base.db import db
from eventsys.base.ids import hash_of
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.gate import actions, caches, queries, ruling
from eventsys.gate.models import Scan
from eventsys.gate.ruling import Wanted
from eventsys.passes import actions as pass_actions
from eventsys.passes import queries as pass_queries
from tests import factories, together
from tests.conftest import BACKENDS
from tests.factories import OPEN
from tests.flows.gate.phone import API
from tests.together import served_on

PHONES = 4


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=OPEN) as app:
        yield app


@dataclass(frozen=True)
class Scene:
    """An edition of which only plain values are known, so that every thread reads it for itself."""

    slug: str
    pass_ids: list[str]
    tokens: list[str]

    @property
    def edition(self) -> Edition:
        """The edition as it is now."""
        db.session.rollback()
        found = editions.find(self.slug)
        assert found is not None
        return found


def scene(*, passes: int) -> Scene:
    """An edition with passes, and phones at two gates."""
    edition = factories.edition()
    gates = [factories.gate(edition, code=code) for code in ("N", "S")]
    pass_ids = [issued.pass_id for issued in factories.passes(edition, count=passes)]
    tokens = [factories.device(gates[number % 2]).token for number in range(PHONES)]
    made = Scene(edition.slug, pass_ids, tokens)
    db.session.remove()
    return made


def send(client: FlaskClient, token: str, scans: Sequence[object]) -> list[dict[str, Any]]:
    response = client.post(f"{API}/scans", json={"scans": scans}, headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200, response.text
    results: list[dict[str, Any]] = response.get_json()["results"]
    return results


def all_at_once(app: Flask, tasks: Sequence[Callable[[FlaskClient], object]]) -> list[object]:
    return together.all_at_once([lambda task=task: task(app.test_client()) for task in tasks])  # type: ignore[misc]


def test_overlapping_batches_are_stored_once(served: Flask) -> None:
    at = scene(passes=60)
    scans = [factories.scan(pass_id=pass_id) for pass_id in at.pass_ids] + [factories.scan(tally=2) for _ in range(40)]
    stored: list[str] = []

    def upload(number: int) -> Callable[[FlaskClient], None]:
        own = random.Random(number).sample(scans, len(scans))  # noqa: S311 - a seed makes it repeatable

        def run(client: FlaskClient) -> None:
            for start in range(0, len(own), 10):
                results = send(client, at.tokens[number], own[start : start + 10])
                stored.extend(result["scan_id"] for result in results if result["status"] == "stored")

        return run

    all_at_once(served, [upload(number) for number in range(PHONES)])

    assert sorted(stored) == sorted(scan["scan_id"] for scan in scans)
    assert queries.visits(at.edition).by_day == {1: 60 + 80}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == len(scans)
    assert actions.rebuild(at.edition, is_check=True) == []


def test_a_pass_at_several_phones_at_once_counts_once(served: Flask) -> None:
    at = scene(passes=30)

    def upload(number: int) -> Callable[[FlaskClient], None]:
        def run(client: FlaskClient) -> None:
            for pass_id in at.pass_ids:
                send(client, at.tokens[number], [factories.scan(pass_id=pass_id)])

        return run

    all_at_once(served, [upload(number) for number in range(PHONES)])

    assert queries.visits(at.edition).by_day == {1: 30}
    assert actions.rebuild(at.edition, is_check=True) == []


def test_a_cursor_skips_nothing_that_commits_later(served: Flask) -> None:
    at = scene(passes=90)
    is_done = Event()

    def upload(number: int) -> Callable[[FlaskClient], None]:
        def run(client: FlaskClient) -> None:
            for pass_id in at.pass_ids[number::3]:
                send(client, at.tokens[number], [factories.scan(pass_id=pass_id)])

        return run

    def follow() -> list[str]:
        client, cursor, told, is_last = served.test_client(), "", [], False
        while not is_last:
            is_last = is_done.is_set()
            page = client.get(f"{API}/changes?cursor={cursor}", headers={"Authorization": f"Bearer {at.tokens[3]}"})
            cursor = page.get_json()["cursor"]
            told += [row["pass_id"] for row in page.get_json()["admitted"]]
        return told

    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(follow)
        try:
            all_at_once(served, [upload(number) for number in range(3)])
        finally:
            is_done.set()
        told = following.result()

    assert sorted(told) == sorted(at.pass_ids)


def take(token: str, pass_id: str) -> None:
    device = queries.device_with(hash_of(token))
    assert device is not None
    actions.record_scans(device, [factories.scan(pass_id=pass_id)], now=OPEN)


def revoke(slug: str, pass_id: str) -> None:
    edition = editions.find(slug)
    assert edition is not None
    issued = pass_queries.find(edition, pass_id)
    assert issued is not None
    pass_actions.revoke(issued, reason="lost", by=factories.BY, now=OPEN)


def shut(slug: str) -> None:
    edition = editions.find(slug)
    assert edition is not None
    gate = editions.gates_of(edition)[0]
    nobody = Wanted(frozenset(), is_open=False)
    assert ruling.set_rule(edition, gate, nobody, days=[1], by=factories.BY, now=OPEN) == [1]


ON_POSTGRESQL = pytest.mark.parametrize(
    "served", [backend for backend in BACKENDS if backend == "postgresql"], indirect=True
)


@ON_POSTGRESQL
def test_a_batch_that_waited_for_a_rule_is_judged_by_it(served: Flask) -> None:
    at = scene(passes=1)

    def upload() -> list[dict[str, Any]]:
        return send(served.test_client(), at.tokens[0], [factories.scan(pass_id=at.pass_ids[0])])

    # The row that is the lock is there; else the loser of a race for it would run once more and see everything.
    caches.lock(at.edition.id)
    db.session.commit()
    shut(at.slug)
    db.session.flush()
    with ThreadPoolExecutor(1) as pool:
        uploading = pool.submit(upload)
        while not db.session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            assert not uploading.done()
        db.session.commit()
        [result] = uploading.result()

    assert result["verdict"] == "not_this_gate"
    assert actions.rebuild(at.edition, is_check=True) == []


@ON_POSTGRESQL
@pytest.mark.parametrize("second", ["batch", "revocation", "rule"])
def test_what_changes_the_figures_waits_for_a_batch_that_is_not_committed_yet(served: Flask, second: str) -> None:
    at = scene(passes=2)

    def follow() -> None:
        with served.app_context():
            db.session.execute(text("SET LOCAL lock_timeout = '100ms'"))
            if second == "batch":
                take(at.tokens[1], at.pass_ids[1])
            elif second == "rule":
                shut(at.slug)
            else:
                revoke(at.slug, at.pass_ids[0])

    take(at.tokens[0], at.pass_ids[0])
    with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError, match="lock timeout"):
        pool.submit(follow).result()

    db.session.commit()
    assert actions.rebuild(at.edition, is_check=True) == []


def test_one_link_for_one_phone_lets_one_in(served: Flask) -> None:
    at = scene(passes=1)
    token = factories.gate_link(editions.gates_of(at.edition)[0], most_devices=1).token
    db.session.remove()

    def enrol(client: FlaskClient) -> int:
        return client.post(f"{API}/enrol", json={"code": token}).status_code

    codes = all_at_once(served, [enrol] * PHONES)

    assert codes.count(201) == 1
    assert codes.count(409) == PHONES - 1
