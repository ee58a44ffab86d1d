"""Folding words so that they are found: without marks and case, å as aa, Arabic without vowel signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from eventsys.organisations.rules.names import name_key

LONGEST_SEARCH_TEXT = 20_000
MANY_DIGITS = 6
# Spellings of one letter, in the order in which they are made one: ø is typed as oe and as o, å as aa and as a, æ as ae and as a.
SPELLINGS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
SPELLED = "ao"
PHONE = re.compile(r"\+?[\d ]{8,}")


def search_text(words: Iterable[str | None]) -> str:
    """All words of an application in one folded text, each piece parted from the next by a blank."""
    return " ".join(key for word in words if word and (key := name_key(word)))[:LONGEST_SEARCH_TEXT]


def searched(written: str) -> list[str]:
    """What must be found in a search text that has a blank before it: each piece between blanks.

    Letters are found inside a word too (forening in kulturforening), and so are six digits and more (a phone number without its
    country). Where letters and few digits stand together, as in TW11-050, a word must begin like it.
    """
    pieces = [written] if PHONE.fullmatch(written.strip()) else written.split()
    return [found for piece in pieces if (found := _sought(piece))]


def loosened(key: str) -> str:
    """A folded text with ø, å and æ as one plain letter each, however they were typed."""
    for spelling, letter in SPELLINGS:
        key = key.replace(spelling, letter)
    return key


def _sought(piece: str) -> str:
    key = name_key(piece)
    digits = sum(letter.isdigit() for letter in key)
    if key.replace(" ", "").isdigit() and digits >= MANY_DIGITS:
        return key.replace(" ", "")
    return f" {key}" if digits else key
