"""Instruments: versioned questionnaires, whose items say before the first answer which answers are positive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from eventsys.base.reading import ObjectReader, flag, list_of, one_of, text, texts, whole
from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import READING, Code
from eventsys.surveys.rules.options import Option, check_key, options_from_json, refuse_twice

LOWEST_RATING, HIGHEST_RATING = 0, 10
LARGEST_NUMBER = 1_000_000_000


class ItemKind(StrEnum):
    """What an answer to an item is: one option of a scale, one or several options, 0 to 10, a whole number, free text."""

    SCALE = "scale"
    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    NUMBER = "number"
    TEXT = "text"


CHOICES = frozenset({ItemKind.SCALE, ItemKind.SINGLE, ItemKind.MULTIPLE})
NUMBERS = frozenset({ItemKind.RATING, ItemKind.NUMBER})


class Audience(StrEnum):
    """Who can be asked."""

    ASSOCIATION = "association"
    RESTAURANT = "restaurant"
    REQUESTER = "requester"
    CREW = "crew"
    VOLUNTEER = "volunteer"
    GUEST = "guest"
    VISITOR = "visitor"


class Breakdown(StrEnum):
    """By what results may be split, beside audience and language, when an instrument declares it."""

    MINORITY_ASSOCIATION = "minority_association"


BREAKDOWN_VALUES: dict[Breakdown, tuple[str, ...]] = {Breakdown.MINORITY_ASSOCIATION: ("yes", "no")}
BREAKDOWN_AUDIENCES: dict[Breakdown, frozenset[Audience]] = {
    Breakdown.MINORITY_ASSOCIATION: frozenset({Audience.ASSOCIATION}),
}


class InstrumentState(StrEnum):
    """A published version never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class ShownIf:
    """That an item is asked of those alone who gave one of these values to a choice before it."""

    item: str
    values: tuple[str, ...]

    @classmethod
    def from_json(cls, data: object) -> ShownIf | None:
        """Read `{"item", "values"}`; nothing, or an empty object, is no condition."""
        if not data:
            return None
        reader = ObjectReader(data, codes=READING, path="items.shown_if")
        condition = cls(reader.take("item", text), tuple(reader.take("values", list_of(text))))
        reader.finish()
        return condition

    def to_json(self) -> dict[str, object]:
        """The form that `from_json` reads."""
        return {"item": self.item, "values": list(self.values)}


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `audiences` empty: asked of all. `lowest` and `highest` bound a number; a rating goes from 0 to 10."""

    key: str
    kind: ItemKind
    text: dict[str, str]
    options: tuple[Option, ...] = ()
    audiences: frozenset[Audience] = frozenset()
    is_required: bool = False
    lowest: int = 0
    highest: int = LARGEST_NUMBER
    shown_if: ShownIf | None = None

    def __post_init__(self) -> None:
        check_key(self.key, "items.key")
        if self.kind is ItemKind.RATING:
            object.__setattr__(self, "lowest", LOWEST_RATING)
            object.__setattr__(self, "highest", HIGHEST_RATING)
        if self.lowest > self.highest:
            raise Refusal(Code.RANGE_EMPTY, field="items.highest", item=self.key)
        _check_options(self)

    def is_asked_of(self, audience: Audience) -> bool:
        """Whether an audience sees this item."""
        return not self.audiences or audience in self.audiences

    def option(self, value: str) -> Option | None:
        """The option with this value, if there is one."""
        return next((option for option in self.options if option.value == value), None)

    @classmethod
    def from_json(cls, data: object) -> Item:
        """Read `{"key", "kind", "text", "options", "audiences", "required", "lowest", "highest", "shown_if"}`.

        `"options": "agreement_scale"` or `"yes_no"` stands for the tested lists of that name.
        """
        reader = ObjectReader(data, codes=READING, path="items")
        item = cls(
            reader.take("key", text),
            reader.take("kind", one_of(ItemKind)),
            reader.take("text", texts),
            reader.take_or("options", options_from_json, default=()),
            frozenset(reader.take_or("audiences", list_of(one_of(Audience)), default=())),
            reader.take_or("required", flag, default=False),
            reader.take_or("lowest", whole, default=0),
            reader.take_or("highest", whole, default=LARGEST_NUMBER),
            reader.take_or("shown_if", ShownIf.from_json, default=None),
        )
        reader.finish()
        return item

    def to_json(self) -> dict[str, object]:
        """The form that `from_json` reads, with every option written out.

        A condition stands there only where there is one: versions published before there were any keep their fingerprint.
        """
        shown_if = {"shown_if": self.shown_if.to_json()} if self.shown_if else {}
        return {
            "key": self.key,
            "kind": self.kind.value,
            "text": dict(self.text),
            "options": [option.to_json() for option in self.options],
            "audiences": sorted(audience.value for audience in self.audiences),
            "required": self.is_required,
            "lowest": self.lowest,
            "highest": self.highest,
            **shown_if,
        }


def _check_options(item: Item) -> None:
    if item.kind not in CHOICES:
        if item.options:
            raise Refusal(Code.OPTIONS_NOT_WANTED, field="items.options", item=item.key)
        return
    values = [option.value for option in item.options]
    if len(values) < 2:
        raise Refusal(Code.OPTIONS_MISSING, field="items.options", item=item.key)
    refuse_twice(values, "options.value")
    if item.kind is ItemKind.SCALE and not any(option.is_positive for option in item.options):
        raise Refusal(Code.NOTHING_POSITIVE, field="items.options", item=item.key)


def _check_conditions(items: Sequence[Item]) -> None:
    """Refuse a condition on what isn't asked before, or on an answer that can't be given to it: SHOWN_IF_UNKNOWN."""
    before: dict[str, Item] = {}
    for item in items:
        if item.shown_if is not None:
            asked = before.get(item.shown_if.item)
            known = {option.value for option in asked.options} if asked is not None else set()
            if not item.shown_if.values or not set(item.shown_if.values) <= known:
                raise Refusal(Code.SHOWN_IF_UNKNOWN, field="items.shown_if", item=item.key)
        before[item.key] = item


@dataclass(frozen=True, slots=True)
class Instrument:
    """A version of a questionnaire: its items in the order in which they are asked, and by what results may be split."""

    key: str
    name: dict[str, str]
    items: tuple[Item, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    version: int = 1
    state: InstrumentState = InstrumentState.DRAFT

    def __post_init__(self) -> None:
        check_key(self.key, "key")
        if self.version < 1:
            raise Refusal(Code.FIELD_WRONG, field="version", value=self.version)
        refuse_twice([item.key for item in self.items], "items.key")
        refuse_twice([breakdown.value for breakdown in self.breakdowns], "breakdowns")
        _check_conditions(self.items)

    def item(self, key: str) -> Item | None:
        """The item with this key, if there is one."""
        return next((item for item in self.items if item.key == key), None)

    def items_for(self, audience: Audience) -> tuple[Item, ...]:
        """What an audience is asked, in order."""
        return tuple(item for item in self.items if item.is_asked_of(audience))

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, over everything that is asked: a published version keeps it for ever."""
        content = {name: value for name, value in self.to_json().items() if name != "state"}
        return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @classmethod
    def from_json(cls, data: object) -> Instrument:
        """Read `{"key", "name", "items", "breakdowns", "version", "state"}`; the last three may be absent."""
        reader = ObjectReader(data, codes=READING)
        instrument = cls(
            reader.take("key", text),
            reader.take("name", texts),
            reader.take("items", list_of(Item.from_json)),
            reader.take_or("breakdowns", list_of(one_of(Breakdown)), default=()),
            reader.take_or("version", whole, default=1),
            reader.take_or("state", one_of(InstrumentState), default=InstrumentState.DRAFT),
        )
        reader.finish()
        return instrument

    def to_json(self) -> dict[str, object]:
        """The form that `from_json` reads."""
        return {
            "key": self.key,
            "name": dict(self.name),
            "items": [item.to_json() for item in self.items],
            "breakdowns": [breakdown.value for breakdown in self.breakdowns],
            "version": self.version,
            "state": self.state.value,
        }


