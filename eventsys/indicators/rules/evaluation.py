"""An indicator's computed value with everything it needs to be believed, and its JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from eventsys.indicators.rules.figures import Unit
from eventsys.indicators.rules.measures import Measure
from eventsys.indicators.rules.sentences import Sentence
from eventsys.indicators.rules.targets import Status, Target
from eventsys.surveys.rules.intervals import Bounds, Interval

JSON_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an indicator comes to. Shares and growth are fractions of one; nothing is rounded.

    `denominator` holds the answers with an opinion, the population of a share, the earlier figure of a growth or the
    norm of a resource. `answers` count those without an opinion too. `status` is empty where there is a figure but no
    target. `per_day` is the mean day, or the growth of it. With `too_few` and `no_data` no figure is given at all,
    but for an attendance that is only expected.
    """

    key: str
    measure: Measure
    unit: Unit
    target: Target | None
    cutoff: datetime
    status: Status | None = Status.NO_DATA
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    population: int | None = None
    answers: int | None = None
    response_rate: Fraction | None = None
    interval: Interval | None = None
    bounds: Bounds | None = None
    per_day: Fraction | None = None
    sentences: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()

    def __post_init__(self) -> None:
        if self.cutoff.tzinfo is None:
            raise ValueError("a cut-off needs its time zone")


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """The object that `flask indicators evaluate --format json` prints.

    Numbers are rounded to six decimals, after every comparison was made. Shares, growth and their targets are fractions
    of one (0.7 is 70 %). `interval` and `bounds` are `[low, high]` in whole members where the population's size is known,
    and shares where it isn't; `target` is the number to reach, on the scale of `value`; `cutoff` is in UTC.
    """
    return {
        "key": evaluation.key,
        "measure": evaluation.measure.value,
        "value": json_number(evaluation.value),
        "numerator": json_number(evaluation.numerator),
        "denominator": json_number(evaluation.denominator),
        "population": evaluation.population,
        "answers": evaluation.answers,
        "response_rate": json_number(evaluation.response_rate),
        "interval": interval_as_json(evaluation.interval),
        "bounds": None if evaluation.bounds is None else [evaluation.bounds.low, evaluation.bounds.high],
        "target": None if evaluation.target is None else json_number(evaluation.target.threshold),
        "status": None if evaluation.status is None else evaluation.status.value,
        "cutoff": evaluation.cutoff.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }


def interval_as_json(interval: Interval | None) -> list[int | float | None] | None:
    """Whole members where the population's size is known, else shares."""
    if interval is None:
        return None
    if interval.members is not None:
        return list(interval.members)
    return [json_number(interval.low), json_number(interval.high)]


def json_number(value: Fraction | None) -> int | float | None:
    """A whole number as one, another rounded to six decimals."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), JSON_DECIMALS)
