"""The gate among 30,000 passes: scans one by one and in batches, `changes` and `status`, beside a bare endpoint in the same run.

Real servers (gunicorn, two processes of four threads), asked from a process of its own. On SQLite, and on PostgreSQL
where its address is in EVENTSYS_TEST_POSTGRES_URL
(`EVENTSYS_POSTGRES_DURABLE=1 tools/postgres.sh .venv/bin/python benchmarks/bench_gate.py`).
`--large` measures once more with 1,000,000 passes and 3,000,000 scans.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from sqlalchemy import create_engine, insert

from benchmarks import bare
from benchmarks.load import Answers, ask
from benchmarks.serving import served
from config import from_environment
from eventsys.app import create_app
from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.base.ids import uuid7
from eventsys.editions.models import Edition
from eventsys.gate import actions as gate
from eventsys.gate.models import Device, Scan
from eventsys.gate.rules.intake import Entry
from eventsys.gate.rules.scans import Direction
from eventsys.passes.models import Pass
from tests import factories
from tests.conftest import empty_database, settings

PASSES, LARGE_PASSES, LARGE_SCANS = 30_000, 1_000_000, 3_000_000
SINGLES, BATCHES, BATCH = 2_400, 160, 100
PART = 20_000
API = "/api/v1/gate"


@dataclass(slots=True)
class Ground:
    """What the measuring knows: the phone's token, and passes that were not scanned yet, taken from the end."""

    token: str
    passes: list[str]
    sent: int = field(default=0)

    def scans(self, count: int) -> list[dict[str, Any]]:
        """As many first entries, each of a pass of its own."""
        made = []
        for _ in range(count):
            self.sent += 1
            at = clock.now()
            made.append(
                {
                    "scan_id": str(uuid7(int(at.timestamp() * 1000), self.sent.to_bytes(10, "big"))),
                    "direction": "in", "pass_id": self.passes.pop(), "captured_at": at.isoformat(),
                    "clock_offset_ms": 0, "clock_doubt_ms": 40, "phone_verdict": "admitted", "let_in": True, "entry": "camera",
                }
            )  # fmt: skip
        return made

    def asking(self, path: str) -> bytes:
        """A whole GET request."""
        return f"GET {API}/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode()

    def sending(self, scans: Sequence[dict[str, Any]], path: str = f"{API}/scans") -> bytes:
        """A whole POST request with a batch."""
        body = json.dumps({"sent_at": clock.now().isoformat(), "scans": scans}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def issue(edition: Edition, count: int) -> list[str]:
    """Passes straight into the table; nobody reads their signatures here."""
    key = factories.passes(edition)[0].key_id
    pass_ids = [f"{n:016x}" for n in range(1, count + 1)]
    for start in range(0, count, PART):
        db.session.execute(
            insert(Pass),
            [
                {"pass_id": pass_id, "edition_id": edition.id, "key_id": key, "kind": 4, "days": 1, "text": pass_id,
                 "bearer_name": "", "issued_at": factories.NOW}
                for pass_id in pass_ids[start : start + PART]
            ],
        )  # fmt: skip
    db.session.commit()
    return pass_ids


def log(edition: Edition, pass_ids: Sequence[str], count: int, *, phone: Device, at: datetime) -> None:
    """A long log of earlier scans, in and out by turns, and its caches made by the program's own command."""
    for start in range(0, count, PART):
        rows = []
        for n in range(start, min(start + PART, count)):
            moment = at + timedelta(milliseconds=n)
            rows.append(
                {"scan_id": str(uuid7(int(moment.timestamp() * 1000), (1 << 70 | n).to_bytes(10, "big"))), "edition_id": edition.id,
                 "device_id": phone.id, "gate_id": phone.gate_id, "direction": Direction.IN if n // len(pass_ids) % 2 == 0 else Direction.OUT,
                 "pass_id": pass_ids[n % len(pass_ids)], "captured_at": moment, "clock_offset_ms": 0, "clock_doubt_ms": 40,
                 "corrected_at": moment, "received_at": moment, "after_revocation": False, "let_in": True, "entry": Entry.CAMERA}
            )  # fmt: skip
        db.session.execute(insert(Scan), rows)
        db.session.commit()
    gate.rebuild(edition, is_check=False)
    db.session.commit()


def prepared(*, passes: int, scans: int) -> Ground:
    """An edition that is open now, its passes, a phone at its gate, and a log where one is asked for."""
    now = clock.now()
    edition = factories.edition(
        "bench", starts_on=now.date(), call=(now - timedelta(days=90), now - timedelta(days=60))
    )
    for day in edition.days:
        day.opens_at, day.closes_at = now - timedelta(hours=2), now + timedelta(hours=10)
        break
    db.session.commit()
    place = factories.gate(edition)
    hours = {"valid_from": now - timedelta(hours=2), "valid_until": now + timedelta(hours=9), "now": now}
    phone = gate.enrol(factories.gate_link(place, **hours).token, now=now - timedelta(hours=2))
    pass_ids = issue(edition, passes)
    db.session.commit()
    if scans:
        log(edition, pass_ids[: passes // 2], scans, phone=phone.device, at=now - timedelta(hours=1))
    return Ground(phone.token, pass_ids)


@contextmanager
def bare_endpoint(url: str) -> Iterator[int]:
    """The yardstick's port."""
    engine = create_engine(url)
    with engine.begin() as connection:
        bare.rows.metadata.create_all(connection)
    engine.dispose()
    with served({"DATABASE_URL": url}, "benchmarks.bare:create_app()") as port:
        yield port


def told(name: str, answers: Answers, *, each: int = 1, yardstick: float = 0.0) -> float:
    """Print a line of figures and return the rate of scans a second."""
    wrong = sum(count for status, count in answers.statuses.items() if status != 200)
    rate = answers.rate * each
    ratio = f"  {rate / yardstick:5.2f} of the bare endpoint" if yardstick else ""
    errors = f"  {wrong} ERRORS {dict(answers.statuses)}" if wrong else ""
    print(
        f"  {name:44} {rate:9,.0f} a second  p50 {answers.at(0.5):7.2f} ms  p99 {answers.at(0.99):7.2f} ms{ratio}{errors}",
        flush=True,
    )
    return rate


def parted(requests: Sequence[bytes], connections: int) -> list[list[bytes]]:
    """Requests dealt out to connections."""
    return [list(requests[start::connections]) for start in range(connections)]


def scans_of(
    port: int, ground: Ground, *, count: int, each: int, connections: int, path: str = f"{API}/scans"
) -> Answers:
    """Send scans of passes that were not scanned before; every one must be stored."""
    requests = [ground.sending(ground.scans(each), path) for _ in range(count)]
    answers = ask(port, parted(requests, connections))
    if answers.stored != count * each:
        print(f"  {count * each - answers.stored} SCANS WERE NOT STORED")
    return answers


def measure(url: str, environment: dict[str, str], ground: Ground, *, is_small: bool) -> None:
    """Print the figures of one database."""
    spare = Ground("", [f"{n:016x}" for n in range(900_000_000, 900_000_000 + 60_000)])
    with bare_endpoint(url) as port:
        scans_of(port, spare, count=400, each=1, connections=8, path="/scans")
        one = told(
            "bare endpoint, 1 row, 1 connection",
            scans_of(port, spare, count=SINGLES // 3, each=1, connections=1, path="/scans"),
        )
        eight = told(
            "bare endpoint, 1 row, 8 connections",
            scans_of(port, spare, count=SINGLES, each=1, connections=8, path="/scans"),
        )
        many = told(
            "bare endpoint, 100 rows, 2 connections",
            scans_of(port, spare, count=BATCHES, each=BATCH, connections=2, path="/scans"), each=BATCH,
        )  # fmt: skip
    with served(environment) as port:
        scans_of(port, ground, count=400, each=1, connections=8)
        told(
            "scan by scan, 1 connection",
            scans_of(port, ground, count=SINGLES // 3, each=1, connections=1),
            yardstick=one,
        )
        told(
            "scan by scan, 8 connections", scans_of(port, ground, count=SINGLES, each=1, connections=8), yardstick=eight
        )
        if is_small:
            told(
                "scan by scan, 32 connections",
                scans_of(port, ground, count=SINGLES, each=1, connections=32),
                yardstick=eight,
            )
        told(
            "batches of 100, 1 connection",
            scans_of(port, ground, count=40, each=BATCH, connections=1),
            each=BATCH,
            yardstick=many,
        )
        told(
            "batches of 100, 2 connections",
            scans_of(port, ground, count=40, each=BATCH, connections=2),
            each=BATCH,
            yardstick=many,
        )
        told(
            "batches of 100, 4 connections",
            scans_of(port, ground, count=BATCHES - 80, each=BATCH, connections=4),
            each=BATCH,
            yardstick=many,
        )
        first, cursor = first_load(port, ground)
        print(
            f"  first load of a phone (manifest, all of `changes`)  {first.seconds * 1000:,.0f} ms, {first.bytes_received:,} bytes"
        )
        for connections in (1, 8):
            for path in (f"changes?cursor={cursor}", "status"):
                told(
                    f"{path.partition('?')[0]}, {connections} at once",
                    ask(port, parted([ground.asking(path)] * 800, connections)),
                )


def first_load(port: int, ground: Ground) -> tuple[Answers, str]:
    """What a phone loads first, page by page, and the cursor that it ends with."""
    connection, cursor, more = http.client.HTTPConnection("127.0.0.1", port, timeout=60), "", True
    headers, pages = {"Authorization": f"Bearer {ground.token}"}, ["manifest"]
    while more:
        connection.request("GET", f"{API}/changes?cursor={cursor}", headers=headers)
        pages.append(f"changes?cursor={cursor}")
        said = json.loads(connection.getresponse().read())
        cursor, more = said["cursor"], said["more"]
    connection.close()
    return ask(port, [[ground.asking(page) for page in pages]]), cursor


def bench(backend: str, folder: Path, *, passes: int, scans: int) -> None:
    """Fill a database and measure."""
    writing.set(True)
    with empty_database(backend, folder, "bench") as url:
        environment = settings(url, folder)
        app = create_app(from_environment(environment))
        with app.app_context():
            upgrade()
            ground = prepared(passes=passes, scans=scans)
            db.session.remove()
            db.engine.dispose()
        print(f"{backend}, {passes:,} passes, {scans:,} scans before")
        measure(url, environment, ground, is_small=not scans)


if __name__ == "__main__":
    for each in ("sqlite", *(["postgresql"] if os.environ.get("EVENTSYS_TEST_POSTGRES_URL") else [])):
        with tempfile.TemporaryDirectory() as made:
            bench(each, Path(made), passes=PASSES, scans=0)
    if "--large" in sys.argv:
        for each in ("sqlite", *(["postgresql"] if os.environ.get("EVENTSYS_TEST_POSTGRES_URL") else [])):
            with tempfile.TemporaryDirectory() as made:
                bench(each, Path(made), passes=LARGE_PASSES, scans=LARGE_SCANS)
