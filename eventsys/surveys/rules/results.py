"""What the answers to an item come to: counts, and the share among those with an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from eventsys.surveys.rules.disclosure import FEWEST
from eventsys.surveys.rules.instruments import NUMBERS, Item, ItemKind
from eventsys.surveys.rules.values import AnswerValue, from_stored


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How many chose an option, and its share of those with an opinion; none for "don't know" and the like."""

    value: str
    count: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answers to one item. `answers` = opinions + no opinion; `missing` sent a questionnaire but left this blank.

    `counts` is empty for free text and numbers; with several options per answer they add up to more than the answers.
    """

    item: str
    answers: int
    missing: int
    no_opinion: int
    positive: int
    counts: tuple[OptionCount, ...] = ()
    mean: Fraction | None = None

    @property
    def opinions(self) -> int:
        """The denominator of every share."""
        return self.answers - self.no_opinion

    @property
    def is_too_few(self) -> bool:
        """Whether nothing but the number of answers may be shown: under five had an opinion."""
        return self.opinions < FEWEST


def result_of(item: Item, counts: Mapping[str, int], *, responses: int, counted: tuple[str, ...] = ()) -> ItemResult:
    """Sum up an item's answers, given by how often each stored value occurs among so many responses.

    `counted` names other options as positive than the item itself, for the share of a single answer.
    """
    given = [(from_stored(item, kept), count) for kept, count in counts.items()]
    answers = sum(counts.values())
    positive = set(counted) or {option.value for option in item.options if option.is_positive}
    opinions = sum(count for value, count in given if _has_opinion(item, value))
    return ItemResult(
        item.key,
        answers,
        responses - answers,
        answers - opinions,
        sum(count for value, count in given if positive & set(chosen(value))),
        _counts(item, given, opinions=opinions),
        _mean(item, given),
    )


def columns_of(item: Item) -> tuple[str, ...]:
    """What is counted of an item: its options, or the ratings from 0 to 10; nothing for numbers and free text."""
    if item.kind is ItemKind.RATING:
        return tuple(str(rating) for rating in range(item.lowest, item.highest + 1))
    return tuple(option.value for option in item.options)


def chosen(value: AnswerValue) -> tuple[str, ...]:
    """The options that an answer names; of a number or a text, itself."""
    return value if isinstance(value, tuple) else (str(value),)


def _has_opinion(item: Item, value: AnswerValue) -> bool:
    """Whether one of the options chosen is an opinion; numbers and texts always are."""
    if not item.options:
        return True
    opinions = {option.value for option in item.options if option.is_opinion}
    return bool(opinions & set(chosen(value)))


def _counts(item: Item, given: list[tuple[AnswerValue, int]], *, opinions: int) -> tuple[OptionCount, ...]:
    without_opinion = {option.value for option in item.options if not option.is_opinion}
    found = []
    for column in columns_of(item):
        count = sum(count for value, count in given if column in chosen(value))
        share = None if column in without_opinion or not opinions else Fraction(count, opinions)
        found.append(OptionCount(column, count, share))
    return tuple(found)


def _mean(item: Item, given: list[tuple[AnswerValue, int]]) -> Fraction | None:
    answers = sum(count for _, count in given)
    if item.kind not in NUMBERS or not answers:
        return None
    return Fraction(sum(value * count for value, count in given if isinstance(value, int)), answers)
