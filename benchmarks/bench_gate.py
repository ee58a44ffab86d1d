"""Taking batches of scans into the log with all caches, against bare rows into the same SQLite in the same run."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade

from config import from_environment
from eventsys.app import create_app
from eventsys.audit.actions import Actor
from eventsys.base.db import db, writing
from eventsys.base.ids import uuid7
from eventsys.editions import actions as editions
from eventsys.gate import actions as gate
from eventsys.gate.rules.devices import DeviceRole
from eventsys.passes import actions as passes
from eventsys.passes.rules.codec import PassKind

BATCH, BATCHES = 100, 60
BY = Actor("command")
NOW = datetime(2026, 6, 6, 7, 30, tzinfo=UTC)


def bare(path: Path) -> float:
    """Rows a second: batches of as many rows, one transaction each."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE scan (scan_id TEXT PRIMARY KEY, pass_id TEXT, at TEXT) WITHOUT ROWID")
    rates = []
    for batch in range(BATCHES):
        rows = [
            (str(uuid7(batch * BATCH + n, n.to_bytes(10, "big"))), f"{n:016x}", NOW.isoformat()) for n in range(BATCH)
        ]
        began = time.perf_counter()
        with connection:
            connection.executemany("INSERT INTO scan VALUES (?, ?, ?)", rows)
        rates.append(BATCH / (time.perf_counter() - began))
    return statistics.median(rates)


def ours() -> float:
    """Scans a second through the one door that API and demo use."""
    edition = editions.create(
        "bench",
        event=editions.event_called("Bench"),
        name="Bench",
        starts_on=date(2026, 6, 6),
        day_count=1,
        by=BY,
        now=NOW,
    )
    db.session.flush()
    place = gate.add_gate(edition, code="N", name={"en": "North"}, by=BY, now=NOW)
    db.session.flush()
    issued = passes.issue(edition, PassKind.VISITOR, days=[1], count=BATCH * BATCHES, by=BY, now=NOW)
    link = gate.make_link(
        place,
        role=DeviceRole.SCAN,
        valid_from=NOW,
        valid_until=NOW + timedelta(hours=9),
        most_devices=1,
        by=BY,
        now=NOW,
    )
    db.session.flush()
    phone = gate.enrol(link.token, now=NOW).device
    db.session.commit()
    pass_ids = [one.pass_id for one in issued]
    rates = []
    for batch in range(BATCHES):
        at = NOW + timedelta(minutes=batch)
        scans = [
            {
                "scan_id": str(uuid7(int(at.timestamp() * 1000), (batch * BATCH + n).to_bytes(10, "big"))),
                "direction": "in", "pass_id": pass_ids[batch * BATCH + n], "captured_at": at.isoformat(),
                "clock_offset_ms": 0, "clock_doubt_ms": 40, "phone_verdict": "admitted", "let_in": True, "entry": "camera",
            }
            for n in range(BATCH)
        ]  # fmt: skip
        began = time.perf_counter()
        gate.record_scans(phone, scans, now=at)
        db.session.commit()
        rates.append(BATCH / (time.perf_counter() - began))
    return statistics.median(rates)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        environment = {
            "EVENTSYS_MODE": "test",
            "EVENTSYS_VAR": folder,
            "DATABASE_URL": f"sqlite:///{var / 'bench.sqlite3'}",
        }
        app = create_app(from_environment(environment))
        writing.set(True)
        with app.app_context():
            upgrade()
            rate = ours()
            db.session.remove()
            db.engine.dispose()
        yardstick = bare(var / "bare.sqlite3")
    print(f"  bare rows:          {yardstick:9,.0f} a second, in batches of {BATCH}")
    print(f"  scans with caches:  {rate:9,.0f} a second, in batches of {BATCH}")
    print(f"  ratio: {rate / yardstick:.3f} of the bare rows")


main()
