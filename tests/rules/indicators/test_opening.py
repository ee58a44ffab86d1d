"""Open data tells of nobody fewer than five, also not by subtraction."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.indicators.rules.figures import Unit
from eventsys.indicators.rules.measures import Measure
from eventsys.indicators.rules.opening import FIGURES, opened


def row(
    above: int | None, below: int | None = None, *, answers: int | None = None, population: int | None = None
) -> dict[str, Any]:
    value = None if above is None else above if below is None else above / below
    return {
        "value": value, "numerator": above, "denominator": below, "population": population, "answers": answers,
        "response_rate": 0.5, "interval": [1, 2], "bounds": [1, 2], "status": "met",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "unit", "given_row", "withheld"),
    [
        (Measure.COUNT, Unit.ORGANISATIONS, row(4), set(FIGURES)),
        (Measure.COUNT, Unit.ORGANISATIONS, row(5), set()),
        (Measure.COUNT, Unit.ORGANISATIONS, row(0), set()),
        (Measure.COUNT, Unit.DAYS, row(2), set()),
        (Measure.COUNT, Unit.ORGANISATIONS, row(None), set()),
        (Measure.SHARE, Unit.PERCENT, row(24, 60), set()),
        (Measure.SHARE, Unit.PERCENT, row(57, 60), set(FIGURES)),
        (Measure.SHARE, Unit.PERCENT, row(3, 60), set(FIGURES)),
        (Measure.GROWTH, Unit.PERCENT, row(46, 40), set()),
        (Measure.GROWTH, Unit.PERCENT, row(46, 3), set(FIGURES)),
        (Measure.EXTERNAL, Unit.PERCENT, row(None) | {"value": 0.173}, set()),
        # 34 of 48 said yes; 4 of the 52 who answered had no opinion, so how many answered isn't told.
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(34, 48, answers=52, population=61), {"answers", "response_rate"}),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(34, 48, answers=48, population=61), set()),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(34, 48, answers=48, population=50),
         {"answers", "response_rate", "population", "interval", "bounds"}),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(35, 36, answers=36), set(FIGURES)),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(36, 36, answers=36), set(FIGURES)),
        (Measure.FOLLOW_UP, Unit.PERCENT, row(0, 20, answers=20), set(FIGURES)),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(None, answers=3, population=61), {"answers", "response_rate"}),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(None, answers=59, population=61), {"answers", "response_rate"}),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(None, answers=0, population=61), set()),
        (Measure.SURVEY_SHARE, Unit.PERCENT, row(None, population=61), set()),
    ],
)  # fmt: skip
def test_what_is_small_is_withheld(measure: Measure, unit: Unit, given_row: dict[str, Any], withheld: set[str]) -> None:
    told = opened(given_row, measure=measure, unit=unit)

    assert {name for name in given_row if told[name] is None and given_row[name] is not None} == withheld - {
        name for name in withheld if given_row[name] is None
    }
    assert told["is_withheld"] is bool(withheld)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_no_cell_of_a_survey_comes_out_small(yes: int, no: int, unsure: int, silent: int) -> None:
    answers = yes + no + unsure
    told = opened(
        row(yes, yes + no or 1, answers=answers, population=answers + silent),
        measure=Measure.SURVEY_SHARE,
        unit=Unit.PERCENT,
    )

    known = {
        name: told[name] for name in ("numerator", "denominator", "answers", "population") if told[name] is not None
    }
    names = list(known)
    gaps = [known[a] - known[b] for i, b in enumerate(names) for a in names[i + 1 :]]
    assert all(not 0 < gap < 5 for gap in gaps)
    assert all(not 0 < value < 5 for value in known.values())