def edited(instrument: Instrument, *, items: tuple[Item, ...], breakdowns: tuple[Breakdown, ...]) -> Instrument:
    """A draft with other items. Refused: PUBLISHED_NEVER_CHANGES."""
    if instrument.state is InstrumentState.PUBLISHED:
        raise Refusal(Code.PUBLISHED_NEVER_CHANGES, version=instrument.version)
    return replace(instrument, items=items, breakdowns=breakdowns)


def published(instrument: Instrument) -> Instrument:
    """The draft as it is put to people. Refused: PUBLISHED_NEVER_CHANGES, NO_ITEMS, TEXT_OF_LANGUAGE_MISSING."""
    if instrument.state is InstrumentState.PUBLISHED:
        raise Refusal(Code.PUBLISHED_NEVER_CHANGES, version=instrument.version)
    if not instrument.items:
        raise Refusal(Code.NO_ITEMS, field="items")
    for key, language in missing_texts(instrument):
        raise Refusal(Code.TEXT_OF_LANGUAGE_MISSING, field=key, language=language)
    return replace(instrument, state=InstrumentState.PUBLISHED)


def next_version(instrument: Instrument) -> Instrument:
    """A draft that goes on from a published version. Refused: NOT_PUBLISHED."""
    if instrument.state is not InstrumentState.PUBLISHED:
        raise Refusal(Code.NOT_PUBLISHED, version=instrument.version)
    return replace(instrument, version=instrument.version + 1, state=InstrumentState.DRAFT)


def languages_of(instrument: Instrument) -> tuple[str, ...]:
    """The languages of which the instrument's name speaks, in order of the alphabet; every text should have them."""
    return tuple(sorted(instrument.name))


def missing_texts(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """Which item lacks a text, its own or an option's, in which language."""
    return tuple(
        (item.key, language)
        for item in instrument.items
        for language in languages_of(instrument)
        if any(language not in spoken for spoken in (item.text, *(option.text for option in item.options)))
    )
