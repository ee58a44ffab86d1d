"""Splits: by kind with its parts, and by language, of the festival's own answers."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from eventsys.surveys.rules.answers import read_answers
from eventsys.surveys.rules.disclosure import Group
from eventsys.surveys.rules.instruments import Instrument, Item, ItemKind
from eventsys.surveys.rules.options import YES_NO
from eventsys.surveys.rules.splits import OTHERS, Given, Part, by_kind, by_language
from eventsys.surveys.rules.values import stored

FOLDER = Path(__file__).parents[3] / "examples" / "taste-the-world-2011"
FESTIVAL = Instrument.from_json(json.loads((FOLDER / "instrument.json").read_text(encoding="utf-8")))
ROWS = read_answers((FOLDER / "answers.csv").read_bytes(), FESTIVAL).rows
WORDS = {"da": "Ord"}
SEVERAL = Item("which", ItemKind.MULTIPLE, WORDS, YES_NO)
ONE = Item("again", ItemKind.SINGLE, WORDS, YES_NO)


def festival(key: str) -> tuple[Item, list[Given]]:
    item = FESTIVAL.item(key)
    assert item is not None
    found = Counter(
        (row.audience.value, row.breakdowns.get("minority_association", ""), row.language, stored(row.values[key]))
        for row in ROWS
        if key in row.values
    )
    return item, [Given(*who, count) for who, count in found.items()]


def test_kinds_of_the_festival() -> None:
    kinds = by_kind(*festival("again"))

    # Associations: 35 yes, 10 no, 14 don't know; restaurants: 14, 2, 6. The 2 is small, and so is what would tell it.
    assert [(kind.name, kind.group) for kind in kinds] == [
        ("association", Group(59, (35, None, None))),
        ("restaurant", Group(22, (14, None, None))),
    ]
    assert [part.name for part in kinds[0].parts] == ["no", "yes"]
    assert all(part.group.counts[1:] == (None, None) for part in kinds[0].parts), (
        "they would add up to what is withheld"
    )
    assert kinds[1].parts == ()


def test_languages_of_the_festival() -> None:
    # Danish 49, English 5; every other language is one that fewer than five of them speak.
    assert [(part.name, part.group.size) for part in by_language(*festival("community"))] == [
        ("da", 49),
        ("en", 5),
        (OTHERS, 27),
    ]


def test_one_kind_alone_is_the_whole() -> None:
    given = [Given("restaurant", "", "da", "yes", 9), Given("restaurant", "", "da", "no", 1)]

    assert by_kind(ONE, given) == (Part("restaurant", Group(10, (9, 1, 0))),)
    assert by_language(ONE, given) == ()
    assert by_kind(ONE, []) == ()


def test_language_that_was_let_go_stands_with_the_others() -> None:
    given = [Given("guest", "", language, value, 9) for language in ("und", "da") for value in ("yes", "no")]
    given.append(Given("guest", "", "ar", "no", 2))

    assert [(part.name, part.group.size) for part in by_language(ONE, given)] == [("da", 18), (OTHERS, 20)]


def test_several_options_know_their_respondents() -> None:
    given = [
        Given("crew", "", "da", '["yes", "no"]', 6),
        Given("crew", "", "da", '["yes"]', 3),
        Given("guest", "", "da", '["no"]', 8),
        Given("guest", "", "da", '["yes", "no"]', 5),
    ]

    assert by_kind(SEVERAL, given) == (Part("crew", Group(9, (9, 6, 0))), Part("guest", Group(13, (5, 13, 0))))
