"""Finding by words: in any order, without case and accents, in the pages' languages, a slip of the finger forgiven."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from eventsys.organisations.rules.names import name_key
from eventsys.reports.rules.vocabulary import MEANS_THE_SAME, SAYS_NOTHING

# Letters that keyboards and habits spell in several ways; after `name_key`, on both sides.
_SPELLED = re.compile("aa|ae|oe")
_SAME_LETTER = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None} | {chr(0x660 + n): str(n) for n in range(10)})
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_ARTICLE = "ال"
# So short a word is only found as a whole; one shorter than the second is never taken for another; a long one may be two edits off.
_SHORTEST_PART, _SHORTEST_NEAR, _LONG = 3, 4, 8


@dataclass(frozen=True, slots=True)
class Search:
    """The places of the texts that hold every word; `guessed`: words that nobody spells so, taken for the nearest."""

    places: frozenset[int]
    guessed: tuple[str, ...]


@lru_cache(maxsize=8192)
def folded(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, no accents, ø as o, å and æ as a, Arabic without its article."""
    plain = _SPELLED.sub(lambda found: found[0][0], name_key(text).translate(_SAME_LETTER))
    return tuple(_word(word) for word in plain.split())


def _word(word: str) -> str:
    bare = word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 2 else word
    return _LEADING_ZEROS.sub("", bare)


_NOTHING = frozenset(folded(SAYS_NOTHING))
_MEANINGS = tuple(folded(row) for row in MEANS_THE_SAME.strip().splitlines())


def telling(written: str) -> list[str]:
    """The words of a search that say whom somebody looks for, as they were written; all where none does."""
    words = [word for word in written.split() if folded(word)]
    return [word for word in words if not _NOTHING.issuperset(folded(word))] or words


def search(written: str, texts: Sequence[str]) -> Search:
    """Which texts hold all telling words, each as part of any word or as one that means the same.

    A word that no text holds is taken for those that are spelled nearly so: one letter off, two in a long word, by
    optimal string alignment, compared with the beginnings of words too. An empty search finds all.
    """
    held = [" ".join(folded(text)) for text in texts]
    found = set(range(len(texts)))
    guessed = []
    for raw in telling(written):
        for word in [one for one in folded(raw) if one not in _NOTHING] or folded(raw):
            holders = _holders(word, held)
            if not holders:
                holders = {n for n, text in enumerate(held) if _is_near(word, text.split())}
                if holders:
                    guessed.append(raw)
            found &= holders
    return Search(frozenset(found), tuple(dict.fromkeys(guessed)))


def _holders(word: str, held: Sequence[str]) -> set[int]:
    if len(word) < _SHORTEST_PART or _has_digit(word):
        return {n for n, text in enumerate(held) if word in text.split()}
    alike = {word, *_meaning(word)}
    return {n for n, text in enumerate(held) if any(one in text for one in alike)}


def _meaning(word: str) -> Collection[str]:
    return {other for row in _MEANINGS if any(_begins(word, stem) for stem in row) for other in row}


def _begins(word: str, stem: str) -> bool:
    # Three letters are a whole root in Arabic, and little elsewhere.
    return word == stem or (
        len(stem) >= (_SHORTEST_NEAR if stem.isascii() else _SHORTEST_PART) and word.startswith(stem)
    )


def _is_near(word: str, words: Sequence[str]) -> bool:
    if len(word) < _SHORTEST_NEAR or _has_digit(word):
        return False
    most = 2 if len(word) >= _LONG else 1
    beginnings = {
        other[: len(word) + more] for other in words if other[0] == word[0] for more in (-1, 0, 1)
    }  # fmt: skip
    return any(OSA.distance(word, other, score_cutoff=most) <= most for other in beginnings)


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
