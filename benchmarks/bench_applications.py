"""The review list and a step of the sign-up among 5,000 applications, beside a bare page of the same program in the same run.

In one process, one request after the other: the server's own time. On SQLite, and on PostgreSQL where its address is in
EVENTSYS_TEST_POSTGRES_URL (`tools/postgres.sh .venv/bin/python benchmarks/bench_applications.py`).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from sqlalchemy import insert

from config import from_environment
from eventsys.app import create_app
from eventsys.applications.access import SESSION_KEY
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.conftest import empty_database, settings

APPLICATIONS, REQUESTS = 5_000, 100
KINDS = (Kind.ASSOCIATION, Kind.RESTAURANT)


def fill(edition: Edition) -> None:
    """Many applications, straight into the tables."""
    now = factories.NOW
    db.session.execute(
        insert(Organisation),
        [
            {"id": 10_000 + n, "code": f"ORG{n}", "kind": KINDS[n % 3 == 0], "name": f"Forening {n:04}",
             "native_name": "", "name_key": f"forening {n:04}", "area": "", "created_at": now}
            for n in range(APPLICATIONS)
        ],
    )  # fmt: skip
    db.session.execute(
        insert(Application),
        [
            {"code": f"APP{n}", "reference": f"R{n:04}", "edition_id": edition.id, "organisation_id": 10_000 + n,
             "state": State.SUBMITTED, "announced_state": State.SUBMITTED, "email": f"{n}@example.org",
             "created_at": now, "changed_at": now, "submitted_at": now, "width_cm": 300 + n % 5 * 150,
             "power_watts": n % 40 * 500, "search_text": f"r{n:04} forening {n:04} we sing and dance {n} example org"}
            for n in range(APPLICATIONS)
        ],
    )  # fmt: skip
    db.session.commit()


def measured(request: Callable[[], int]) -> tuple[float, float]:
    """Median and 99th percentile in milliseconds, after some requests that don't count."""
    times = []
    for number in range(REQUESTS + 5):
        began = time.perf_counter()
        status = request()
        times.append((time.perf_counter() - began) * 1000)
        if status not in {200, 302}:
            raise SystemExit(f"request {number} was answered with {status}")
    return statistics.median(times[5:]), statistics.quantiles(times[5:], n=100)[-1]


def bench(backend: str, folder: Path) -> None:
    """Print the figures of one database."""
    writing.set(True)
    with empty_database(backend, folder, "bench") as url:
        app = create_app(from_environment(settings(url, folder)))
        with app.app_context(), clock.standing_at(factories.NOW):
            upgrade()
            edition = factories.edition("bench")
            organiser = factories.organiser(edition)
            fill(edition)
            draft = factories.application(edition, state=State.DRAFT)
            code, email = draft.code, organiser.email
            db.session.remove()
            app.config["WTF_CSRF_ENABLED"] = False
            client = app.test_client()
            client.post("/account/login", data={"email": email, "password": factories.PASSWORD})
            with client.session_transaction() as cookie:
                cookie[SESSION_KEY] = [code]
            listed = "/organise/bench/applications"
            step = {"days": ["1"], "crew": "4"}
            pages: dict[str, Callable[[], int]] = {
                "bare page (/healthz)": lambda: client.get("/healthz").status_code,
                "review list": lambda: client.get(listed).status_code,
                "review list, words and order": lambda: client.get(f"{listed}?text=forening+12&sort=power").status_code,
                "review list, page 80": lambda: client.get(f"{listed}?page=80").status_code,
                "step of the sign-up, shown": lambda: client.get(f"/my/{code}/days").status_code,
                "step of the sign-up, kept": lambda: client.post(f"/my/{code}/days", data=step).status_code,
            }
            print(f"{backend}, {APPLICATIONS} applications, {REQUESTS} requests each")
            yardstick = 0.0
            for name, request in pages.items():
                median, late = measured(request)
                yardstick = yardstick or median
                print(f"  {name:32} median {median:7.1f} ms  p99 {late:7.1f} ms  {median / yardstick:6.1f} bare pages")
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    for each in ("sqlite", *(["postgresql"] if os.environ.get("EVENTSYS_TEST_POSTGRES_URL") else [])):
        with tempfile.TemporaryDirectory() as made:
            bench(each, Path(made))
