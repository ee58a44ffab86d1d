"""One answer to one item: read from a form or a cell, checked, and written for the database."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import CHOICES, NUMBERS, Item, ItemKind

AnswerValue: TypeAlias = str | int | tuple[str, ...]

LONGEST_TEXT = 2000
SHOWN_OF_WRONG_VALUE = 60
SEPARATOR = "|"  # Between several options in one cell; commas and semicolons separate cells.
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,12}")


def answer_of(item: Item, given: str | Sequence[str]) -> AnswerValue | None:
    """What was given for an item, as a value; None when it was left blank.

    An option may be given by its value or by its text in any language, in capitals or not.
    Refused with the item as field: OPTION_UNKNOWN, NOT_A_NUMBER, NUMBER_OUT_OF_RANGE, TEXT_TOO_LONG, ANSWER_REQUIRED.
    """
    value = _read(item, (given,) if isinstance(given, str) else given)
    if value is None and item.is_required:
        raise Refusal(Code.ANSWER_REQUIRED, field=item.key)
    return value


def _read(item: Item, given: Sequence[str]) -> AnswerValue | None:
    if item.kind is ItemKind.MULTIPLE:
        return _options(item, given)
    written = given[0].strip() if given else ""
    if not written:
        return None
    if item.kind in CHOICES:
        return _option(item, written)
    return _number(item, written) if item.kind in NUMBERS else _text(item, written)


def _option(item: Item, written: str) -> str:
    """The value of the one option that is meant."""
    if item.option(written):
        return written
    wanted = folded(written)
    for option in item.options:
        if wanted in {folded(spoken) for spoken in (option.value, *option.text.values())}:
            return option.value
    raise Refusal(Code.OPTION_UNKNOWN, field=item.key, value=written[:SHOWN_OF_WRONG_VALUE])


def _options(item: Item, given: Sequence[str]) -> tuple[str, ...] | None:
    """The values of the options that are meant, each once, in the instrument's order."""
    written = [part.strip() for cell in given for part in cell.split(SEPARATOR) if part.strip()]
    chosen = {_option(item, part) for part in written}
    return tuple(option.value for option in item.options if option.value in chosen) or None


def _number(item: Item, written: str) -> int:
    if not WHOLE_NUMBER.fullmatch(written):
        raise Refusal(Code.NOT_A_NUMBER, field=item.key, value=written[:SHOWN_OF_WRONG_VALUE])
    number = int(written)
    if not item.lowest <= number <= item.highest:
        raise Refusal(Code.NUMBER_OUT_OF_RANGE, field=item.key, value=number, lowest=item.lowest, highest=item.highest)
    return number


def _text(item: Item, written: str) -> str | None:
    """Free text without control characters but the ends of lines."""
    if len(written) > LONGEST_TEXT:
        raise Refusal(Code.TEXT_TOO_LONG, field=item.key, length=len(written), longest=LONGEST_TEXT)
    lines = written.replace("\r\n", "\n")
    kept = "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) != "Cc")
    return kept.strip() or None


def folded(written: str) -> str:
    """A text as it is compared: no capitals, one blank between words, one way to write each letter."""
    return " ".join(unicodedata.normalize("NFC", written).casefold().split())


def stored(value: AnswerValue) -> str:
    """The value as the database keeps it: an option's value, a number or a text as it is, several options as a JSON list."""
    return json.dumps(value) if isinstance(value, tuple) else str(value)


def from_stored(item: Item, kept: str) -> AnswerValue:
    """What `stored` wrote."""
    if item.kind is ItemKind.MULTIPLE:
        return tuple(json.loads(kept))
    return int(kept) if item.kind in NUMBERS else kept
