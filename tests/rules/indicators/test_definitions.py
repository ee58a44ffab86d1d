"""Indicators in and out of JSON, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.definitions import Indicator, definition_from_json, indicators_from_json
from eventsys.indicators.rules.figures import Unit
from eventsys.indicators.rules.measures import Measure
from eventsys.indicators.rules.sentences import Phrase

SURVEY = {
    "measure": "survey_share",
    "population": "organisations_taking_part",
    "instrument": "taste-the-world-2011",
    "item": "community",
    "counted": [],
    "screening_item": None,
    "screening_values": [],
}
DEFINITIONS: list[dict[str, Any]] = [
    {"measure": "count", "population": "associations_taking_part"},
    {"measure": "visitors", "unit": "visits"},
    {
        "measure": "share",
        "population": "associations_taking_part",
        "having": "in_development_course",
        "announced": 60,
    },
    SURVEY,
    SURVEY | {"counted": ["high_degree"], "screening_item": "still_there", "screening_values": ["yes"]},
    {
        "measure": "follow_up",
        "population": "requesters",
        "instrument": "dialogue",
        "item": "still_works",
        "months": 6,
    },
    {"measure": "growth", "subject": "associations", "base_year": 2008, "year": None},
    {"measure": "growth", "subject": "associations", "base_year": 2007, "year": 2008},
    {"measure": "resource", "unit": "fte", "norm": 1924},
    {
        "measure": "external",
        "source": "Inclusion Barometer",
        "unit": "percent",
        "baseline": "21.3",
        "baseline_on": "2011-11-30",
        "due_on": "2015-11-30",
    },
    {
        "measure": "external",
        "source": "Integration Barometer",
        "unit": "percentage_points",
        "baseline": None,
        "baseline_on": None,
        "due_on": None,
    },
]


def _indicator(definition: dict[str, Any], target: object = None, **others: object) -> Indicator:
    return Indicator.from_json(
        {"key": "some-key", "name": {"da": "Navn", "en": "Name"}, "definition": definition, "target": target, **others}
    )


@pytest.mark.parametrize("written", DEFINITIONS)
def test_a_definition_survives_json(written: dict[str, Any]) -> None:
    assert definition_from_json(written).to_json() == written


@pytest.mark.parametrize(
    ("written", "phrase"),
    list(
        zip(
            DEFINITIONS,
            [
                Phrase.DEFINED_COUNT,
                Phrase.DEFINED_VISITORS,
                Phrase.DEFINED_SHARE,
                Phrase.DEFINED_SURVEY_SHARE,
                Phrase.DEFINED_SURVEY_OPTIONS,
                Phrase.DEFINED_FOLLOW_UP,
                Phrase.DEFINED_GROWTH,
                Phrase.DEFINED_GROWTH_BETWEEN,
                Phrase.DEFINED_RESOURCE,
                Phrase.DEFINED_EXTERNAL,
                Phrase.DEFINED_EXTERNAL,
            ],
            strict=True,
        )
    ),
)
def test_a_definition_says_what_it_counts(written: dict[str, Any], phrase: Phrase) -> None:
    sentence = definition_from_json(written).sentence()

    assert sentence.phrase is phrase
    assert set(sentence.values) <= set(written)


def test_what_may_be_left_out_has_its_usual_value() -> None:
    assert definition_from_json({"measure": "visitors"}).to_json() == {"measure": "visitors", "unit": "visits"}
    assert definition_from_json({"measure": "resource", "unit": "hours"}).to_json()["norm"] == 1


@pytest.mark.parametrize(
    ("written", "code", "field"),
    [
        ({}, Code.FIELD_MISSING, "definition.measure"),
        ({"measure": "feeling"}, Code.FIELD_WRONG, "definition.measure"),
        ("count", Code.FIELD_WRONG, "definition"),
        ({"measure": "count", "population": "everybody"}, Code.FIELD_WRONG, "definition.population"),
        ({"measure": "count", "population": "visitors"}, Code.POPULATION_NOT_KNOWN, "definition.population"),
        (DEFINITIONS[0] | {"colour": "red"}, Code.FIELD_UNKNOWN, "definition.colour"),
        ({"measure": "visitors", "unit": "hours"}, Code.UNIT_OF_MEASURE, "definition.unit"),
        (DEFINITIONS[2] | {"population": "requesters"}, Code.POPULATION_NOT_KNOWN, "definition.population"),
        (DEFINITIONS[2] | {"announced": 0}, Code.POPULATION_EMPTY, "definition.announced"),
        (SURVEY | {"item": ""}, Code.FIELD_WRONG, "definition.item"),
        (SURVEY | {"screening_item": "still_there"}, Code.FIELD_MISSING, "definition.screening_values"),
        (SURVEY | {"screening_values": ["yes"]}, Code.FIELD_MISSING, "definition.screening_values"),
        (DEFINITIONS[5] | {"months": 0}, Code.FIELD_WRONG, "definition.months"),
        (DEFINITIONS[6] | {"year": 2008}, Code.BASE_YEAR_SAME, "definition.base_year"),
        (DEFINITIONS[8] | {"unit": "visits"}, Code.UNIT_OF_MEASURE, "definition.unit"),
        (DEFINITIONS[8] | {"norm": 0}, Code.FIELD_WRONG, "definition.norm"),
    ],
)
def test_nonsense_is_refused_by_its_field(written: object, code: Code, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        definition_from_json(written)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("definition", "target", "unit"),
    [
        (DEFINITIONS[0], {"value": 60, "unit": "organisations"}, Unit.ORGANISATIONS),
        (DEFINITIONS[0], {"value": 15, "unit": "classes"}, Unit.CLASSES),
        (DEFINITIONS[0], None, Unit.ORGANISATIONS),
        (DEFINITIONS[1], {"value": 30_000, "unit": "visits"}, Unit.VISITS),
        (DEFINITIONS[2], {"value": 40, "unit": "percent"}, Unit.PERCENT),
        (SURVEY, {"value": 100, "unit": "percent"}, Unit.PERCENT),
        (DEFINITIONS[6], {"value": 150, "unit": "percent"}, Unit.PERCENT),
        (DEFINITIONS[6], {"value": -10, "unit": "percent"}, Unit.PERCENT),
        (DEFINITIONS[8], {"value": 1, "unit": "fte"}, Unit.FULL_TIME_EQUIVALENTS),
        (DEFINITIONS[9], {"value": 17.3, "unit": "percent", "direction": "at_most"}, Unit.PERCENT),
        (DEFINITIONS[10], {"value": -5, "unit": "percentage_points"}, Unit.PERCENTAGE_POINTS),
    ],
)
def test_a_target_fits_its_measure(definition: dict[str, Any], target: object, unit: Unit) -> None:
    assert _indicator(definition, target).unit is unit


@pytest.mark.parametrize(
    ("definition", "target", "code"),
    [
        (DEFINITIONS[0], {"value": 60, "unit": "percent"}, Code.TARGET_UNIT),
        (DEFINITIONS[1], {"value": 60, "unit": "persons"}, Code.TARGET_UNIT),
        (DEFINITIONS[9], {"value": 60, "unit": "persons"}, Code.TARGET_UNIT),
        (SURVEY, {"value": 60, "unit": "organisations"}, Code.TARGET_UNIT),
        (DEFINITIONS[0], {"value": 0, "unit": "organisations"}, Code.TARGET_NOT_POSITIVE),
        (SURVEY, {"value": 0, "unit": "percent"}, Code.TARGET_NOT_POSITIVE),
        (SURVEY, {"value": -1, "unit": "percent"}, Code.TARGET_NOT_POSITIVE),
        (SURVEY, {"value": 100.1, "unit": "percent"}, Code.TARGET_ABOVE_HUNDRED),
        (DEFINITIONS[6], {"value": -100, "unit": "percent"}, Code.FIELD_WRONG),
    ],
)
def test_a_target_that_means_nothing_is_refused(definition: dict[str, Any], target: object, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        _indicator(definition, target)

    assert refused.value.code is code


def test_an_indicator_survives_json() -> None:
    written = {
        "key": "community",
        "name": {"da": "Fællesskab", "en": "Community", "ar": "المجتمع"},
        "definition": SURVEY,
        "target": {"value": 80, "unit": "percent", "direction": "at_least"},
        "source": "Programme 2011",
    }
    indicator = Indicator.from_json(written)

    assert indicator.to_json() == written
    assert indicator.measure is Measure.SURVEY_SHARE


def test_an_indicator_may_have_neither_target_nor_source() -> None:
    assert _indicator(DEFINITIONS[0]).to_json()["target"] is None
    assert _indicator(DEFINITIONS[0]).to_json()["source"] is None


@pytest.mark.parametrize("key", ["", "Visible", "visible_", "visible--x", "9", "på"])
def test_a_key_is_made_of_small_letters(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        _indicator(DEFINITIONS[0], key=key)

    assert (refused.value.code, refused.value.field) == (Code.FIELD_WRONG, "key")


def test_a_list_keeps_its_order_and_refuses_a_key_twice() -> None:
    first, second = (_indicator(DEFINITIONS[0], key=key).to_json() for key in ("b", "a"))

    assert [indicator.key for indicator in indicators_from_json({"indicators": [first, second]})] == ["b", "a"]
    with pytest.raises(Refusal) as refused:
        indicators_from_json({"indicators": [first, second, first]})
    assert (refused.value.code, refused.value.values) == (Code.KEY_TWICE, {"key": "b"})
