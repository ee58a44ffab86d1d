"""What was aimed at, and whether it was reached: compared as exact fractions, so 79.6 % is not 80 %."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from eventsys.base.reading import ObjectReader, exact, one_of, plain
from eventsys.base.refusals import Refusal
from eventsys.base.rounding import HUNDRED
from eventsys.indicators.rules.codes import READING, Code
from eventsys.indicators.rules.figures import WHOLE_UNITS, Unit


class Direction(StrEnum):
    """Which way success lies; `at_most` means that a fall is success."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Status(StrEnum):
    """What may be said about a figure and its target. `too_few`: under five answers, no figure is shown."""

    MET = "met"
    PROBABLY_MET = "probably_met"
    PROBABLY_NOT_MET = "probably_not_met"
    NOT_MET = "not_met"
    TOO_FEW = "too_few"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Target:
    """A value to reach, in the unit in which people say it: 40 percent, 60 organisations, 30,000 visits."""

    value: Fraction
    unit: Unit
    direction: Direction = Direction.AT_LEAST

    def __post_init__(self) -> None:
        if self.unit in WHOLE_UNITS and self.value.denominator != 1:
            raise Refusal(Code.TARGET_NOT_WHOLE, field="target.value", value=plain(self.value))

    @property
    def threshold(self) -> Fraction:
        """The value that a computed one is compared with: a percentage as a share of one."""
        return self.value / HUNDRED if self.unit is Unit.PERCENT else self.value

    def is_reached_by(self, value: Fraction) -> bool:
        """Whether an exact value lies on the target or on its good side."""
        if self.direction is Direction.AT_LEAST:
            return value >= self.threshold
        return value <= self.threshold

    @classmethod
    def from_json(cls, data: object) -> Target:
        """Read the form `{"value": 40, "unit": "percent", "direction": "at_least"}`; at least unless it says otherwise."""
        reader = ObjectReader(data, codes=READING, path="target")
        target = cls(
            reader.take("value", exact),
            reader.take("unit", one_of(Unit)),
            reader.take_or("direction", one_of(Direction), default=Direction.AT_LEAST),
        )
        reader.finish()
        return target

    def to_json(self) -> dict[str, object]:
        """The form that `from_json` reads."""
        return {"value": plain(self.value), "unit": self.unit.value, "direction": self.direction.value}


def status_of_value(value: Fraction, target: Target) -> Status:
    """Of a complete count, which is as sure as it can be."""
    return Status.MET if target.is_reached_by(value) else Status.NOT_MET


def status_of_range(low: Fraction, high: Fraction, *, estimate: Fraction, target: Target) -> Status:
    """Of an estimate between two ends: met when even the worse end reaches, not met when the better one doesn't."""
    worse, better = (low, high) if target.direction is Direction.AT_LEAST else (high, low)
    if target.is_reached_by(worse):
        return Status.MET
    if not target.is_reached_by(better):
        return Status.NOT_MET
    return status_of_estimate(estimate, target)


def status_of_estimate(estimate: Fraction, target: Target) -> Status:
    """Of a value whose error nobody knows: never more than probable."""
    return Status.PROBABLY_MET if target.is_reached_by(estimate) else Status.PROBABLY_NOT_MET


def need(target: Target, population: int) -> int:
    """A share's target in whole members: the least x with x/N >= 80 %, or the most with x/N <= 20 %."""
    members = target.threshold * population
    return ceil(members) if target.direction is Direction.AT_LEAST else floor(members)
