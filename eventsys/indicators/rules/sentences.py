"""What is said about a figure, as codes with values; the sentences are in `indicators.texts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = int | str | Decimal


class Phrase(StrEnum):
    """One sentence about a figure. Behind each: the values that it is filled with."""

    # What the figure stands for.
    DEFINED_COUNT = "defined_count"  # population
    DEFINED_VISITORS = "defined_visitors"  # unit
    DEFINED_SHARE = "defined_share"  # having, population
    DEFINED_SURVEY_SHARE = "defined_survey_share"  # population, instrument, item
    DEFINED_FOLLOW_UP = "defined_follow_up"  # population, instrument, item, months
    DEFINED_GROWTH = "defined_growth"  # subject, base_year
    DEFINED_GROWTH_BETWEEN = "defined_growth_between"  # subject, base_year, year
    DEFINED_SURVEY_OPTIONS = "defined_survey_options"  # population, instrument, item, counted
    DEFINED_REGISTER = "defined_register"  # kind
    DEFINED_REGISTER_GROUP = "defined_register_group"  # kind, group
    DEFINED_REGISTER_GROUPS = "defined_register_groups"  # kind
    DEFINED_DAYS = "defined_days"
    DEFINED_RESOURCE = "defined_resource"  # unit, norm
    DEFINED_RESOURCE_GROUP = "defined_resource_group"  # unit, norm, group
    DEFINED_EXTERNAL = "defined_external"  # source
    # The figure itself.
    COUNTED = "counted"  # value, unit
    ADMITTED_AND_TALLIED = "admitted_and_tallied"  # value, unit, admitted, tallied, day_count
    PER_DAY = "per_day"  # value, unit
    OF_MEMBERS = "of_members"  # numerator, population, percent
    OF_ANNOUNCED = "of_announced"  # numerator, announced, percent
    OF_OPINIONS = "of_opinions"  # positive, opinions, percent
    OF_EVERYBODY = "of_everybody"  # positive, population, percent
    GROWN = "grown"  # current, base, percent
    GROWN_PER_DAY = "grown_per_day"  # percent
    SPENT = "spent"  # hours, value, unit
    PUBLISHED = "published"  # value, unit
    PUBLISHED_ON = "published_on"  # value, unit, date
    PROGRESS = "progress"  # percent, baseline
    # How sure it is.
    BETWEEN_MEMBERS = "between_members"  # low, high, population
    BETWEEN_SHARES = "between_shares"  # low, high in percent
    SILENT = "silent"  # low, high, population, low_percent, high_percent
    RESPONSE = "response"  # answers, population, percent
    NO_OPINION = "no_opinion"  # count
    LEFT_BLANK = "left_blank"  # count
    SCREENED_OUT = "screened_out"  # count
    NEED = "need"  # need, population, percent
    # What must be said beside it.
    TOO_FEW = "too_few"  # fewest
    NO_DATA = "no_data"
    POPULATION_EMPTY = "population_empty"
    POPULATION_NOT_KNOWN = "population_not_known"
    MORE_ANSWERS_THAN_MEMBERS = "more_answers_than_members"  # answers, population
    SELF_SELECTED = "self_selected"
    NOT_COUNTED = "not_counted"  # quality
    COVERAGE = "coverage"  # percent
    COVERAGE_NOT_KNOWN = "coverage_not_known"
    UNITS_DIFFER = "units_differ"
    DAYS_DIFFER = "days_differ"
    DAYS_NOT_KNOWN = "days_not_known"
    QUALITY_DIFFERS = "quality_differs"
    BASE_IS_ZERO = "base_is_zero"
    NOT_DUE = "not_due"  # date
    NO_SURVEY = "no_survey"  # instrument
    ITEM_GONE = "item_gone"  # item
    FOLLOW_UP_DUE = "follow_up_due"  # date
    STILL_OPEN = "still_open"
    ANSWER_GONE = "answer_gone"  # answers
    NOTHING_POSITIVE = "nothing_positive"  # item


@dataclass(frozen=True, slots=True)
class Sentence:
    """A phrase with its values. Populations, units, properties and qualities come as codes, percentages as rounded for show."""

    phrase: Phrase
    values: Mapping[str, Value] = field(default_factory=dict)


def say(phrase: Phrase, **values: Value) -> Sentence:
    """A sentence, written shortly."""
    return Sentence(phrase, values)
