"""What is still to come, dated from the day on which the example is loaded: a festival with an open call, a small celebration."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from config import ROOT
from eventsys.applications import queries as applications
from eventsys.applications.actions import places
from eventsys.applications.actions.decisions import announce, approve_all, decide
from eventsys.applications.actions.dishes import save_dish
from eventsys.applications.actions.imports import import_file as import_applications
from eventsys.applications.rules.states import Act
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.booths import actions as booths
from eventsys.demo import arrivals
from eventsys.demo.festival import FILES as FESTIVAL_FILES
from eventsys.editions import actions as editions
from eventsys.editions.models import Edition, EventKind
from eventsys.gate import actions as gate
from eventsys.organisations.rules.kinds import Kind
from eventsys.passes.actions import handing
from eventsys.questions import actions as questions
from eventsys.questions.rules.editing import Said
from eventsys.questions.rules.types import QuestionType
from eventsys.reviews import actions as reviews
from eventsys.reviews.actions import Judged

BY = Actor("demo")
FESTIVAL_FILE = ROOT / "examples" / "coming" / "applications.csv"
CELEBRATION_FILE = ROOT / "examples" / "celebration" / "applications.csv"
WEEKS_TO_FESTIVAL = 6
WEEKS_TO_CELEBRATION = 10
SATURDAY = 5
FESTIVAL_NAMES = {
    "da": "Internationale Dage – Taste the World",
    "en": "International Days – Taste the World",
    "ar": "الأيام الدولية – تذوّق العالم",
}
ABOUT_FESTIVAL = {
    "da": "Gaden bliver verdens: kom og byd på mad, musik og håndværk, eller kom og smag.",
    "en": "The street becomes the world's: come and offer food, music and crafts, or come and taste.",
    "ar": "يصبح الشارع ملكًا للعالم: تعالوا وقدّموا الطعام والموسيقى والحرف، أو تعالوا وتذوّقوا.",
}
CRITERIA = (
    ("Passer til temaet", "Fits the theme", "يناسب الموضوع", 2),
    ("Noget, ingen andre tilbyder", "Something that nobody else offers", "شيء لا يقدّمه غيرهم", 3),
    ("Forening uden overskud for øje", "Works without profit", "تعمل بلا ربح", 1),
)
TENT = {"da": "Har I jeres eget telt med?", "en": "Do you bring a tent of your own?", "ar": "هل تحضرون خيمة خاصة بكم؟"}
TENT_WIDTH = {"da": "Hvor mange meter bredt er det?", "en": "How many metres wide is it?", "ar": "كم مترًا عرضها؟"}
STAGE = {
    "da": "Vil I optræde på scenen? Med hvad, og hvor længe?",
    "en": "Would you like to perform on the stage? With what, and for how long?",
    "ar": "هل ترغبون في تقديم عرض على المسرح؟ ما هو، وكم مدته؟",
}
PLACES = {Kind.ASSOCIATION: 40, Kind.RESTAURANT: 12}
VISITORS_A_DAY = 5000
# One of the applications with its dishes, one on the waiting list.
WITH_DISHES, WAITS = "TW-002", "TW-005"
DISHES = (
    ("Sambusa", {"gluten": "contains", "eggs": "may_contain", "fish": "free_of"}, ["halal"]),
    (
        "Bariis med linser",
        {"celery": "contains", "gluten": "free_of", "milk": "free_of"},
        ["halal", "vegan", "vegetarian"],
    ),
)
ABOUT_CELEBRATION = {
    "da": "Trossamfund i København holder fest sammen. Alle er velkomne, også den der ikke tror.",
    "en": "Communities of faith in Copenhagen celebrate together. Everybody is welcome, believers or not.",
    "ar": "تحتفل الطوائف الدينية في كوبنهاغن معًا. الجميع مرحّب بهم.",
}


def load_festival(now: datetime) -> Edition:
    """The coming Taste the World: call open, some applications in, pitches drawn, gates open for building up."""
    today = clock.local(now).date()
    first = _saturday_after(today + timedelta(weeks=WEEKS_TO_FESTIVAL))
    edition = editions.create(
        f"taste-the-world-{first.year}",
        event=editions.event_called("Taste the World"),
        name=f"Taste the World {first.year}",
        starts_on=first,
        day_count=2,
        by=BY,
        now=now,
    )
    edition.name = {language: f"{name} {first.year}" for language, name in FESTIVAL_NAMES.items()}
    edition.about, edition.place, edition.capacity = ABOUT_FESTIVAL, "Nørrebrogade, København", 6000
    edition.contact_email, edition.contact_phone = "festival@eventsys.example", "+45 33 17 00 00"
    # Crews may try the gates from today on; see docs/decisions/0007.
    editions.add_build_up_day(
        edition,
        opens_at=clock.from_local(datetime.combine(today, time())),
        closes_at=clock.from_local(datetime.combine(today, time(23, 59))),
    )
    editions.open_call(
        edition,
        opens_at=now - timedelta(days=14),
        closes_at=clock.from_local(datetime.combine(first - timedelta(days=14), time(23, 59))),
        by=BY,
        now=now,
    )
    editions.publish(edition, by=BY, now=now)
    db.session.flush()  # Gates need the edition's key.
    gate.add_gate(edition, code="N", name={"da": "Nord", "en": "North", "ar": "الشمال"}, by=BY, now=now)
    gate.add_gate(edition, code="S", name={"da": "Syd", "en": "South", "ar": "الجنوب"}, by=BY, now=now)
    handing.open_visitors(edition, is_open=True, most_per_day=VISITORS_A_DAY, by=BY, now=now)
    import_applications(edition, FESTIVAL_FILE.read_bytes(), by=BY, now=now - timedelta(days=3))
    _draw_street(edition, now)
    db.session.commit()
    _prepare_review(edition, now)
    db.session.commit()
    return edition


def _draw_street(edition: Edition, now: datetime) -> None:
    booths.import_pitches(edition, (FESTIVAL_FILES / "pitches.geojson").read_bytes(), by=BY, now=now)
    booths.import_boards(edition, (FESTIVAL_FILES / "boards.csv").read_bytes(), by=BY, now=now)
    booths.import_pitches(edition, (FESTIVAL_FILES / "features.geojson").read_bytes(), by=BY, now=now)
    arrivals.open_kerbs(edition, edition.open_days, by=BY, now=now)


def _prepare_review(edition: Edition, now: datetime) -> None:
    _add_criteria(edition, now)
    _add_questions(edition, now)
    edition.decisions_by, edition.booths_by = (
        edition.starts_on - timedelta(days=9),
        edition.starts_on - timedelta(days=5),
    )
    for kind, number in PLACES.items():
        places.set_limit(edition, kind, number, by=BY, now=now)
    there = applications.by_reference(edition)
    for name, allergens, diets in DISHES:
        save_dish(there[WITH_DISHES], None, name=name, allergens=allergens, dietary=diets, by=BY, now=now)
    decide(there[WAITS], Act.WAITLIST, by=BY, now=now)
    announce([there[WAITS]], by=BY, now=now)


def _add_questions(edition: Edition, now: datetime) -> None:
    tent = questions.add(edition, _question(QuestionType.YES_NO, TENT), by=BY, now=now)
    only = {"key": tent.key, "answers": ["yes"]}
    questions.add(edition, _question(QuestionType.NUMBER, TENT_WIDTH, shown_if=only), by=BY, now=now)
    questions.add(edition, _question(QuestionType.LONG_TEXT, STAGE), by=BY, now=now)


def _question(kind: QuestionType, label: dict[str, str], *, shown_if: dict[str, Any] | None = None) -> Said:
    return Said(type=kind, kind=None, label=label, help={}, options=[], is_required=False, shown_if=shown_if or {})


def _add_criteria(edition: Edition, now: datetime) -> None:
    for danish, english, arabic, weight in CRITERIA:
        reviews.add_criterion(
            edition,
            Judged(label={"da": danish, "en": english, "ar": arabic}, help={}, kind=None, weight=weight),
            by=BY,
            now=now,
        )


def load_celebration(now: datetime) -> Edition:
    """A small celebration across faiths, run by four associations that have been approved."""
    day = _saturday_after(clock.local(now).date() + timedelta(weeks=WEEKS_TO_CELEBRATION))
    edition = editions.create(
        f"faelles-fejring-{day.year}",
        event=editions.event_called("Fælles fejring", kind=EventKind.RELIGIOUS_CELEBRATION),
        name=f"Fælles fejring {day.year}",
        starts_on=day,
        day_count=1,
        by=BY,
        now=now,
    )
    edition.event.name = {"da": "Fælles fejring", "en": "Celebration across faiths", "ar": "احتفال مشترك"}
    edition.name = {
        "da": f"Fælles fejring på tværs af trosretninger {day.year}",
        "en": f"Celebration across faiths {day.year}",
        "ar": f"احتفال مشترك بين الأديان {day.year}",
    }
    edition.about, edition.place = ABOUT_CELEBRATION, "Rådhuspladsen, København"
    edition.contact_email = "fejring@eventsys.example"
    editions.publish(edition, by=BY, now=now)
    db.session.commit()
    import_applications(edition, CELEBRATION_FILE.read_bytes(), by=BY, now=now - timedelta(days=20))
    approve_all(edition, by=BY, now=now - timedelta(days=2))
    db.session.commit()
    return edition


def _saturday_after(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
