"""Names and numbers that tell whether two organisations are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError

from eventsys.base.spreadsheet import western

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "đ": "d", "ł": "l", "ı": "i", "&": " og "})


def name_key(name: str) -> str:
    """A name as it is compared: small letters without marks, words parted by one blank, no punctuation."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDED)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(kept.split())


# Words that say what sort of thing it is, not which one.
_SORT = frozenset(
    [
        "association",
        "cafe",
        "club",
        "danmark",
        "dansk",
        "danske",
        "de",
        "den",
        "det",
        "for",
        "forening",
        "foreningen",
        "i",
        "kultur",
        "kulturforening",
        "kulturforeningen",
        "og",
        "restaurant",
        "restauranten",
        "the",
    ]
)
_LONG_WORD, _LONG_NAME = 5, 8


def is_alike(key: str, other: str) -> bool:
    """Whether two folded names (`name_key`) may well be one organisation's: for asking a person, never for concluding.

    The same words in any order, each long one but for a letter, words for the sort of thing left out; or the same
    letters but for one when they are parted otherwise. A letter is one edit by optimal string alignment.
    """
    return _are_alike(_taken_apart(key), _taken_apart(other))


def alike_among(asked: Mapping[Hashable, str], others: Mapping[Hashable, str]) -> set[Hashable]:
    """Who of those asked has a name like (`is_alike`) that of somebody else among the others; each under a key of its own.

    Only names that share a mark are compared, so that thousands are told apart at once.
    """
    apart = {key: _taken_apart(name) for key, name in others.items()}
    blanks = {theirs.blanks for theirs in apart.values()}
    by_mark: dict[_Mark, list[Hashable]] = {}
    for key, theirs in apart.items():
        for mark in (*theirs.word_marks, *((theirs.blanks, *half) for half in theirs.letter_marks)):
            by_mark.setdefault(mark, []).append(key)

    def near(ours: _Apart) -> Iterator[Hashable]:
        # With as many blanks, only the words tell.
        letters = [(count, *half) for half in ours.letter_marks for count in blanks if count != ours.blanks]
        return (key for mark in (*ours.word_marks, *letters) for key in by_mark.get(mark, ()))

    def has_namesake(key: Hashable, name: str) -> bool:
        ours = _taken_apart(name)
        return any(other != key and _are_alike(ours, apart[other]) for other in near(ours))

    return {key for key, name in asked.items() if has_namesake(key, name)}


# How many words (below zero) or blanks there are, and half of a text.
_Mark = tuple[int, int, str]


class _Apart(NamedTuple):
    """A folded name: the words that tell, all its letters, how many blanks part them; marks of which those alike share one."""

    words: list[str]
    letters: str
    blanks: int
    # Of the first telling word (with how many there are), and of all letters.
    word_marks: list[_Mark]
    letter_marks: list[tuple[int, str]]


@lru_cache(maxsize=8_192)
def _taken_apart(key: str) -> _Apart:
    words, letters = _telling(key), key.replace(" ", "")
    word_marks = [(-1 - len(words), *half) for half in _halves(words[0] if words else "", _LONG_WORD)]
    letter_marks = _halves(letters, _LONG_NAME) if len(letters) >= _LONG_NAME else []
    return _Apart(words, letters, key.count(" "), word_marks, letter_marks)


def _are_alike(ours: _Apart, theirs: _Apart) -> bool:
    if len(ours.words) == len(theirs.words) and all(map(_is_word_alike, ours.words, theirs.words)):
        return True
    if ours.blanks == theirs.blanks or min(len(ours.letters), len(theirs.letters)) < _LONG_NAME:
        return False
    return _is_close(ours.letters, theirs.letters)


def _halves(text: str, least: int) -> list[tuple[int, str]]:
    """Texts that are one edit apart share a half, counted by the length of the shorter one; short texts must be equal."""
    if len(text) < least:
        return [(0, text)]
    shorter = [length for length in (len(text) - 1, len(text)) if length >= least]
    return [half for n in shorter for half in ((n, text[: n // 2]), (-n, text[-(n - n // 2 - 1) :]))]


def _telling(key: str) -> list[str]:
    words = key.split()
    return sorted(word for word in words if word not in _SORT) or sorted(words)


def _is_word_alike(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= _LONG_WORD and _is_close(word, other))


def _is_close(text: str, other: str) -> bool:
    return OSA.distance(text, other, score_cutoff=1) <= 1


def company_number(written: str) -> str | None:
    """The eight digits of a CVR number, `DK`, blanks and digits of any script forgiven; None when empty.

    Raises ValueError when it has not eight digits or its check digit is wrong (weights 2 7 6 5 4 3 2 1, modulus 11).
    """
    digits = re.sub(r"^DK|[\s.\-]", "", western(written).strip().upper())
    digits = re.sub(r"^DK", "", digits)
    if not digits:
        return None
    try:
        return str(cvr.validate(digits))
    except ValidationError as error:
        raise ValueError(str(error)) from None
