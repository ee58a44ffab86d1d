"""Values and statuses of everything that isn't a survey."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.computation import evaluate
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.evaluation import Evaluation, as_json
from eventsys.indicators.rules.figures import Figure, Quality, Unit
from eventsys.indicators.rules.inputs import (
    CountInputs,
    DayVisits,
    ExternalInputs,
    GrowthInputs,
    Inputs,
    ResourceInputs,
    ShareInputs,
    SurveyInputs,
    VisitorsInputs,
)
from eventsys.indicators.rules.sentences import Phrase
from eventsys.indicators.rules.targets import Status

CUTOFF = datetime(2011, 8, 29, 8, 0, tzinfo=UTC)
KEYS = [
    "key",
    "measure",
    "value",
    "numerator",
    "denominator",
    "population",
    "answers",
    "response_rate",
    "interval",
    "bounds",
    "target",
    "status",
    "cutoff",
]
COUNT = {"measure": "count", "population": "associations_taking_part"}
VISITORS = {"measure": "visitors"}
SHARE = {
    "measure": "share",
    "population": "associations_taking_part",
    "having": "in_development_course",
    "announced": 60,
}
GROWTH = {"measure": "growth", "subject": "visits", "base_year": 2010}
RESOURCE = {"measure": "resource", "unit": "fte", "norm": 1924}
BAROMETER = {
    "measure": "external",
    "source": "Barometer",
    "unit": "percent",
    "baseline": 21.3,
    "baseline_on": "2011-11-30",
    "due_on": "2015-11-30",
}


def _evaluate(definition: dict[str, Any], inputs: Inputs, *, target: object = None) -> Evaluation:
    name = {"da": "Navn", "en": "Name"}
    indicator = Indicator.from_json({"key": "k", "name": name, "definition": definition, "target": target})
    return evaluate(indicator, inputs, cutoff=CUTOFF)


def _organisations(value: int, day_values: tuple[int, ...] = ()) -> Figure:
    return Figure(Fraction(value), Unit.ORGANISATIONS, Quality.COUNTED, len(day_values) or None, day_values)


def _visits(value: int, day_count: int | None, quality: Quality = Quality.COUNTED) -> Figure:
    return Figure(Fraction(value), Unit.VISITS, quality, day_count)


def _phrases(evaluation: Evaluation) -> list[Phrase]:
    return [sentence.phrase for sentence in evaluation.sentences]


def _notes(evaluation: Evaluation) -> list[Phrase]:
    return [note.phrase for note in evaluation.notes]


def _values(evaluation: Evaluation, phrase: Phrase) -> dict[str, object]:
    return next(dict(sentence.values) for sentence in evaluation.sentences if sentence.phrase is phrase)


def test_a_count_is_met_or_not() -> None:
    sixty = {"value": 60, "unit": "organisations"}

    enough = _evaluate(COUNT, CountInputs(_organisations(66, (50, 40))), target=sixty)
    short = _evaluate(COUNT, CountInputs(_organisations(59)), target=sixty)

    assert (enough.value, enough.population, enough.status, enough.per_day) == (66, 66, Status.MET, 45)
    assert _phrases(enough) == [Phrase.DEFINED_COUNT, Phrase.COUNTED, Phrase.PER_DAY]
    assert (short.status, short.per_day) == (Status.NOT_MET, None)


def test_a_count_has_the_keys_of_the_contract() -> None:
    printed = as_json(_evaluate(COUNT, CountInputs(_organisations(66)), target={"value": 60, "unit": "organisations"}))

    assert list(printed) == KEYS
    assert printed == {
        "key": "k",
        "measure": "count",
        "value": 66,
        "numerator": 66,
        "denominator": None,
        "population": 66,
        "answers": None,
        "response_rate": None,
        "interval": None,
        "bounds": None,
        "target": 60,
        "status": "met",
        "cutoff": "2011-08-29T08:00:00Z",
    }


@pytest.mark.parametrize(
    ("definition", "inputs"),
    [
        (COUNT, CountInputs(None)),
        (VISITORS, VisitorsInputs(())),
        (SHARE, ShareInputs(None, 0)),
        (SHARE, ShareInputs(0, 0)),
        (GROWTH, GrowthInputs(None, _visits(20, 1))),
        (GROWTH, GrowthInputs(_visits(20, 1), None)),
        (GROWTH, GrowthInputs(_visits(20, 1), _visits(0, 1))),
        (GROWTH, GrowthInputs(_visits(20, 1), _organisations(20))),
        (RESOURCE, ResourceInputs(None)),
        (BAROMETER, ExternalInputs(None)),
    ],
)
def test_what_is_not_known_has_no_figure(definition: dict[str, Any], inputs: Inputs) -> None:
    evaluation = _evaluate(definition, inputs)

    assert evaluation.status is Status.NO_DATA
    assert (evaluation.value, evaluation.numerator, evaluation.denominator) == (None, None, None)
    assert Phrase.NO_DATA in _notes(evaluation)


def test_an_empty_population_is_said() -> None:
    assert _notes(_evaluate(SHARE, ShareInputs(0, 0))) == [Phrase.NO_DATA, Phrase.POPULATION_EMPTY]


def test_without_a_target_there_is_a_figure_and_no_status() -> None:
    evaluation = _evaluate(COUNT, CountInputs(_organisations(46)))

    assert (evaluation.value, evaluation.status) == (46, None)
    assert (as_json(evaluation)["status"], as_json(evaluation)["target"]) == (None, None)


def test_visitors_are_the_days_together_and_the_mean_day() -> None:
    inputs = VisitorsInputs((DayVisits(1, 400, 15_600), DayVisits(2, 300, 14_700)), coverage=Fraction(1))
    evaluation = _evaluate(VISITORS, inputs, target={"value": 30_000, "unit": "visits"})

    assert (evaluation.value, evaluation.per_day, evaluation.status) == (31_000, 15_500, Status.MET)
    assert _values(evaluation, Phrase.ADMITTED_AND_TALLIED) == {
        "value": 31_000,
        "unit": "visits",
        "admitted": 700,
        "tallied": 30_300,
        "day_count": 2,
    }
    assert _notes(evaluation) == []


@pytest.mark.parametrize(
    ("quality", "coverage", "visits", "direction", "status"),
    [
        (Quality.COUNTED, None, 99, "at_least", Status.NOT_MET),
        (Quality.COUNTED, Fraction(9, 10), 100, "at_least", Status.MET),
        (Quality.COUNTED, Fraction(9, 10), 99, "at_least", Status.PROBABLY_NOT_MET),
        (Quality.COUNTED, Fraction(9, 10), 100, "at_most", Status.PROBABLY_MET),
        (Quality.COUNTED, Fraction(9, 10), 101, "at_most", Status.NOT_MET),
        (Quality.SAMPLED, None, 100, "at_least", Status.PROBABLY_MET),
        (Quality.SAMPLED, Fraction(1, 2), 99, "at_least", Status.PROBABLY_NOT_MET),
        (Quality.EXPECTED, None, 100, "at_least", Status.NO_DATA),
    ],
)
def test_visitors_are_as_sure_as_they_were_counted(
    quality: Quality, coverage: Fraction | None, visits: int, direction: str, status: Status
) -> None:
    inputs = VisitorsInputs((DayVisits(1, 0, visits),), quality, coverage)

    evaluation = _evaluate(VISITORS, inputs, target={"value": 100, "unit": "visits", "direction": direction})

    assert (evaluation.value, evaluation.status) == (visits, status)


def test_gaps_in_counting_without_a_target_give_no_status() -> None:
    assert _evaluate(VISITORS, VisitorsInputs((DayVisits(1, 0, 9),), coverage=Fraction(1, 2))).status is None


def test_how_visitors_were_counted_is_said() -> None:
    sampled = _evaluate(VISITORS, VisitorsInputs((DayVisits(1, 0, 9),), Quality.SAMPLED, Fraction(1, 2)))
    unknown = _evaluate(VISITORS, VisitorsInputs((DayVisits(1, 0, 9),)))

    assert _notes(sampled) == [Phrase.NOT_COUNTED, Phrase.COVERAGE]
    assert _notes(unknown) == [Phrase.COVERAGE_NOT_KNOWN]


def test_a_share_names_both_denominators() -> None:
    evaluation = _evaluate(SHARE, ShareInputs(66, 24), target={"value": 40, "unit": "percent"})

    assert (evaluation.value, evaluation.numerator, evaluation.denominator) == (Fraction(24, 66), 24, 66)
    assert evaluation.status is Status.NOT_MET
    assert [(phrase, _values(evaluation, phrase)) for phrase in _phrases(evaluation)[1:]] == [
        (Phrase.OF_MEMBERS, {"numerator": 24, "population": 66, "percent": 36}),
        (Phrase.OF_ANNOUNCED, {"numerator": 24, "announced": 60, "percent": 40}),
        (Phrase.NEED, {"need": 27, "population": 66, "percent": 40}),
    ]


def test_a_share_without_an_announced_number_names_one() -> None:
    evaluation = _evaluate(SHARE | {"announced": None}, ShareInputs(60, 24))

    assert _phrases(evaluation) == [Phrase.DEFINED_SHARE, Phrase.OF_MEMBERS]
    assert as_json(evaluation)["value"] == 0.4


def test_growth_of_forty_six_on_forty() -> None:
    inputs = GrowthInputs(_organisations(46), _organisations(40))
    evaluation = _evaluate(GROWTH | {"subject": "associations", "base_year": 2007, "year": 2008}, inputs)

    assert (evaluation.value, evaluation.numerator, evaluation.denominator) == (Fraction(15, 100), 46, 40)
    assert as_json(evaluation)["value"] == 0.15
    assert _notes(evaluation) == [Phrase.DAYS_NOT_KNOWN]


def test_growth_over_other_days_stands_beside_growth_per_day() -> None:
    evaluation = _evaluate(GROWTH, GrowthInputs(_visits(30_000, 2), _visits(20_000, 1)))

    assert (evaluation.value, evaluation.per_day) == (Fraction(1, 2), Fraction(-1, 4))
    assert _phrases(evaluation) == [Phrase.DEFINED_GROWTH, Phrase.GROWN, Phrase.GROWN_PER_DAY]
    assert str(_values(evaluation, Phrase.GROWN_PER_DAY)["percent"]) == "-25.0"
    assert _notes(evaluation) == [Phrase.DAYS_DIFFER]


@pytest.mark.parametrize(
    ("current", "base", "status"),
    [
        (_visits(30_000, 2), _visits(20_000, 2), Status.MET),
        (_visits(21_000, 2), _visits(20_000, 2), Status.NOT_MET),
        (_visits(30_000, 2), _visits(20_000, 2, Quality.ESTIMATED), Status.PROBABLY_MET),
        (_visits(30_000, 2, Quality.EXPECTED), _visits(20_000, 2), Status.NO_DATA),
        (_visits(30_000, 2), _visits(20_000, None), Status.PROBABLY_MET),
        (_visits(30_000, 2), _visits(20_000, 1), Status.PROBABLY_NOT_MET),
        (_visits(60_000, 2), _visits(20_000, 1), Status.MET),
        (_visits(21_000, 2), _visits(20_000, 1), Status.NOT_MET),
    ],
)
def test_growth_is_as_sure_as_its_figures_and_days(current: Figure, base: Figure, status: Status) -> None:
    evaluation = _evaluate(GROWTH, GrowthInputs(current, base), target={"value": 10, "unit": "percent"})

    assert evaluation.status is status


def test_hours_are_set_against_the_norm() -> None:
    evaluation = _evaluate(RESOURCE, ResourceInputs(Fraction(1443)), target={"value": 1, "unit": "fte"})

    assert (evaluation.value, evaluation.status) == (Fraction(3, 4), Status.NOT_MET)
    assert (as_json(evaluation)["value"], as_json(evaluation)["denominator"]) == (0.75, 1924)


def test_an_outside_figure_shows_how_far_it_has_come() -> None:
    target = {"value": 17.3, "unit": "percent", "direction": "at_most"}
    begun = _evaluate(BAROMETER, ExternalInputs(Fraction(193, 10), date(2013, 11, 30)), target=target)
    done = _evaluate(BAROMETER, ExternalInputs(Fraction(173, 10), date(2015, 11, 30)), target=target)

    assert (begun.value, begun.status) == (Fraction(193, 1000), Status.NOT_MET)
    assert _values(begun, Phrase.PROGRESS) == {"percent": 50, "baseline": "21.3"}
    assert _notes(begun) == [Phrase.NOT_DUE]
    assert (done.status, _notes(done)) == (Status.MET, [])
    assert as_json(done)["target"] == 0.173


def test_an_outside_figure_without_target_date_or_baseline() -> None:
    gap = {"measure": "external", "source": "Barometer", "unit": "percentage_points"}
    evaluation = _evaluate(gap, ExternalInputs(Fraction(-5)))

    assert (evaluation.value, _phrases(evaluation)) == (-5, [Phrase.DEFINED_EXTERNAL, Phrase.PUBLISHED])


@pytest.mark.parametrize("baseline", [None, 17.3])
def test_without_a_way_to_go_there_is_no_progress(baseline: float | None) -> None:
    evaluation = _evaluate(
        BAROMETER | {"baseline": baseline},
        ExternalInputs(Fraction(18)),
        target={"value": 17.3, "unit": "percent", "direction": "at_most"},
    )

    assert Phrase.PROGRESS not in _phrases(evaluation)


def test_inputs_of_another_measure_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        _evaluate(COUNT, ShareInputs(3, 1))

    assert refused.value.code is Code.INPUTS_OF_OTHER_MEASURE


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: DayVisits(1, -1, 0), "admitted"),
        (lambda: DayVisits(1, 0, -1), "tallied"),
        (lambda: VisitorsInputs((DayVisits(1, 0, 1), DayVisits(1, 0, 1))), "days"),
        (lambda: VisitorsInputs((), coverage=Fraction(11, 10)), "coverage"),
        (lambda: VisitorsInputs((), coverage=Fraction(0)), "coverage"),
        (lambda: ShareInputs(3, 4), "having"),
        (lambda: ShareInputs(None, 1), "having"),
        (lambda: SurveyInputs(-1, 0, 0), "population"),
        (lambda: SurveyInputs(9, 5, 3, missing=-1), "missing"),
        (lambda: SurveyInputs(9, 5, 3, screened_out=-1), "screened_out"),
        (lambda: SurveyInputs(9, 5, 3, no_opinion=6), "no_opinion"),
        (lambda: SurveyInputs(9, 5, 3, no_opinion=3), "positive"),
        (lambda: ResourceInputs(Fraction(-1)), "hours"),
    ],
)
def test_inputs_that_disagree_are_refused(build: Any, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        build()

    assert (refused.value.code, refused.value.field) == (Code.COUNTS_DISAGREE, field)


def test_a_cut_off_is_printed_in_utc_and_needs_its_zone() -> None:
    evaluation = _evaluate(COUNT, CountInputs(None))
    summer = timezone(timedelta(hours=2))

    assert as_json(replace(evaluation, cutoff=CUTOFF.astimezone(summer)))["cutoff"] == "2011-08-29T08:00:00Z"
    with pytest.raises(ValueError, match="time zone"):
        replace(evaluation, cutoff=CUTOFF.replace(tzinfo=None))
