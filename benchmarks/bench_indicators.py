"""The dashboard of an edition with 25 indicators over many answers: from a fresh connection, and evaluated alone.

100,000 answers to twelve items, or as many as EVENTSYS_BENCH_ANSWERS says. Beside it, in the same run, the yardstick: one bare
statement that counts every answer of the survey by item and value. On SQLite, and on PostgreSQL where its address is in
EVENTSYS_TEST_POSTGRES_URL (`tools/postgres.sh .venv/bin/python benchmarks/bench_indicators.py`).
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text

from config import from_environment
from eventsys.app import create_app
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.rules.definitions import Indicator
from eventsys.surveys import actions as surveys
from eventsys.surveys.models import Answer, Response, ResponseEntry
from eventsys.surveys.rules.instruments import Instrument
from tests import factories
from tests.conftest import BACKENDS, empty_database, settings

ANSWERS = int(os.environ.get("EVENTSYS_BENCH_ANSWERS", "100000"))
ITEMS, ORGANISATIONS, TIMES, BATCH = 12, 100, 7, 5_000
VALUES = ("high_degree", "some_degree", "lesser_degree", "not_at_all", "dont_know")
YARDSTICK = text(
    "SELECT item_id, value, count(*) FROM answer JOIN response ON response.id = answer.response_id "
    "WHERE response.survey_id = :survey GROUP BY item_id, value"
)


def prepared() -> tuple[Edition, int]:
    """An edition with organisations, answers and 25 indicators; the key of its survey."""
    now = clock.now()
    edition = factories.edition("bench", starts_on=(clock.local(now) - timedelta(days=30)).date())
    for _ in range(ORGANISATIONS):
        factories.application(edition, state=State.APPROVED)
    items = [
        {
            "key": f"item_{number}",
            "kind": "scale",
            "text": {"da": "Enig?", "en": "Agreed?"},
            "options": "agreement_scale",
        }
        for number in range(ITEMS)
    ]
    form = {"key": "bench", "name": {"da": "Prøve", "en": "Bench"}, "version": 1, "breakdowns": [], "items": items}
    instrument = surveys.publish_instrument(Instrument.from_json(form), by=factories.BY, now=now)
    opens_at = now - timedelta(days=20)
    survey = surveys.open_survey(
        edition, instrument, opens_at=opens_at, closes_at=now - timedelta(days=1), by=factories.BY, now=now
    )
    db.session.flush()
    fill(survey.id, [item.id for item in instrument.items])
    actions.define(edition, indicators(), by=factories.BY, now=now)
    db.session.execute(text("ANALYZE"))  # As the database does by itself within minutes of so many rows.
    db.session.commit()
    return edition, survey.id


def fill(survey: int, items: list[int]) -> None:
    """The answers: every response answers every item."""
    luck = random.Random(1)  # noqa: S311 - answers, not secrets
    ids = [f"{luck.getrandbits(128):032x}" for _ in range(ANSWERS // ITEMS)]
    said = {"survey_id": survey, "audience": "visitor", "language": "da", "breakdowns": {}, "entry": ResponseEntry.WEB}
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        day = clock.now().date()
        db.session.execute(insert(Response), [{"id": each, "answered_on": day, **said} for each in some])
        rows = [{"response_id": each, "item_id": item, "value": luck.choice(VALUES)} for each in some for item in items]
        db.session.execute(insert(Answer), rows)


def indicators() -> list[Indicator]:
    """Twenty shares of answers, and five of applications and gate."""
    asks = [
        {"measure": "survey_share", "population": "visitors", "instrument": "bench", "item": f"item_{number % ITEMS}",
         "counted": ["high_degree"] if number >= ITEMS else []}
        for number in range(20)
    ]  # fmt: skip
    others = [
        {"measure": "count", "population": "associations_approved"},
        {"measure": "count", "population": "associations_taking_part"},
        {"measure": "share", "population": "associations_approved", "having": "in_development_course"},
        {"measure": "visitors"},
        {"measure": "growth", "subject": "visits", "base_year": 2010},
    ]
    return [
        Indicator.from_json(
            {"key": f"indicator-{number}", "name": {"da": "Tal", "en": "Figure"}, "definition": definition}
        )
        for number, definition in enumerate([*asks, *others])
    ]


def median_ms(act: Callable[[], object]) -> float:
    """The median of several runs, each on a connection that was just opened."""
    took = []
    for _ in range(TIMES):
        db.session.remove()
        db.engine.dispose()
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def measured(app: Flask, backend: str) -> None:
    """Print what it took, and the ratios."""
    edition, survey = prepared()
    slug, key = edition.slug, edition.id
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False  # Signing in by the form, without looking at its page first.
    db.session.remove()
    with app.app_context():
        factories.sign_in(client, factories.organiser(db.session.get_one(Edition, key)))  # type: ignore[arg-type]

    def page() -> None:
        with app.app_context():  # A context of its own, as each request has: who is signed in is looked up anew.
            assert client.get(f"/organise/{slug}/indicators").status_code == 200

    def evaluated() -> None:
        found = queries.evaluated(db.session.get_one(Edition, key), cutoff=clock.now())
        assert len(found) == 25

    bare = median_ms(lambda: db.session.execute(YARDSTICK, {"survey": survey}).all())
    for name, act in (("evaluating 25 indicators", evaluated), ("the dashboard, whole page", page)):
        took = median_ms(act)
        print(
            f"{backend}, {ANSWERS:,} answers: {name} {took:.0f} ms, {took / bare:.1f} times one bare count ({bare:.0f} ms)"
        )


def main() -> None:
    """On every database that is there."""
    for backend in BACKENDS:
        with tempfile.TemporaryDirectory() as folder, empty_database(backend, Path(folder), "bench") as url:
            token = writing.set(True)
            app = create_app(from_environment(settings(url, Path(folder))))
            with app.app_context():
                upgrade()
                measured(app, backend)
                db.session.remove()
                db.engine.dispose()
            writing.reset(token)


if __name__ == "__main__":
    main()
