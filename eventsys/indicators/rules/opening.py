"""Indicators as open data: what may be given away of an evaluation, and what each field means. Nothing under five."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventsys.indicators.rules.figures import Unit
from eventsys.indicators.rules.measures import Measure
from eventsys.indicators.rules.survey_shares import FEWEST_ANSWERS

# Figures of these count people and organisations, or parts of them.
OF_PEOPLE = frozenset({Unit.ORGANISATIONS, Unit.PERSONS, Unit.VISITS, Unit.ENTRIES, Unit.PERCENT})
ASKED = frozenset({Measure.SURVEY_SHARE, Measure.FOLLOW_UP})
RESPONSE = ("answers", "response_rate")
SIZES = ("population", *RESPONSE, "interval", "bounds")
FIGURES = ("value", "numerator", "denominator", *SIZES, "status")


def opened(row: Mapping[str, Any], *, measure: Measure, unit: Unit) -> dict[str, Any]:
    """The object that `evaluate` prints without what would tell of fewer than five; `is_withheld` says that something is missing.

    A cell that subtraction would reveal is small too: those who said no, had no opinion or kept silent.
    """
    withheld = _withheld(row, measure=measure, unit=unit)
    return {**row, **dict.fromkeys(withheld), "is_withheld": bool(withheld)}


def _withheld(row: Mapping[str, Any], *, measure: Measure, unit: Unit) -> tuple[str, ...]:
    if measure in ASKED and row["value"] is None:
        return _of_too_few(row)
    if unit not in OF_PEOPLE or measure is Measure.EXTERNAL or row["value"] is None:
        return ()
    above, below = row["numerator"], row["denominator"]
    if measure in ASKED:
        # All or nobody of a small group is as telling as a few.
        return FIGURES if min(above, below - above) < FEWEST_ANSWERS else _beside(row)
    parts = [above, below] if measure is Measure.GROWTH else [above, *([] if below is None else [below, below - above])]
    return FIGURES if any(_is_small(part) for part in parts) else ()


def _of_too_few(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Too few had an opinion for a figure; how many answered or kept silent may be as few."""
    answers = row["answers"] or 0
    silent = 0 if row["population"] is None else row["population"] - answers
    return RESPONSE if _is_small(answers) or _is_small(silent) else ()


def _beside(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Those without an opinion and those who kept silent, told by subtraction."""
    rest = [row["answers"] - row["denominator"]]
    if row["population"] is not None:
        if _is_small(row["population"] - row["denominator"]):
            return SIZES
        rest.append(row["population"] - row["answers"])
    return RESPONSE if any(_is_small(part) for part in rest) else ()


def _is_small(count: float) -> bool:
    return 0 < count < FEWEST_ANSWERS
