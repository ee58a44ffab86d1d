"""The review list and a step of the sign-up among 5,000 applications, beside a bare page of the same server in the same run.

A real server (gunicorn, two processes of four threads) is asked by one reader, then by eight at once. On SQLite, and on
PostgreSQL where its address is in EVENTSYS_TEST_POSTGRES_URL
(`tools/postgres.sh .venv/bin/python benchmarks/bench_applications.py`).
"""

from __future__ import annotations

import http.client
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from benchmarks.serving import served
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

APPLICATIONS, REQUESTS, READERS, PATIENCE = 5_000, 200, 8, 60
KINDS = (Kind.ASSOCIATION, Kind.RESTAURANT)
LIST = "/organise/bench/applications"


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for; a form where it is sent."""

    name: str
    path: str
    form: str = ""


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
             "created_at": now, "changed_at": now, "submitted_at": now - timedelta(minutes=n * 7919 % 20_011), "width_cm": 300 + n % 5 * 150,
             "power_watts": n % 40 * 500, "sells_food": n % 3 == 0, "search_text": f"r{n:04} forening {n:04} we sing and dance {n} example org"}
            for n in range(APPLICATIONS)
        ],
    )  # fmt: skip
    db.session.commit()


def prepared(app: Flask) -> tuple[str, list[Page]]:
    """A database with many applications; the cookie of somebody who may open the pages, and the pages."""
    now = clock.now()
    edition = factories.edition(
        "bench", starts_on=now.date() + timedelta(days=60), call=(now - timedelta(days=9), now + timedelta(days=9))
    )
    organiser = factories.organiser(edition)
    fill(edition)
    draft = factories.application(edition, state=State.DRAFT)
    step, client = f"/my/{draft.code}/days", app.test_client()
    page = client.get("/account/login").text
    said = {"email": organiser.email, "password": factories.PASSWORD, "csrf_token": token_of(page)}
    if client.post("/account/login", data=said).status_code != 302:
        raise SystemExit("nobody could sign in")
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = [draft.code]
    form = urlencode({"days": "1", "crew": "4", "csrf_token": token_of(client.get(step).text)})
    cookies = "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())  # noqa: SLF001 - a browser would hold them
    db.session.remove()
    return cookies, [
        Page("bare page (/healthz)", "/healthz"),
        Page("review list", LIST),
        Page("review list, words and order", f"{LIST}?text=forening+12&sort=power"),
        Page("review list, page 80", f"{LIST}?page=80"),
        Page("review list, food not registered", f"{LIST}?found=food_without_registration&wants=sells_food"),
        Page("review list, what is missing", f"{LIST}?found=missing"),
        Page("review list, anything, shown", f"{LIST}?found=anything&columns=kind,state,findings"),
        Page("step of the sign-up, shown", step),
        Page("step of the sign-up, kept", step, form),
    ]


def token_of(page: str) -> str:
    """The CSRF token of a page's form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if not found:
        raise SystemExit("a page without a form")
    return found[1]


def asked(port: int, cookies: str, page: Page, *, readers: int) -> list[float]:
    """The milliseconds of every answer, for so many readers at once; what comes first warms up and doesn't count."""
    times: list[float] = []

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        headers = {
            "Cookie": cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": "http://localhost/",
        }
        for number in range(REQUESTS // readers + 5):
            began = time.perf_counter()
            connection.request("POST" if page.form else "GET", page.path, page.form or None, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status not in {200, 302}:
                raise SystemExit(f"{page.name} was answered with {answer.status}")
            if number >= 5:
                times.append((time.perf_counter() - began) * 1000)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < REQUESTS:
        raise SystemExit(f"{page.name}: {REQUESTS - len(times)} requests were not answered")
    return times


def bench(backend: str, folder: Path) -> None:
    """Print the figures of one database."""
    writing.set(True)
    with empty_database(backend, folder, "bench") as url:
        environment = settings(url, folder)
        app = create_app(from_environment(environment))
        with app.app_context():
            upgrade()
            cookies, pages = prepared(app)
            db.engine.dispose()
        with served(environment) as port:
            for readers in (1, READERS):
                print(f"{backend}, {APPLICATIONS} applications, {readers} at once, {REQUESTS} requests each")
                yardstick = 0.0
                for page in pages:
                    times = asked(port, cookies, page, readers=readers)
                    median, late = statistics.median(times), statistics.quantiles(times, n=100)[-1]
                    yardstick = yardstick or median
                    ratio = f"{median / yardstick:6.1f} bare pages"
                    print(f"  {page.name:32} median {median:7.1f} ms  p99 {late:7.1f} ms  {ratio}")


if __name__ == "__main__":
    for each in ("sqlite", *(["postgresql"] if os.environ.get("EVENTSYS_TEST_POSTGRES_URL") else [])):
        with tempfile.TemporaryDirectory() as made:
            bench(each, Path(made))
