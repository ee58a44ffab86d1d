"""Building a questionnaire: items come, change, move and go; what a draft lacks in which language; whom it asks anything."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.answering import pages_of, shown_pages
from eventsys.surveys.rules.answers import AUDIENCE, LANGUAGE
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience, Breakdown, Instrument, Item, edited, languages_of
from eventsys.surveys.rules.options import KEY, Option

# Names that forms and columns beside an item's have: an item of that name would be taken for them.
RESERVED = frozenset(
    {AUDIENCE, LANGUAGE, "page", "on", "back", "later", "csrf_token", *(breakdown.value for breakdown in Breakdown)}
)
LONGEST_KEY, LONGEST_SLUG, KEY_WORDS = 60, 40, 4


@dataclass(frozen=True, slots=True)
class Lack:
    """What one language lacks: the question's text, and those of so many of its answers."""

    question: bool
    options: int


def check_new_key(key: str, taken: Collection[str]) -> None:
    """Refuse a key that no new item may have: KEY_WRONG where it isn't one, KEY_TWICE, KEY_RESERVED."""
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise Refusal(Code.KEY_WRONG, field="key", key=key)
    if key in RESERVED:
        raise Refusal(Code.KEY_RESERVED, field="key", key=key)
    if key in taken:
        raise Refusal(Code.KEY_TWICE, field="key", key=key)


def key_from(texts: Mapping[str, str], *, taken: Collection[str], otherwise: str) -> str:
    """A key made of the first words of a text in English or Danish; else `otherwise` with a number."""
    stem = next((found for language in ("en", "da") if (found := _slug(texts.get(language, "")))), otherwise)
    free = {*taken, *RESERVED}
    if stem not in free and stem != otherwise:
        return stem
    number = next(number for number in range(1, len(free) + 2) if f"{stem}_{number}" not in free)
    return f"{stem}_{number}"


def _slug(text: str) -> str:
    """`What is "too much"?` becomes `what_is_too_much`; nothing where no letter of that kind begins it."""
    spelled = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    slug = "_".join(re.findall(r"[a-z0-9]+", plain)[:KEY_WORDS])[:LONGEST_SLUG].strip("_")
    return slug if KEY.fullmatch(slug) else ""


def with_items(instrument: Instrument, more: Sequence[Item]) -> Instrument:
    """The draft with further items behind the others. Refused: what `check_new_key` refuses, SHOWN_IF_UNKNOWN."""
    taken = {item.key for item in instrument.items}
    for item in more:
        check_new_key(item.key, taken)
        taken.add(item.key)
    return _with(instrument, (*instrument.items, *more))


def with_changed(instrument: Instrument, item: Item) -> Instrument:
    """The draft with another wording of an item. Refused: OPTIONS_IN_USE while another is shown after an answer that would go."""
    values = {option.value for option in item.options}
    hanging = [other for other in hanging_on(instrument, item.key) if not _values(other) <= values]
    if hanging:
        raise Refusal(Code.OPTIONS_IN_USE, field="options", questions=_called(hanging))
    return _with(instrument, tuple(item if other.key == item.key else other for other in instrument.items))


def moved(instrument: Instrument, key: str, *, steps: int) -> Instrument:
    """The draft with an item so many places later, or earlier. Refused: ORDER_WRONG before what it hangs on."""
    items = list(instrument.items)
    place = next((place for place, item in enumerate(items) if item.key == key), None)
    if place is None:
        return instrument
    item = items.pop(place)
    items.insert(min(max(place + steps, 0), len(items)), item)
    places = {item.key: place for place, item in enumerate(items)}
    late = [one for one in items if one.shown_if and places[one.shown_if.item] > places[one.key]]
    if late:
        raise Refusal(Code.ORDER_WRONG, questions=_called(late))
    return _with(instrument, tuple(items))


def without(instrument: Instrument, key: str) -> Instrument:
    """The draft without an item. Refused: IN_USE while another one is shown after an answer to it."""
    hanging = hanging_on(instrument, key)
    if hanging:
        raise Refusal(Code.IN_USE, questions=_called(hanging))
    return _with(instrument, tuple(item for item in instrument.items if item.key != key))


def put_back(instrument: Instrument, item: Item, *, place: int) -> Instrument:
    """The draft with an item that was taken away, where it stood. Refused: KEY_TWICE, CONDITION_GONE."""
    if instrument.item(item.key) is not None:
        raise Refusal(Code.KEY_TWICE, key=item.key)
    if item.shown_if is not None:
        before = instrument.item(item.shown_if.item)
        if before is None or not _values(item) <= {option.value for option in before.options}:
            raise Refusal(Code.CONDITION_GONE)
        place = max(place, instrument.items.index(before) + 1)
    return _with(instrument, (*instrument.items[:place], item, *instrument.items[place:]))


def stamp(item: Item) -> str:
    """What tells whether an item still says what a page showed."""
    return sha256(json.dumps(item.to_json(), sort_keys=True).encode()).hexdigest()[:16]


def hanging_on(instrument: Instrument, key: str) -> tuple[Item, ...]:
    """The items that are shown only after certain answers to one."""
    return tuple(item for item in instrument.items if item.shown_if is not None and item.shown_if.item == key)


def lacking(instrument: Instrument) -> dict[str, dict[str, Lack]]:
    """What lacks a text, by the item's key and the language; items that lack nothing aren't in it."""
    found: dict[str, dict[str, Lack]] = {}
    for item in instrument.items:
        for language in languages_of(instrument):
            lack = Lack(language not in item.text, sum(language not in option.text for option in item.options))
            if lack.question or lack.options:
                found.setdefault(item.key, {})[language] = lack
    return found


def audiences_asked(instrument: Instrument) -> tuple[Audience, ...]:
    """The audiences to whom the questionnaire shows anything at all."""
    return tuple(audience for audience in Audience if shown_pages(pages_of(instrument, audience), {}))


def with_positive(options: Iterable[Option], positive: Collection[str]) -> tuple[Option, ...]:
    """The options with these values as the positive ones."""
    return tuple(replace(option, is_positive=option.value in positive) for option in options)


def _with(instrument: Instrument, items: tuple[Item, ...]) -> Instrument:
    return edited(instrument, items=items, breakdowns=instrument.breakdowns)


def _values(item: Item) -> set[str]:
    return set(item.shown_if.values) if item.shown_if else set()


def _called(items: Iterable[Item]) -> tuple[dict[str, str], ...]:
    return tuple(item.text for item in items)
