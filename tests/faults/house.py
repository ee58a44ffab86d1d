"""A server with its database, phones at it, and what must hold after every fault."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy import Row, select

from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.gate import caches
from eventsys.gate.caches import SCANS
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.differences import differences
from tests import factories
from tests.faults.server import ROOT, Server

HOUR = timedelta(hours=1)
SILENCE = 120
Said = dict[str, Any]
Told = dict[str, Any]


@dataclass
class House:
    """A running server, and an application of our own on the same database."""

    backend: str
    app: Flask
    server: Server
    folder: Path

    def check(self, slug: str) -> None:
        """`flask gate rebuild --check` finds no difference."""
        db.session.remove()
        done = self.app.test_cli_runner().invoke(args=["gate", "rebuild", "--edition", slug, "--check"])
        db.session.remove()
        assert (done.exit_code, done.output) == (0, f"{slug}: 0 differences\n"), done.exception

    def look(self, edition_id: int) -> None:
        """The same by reading alone, in one look: where nothing can be written, no lock can be had either."""
        db.session.remove()
        if self.backend == "postgresql":
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        token = writing.set(False)
        ground = caches.ground_of(edition_id)
        found = differences(caches.cached_fold(ground), caches.whole_fold(ground))
        writing.reset(token)
        db.session.remove()
        assert found == []


@dataclass(frozen=True)
class Scene:
    """An edition that runs now: its passes, and phones by token, at two gates in turn. Plain values only."""

    slug: str
    edition_id: int
    pass_ids: list[str]
    tokens: list[str]
    at: datetime

    @property
    def edition(self) -> Edition:
        """The edition as it is now."""
        db.session.remove()
        found = editions.find(self.slug)
        assert found is not None
        return found


def scene(*, passes: int, phones: int, role: DeviceRole = DeviceRole.SCAN) -> Scene:
    """An edition whose first day opened an hour ago, in real time."""
    now = clock.now()
    edition = factories.edition(starts_on=clock.today())
    for number, day in enumerate(edition.days):
        day.opens_at = now - HOUR + number * 24 * HOUR
        day.closes_at = day.opens_at + 11 * HOUR
    hours = {"valid_from": now - HOUR, "valid_until": now + 10 * HOUR, "now": now - HOUR}
    gates = [factories.gate(edition, code=code) for code in ("N", "S")]
    pass_ids = [issued.pass_id for issued in factories.passes(edition, count=passes)] if passes else []
    tokens = [factories.device(gates[n % 2], role=role, **hours).token for n in range(phones)]
    made = Scene(edition.slug, edition.id, pass_ids, tokens, now)
    db.session.remove()
    return made


def some_scans(at: Scene, count: int, *, seed: int) -> list[Said]:
    """What a phone may have seen in the last half an hour: entries, exits, the same pass again, tallies, foreign codes."""
    chance = random.Random(seed)  # noqa: S311 - a seed makes it repeatable
    made = []
    for _ in range(count):
        when = at.at - timedelta(seconds=chance.randrange(1800))
        what: Said = chance.choice([
            {"pass_id": chance.choice(at.pass_ids)},
            {"pass_id": chance.choice(at.pass_ids), "direction": "out"},
            {"pass_id": f"{chance.getrandbits(60) + 1:016x}", "let_in": False},
            {"tally": chance.choice([-1, 1, 2, 5])},
            {"code_hash": f"{chance.getrandbits(256):064x}"},
        ])  # fmt: skip
        made.append(factories.scan(at=when, **what))
    return made


def in_batches(scans: Sequence[Said], size: int) -> list[Told]:
    """Bodies of POST scans."""
    return [{"scans": scans[start : start + size]} for start in range(0, len(scans), size)]


def written(body: Told) -> bytes:
    """A body as it goes over the wire."""
    return json.dumps(body).encode()


@dataclass(frozen=True)
class Answer:
    """What the server said: its status, its body, and the type of the problem where it is one."""

    status: int
    body: bytes
    content_type: str

    @property
    def problem(self) -> object:
        """The problem's type; it must be one."""
        assert self.content_type == "application/problem+json", self.body[:200]
        told = json.loads(self.body)
        assert told["status"] == self.status
        assert told["title"]
        return told["type"]


