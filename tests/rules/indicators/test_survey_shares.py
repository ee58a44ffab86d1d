"""Shares of positive answers: the design's sentence, too few, don't-knows, and unknown populations."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from eventsys.indicators.rules.computation import evaluate
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.evaluation import Evaluation, as_json
from eventsys.indicators.rules.inputs import SurveyInputs
from eventsys.indicators.rules.sentences import Phrase
from eventsys.indicators.rules.targets import Status

SURVEY = {
    "measure": "survey_share",
    "population": "minority_associations_taking_part",
    "instrument": "taste-the-world-2011",
    "item": "visible",
}
FOLLOW_UP = SURVEY | {"measure": "follow_up", "population": "requesters", "months": 6}


def _evaluate(
    inputs: SurveyInputs, *, percent: float | None = 80, definition: dict[str, Any] | None = None
) -> Evaluation:
    target = None if percent is None else {"value": percent, "unit": "percent"}
    name = {"da": "Navn", "en": "Name"}
    written = {"key": "visible", "name": name, "definition": definition or SURVEY, "target": target}
    return evaluate(Indicator.from_json(written), inputs, cutoff=datetime(2011, 9, 30, tzinfo=UTC))


def _said(evaluation: Evaluation) -> dict[Phrase, dict[str, object]]:
    return {sentence.phrase: dict(sentence.values) for sentence in evaluation.sentences}


@pytest.mark.parametrize(
    ("population", "answers", "positive", "percent", "status"),
    [
        (60, 44, 34, 70, Status.MET),
        (90, 60, 50, 80, Status.PROBABLY_MET),
        (28, 26, 22, 80, Status.PROBABLY_MET),
        (60, 44, 38, 80, Status.MET),
        (60, 44, 38, 80.1, Status.PROBABLY_MET),
        (60, 44, 33, 80, Status.PROBABLY_NOT_MET),
        (60, 44, 20, 80, Status.NOT_MET),
        (60, 60, 48, 80, Status.MET),
        (60, 60, 47, 80, Status.NOT_MET),
    ],
)
def test_worked_examples_have_their_status(
    population: int, answers: int, positive: int, percent: float, status: Status
) -> None:
    assert _evaluate(SurveyInputs(population, answers, positive), percent=percent).status is status


def test_the_sentence_of_the_design_comes_out() -> None:
    said = _said(_evaluate(SurveyInputs(60, 44, 38)))

    assert said[Phrase.OF_OPINIONS] == {"positive": 38, "opinions": 44, "percent": 86}
    assert said[Phrase.BETWEEN_MEMBERS] == {"low": 48, "high": 54, "population": 60}
    assert said[Phrase.SILENT] == {
        "low": 38,
        "high": 54,
        "population": 60,
        "low_percent": 63,
        "high_percent": 90,
    }
    assert said[Phrase.RESPONSE] == {"answers": 44, "population": 60, "percent": 73}
    assert said[Phrase.NEED] == {"need": 48, "population": 60, "percent": 80}


def test_the_keys_of_the_contract_come_out() -> None:
    assert as_json(_evaluate(SurveyInputs(61, 52, 34, no_opinion=4), percent=70)) == {
        "key": "visible",
        "measure": "survey_share",
        "value": 0.708333,
        "numerator": 34,
        "denominator": 48,
        "population": 61,
        "answers": 52,
        "response_rate": 0.852459,
        "interval": [39, 46],
        "bounds": [34, 47],
        "target": 0.7,
        "status": "probably_met",
        "cutoff": "2011-09-30T00:00:00Z",
    }


def test_dont_knows_leave_the_denominator_and_stay_within_the_bounds() -> None:
    evaluation = _evaluate(SurveyInputs(60, 50, 38, no_opinion=6))

    assert (evaluation.value, evaluation.denominator, evaluation.answers) == (Fraction(38, 44), 44, 50)
    assert evaluation.bounds is not None
    assert (evaluation.bounds.low, evaluation.bounds.high) == (38, 54)
    assert _said(evaluation)[Phrase.NO_OPINION] == {"count": 6}


def test_those_left_out_are_counted() -> None:
    said = _said(_evaluate(SurveyInputs(100, 40, 30, missing=3, screened_out=12)))

    assert said[Phrase.LEFT_BLANK] == {"count": 3}
    assert said[Phrase.SCREENED_OUT] == {"count": 12}
    assert said[Phrase.BETWEEN_MEMBERS]["population"] == 88
    assert Phrase.NO_OPINION not in said


def test_under_five_opinions_no_figure_is_shown() -> None:
    few = _evaluate(SurveyInputs(60, 9, 4, no_opinion=5))
    five = _evaluate(SurveyInputs(60, 9, 4, no_opinion=4))

    assert few.status is Status.TOO_FEW
    assert (few.value, few.numerator, few.denominator, few.interval, few.bounds) == (None, None, None, None, None)
    assert [sentence.phrase for sentence in few.sentences] == [Phrase.DEFINED_SURVEY_SHARE]
    assert five.value == Fraction(4, 5)


@pytest.mark.parametrize("population", [None, 0, 60])
def test_without_answers_there_is_no_data(population: int | None) -> None:
    evaluation = _evaluate(SurveyInputs(population, 0, 0))

    assert (evaluation.status, evaluation.population, evaluation.answers) == (Status.NO_DATA, population, 0)


def test_an_empty_population_is_said() -> None:
    assert [note.phrase for note in _evaluate(SurveyInputs(0, 0, 0)).notes] == [
        Phrase.POPULATION_EMPTY,
        Phrase.NO_DATA,
    ]


@pytest.mark.parametrize(
    "inputs", [SurveyInputs(9, 10, 8), SurveyInputs(9, 8, 8, missing=2), SurveyInputs(9, 8, 8, screened_out=2)]
)
def test_more_answers_than_members_are_no_figure(inputs: SurveyInputs) -> None:
    evaluation = _evaluate(inputs)

    assert (evaluation.status, evaluation.value, evaluation.response_rate) == (Status.NO_DATA, None, None)
    assert evaluation.notes[-1].phrase is Phrase.MORE_ANSWERS_THAN_MEMBERS


def test_the_survey_of_2008_comes_out_without_a_population() -> None:
    evaluation = _evaluate(SurveyInputs(None, 36, 35), percent=None, definition=SURVEY | {"population": "requesters"})
    said = _said(evaluation)
    printed = as_json(evaluation)

    assert said[Phrase.OF_OPINIONS] == {"positive": 35, "opinions": 36, "percent": 97}
    assert said[Phrase.BETWEEN_SHARES] == {"low": 86, "high": 100}
    assert printed["interval"] == [0.858303, 0.99508]
    assert [printed[key] for key in ("population", "response_rate", "bounds", "status")] == [None] * 4
    assert [note.phrase for note in evaluation.notes] == [Phrase.POPULATION_NOT_KNOWN]


def test_self_selected_answers_are_labelled_so() -> None:
    visitors = SURVEY | {"population": "visitors"}
    evaluation = _evaluate(SurveyInputs(None, 250, 200, is_self_selected=True), percent=70, definition=visitors)

    assert [note.phrase for note in evaluation.notes] == [Phrase.SELF_SELECTED, Phrase.POPULATION_NOT_KNOWN]
    assert evaluation.status is Status.MET


def test_a_follow_up_says_the_share_of_everybody_too() -> None:
    known = _said(_evaluate(SurveyInputs(28, 26, 22), definition=FOLLOW_UP))
    unknown = _said(_evaluate(SurveyInputs(None, 26, 22), definition=FOLLOW_UP))

    assert known[Phrase.OF_EVERYBODY] == {"positive": 22, "population": 28, "percent": 79}
    assert Phrase.OF_EVERYBODY not in unknown
