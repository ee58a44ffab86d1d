"""Free text as organisers read it: shuffled, with tags, some at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from eventsys.base.i18n import in_language
from eventsys.surveys.counting import Counted, tags_of, texts_of
from eventsys.surveys.results_shown import texts_readable
from eventsys.surveys.rules.free_text import FreeText, chosen_by_tag, shuffled
from eventsys.surveys.rules.instruments import ItemKind

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Texts:
    """What was written to one question. `tags` with how many texts have each; `chosen` are those of this page."""

    key: str
    item_id: int
    question: str
    may_read: bool
    everything: tuple[FreeText, ...]
    tags: tuple[tuple[str, int], ...]
    tag: str
    found: int
    page: int
    pages: int
    chosen: tuple[FreeText, ...]


def texts_shown(counted: Counted, key: str, *, tag: str, page: int) -> Texts | None:
    """The texts to an item; None where it asks for none. Nothing is read where under five could have written it."""
    item = counted.instrument.item(key)
    if item is None or item.kind is not ItemKind.TEXT:
        return None
    survey = counted.survey
    item_id = next(kept.id for kept in survey.instrument.items if kept.key == key)
    may_read = texts_readable(counted, item)
    tags = [(one.text_key, one.name) for one in tags_of(survey, item_id)]
    everything = shuffled(f"{survey.code}.{key}", texts_of(survey, item_id), tags) if may_read else ()
    names = Counter(name for text in everything for name in text.tags)
    found = chosen_by_tag(everything, tag)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(page, 1), pages)
    return Texts(
        key,
        item_id,
        in_language(item.text),
        may_read,
        everything,
        tuple(sorted(names.items())),
        tag,
        len(found),
        number,
        pages,
        found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
    )
