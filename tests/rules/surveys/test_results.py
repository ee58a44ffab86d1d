"""Results: the festival's figures counted by hand, and those of the survey of 2008."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from eventsys.surveys.rules.answers import AnswerRow, read_answers
from eventsys.surveys.rules.instruments import Audience, Instrument, Item, ItemKind
from eventsys.surveys.rules.options import AGREEMENT_SCALE, YES_NO
from eventsys.surveys.rules.results import ItemResult, OptionCount, result_of
from eventsys.surveys.rules.values import stored

FOLDER = Path(__file__).parents[3] / "examples" / "taste-the-world-2011"
FESTIVAL = Instrument.from_json(json.loads((FOLDER / "instrument.json").read_text(encoding="utf-8")))
ROWS = read_answers((FOLDER / "answers.csv").read_bytes(), FESTIVAL).rows
WORDS = {"da": "Ord"}
SATISFACTION = Item("satisfaction", ItemKind.SCALE, WORDS, AGREEMENT_SCALE)
SEVERAL = Item("which", ItemKind.MULTIPLE, WORDS, YES_NO)


def _item(key: str) -> Item:
    item = FESTIVAL.item(key)
    assert item is not None
    return item


def _counts(key: str, rows: list[AnswerRow]) -> Counter[str]:
    return Counter(stored(row.values[key]) for row in rows if key in row.values)


def _by_option(result: ItemResult) -> dict[str, int]:
    return {option.value: option.count for option in result.counts}


def test_visible_for_minority_associations_counted_by_hand() -> None:
    rows = [row for row in ROWS if row.breakdowns.get("minority_association") == "yes"]
    result = result_of(_item("visible"), _counts("visible", rows), responses=len(rows))

    assert _by_option(result) == {
        "high_degree": 19,
        "some_degree": 15,
        "lesser_degree": 9,
        "not_at_all": 5,
        "dont_know": 4,
    }
    assert (result.answers, result.no_opinion, result.opinions, result.positive) == (52, 4, 48, 34)


def test_community_for_all_counted_by_hand() -> None:
    result = result_of(_item("community"), _counts("community", list(ROWS)), responses=len(ROWS))

    assert _by_option(result) == {
        "high_degree": 37,
        "some_degree": 28,
        "lesser_degree": 11,
        "not_at_all": 1,
        "dont_know": 4,
    }
    assert (result.answers, result.missing, result.opinions, result.positive) == (81, 0, 77, 65)


def test_restaurants_have_not_left_blank_what_they_were_not_asked() -> None:
    asked = [row for row in ROWS if row.audience is Audience.ASSOCIATION]

    assert result_of(_item("visible"), _counts("visible", asked), responses=len(asked)).missing == 0


def test_a_rating_has_its_counts_and_its_mean() -> None:
    result = result_of(_item("visitors_rating"), _counts("visitors_rating", list(ROWS)), responses=90)

    assert _by_option(result) == {
        "0": 0,
        "1": 0,
        "2": 0,
        "3": 0,
        "4": 9,
        "5": 17,
        "6": 13,
        "7": 10,
        "8": 9,
        "9": 3,
        "10": 20,
    }
    assert (result.mean, result.missing, result.no_opinion) == (Fraction(568, 81), 9, 0)


def test_the_survey_of_2008_comes_out() -> None:
    counts = {"high_degree": 23, "some_degree": 12, "lesser_degree": 1}
    result = result_of(SATISFACTION, counts, responses=36)

    assert result.counts == (
        OptionCount("high_degree", 23, Fraction(23, 36)),
        OptionCount("some_degree", 12, Fraction(12, 36)),
        OptionCount("lesser_degree", 1, Fraction(1, 36)),
        OptionCount("not_at_all", 0, Fraction(0)),
        OptionCount("dont_know", 0, None),
    )
    assert (result.positive, result.opinions, result.mean) == (35, 36, None)
    assert result_of(SATISFACTION, counts, responses=36, counted=("high_degree",)).positive == 23


def test_several_options_are_counted_each_and_the_answers_once() -> None:
    counts = {'["yes", "no"]': 3, '["no", "dont_know"]': 2, '["dont_know"]': 4}
    result = result_of(SEVERAL, counts, responses=10)

    assert _by_option(result) == {"yes": 3, "no": 5, "dont_know": 6}
    assert (result.answers, result.no_opinion, result.positive, result.missing) == (9, 4, 3, 1)


def test_texts_are_answers_and_nothing_more() -> None:
    result = result_of(Item("words", ItemKind.TEXT, WORDS), {"Tak": 2, "Nej": 1}, responses=4)

    assert result == ItemResult("words", 3, 1, 0, 0)


@pytest.mark.parametrize("kind", [ItemKind.NUMBER, ItemKind.RATING])
def test_without_answers_there_is_no_mean(kind: ItemKind) -> None:
    assert result_of(Item("members", kind, WORDS), {}, responses=0).mean is None


def test_without_opinions_there_are_no_shares() -> None:
    result = result_of(SATISFACTION, {"dont_know": 5}, responses=5)

    assert [option.share for option in result.counts] == [None] * 5


def test_under_five_answers_are_too_few() -> None:
    assert result_of(SATISFACTION, {"high_degree": 4}, responses=9).is_too_few
    assert not result_of(SATISFACTION, {"high_degree": 5}, responses=9).is_too_few
    assert result_of(SATISFACTION, {"high_degree": 4, "dont_know": 9}, responses=13).is_too_few, "opinions count"
