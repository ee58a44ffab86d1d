"""Every success criterion of the programmes of 2008 to 2012 can be expressed, and comes out on figures made by hand.

`tests/vectors/success-criteria.csv` holds the criteria, one a line. CASES has for each line how it is defined, what was made up
for it, and what it must come to: counted by hand.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.gate.models import Admission, QuarterCount
from eventsys.indicators import actions, queries
from eventsys.indicators.models import ProgrammeYear, RecordedFigure
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.evaluation import Evaluation, as_json
from eventsys.indicators.rules.measures import Subject
from eventsys.indicators.rules.register import Entry, EntryKind, Quality
from eventsys.organisations.rules.kinds import Kind
from eventsys.passes import actions as passes
from eventsys.surveys import actions as surveys
from eventsys.surveys.rules.instruments import Instrument
from tests import factories
from tests.factories import BY

FILE = Path(__file__).resolve().parents[2] / "vectors" / "success-criteria.csv"
CRITERIA = dict(enumerate(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()), start=2))
CUTOFF = datetime(2016, 1, 1, 12, tzinfo=UTC)
UNITS = {"attendances": "visits", "percent_at_most": "percent"}
YES, NO, UNSURE = "i høj grad", "slet ikke", "ved ikke"


@dataclass(frozen=True)
class Case:
    """How a line is defined, what is made up, and what must come out: value, and status where there is a target."""

    definition: dict[str, Any]
    given: Any
    value: float
    status: str | None = None
    is_of_edition: bool = False


def kept(*rows: tuple[Any, ...]) -> Any:
    """Lines of the register: kind, group, amount, and how it was counted."""

    def give(edition: Edition, session: Session) -> None:
        for kind, group, amount, *quality in rows:
            entry = Entry(
                EntryKind(kind), group, None, round(amount * 100), Quality(quality[0] if quality else "counted")
            )
            actions.add_entry(edition.starts_on.year, entry, by=BY, now=CUTOFF)

    return give


def answered(audience: str, yes: int, no: int, unsure: int = 0, *, listed: Any = None, gone: int = 0) -> Any:
    """So many answers to a questionnaire about one thing; `gone` no longer work in the field and said so."""

    def give(edition: Edition, session: Session) -> None:
        if listed:
            listed(edition, session)
        items = [
            {"key": "still", "kind": "single", "text": {"da": "Stadig?", "en": "Still?"}, "options": "yes_no"},
            {"key": "agrees", "kind": "scale", "text": {"da": "Enig?", "en": "Agreed?"}, "options": "agreement_scale"},
        ]
        form = {"key": "asked", "name": {"da": "Spurgt", "en": "Asked"}, "version": 1, "items": items}
        breakdown = {"breakdowns": ["minority_association"]} if audience == "association" else {"breakdowns": []}
        instrument = surveys.publish_instrument(Instrument.from_json(form | breakdown), by=BY, now=CUTOFF)
        opens_at = clock.from_local(datetime.combine(edition.starts_on, datetime.min.time()) + timedelta(days=200))
        closes_at = opens_at + timedelta(days=30)
        survey = surveys.open_survey(edition, instrument, opens_at=opens_at, closes_at=closes_at, by=BY, now=CUTOFF)
        session.flush()
        minority = "yes" if audience == "association" else ""
        rows = [f"{audience},{minority},da,ja,{said}" for said in [YES] * yes + [NO] * no + [UNSURE] * unsure]
        rows += [f"{audience},{minority},da,nej,{NO}"] * gone
        head = "audience,minority_association,language,still,agrees"
        file = "\n".join([head, *rows])
        if not minority:
            file = file.replace("minority_association,", "").replace(f"{audience},,", f"{audience},")
        taken = surveys.import_answers(survey, file.encode(), answered_on=date(2012, 2, 1), by=BY, now=CUTOFF)
        assert taken.accepted == yes + no + unsure + gone

    return give


def came(kind: Kind, here: int, away: int = 0, **more: Any) -> Any:
    """Approved organisations of which somebody came, and others of which nobody did."""

    def give(edition: Edition, session: Session) -> None:
        gate = factories.gate(edition, code=f"N{kind.value[:2]}")
        for number in range(here + away):
            facts = {name: values[number] for name, values in more.items()}
            made = factories.application(edition, kind=kind, state=State.APPROVED, **facts)
            if number < here:
                crew = passes.issue_crew_passes(made, by=BY, now=CUTOFF)[0]
                session.add(
                    Admission(
                        edition_id=edition.id, pass_id=crew.pass_id, day_number=1, kind=1, is_inside=True,
                        gate_id=gate.id, last_gate_id=gate.id, first_in_at=CUTOFF, last_at=CUTOFF, seq=number + 1,
                    )
                )  # fmt: skip
        session.flush()

    return give


def tallied(*days: int) -> Any:
    """So many people tallied at the gate on each day."""

    def give(edition: Edition, session: Session) -> None:
        gate = factories.gate(edition, code="T")
        for number, count in enumerate(days, start=1):
            at = edition.open_days[number - 1].opens_at
            session.add(
                QuarterCount(edition_id=edition.id, gate_id=gate.id, day_number=number, starts_at=at, tallied_in=count)
            )

    return give


def published(*figures: tuple[date, int]) -> Any:
    """Figures of the barometer, in thousandths."""

    def give(_edition: Edition, _session: Session) -> None:
        for day, thousandths in figures:
            actions.keep_published(actions.Published("barometer", day, thousandths, "Barometer"), by=BY, now=CUTOFF)

    return give


def earlier(year: int, value: int, then: Any) -> Any:
    """A figure of an earlier year, kept by hand."""

    def give(edition: Edition, session: Session) -> None:
        session.add(
            RecordedFigure(
                event_id=edition.event_id, year=year, subject=Subject.ASSOCIATIONS, value=value, day_count=2, source="S"
            )
        )
        then(edition, session)

    return give


def asks(population: str, **more: Any) -> dict[str, Any]:
    return {"measure": "survey_share", "population": population, "instrument": "asked", "item": "agrees", **more}


def counts(kind: str, group: str | None = None, way: str = "amounts") -> dict[str, Any]:
    return {"measure": "count", "register": kind, "group": group, "way": way}


def visits(group: str | None = None) -> dict[str, Any]:
    return {"measure": "visitors", "register": "attendance", "group": group}


HERE = {"measure": "count", "population": "associations_taking_part"}
EATING = {"measure": "count", "population": "restaurants_taking_part"}
DAYS = {"measure": "count", "population": "days_held"}
HELD_2008 = [100, 600, 50, 30, 300, 65, 250, 60, 100, 120, 30, 80, 35, 600, 35, 100, 25, 15]  # domain.md 1.8
TRAINED = kept(("person", "Dialogkonsulenter", 20), ("person", "Dialogkonsulenter", 8))
ACTORS = kept(*(("organisation", name, 1) for name in ("SSP", "Politiet", "Klubben", "Skolen", "ssp", "Jobcentret")))
YOUNG = kept(("person", "Byens Stemmer", 40))
BAROMETER = {"measure": "external", "source": "The barometer", "strand": "barometer"}

CASES: dict[int, Case] = {
    2: Case(HERE, came(Kind.ASSOCIATION, 3, 1), 3, None, True),
    3: Case({"measure": "growth", "subject": "associations", "base_year": 2007}, earlier(2007, 2, came(Kind.ASSOCIATION, 3)), 0.5, None, True),
    4: Case(asks("requesters"), answered("requester", 35, 1), 0.972222),
    5: Case(asks("requesters", counted=["high_degree"]), answered("requester", 23, 13), 0.638889),
    6: Case(asks("requesters", counted=["not_at_all"]), answered("requester", 24, 12), 0.333333),
    7: Case(asks("requesters", counted=["not_at_all"]), answered("requester", 35, 1), 0.027778),
    8: Case(counts("requisition"), kept(*(("requisition", group, n) for group, n in zip("abcd", [4, 6, 6, 6], strict=True))), 22),
    9: Case(counts("advice"), kept(*(("advice", group, n) for group, n in zip("abcd", [29, 18, 29, 30], strict=True))), 106),
    10: Case(counts("administration", way="groups"), kept(*(("administration", name, 1) for name in ["BIF", "BUF", "KFF", "OKF", "SOF", "SUF", "TMF", "bif"])), 7),
    11: Case(counts("project"), kept(("project", "i gang", 60), ("project", "afsluttede", 40)), 100),
    12: Case(visits(), kept(*(("attendance", "", n, "estimated") for n in HELD_2008), ("attendance", "", 50, "expected")), 2595),
    13: Case(counts("initiative", "lovet"), kept(("initiative", "lovet", 2), ("initiative", "erstatning", 3)), 2, "not_met"),
    14: Case(counts("event", "Projektstyring"), kept(("event", "Projektstyring", 1), ("event", "Projektstyring", 1, "expected")), 1, "not_met"),
    15: Case(visits("Eid"), kept(("attendance", "Eid", 100, "estimated"), ("attendance", "Andet", 7)), 100),
    16: Case(counts("district", way="groups"), kept(("district", "Tingbjerg", 1), ("district", "Ydre Nørrebro", 1)), 2, "met"),
    17: Case(asks("requesters", register="requisition"), answered("requester", 15, 5, listed=kept(("requisition", "", 20))), 0.75, "met"),
    18: Case(asks("requesters"), answered("requester", 39, 11), 0.78, "met"),
    19: Case(asks("requesters"), answered("requester", 9, 0), 1),
    20: Case(counts("advice"), kept(("advice", "", 145)), 145),
    21: Case(counts("requisition"), kept(("requisition", "", 28)), 28),
    22: Case(counts("event", "Forældredialog"), kept(("event", "forældredialog", 11), ("event", "Andet", 4)), 11),
    23: Case(counts("person", "Forældredialog"), kept(("person", "Forældredialog", 202)), 202),
    24: Case(asks("registered", register="person", group="Forældredialog", screening_item="still", screening_values=["yes"]),
             answered("requester", 17, 3, gone=6, listed=kept(("person", "Forældredialog", 30))), 0.85),
    25: Case(counts("person", "Proceskonsulenter"), kept(("person", "Proceskonsulenter", 13)), 13),
    26: Case({"measure": "visitors", "unit": "visits"}, tallied(12_000, 8_000), 20_000, None, True),
    27: Case(EATING, came(Kind.RESTAURANT, 2, 1), 2, None, True),
    28: Case(counts("plan", "Helhedsplan"), kept(("plan", "Helhedsplan", 5), ("plan", "Områdeløft", 2)), 5),
    29: Case(counts("plan", "Områdeløft"), kept(("plan", "Helhedsplan", 5), ("plan", "Områdeløft", 2)), 2),
    30: Case(DAYS, tallied(10, 1), 2, "met", True),
    31: Case(HERE, came(Kind.ASSOCIATION, 4, 1), 4, "not_met", True),
    32: Case({"measure": "share", "population": "associations_taking_part", "having": "in_development_course", "announced": 60},
             came(Kind.ASSOCIATION, 5, is_in_development_course=[True, True, False, False, False]), 0.4, "met", True),
    33: Case(counts("partner", "Wonderful Copenhagen"), kept(("partner", "Wonderful Copenhagen", 1)), 1, "met", True),
    34: Case(EATING, came(Kind.RESTAURANT, 3), 3, "not_met", True),
    35: Case({"measure": "visitors", "unit": "visits"}, tallied(16_000, 15_000), 31_000, "met", True),
    36: Case(asks("minority_associations_taking_part", register="organisation", group="Minoritet"),
             answered("association", 8, 2, 1, listed=kept(("organisation", "Minoritet", 12))), 0.8, "probably_met", True),
    37: Case(asks("organisations_taking_part", register="organisation"),
             answered("restaurant", 9, 1, listed=kept(("organisation", "", 10))), 0.9, "met", True),
    38: Case(counts("event", "Eid"), kept(("event", "Eid", 1)), 1, "met", True),
    39: Case(visits("Eid"), kept(("attendance", "Eid", 900)), 900, "not_met", True),
    40: Case(counts("organisation", way="groups"), kept(*(("organisation", name, 1) for name in "ABC")), 3, "met", True),
    41: Case(counts("person", "Dialogkonsulenter"), TRAINED, 28, "not_met"),
    42: Case({"measure": "follow_up", "population": "registered", "register": "person", "group": "Dialogkonsulenter",
              "instrument": "asked", "item": "agrees", "months": 6}, answered("volunteer", 20, 5, listed=TRAINED), 0.8, "probably_met"),
    43: Case(counts("organisation", way="groups"), ACTORS, 5, "not_met"),
    44: Case(asks("registered", register="organisation", group="Minoritet"),
             answered("association", 7, 3, listed=kept(("organisation", "Minoritet", 10))), 0.7, "met"),
    45: Case(asks("registered", register="organisation"), answered("requester", 4, 2, listed=ACTORS), 0.666667, "not_met"),
    46: Case(counts("school_class", "Over 40 %"), kept(("school_class", "Over 40 %", 15), ("school_class", "Andre", 2)), 15, "met"),
    47: Case(asks("registered", register="person", group="Byens Stemmer"), answered("visitor", 30, 10, listed=YOUNG), 0.75, "met"),
    48: Case(asks("registered", register="person", group="Byens Stemmer"), answered("visitor", 20, 20, listed=YOUNG), 0.5, "not_met"),
    49: Case(visits("Koncert"), kept(("attendance", "Koncert", 310)), 310, "met"),
    50: Case(visits("Vega"), kept(("attendance", "Vega", 299, "estimated")), 299, "probably_not_met"),
    51: Case(counts("school_class", "To workshopper"), kept(("school_class", "To workshopper", 14)), 14, "not_met"),
    52: Case(counts("school_class", "Sang"), kept(("school_class", "Sang", 15)), 15, "met"),
    53: Case({"measure": "resource", "unit": "fte", "norm": 1924, "group": "Helhedsplaner"}, kept(("hours", "Helhedsplaner", 962), ("hours", "Helhedsplaner", 481.0)), 0.75, "not_met"),
    54: Case({"measure": "resource", "unit": "hours_per_week", "norm": 44, "group": "Mjølnerparken"}, kept(("hours", "Mjølnerparken", 990.0), ("hours", "Andet", 99.5)), 22.5, "met"),
    55: Case(counts("steering_group"), kept(("steering_group", "Haraldsgade", 1), ("steering_group", "Titanparken", 1)), 2),
    56: Case(counts("support", "HotSpot"), kept(("support", "HotSpot", 9)), 9),
    57: Case(asks("requesters"), answered("requester", 14, 6), 0.7, "probably_met"),
    58: Case(asks("requesters"), answered("requester", 10, 10, 3), 0.5, "probably_not_met"),
    59: Case(BAROMETER | {"unit": "percentage_points"}, published((date(2010, 11, 1), -5000)), -5),
    60: Case(asks("registered", register="person"), answered("visitor", 50, 5, listed=kept(("person", "", 55))), 0.909091, "met"),
    61: Case(BAROMETER | {"unit": "percent", "baseline": 21.3, "baseline_on": "2011-11-30", "due_on": "2015-11-30"},
             published((date(2011, 11, 30), 21_300), (date(2013, 11, 30), 19_000), (date(2015, 11, 30), 17_300)), 0.173, "met"),
    62: Case(asks("requesters"), answered("requester", 7, 5), 0.583333, "probably_not_met"),
    63: Case(counts("event", "Stort"), kept(("event", "Stort", 1), ("event", "Stort", 2)), 3, "met"),
    64: Case(DAYS, tallied(5), 1, "not_met", True),
    65: Case(counts("event", "Fælles fejring"), kept(("event", "Fælles fejring", 1, "expected")), 0, "no_data", True),
    66: Case(counts("campaign"), kept(("campaign", "Natteliv", 1), ("campaign", "Menneskerettigheder", 1), ("campaign", "Hadforbrydelser", 1)), 3, "met"),
    67: Case(counts("publication"), kept(("publication", "Undersøgelse", 1)), 1, "met"),
    68: Case(counts("event", "Statusseminar"), kept(("event", "Statusseminar", 1)), 1, "met"),
}  # fmt: skip


def target_of(criterion: dict[str, str]) -> dict[str, Any] | None:
    if not criterion["threshold"]:
        return None
    unit = UNITS.get(criterion["unit"], criterion["unit"])
    direction = "at_most" if criterion["unit"] == "percent_at_most" else "at_least"
    return {"value": criterion["threshold"], "unit": unit, "direction": direction}


def evaluated(line: int, session: Session) -> Evaluation:
    criterion, case = CRITERIA[line], CASES[line]
    edition = factories.edition("held", starts_on=date(int(criterion["year"]), 8, 27))
    year = actions.begin_year(edition.starts_on.year, now=CUTOFF)
    holder: Edition | ProgrammeYear = edition if case.is_of_edition else year
    name = {"da": criterion["criterion_da_short"], "en": criterion["activity_en"]}
    form = {"key": "criterion", "name": name, "definition": case.definition, "target": target_of(criterion)}
    actions.define(holder, [Indicator.from_json(form)], by=BY, now=CUTOFF)
    case.given(edition, session)
    session.commit()
    return queries.evaluated(holder, cutoff=CUTOFF)[0][1]


def test_every_criterion_has_its_case() -> None:
    assert sorted(CASES) == sorted(CRITERIA)


@pytest.mark.parametrize("line", CASES, ids=lambda line: f"{line}-{CRITERIA[line]['criterion_da_short'][:30]}")
def test_a_criterion_comes_out(app: Flask, session: Session, line: int) -> None:
    evaluation = evaluated(line, session)

    assert as_json(evaluation)["value"] == CASES[line].value
    assert (evaluation.status.value if evaluation.status else None) == CASES[line].status
    measure = {"count": {"count", "resource"}}.get(CRITERIA[line]["measure_type"], {CRITERIA[line]["measure_type"]})
    assert evaluation.measure.value in measure


def test_who_left_the_field_is_neither_counted_nor_forgotten(app: Flask, session: Session) -> None:
    evaluation = evaluated(24, session)

    assert (evaluation.numerator, evaluation.denominator, evaluation.population, evaluation.answers) == (17, 20, 30, 20)
    assert any(sentence.values.get("count") == 6 for sentence in evaluation.sentences)


def test_the_way_from_the_baseline_is_told(app: Flask, session: Session) -> None:
    evaluation = evaluated(61, session)

    assert any(sentence.values.get("percent") == 100 for sentence in evaluation.sentences)
