"""A page of a questionnaire as its respondent sees it: questions with what was given, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext as _

from eventsys.base.i18n import in_language
from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.answering import Given, read_form, shown_pages
from eventsys.surveys.rules.instruments import CHOICES, Item, ItemKind
from eventsys.surveys.rules.values import LONGEST_TEXT, AnswerValue


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. `is_apart`: it is no opinion, and stands apart from those that are."""

    value: str
    text: str
    is_chosen: bool
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the page. `written` is what stands in its field, where nothing is chosen."""

    key: str
    kind: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    written: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page: `place` of `places` by what was answered so far, the numbers of those around it, and the whole of the values."""

    number: int
    questions: tuple[Question, ...]
    place: int
    places: int
    before: int | None
    after: int | None
    values: dict[str, AnswerValue]
    refused: dict[str, Refusal]
    nothing_given: bool
    is_refused: bool


class Asking(Protocol):
    """What asks: a door to a survey, or a test of a questionnaire."""

    @property
    def pages(self) -> tuple[tuple[Item, ...], ...]:
        """What is asked, page by page."""


def page_of(door: Asking, given: Given, number: int, *, is_sent: bool = False) -> SheetPage:
    """The page with this number, else the last one before it that asks something; what is wrong is said once it was sent.

    The last page answers for all: what is wrong on another one leads there.
    """
    pages = door.pages
    reading = read_form([item for page in pages for item in page], given)
    shown = shown_pages(pages, reading.values)
    place = max((at for at, (page, _items) in enumerate(shown) if page <= number), default=0)
    if is_sent and place == len(shown) - 1:
        place = next((at for at, (_page, items) in enumerate(shown) if _wrong(items, reading.refused)), place)
    here, items = shown[place]
    after = shown[place + 1][0] if place + 1 < len(shown) else None
    nothing_given = is_sent and after is None and not reading.refused and not reading.values
    return SheetPage(
        number=here,
        questions=tuple(question_of(item, given) for item in items),
        place=place + 1,
        places=len(shown),
        before=shown[place - 1][0] if place else None,
        after=after,
        values=reading.values,
        refused=reading.refused if is_sent else {},
        nothing_given=nothing_given,
        is_refused=is_sent and (nothing_given or _wrong(items, reading.refused)),
    )


def _wrong(items: tuple[Item, ...], refused: Mapping[str, Refusal]) -> bool:
    return any(item.key in refused for item in items)


def question_of(item: Item, given: Given) -> Question:
    """A question with what was given for it."""
    values = given.get(item.key, ())
    return Question(
        key=item.key,
        kind=item.kind.value,
        text=in_language(item.text),
        hint=_hint(item),
        choices=_choices(item, set(values)),
        written=values[0] if values and item.kind not in CHOICES else "",
        is_required=item.is_required,
    )


def _choices(item: Item, chosen: set[str]) -> tuple[Choice, ...]:
    if item.kind is ItemKind.RATING:
        ratings = [str(rating) for rating in range(item.lowest, item.highest + 1)]
        return tuple(Choice(rating, rating, rating in chosen, is_apart=False) for rating in ratings)
    return tuple(
        Choice(option.value, in_language(option.text), option.value in chosen, not option.is_opinion)
        for option in item.options
    )


def _hint(item: Item) -> str:
    if item.kind is ItemKind.MULTIPLE:
        return str(_("You may choose several."))
    if item.kind is ItemKind.TEXT:
        return str(_("At most %(most)s characters. Write no names, neither yours nor others'.", most=LONGEST_TEXT))
    return str(_("A whole number.")) if item.kind is ItemKind.NUMBER else ""
