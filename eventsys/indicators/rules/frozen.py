"""A frozen evaluation, read back from its JSON form to stand beside the one of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.figures import Unit
from eventsys.indicators.rules.targets import Status, Target
from eventsys.surveys.rules.intervals import Bounds, Interval

HUNDRED = 100


def as_frozen(kept: Mapping[str, Any], now: Evaluation) -> Evaluation:
    """What `evaluation.as_json` kept, as an evaluation; unit and direction, which it doesn't hold, are those of now.

    Numbers come back with the six decimals that were kept. Sentences and notes are left out: they say what holds now.
    """
    population = kept["population"]
    bounds = kept["bounds"]
    return replace(
        now,
        target=_target(kept["target"], now.target),
        status=None if kept["status"] is None else Status(kept["status"]),
        value=_exact(kept["value"]),
        numerator=_exact(kept["numerator"]),
        denominator=_exact(kept["denominator"]),
        population=population,
        answers=kept["answers"],
        response_rate=_exact(kept["response_rate"]),
        interval=_interval(kept["interval"], population),
        bounds=None if bounds is None else Bounds(bounds[0], bounds[1], population),
        per_day=None,
        sentences=(),
        notes=(),
    )


def _exact(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _target(threshold: float | None, now: Target | None) -> Target | None:
    if threshold is None or now is None:
        return None
    value = Fraction(str(threshold))
    return replace(now, value=value * HUNDRED if now.unit is Unit.PERCENT else value)


def _interval(ends: list[float] | None, population: int | None) -> Interval | None:
    """Whole members where they were kept as such, else shares; a share of 0 or 1 may look like a member."""
    if ends is None:
        return None
    low, high = (Fraction(str(end)) for end in ends)
    if population:
        return Interval(low / population, high / population, population)
    return Interval(low, high)
