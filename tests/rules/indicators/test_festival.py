"""The festival of 2011: its criteria as they ship, computed on figures that were counted by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from eventsys.indicators.rules.computation import evaluate
from eventsys.indicators.rules.definitions import Indicator, indicators_from_json
from eventsys.indicators.rules.evaluation import as_json
from eventsys.indicators.rules.figures import Figure, Quality
from eventsys.indicators.rules.inputs import GrowthInputs, Inputs, SurveyInputs
from eventsys.indicators.rules.measures import UNIT_OF_SUBJECT, Growth, Measure, Subject, SurveyShare
from eventsys.indicators.rules.recorded import figures_from_json
from eventsys.indicators.rules.sentences import Phrase
from eventsys.indicators.rules.targets import Target
from eventsys.surveys.rules.instruments import Instrument

FOLDER = Path(__file__).parents[3] / "examples" / "taste-the-world-2011"


def _load(name: str) -> object:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


INDICATORS = {indicator.key: indicator for indicator in indicators_from_json(_load("indicators.json"))}
FIGURES = {
    (figure.subject, figure.year): Figure(
        Fraction(figure.value), UNIT_OF_SUBJECT[figure.subject], figure.quality, figure.day_count
    )
    for figure in figures_from_json(_load("recorded-figures.json"))
}


def _printed(key: str, inputs: Inputs) -> dict[str, object]:
    return as_json(evaluate(INDICATORS[key], inputs, cutoff=datetime(2011, 9, 30, tzinfo=UTC)))


def _aim(indicator: Indicator) -> tuple[object, ...] | None:
    target = indicator.target
    return None if target is None else (indicator.measure, target.value, target.unit.value)


def test_the_programme_of_2011_is_there_whole() -> None:
    assert {key: _aim(indicator) for key, indicator in INDICATORS.items()} == {
        "associations": (Measure.COUNT, 60, "organisations"),
        "development-course": (Measure.SHARE, 40, "percent"),
        "restaurants": (Measure.COUNT, 30, "organisations"),
        "visitors": (Measure.VISITORS, 30_000, "visits"),
        "visible": (Measure.SURVEY_SHARE, 70, "percent"),
        "community": (Measure.SURVEY_SHARE, 80, "percent"),
        "associations-growth": None,
        "restaurants-growth": None,
        "visits-growth": None,
        "associations-growth-2008": None,
    }
    assert all(set(indicator.name) == {"da", "en", "ar"} for indicator in INDICATORS.values())


def test_what_the_criteria_ask_stands_in_the_questionnaire() -> None:
    instrument = Instrument.from_json(_load("instrument.json"))
    asked = [indicator.definition for indicator in INDICATORS.values()]
    asked_items = [
        (definition.instrument, definition.item) for definition in asked if isinstance(definition, SurveyShare)
    ]

    assert asked_items == [(instrument.key, "visible"), (instrument.key, "community")]
    assert all(instrument.item(item) for _, item in asked_items)


def test_every_growth_has_its_earlier_figure() -> None:
    for indicator in INDICATORS.values():
        if isinstance(indicator.definition, Growth):
            assert (indicator.definition.subject, indicator.definition.base_year) in FIGURES


def test_visible_comes_out() -> None:
    # Of 61 associations that call themselves minority associations 52 answered: 19 + 15 yes, 9 + 5 no, 4 don't know.
    printed = _printed("visible", SurveyInputs(61, 52, 34, no_opinion=4))

    assert (printed["numerator"], printed["denominator"], printed["status"]) == (34, 48, "probably_met")
    assert (printed["interval"], printed["bounds"]) == ([39, 46], [34, 47])


def test_community_comes_out() -> None:
    # Of 101 associations and restaurants 81 answered: 37 + 28 yes, 11 + 1 no, 4 don't know; 81 of 101 are 80.2 %.
    printed = _printed("community", SurveyInputs(101, 81, 65, no_opinion=4))

    assert (printed["numerator"], printed["denominator"], printed["status"]) == (65, 77, "met")
    assert (printed["interval"], printed["bounds"]) == ([81, 89], [65, 89])


def test_forty_six_associations_are_fifteen_percent_more() -> None:
    inputs = GrowthInputs(FIGURES[Subject.ASSOCIATIONS, 2008], FIGURES[Subject.ASSOCIATIONS, 2007])

    assert _printed("associations-growth-2008", inputs)["value"] == 0.15


def test_more_visits_on_two_days_are_fewer_a_day() -> None:
    visits = Figure(Fraction(31_000), UNIT_OF_SUBJECT[Subject.VISITS], Quality.COUNTED, 2)
    growth = evaluate(
        INDICATORS["visits-growth"],
        GrowthInputs(visits, FIGURES[Subject.VISITS, 2010]),
        cutoff=datetime(2011, 8, 29, tzinfo=UTC),
    )

    assert (growth.value, growth.per_day) == (Fraction(55, 100), Fraction(-225, 1000))
    assert [note.phrase for note in growth.notes] == [Phrase.DAYS_DIFFER, Phrase.QUALITY_DIFFERS]


def test_forty_percent_of_sixty_are_twenty_four() -> None:
    target = INDICATORS["development-course"].target

    assert target == Target.from_json({"value": 40, "unit": "percent"})