def ask(house: House, token: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    """One call of the gate's API: GET, or POST where there is a body."""
    connection = http.client.HTTPConnection("127.0.0.1", house.server.port, timeout=SILENCE)
    told = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}
    try:
        connection.request("GET" if body is None else "POST", f"/api/v1/gate/{path}", body, told)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(), answer.headers["Content-Type"])
    finally:
        connection.close()


@dataclass
class Outcome:
    """What phones heard: the status of each scan in order of hearing, and the faults between."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)
    batches: int = 0

    @property
    def acknowledged(self) -> set[str]:
        """The scans of which a phone was told that they are in the log."""
        return {scan_id for scan_id, status in self.answers if status in {"stored", "known"}}

    @property
    def cut_off(self) -> int:
        """How many batches were on their way when nobody was there any more."""
        return sum(fault["status"] == 0 and fault["problem"]["was_sent"] for fault in self.faults)

    def hear(self, line: Told) -> None:
        """Take in what a phone says."""
        if line["kind"] == "answer":
            self.answers += [(result["scan_id"], result["status"]) for result in line["results"]]
            self.batches += 1
        else:
            self.faults.append(line)


def upload(house: House, phones: Sequence[Told], *, meanwhile: Callable[[Outcome], None] | None = None) -> Outcome:
    """Let phones send, in a process of their own, until each has an answer to all; `meanwhile` is called after each thing heard."""
    plan = house.folder / "plan.json"
    plan.write_text(json.dumps({"host": "127.0.0.1", "port": house.server.port, "phones": list(phones)}))
    outcome = Outcome()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.phones", str(plan)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        for line in _lines(process, house):
            outcome.hear(json.loads(line))
            if meanwhile is not None:
                meanwhile(outcome)
        assert process.wait() == 0
    finally:
        process.kill()
        process.wait()
    return outcome


def _lines(process: subprocess.Popen[str], house: House) -> Iterator[str]:
    """What it says, line by line; silence is an error, not an endless wait."""
    heard: Queue[str] = Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            heard.put(line)
        heard.put("")

    Thread(target=read, daemon=True).start()
    while True:
        try:
            line = heard.get(timeout=SILENCE)
        except Empty:
            raise AssertionError(f"the phones fell silent: {house.server.said}") from None
        if not line:
            return
        yield line


def log_of(at: Scene) -> dict[str, Row[Any]]:
    """The log of an edition by scan id."""
    db.session.remove()
    rows = db.session.execute(select(SCANS).where(SCANS.c.edition_id == at.edition_id)).all()
    db.session.rollback()
    found = {row.scan_id: row for row in rows}
    assert len(found) == len(rows)
    return found


def assert_kept(at: Scene, said: Sequence[Said], outcome: Outcome) -> None:
    """All that was said is in the log, once and as it was said, and nothing else; and so the phones were told."""
    log = log_of(at)
    stored = [scan_id for scan_id, status in outcome.answers if status == "stored"]
    assert len(stored) == len(set(stored)), "a scan was stored twice"
    assert log.keys() == {scan["scan_id"] for scan in said}
    assert outcome.acknowledged == log.keys()
    wrong = [scan for scan in said if _facts_of(scan) != _kept(log[scan["scan_id"]])]
    assert wrong == []


def _facts_of(scan: Said) -> tuple[object, ...]:
    named = (scan.get("pass_id"), scan.get("code_hash"), scan.get("tally"), scan.get("voids"))
    return (*named, scan["direction"], scan["let_in"], scan["entry"])


def _kept(row: Row[Any]) -> tuple[object, ...]:
    return (row.pass_id, row.code_hash, row.tally, row.voids, row.direction.value, row.let_in, row.entry.value)
