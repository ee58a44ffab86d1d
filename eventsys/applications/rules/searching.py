"""Folding words so that they are found: without marks and case, å as aa, Arabic without vowel signs."""

from __future__ import annotations

from collections.abc import Iterable

from eventsys.organisations.rules.names import name_key

LONGEST_SEARCH_TEXT = 20_000


def search_text(words: Iterable[str | None]) -> str:
    """All words of an application in one folded text, each piece parted from the next by a blank."""
    return " ".join(key for word in words if word and (key := name_key(word)))[:LONGEST_SEARCH_TEXT]


def searched(written: str) -> list[str]:
    """The folded words of which each must be found, as a part of any word."""
    return name_key(written).split()
