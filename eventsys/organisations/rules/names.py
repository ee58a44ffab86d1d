"""Names and numbers that tell whether two organisations are one."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError

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
    ours, theirs = _telling(key), _telling(other)
    if len(ours) == len(theirs) and all(map(_is_word_alike, ours, theirs)):
        return True
    if key.count(" ") == other.count(" "):
        return False
    joined, other_joined = key.replace(" ", ""), other.replace(" ", "")
    return min(len(joined), len(other_joined)) >= _LONG_NAME and _is_close(joined, other_joined)


def _telling(key: str) -> list[str]:
    words = key.split()
    return sorted(word for word in words if word not in _SORT) or sorted(words)


def _is_word_alike(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= _LONG_WORD and _is_close(word, other))


def _is_close(text: str, other: str) -> bool:
    return OSA.distance(text, other, score_cutoff=1) <= 1


def company_number(written: str) -> str | None:
    """The eight digits of a CVR number, `DK` and blanks forgiven; None when empty.

    Raises ValueError when it has not eight digits or its check digit is wrong (weights 2 7 6 5 4 3 2 1, modulus 11).
    """
    digits = re.sub(r"^DK|[\s.\-]", "", written.strip().upper())
    digits = re.sub(r"^DK", "", digits)
    if not digits:
        return None
    try:
        return str(cvr.validate(digits))
    except ValidationError as error:
        raise ValueError(str(error)) from None
