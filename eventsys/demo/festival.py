"""The finished festival: Taste the World 2011, from its application file to its indicators."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from config import ROOT
from eventsys.applications.actions.decisions import approve_all
from eventsys.applications.actions.imports import import_file as import_applications
from eventsys.audit.actions import Actor
from eventsys.base.db import db
from eventsys.booths import actions as booths
from eventsys.demo import arrivals, gates, menus
from eventsys.editions import actions as editions
from eventsys.editions.models import Edition
from eventsys.indicators import actions as indicators
from eventsys.indicators import queries as indicator_queries
from eventsys.indicators.rules.definitions import indicators_from_json
from eventsys.indicators.rules.recorded import figures_from_json
from eventsys.surveys import actions as surveys
from eventsys.surveys.rules.instruments import Instrument

FILES = ROOT / "examples" / "taste-the-world-2011"
SLUG = "taste-the-world-2011"
NUMBER = 7
BY = Actor("demo")
PLANNED = datetime(2011, 2, 1, 9, tzinfo=UTC)
IN_THE_CALL = datetime(2011, 4, 20, 9, tzinfo=UTC)
DECIDED = datetime(2011, 5, 16, 9, tzinfo=UTC)
PLACED = datetime(2011, 6, 20, 9, tzinfo=UTC)
MEASURED = datetime(2011, 10, 3, 9, tzinfo=UTC)
SEED = 2011
# Crews that never arrive: two associations and a restaurant.
ABSENT = frozenset({"TW11-034", "TW11-076", "TW11-026"})
ABOUT = {
    "da": "To dage, én gade: foreninger og restauranter fra hele verden inviterer København på mad, musik og samtale.",
    "en": "Two days, one street: associations and restaurants from all over the world invite Copenhagen to food, music and talk.",
    "ar": "يومان وشارع واحد: جمعيات ومطاعم من جميع أنحاء العالم تدعو كوبنهاغن إلى الطعام والموسيقى والحديث.",
}
NAMES = {"da": "Internationale Dage – Taste the World 2011", "en": "International Days – Taste the World 2011",
         "ar": "الأيام الدولية – تذوّق العالم 2011"}  # fmt: skip


def load(say: Callable[[str], object]) -> Edition:
    """Load the whole story of 2011, one transaction a chapter."""
    edition = _plan()
    say("  2011: applications")
    _sign_up(edition)
    say("  2011: booths")
    _place(edition)
    say("  2011: passes and two days at the gates")
    gates.simulate(edition, absent=ABSENT, by=BY, rng=random.Random(SEED))  # noqa: S311 - a seed makes it repeatable
    say("  2011: survey and indicators")
    _measure(edition)
    return edition


def _plan() -> Edition:
    edition = editions.create(
        SLUG,
        event=editions.event_called("Taste the World"),
        name=NAMES["da"],
        starts_on=date(2011, 8, 27),
        day_count=2,
        number=NUMBER,
        by=BY,
        now=PLANNED,
    )
    edition.event.name = {"da": "Internationale Dage – Taste the World", "en": "International Days – Taste the World",
                          "ar": "الأيام الدولية – تذوّق العالم"}  # fmt: skip
    edition.name, edition.about, edition.place = NAMES, ABOUT, "Nørrebrogade, København"
    edition.contact_email, edition.capacity = "festival@eventsys.example", 6000
    editions.open_call(
        edition,
        opens_at=PLANNED + timedelta(days=14),
        closes_at=datetime(2011, 4, 30, 22, tzinfo=UTC),
        by=BY,
        now=PLANNED,
    )
    editions.publish(edition, by=BY, now=PLANNED)
    db.session.commit()
    return edition


def _sign_up(edition: Edition) -> None:
    import_applications(edition, (FILES / "applications.csv").read_bytes(), by=BY, now=DECIDED - timedelta(days=10))
    menus.write(edition, by=BY, now=IN_THE_CALL)
    db.session.commit()
    approve_all(edition, by=BY, now=DECIDED)
    db.session.commit()


def _place(edition: Edition) -> None:
    booths.import_pitches(edition, (FILES / "pitches.geojson").read_bytes(), by=BY, now=PLACED)
    booths.import_boards(edition, (FILES / "boards.csv").read_bytes(), by=BY, now=PLACED)
    booths.import_pitches(edition, (FILES / "features.geojson").read_bytes(), by=BY, now=PLACED)
    arrivals.open_kerbs(edition, edition.open_days, by=BY, now=PLACED)
    arrivals.tell_vehicles(edition, by=BY, now=PLACED)
    booths.propose(edition, by=BY, now=PLACED)
    booths.publish(edition, by=BY, now=PLACED)
    db.session.commit()


def _measure(edition: Edition) -> None:
    _ask(edition, "instrument.json", "answers.csv")
    _ask(edition, "visitors.json", "visitors-answers.csv")
    indicators.keep_figures(edition, figures_from_json(_json("recorded-figures.json")), by=BY, now=MEASURED)
    indicators.define(edition, indicators_from_json(_json("indicators.json")), by=BY, now=PLANNED)
    db.session.commit()
    for indicator in indicator_queries.indicators_of(edition):
        indicators.freeze(edition, indicator, by=BY, now=MEASURED)
    db.session.commit()


def _ask(edition: Edition, questionnaire: str, answers: str) -> None:
    """A survey that closed a month after the festival, with what was answered on paper and by tablet."""
    instrument = surveys.publish_instrument(Instrument.from_json(_json(questionnaire)), by=BY, now=PLACED)
    survey = surveys.open_survey(
        edition,
        instrument,
        opens_at=datetime(2011, 8, 29, 6, tzinfo=UTC),
        closes_at=datetime(2011, 9, 26, 22, tzinfo=UTC),
        by=BY,
        now=PLACED,
    )
    db.session.commit()
    content = (FILES / answers).read_bytes()
    surveys.import_answers(survey, content, answered_on=date(2011, 9, 26), by=BY, now=MEASURED)


def _json(name: str) -> object:
    return json.loads((FILES / name).read_text(encoding="utf-8"))
