"""A questionnaire on a screen: its pages, which questions are asked after what was answered, and a form that is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.instruments import NUMBERS, Audience, Instrument, Item
from eventsys.surveys.rules.values import AnswerValue, answer_of

MOST_ON_A_PAGE = 8

# What was written or chosen, as a form sends it, by the item's key.
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form comes to: a value for each item that was answered, and by item why one can't be taken."""

    values: dict[str, AnswerValue]
    refused: dict[str, Refusal]


def pages_of(instrument: Instrument, audience: Audience) -> tuple[tuple[Item, ...], ...]:
    """What an audience is asked, page by page. What hangs on an answer stands on a later page than it: nothing needs a script."""
    pages: list[tuple[Item, ...]] = []
    here: list[Item] = []
    for item in instrument.items_for(audience):
        hangs_on_this_page = item.shown_if is not None and item.shown_if.item in {other.key for other in here}
        if len(here) == MOST_ON_A_PAGE or hangs_on_this_page:
            pages.append(tuple(here))
            here = []
        here.append(item)
    return (*pages, tuple(here)) if here else tuple(pages)


def is_shown(item: Item, values: Mapping[str, AnswerValue]) -> bool:
    """Whether an item is asked, after what was answered before it."""
    if item.shown_if is None:
        return True
    value = values.get(item.shown_if.item, ())
    chosen = value if isinstance(value, tuple) else (str(value),)
    return bool(set(chosen) & set(item.shown_if.values))


def shown_pages(
    pages: Sequence[Sequence[Item]], values: Mapping[str, AnswerValue]
) -> tuple[tuple[int, tuple[Item, ...]], ...]:
    """The pages that ask something after what was answered so far: the number of each, and its items."""
    shown = [(number, tuple(item for item in page if is_shown(item, values))) for number, page in enumerate(pages, 1)]
    return tuple((number, page) for number, page in shown if page)


def read_form(items: Sequence[Item], given: Given) -> Reading:
    """Read what was given for items in their order. What isn't asked is dropped, also where something was given for it."""
    values: dict[str, AnswerValue] = {}
    refused: dict[str, Refusal] = {}
    for item in items:
        if not is_shown(item, values):
            continue
        try:
            value = answer_of(item, _written(item, given.get(item.key, ())))
        except Refusal as refusal:
            refused[item.key] = refusal
            continue
        if value is not None:
            values[item.key] = value
    return Reading(values, refused)


def _written(item: Item, given: Sequence[str]) -> tuple[str, ...]:
    """Numbers in the digits of any script count: ٧ is 7."""
    if item.kind not in NUMBERS:
        return tuple(given)
    return tuple("".join(str(unicodedata.decimal(sign, sign)) for sign in text) for text in given)
