"""Free text: in an order that tells nothing, with tags that lead to a text and to nobody who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.disclosure import FEWEST

LONGEST_TAG = 40
# As a choice: texts without any tag.
UNTAGGED = "-"


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text, how many wrote exactly this, and what it was tagged with."""

    key: str
    text: str
    count: int
    tags: tuple[str, ...]


def key_of(item: str, text: str) -> str:
    """What a text is known by: SHA-256 over the text itself and which item of which survey it answers.

    Nothing of who wrote it is in it, nor when, nor what else the same person answered.
    """
    return sha256(f"{item}\n{text}".encode()).hexdigest()


def shuffled(item: str, written: Mapping[str, int], tags: Iterable[tuple[str, str]]) -> tuple[FreeText, ...]:
    """The texts in the order of their keys: the same every time, another for each item. `tags` are pairs of key and tag."""
    by_key: dict[str, list[str]] = {}
    for key, name in tags:
        by_key.setdefault(key, []).append(name)
    keyed = {key_of(item, text): text for text in written}
    return tuple(
        FreeText(key, keyed[key], written[keyed[key]], tuple(sorted(by_key.get(key, ())))) for key in sorted(keyed)
    )


def chosen_by_tag(texts: Collection[FreeText], tag: str) -> tuple[FreeText, ...]:
    """The texts with a tag; those without any for UNTAGGED; all where nothing is chosen."""
    if tag == UNTAGGED:
        return tuple(text for text in texts if not text.tags)
    return tuple(text for text in texts if not tag or tag in text.tags)


def may_be_shown(asked: int) -> bool:
    """Whether texts may be shown: at least five could have written them."""
    return asked >= FEWEST


def tag_of(written: str) -> str:
    """A tag as it is kept: one blank between words. Refused: TAG_EMPTY, TAG_TOO_LONG."""
    name = " ".join(written.split())
    if not name.strip(UNTAGGED):
        raise Refusal(Code.TAG_EMPTY, field="name")
    if len(name) > LONGEST_TAG:
        raise Refusal(Code.TAG_TOO_LONG, field="name", length=len(name), longest=LONGEST_TAG)
    return name
