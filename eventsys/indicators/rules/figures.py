"""Figures: what a number counts, how it came about, over how many days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code


class Quality(StrEnum):
    """How a counted attendance came about."""

    COUNTED = "counted"
    SAMPLED = "sampled"
    ESTIMATED = "estimated"
    EXPECTED = "expected"


class Unit(StrEnum):
    """What a figure counts. Visits are persons times days; entries count a person each time."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"
    VISITS = "visits"
    ENTRIES = "entries"
    EVENTS = "events"
    DAYS = "days"
    CLASSES = "classes"
    TASKS = "tasks"
    PROJECTS = "projects"
    PLANS = "plans"
    PARTNERS = "partners"
    CAMPAIGNS = "campaigns"
    PUBLICATIONS = "publications"
    INITIATIVES = "initiatives"
    ADMINISTRATIONS = "administrations"
    DISTRICTS = "districts"
    GROUPS = "groups"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    FULL_TIME_EQUIVALENTS = "fte"
    HOURS = "hours"
    HOURS_PER_WEEK = "hours_per_week"


ATTENDANCE_UNITS = frozenset({Unit.VISITS, Unit.ENTRIES, Unit.PERSONS})
RESOURCE_UNITS = frozenset({Unit.FULL_TIME_EQUIVALENTS, Unit.HOURS, Unit.HOURS_PER_WEEK})
RATIO_UNITS = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS})
WHOLE_UNITS = frozenset(Unit) - RESOURCE_UNITS - RATIO_UNITS


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what makes it comparable: unit, quality, and the days that it covers.

    `day_values` holds the value of each day where they are known; for organisations a day's value counts
    those present that day, so the days may add up to more than the value. `day_count` is empty when nobody knows.
    """

    value: Fraction
    unit: Unit
    quality: Quality = Quality.COUNTED
    day_count: int | None = None
    day_values: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.day_count is not None and self.day_count < 1:
            raise Refusal(Code.COUNTS_DISAGREE, field="day_count")
        if self.day_values and len(self.day_values) != self.day_count:
            raise Refusal(Code.COUNTS_DISAGREE, field="day_values")

    @property
    def per_day(self) -> Fraction | None:
        """The mean of the days; without their values the value spread over them; None when the days aren't known."""
        if self.day_count is None:
            return None
        return (Fraction(sum(self.day_values)) if self.day_values else self.value) / self.day_count
