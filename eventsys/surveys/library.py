"""The library of items: the questions that the programme's own documents ask, and some in common use, ready to be asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from eventsys.base.reading import ObjectReader, one_of, whole
from eventsys.surveys.rules.codes import READING
from eventsys.surveys.rules.instruments import Item

FILE = Path(__file__).parent / "library.json"


class Group(StrEnum):
    """What the questions of a group are about."""

    EVENT = "event"
    COOPERATION = "cooperation"
    COURSES = "courses"
    YOUNG = "young"
    OPEN = "open"


class Origin(StrEnum):
    """Where a question comes from: a success criterion, a result or a survey of a year, or none of these."""

    CRITERION = "criterion"
    RESULT = "result"
    SURVEY = "survey"
    ASKED = "asked"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Tested:
    """One item of the library with where it comes from; `year` is 0 where it comes from no document."""

    group: Group
    origin: Origin
    year: int
    item: Item

    @classmethod
    def from_json(cls, data: object) -> Tested:
        """Read `{"group", "origin", "year", "item"}`; the year may be absent."""
        reader = ObjectReader(data, codes=READING)
        tested = cls(
            reader.take("group", one_of(Group)),
            reader.take("origin", one_of(Origin)),
            reader.take_or("year", whole, default=0),
            reader.take("item", Item.from_json),
        )
        reader.finish()
        return tested


@cache
def library() -> tuple[Tested, ...]:
    """Every item, in the order in which they are offered."""
    return tuple(Tested.from_json(one) for one in json.loads(FILE.read_text(encoding="utf-8")))


def chosen(keys: list[str]) -> tuple[Item, ...]:
    """The items with these keys in the library's order, with those after whose answers they are shown."""
    wanted = set(keys)
    for one in library():
        if one.item.key in wanted and one.item.shown_if:
            wanted.add(one.item.shown_if.item)
    return tuple(one.item for one in library() if one.item.key in wanted)
