"""What the queries deliver for an indicator: plain numbers, checked against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import Figure, Quality


def _refuse_unless(agrees: bool, field: str) -> None:
    if not agrees:
        raise Refusal(Code.COUNTS_DISAGREE, field=field)


@dataclass(frozen=True, slots=True)
class CountInputs:
    """A population's size, with the members present on each day; empty while nothing could be counted yet."""

    figure: Figure | None


@dataclass(frozen=True, slots=True)
class DayVisits:
    """One day at the gates: visitors and guests admitted by pass, and people tallied in less those voided."""

    day: int
    admitted: int
    tallied: int

    def __post_init__(self) -> None:
        _refuse_unless(self.admitted >= 0, "admitted")
        _refuse_unless(self.tallied >= 0, "tallied")

    @property
    def visits(self) -> int:
        """Everybody who came in that day."""
        return self.admitted + self.tallied


@dataclass(frozen=True, slots=True)
class VisitorsInputs:
    """The days that were counted. `coverage` is the share of open gate hours with somebody counting, if known."""

    days: tuple[DayVisits, ...]
    quality: Quality = Quality.COUNTED
    coverage: Fraction | None = None

    def __post_init__(self) -> None:
        _refuse_unless(self.coverage is None or 0 < self.coverage <= 1, "coverage")
        _refuse_unless(len({counted.day for counted in self.days}) == len(self.days), "days")


@dataclass(frozen=True, slots=True)
class ShareInputs:
    """A population's size and how many of its members have the property; no population while none could be drawn."""

    population: int | None
    having: int

    def __post_init__(self) -> None:
        _refuse_unless(0 <= self.having <= (self.population or 0), "having")


@dataclass(frozen=True, slots=True)
class SurveyInputs:
    """Answers to one item from one population; `population` is empty where nobody knows its size.

    `answers` are those to this item, without an opinion too; `missing` left it blank in a questionnaire that they sent;
    `screened_out` weren't asked it. `is_self_selected`: whoever saw the poster answered.
    """

    population: int | None
    answers: int
    positive: int
    no_opinion: int = 0
    missing: int = 0
    screened_out: int = 0
    is_self_selected: bool = False

    def __post_init__(self) -> None:
        _refuse_unless(self.population is None or self.population >= 0, "population")
        _refuse_unless(self.missing >= 0, "missing")
        _refuse_unless(self.screened_out >= 0, "screened_out")
        _refuse_unless(0 <= self.no_opinion <= self.answers, "no_opinion")
        _refuse_unless(0 <= self.positive <= self.opinions, "positive")

    @property
    def opinions(self) -> int:
        """The denominator: answers with an opinion."""
        return self.answers - self.no_opinion

    @property
    def eligible(self) -> int | None:
        """The population less those whom the screening item told apart."""
        return None if self.population is None else self.population - self.screened_out


@dataclass(frozen=True, slots=True)
class GrowthInputs:
    """This edition's figure and the earlier one, computed or kept by hand; empty where there is none."""

    current: Figure | None
    base: Figure | None


@dataclass(frozen=True, slots=True)
class ResourceInputs:
    """Hours spent; empty while none are entered."""

    hours: Fraction | None

    def __post_init__(self) -> None:
        _refuse_unless(self.hours is None or self.hours >= 0, "hours")


@dataclass(frozen=True, slots=True)
class ExternalInputs:
    """The latest published value, in its own unit (21.3 for 21.3 percent), and when it was published."""

    value: Fraction | None
    published_on: date | None = None


Inputs: TypeAlias = (
    CountInputs | VisitorsInputs | ShareInputs | SurveyInputs | GrowthInputs | ResourceInputs | ExternalInputs
)
