"""Visitors answer a survey of twelve questions at 2,000 a minute: every page of it, none lost, how long each took.

One minute, or as many seconds as EVENTSYS_BENCH_SECONDS says. Each respondent is a browser of its own: it opens the poster's page,
sends page after page, and comes from an address of its own. Real server (gunicorn, two processes of four threads). The
yardstick in the same run is `/healthz`, which asks the database for nothing but whether it is there. On SQLite, and on PostgreSQL where
its address is in EVENTSYS_TEST_POSTGRES_URL (`EVENTSYS_POSTGRES_DURABLE=1 tools/postgres.sh .venv/bin/python benchmarks/bench_answers.py`).
"""

from __future__ import annotations

import http.client
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from sqlalchemy import func, select

from benchmarks.load import Answers
from benchmarks.serving import served
from config import from_environment
from eventsys.app import create_app
from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.surveys import actions, asking
from eventsys.surveys.models import Answer, Response, SurveyAudience
from eventsys.surveys.rules.instruments import Audience, Instrument
from tests import factories
from tests.conftest import BACKENDS, empty_database, settings

A_MINUTE, SECONDS, ITEMS, HANDS = 2_000, int(os.environ.get("EVENTSYS_BENCH_SECONDS", "60")), 12, 24
PATIENCE_S = 30
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PAGE = re.compile(r'name="page" value="(\d+)"')
ASKED = re.compile(r'name="(item_\d+)"')


def prepared() -> str:
    """The poster's address of a survey that is open now."""
    now = clock.now()
    edition = factories.edition("bench", starts_on=clock.local(now).date())
    text = {"da": "Enig?", "en": "Agreed?"}
    items = [
        {"key": f"item_{n}", "kind": "scale", "text": text, "options": "agreement_scale", "required": True}
        for n in range(ITEMS)
    ]
    form = {"key": "bench", "name": {"da": "Prøve", "en": "Bench"}, "version": 1, "breakdowns": [], "items": items}
    instrument = actions.publish_instrument(Instrument.from_json(form), by=factories.BY, now=now)
    opens_at, closes_at = now - timedelta(hours=1), now + timedelta(hours=8)
    survey = actions.open_survey(edition, instrument, opens_at=opens_at, closes_at=closes_at, by=factories.BY, now=now)
    db.session.flush()
    asking.ask(survey, asking.Said(Audience.VISITOR), by=factories.BY, now=now)
    db.session.commit()
    return f"/s/poster/{db.session.get_one(SurveyAudience, (survey.id, Audience.VISITOR)).poster_code}"


class Browser:
    """A respondent's: keeps its cookies, comes from its own address, notes how long each page took."""

    def __init__(self, port: int, number: int, told: Answers) -> None:
        address = f"127.{1 + number // 65_025}.{1 + number // 255 % 255}.{1 + number % 255}"
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S, source_address=(address, 0))
        self.cookies: dict[str, str] = {}
        self.told = told

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.told.milliseconds.append((time.perf_counter() - began) * 1000)
        self.told.statuses[answer.status] += 1
        for said in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(said).items()}
        return answer.status, answer.headers.get("Location", ""), page

    def respond(self, path: str) -> None:
        """Answer the whole survey."""
        _status, _leads, page = self.ask("GET", path)
        for _ in range(ITEMS + 1):
            if not (token := TOKEN.search(page)) or not (number := PAGE.search(page)):
                break
            said = dict.fromkeys(ASKED.findall(page), "high_degree")
            _status, leads, _page = self.ask(
                "POST", path, urlencode({"csrf_token": token[1], "page": number[1], **said})
            )
            _status, _leads, page = self.ask("GET", leads or path)
        self.line.close()


def paced(count: int) -> Iterator[int]:
    """Numbers, each when its time has come."""
    began = time.monotonic()
    for number in range(count):
        wait = began + number * 60 / A_MINUTE - time.monotonic()
        if wait > 0:
            threading.Event().wait(wait)
        yield number


def measure(backend: str, port: int, path: str) -> int:
    """Let them answer, print how long it took, and return how many there were."""
    told, bare = Answers(), Answers()
    for number in range(300):
        Browser(port, 60_000 + number, bare).ask("GET", "/healthz")
    count = A_MINUTE * SECONDS // 60
    began = time.monotonic()
    with ThreadPoolExecutor(HANDS) as hands:
        for number in paced(count):
            hands.submit(Browser(port, number, told).respond, path)
    told.seconds = time.monotonic() - began
    wrong = {status: times for status, times in told.statuses.items() if status >= 400}
    print(
        f"{backend}: {count:,} respondents in {told.seconds:.0f} s ({count / told.seconds * 60:,.0f} a minute), "
        f"{len(told.milliseconds):,} requests  p50 {told.at(0.5):.1f} ms  p99 {told.at(0.99):.1f} ms  "
        f"{told.at(0.5) / bare.at(0.5):.1f} times a bare page ({bare.at(0.5):.1f} ms)  errors {wrong or 'none'}",
        flush=True,
    )
    return count


def bench(backend: str, folder: Path) -> None:
    """Fill a database, measure, and count what was stored."""
    writing.set(True)
    with empty_database(backend, folder, "bench") as url:
        environment = settings(url, folder)
        app = create_app(from_environment(environment))
        with app.app_context():
            upgrade()
            path = prepared()
            db.session.remove()
            db.engine.dispose()
            with served(environment) as port:
                sent = measure(backend, port, path)
            stored = db.session.scalar(select(func.count()).select_from(Response)) or 0
            answers = db.session.scalar(select(func.count()).select_from(Answer)) or 0
            lost = "none lost" if (stored, answers) == (sent, sent * ITEMS) else "SOME ARE LOST"
            print(f"{backend}: {stored:,} responses with {answers:,} answers stored of {sent:,}: {lost}")


if __name__ == "__main__":
    for one in BACKENDS:
        with tempfile.TemporaryDirectory() as made:
            bench(one, Path(made))
