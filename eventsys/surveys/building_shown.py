"""A questionnaire as those who build it read it: its questions with all that holds for them, its languages, what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from eventsys.base.i18n import LANGUAGE_NAMES, LANGUAGES, in_language, listed, quoted
from eventsys.surveys import queries
from eventsys.surveys.building_texts import BREAKDOWNS, GROUPS, KINDS, ORIGINS
from eventsys.surveys.library import Tested, library
from eventsys.surveys.models import Instrument
from eventsys.surveys.rules.answering import pages_of
from eventsys.surveys.rules.building import Lack, lacking
from eventsys.surveys.rules.instruments import NUMBERS, Audience, Item, ItemKind, languages_of
from eventsys.surveys.rules.instruments import Instrument as Questionnaire
from eventsys.surveys.sheet_shown import Question, question_of
from eventsys.surveys.texts import AUDIENCES
from eventsys.surveys.uses import Use, uses_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question: its words, what holds for it in short sentences, whom it is put to, and which indicators count it."""

    key: str
    text: str
    notes: tuple[str, ...]
    asked_of: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """What a question lacks in each language of the questionnaire: empty where nothing is missing."""

    text: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A questionnaire with all that its page tells. `texts` are the questions that lack one; `strays` are
    indicators that count a question which it hasn't got; `removed` are key and words of what can be put back.
    """

    languages: tuple[str, ...]
    speaks: str
    breakdowns: str
    items: tuple[ItemRow, ...]
    texts: tuple[LanguageRow, ...]
    strays: tuple[Use, ...]
    removed: tuple[tuple[str, str], ...]
    is_incomplete: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as its respondent sees it, with a sentence that says after which answers alone it is asked."""

    question: Question
    condition: str


def shown_of(kept: Instrument) -> Shown:
    """All that the page of a questionnaire tells."""
    instrument = queries.as_rules(kept)
    uses = uses_of(kept.key)
    lacks = lacking(instrument)
    languages = sorted(languages_of(instrument), key=lambda code: [*LANGUAGES, code].index(code))
    there = {item.key for item in instrument.items}
    names = tuple(str(LANGUAGE_NAMES.get(code, code)) for code in languages)
    return Shown(
        languages=names,
        speaks=listed(names),
        breakdowns=listed(BREAKDOWNS[breakdown] for breakdown in instrument.breakdowns),
        items=tuple(_item_row(instrument, item, uses) for item in instrument.items),
        texts=tuple(
            LanguageRow(in_language(item.text), tuple(_lack(lacks.get(item.key, {}).get(code)) for code in languages))
            for item in instrument.items
            if item.key in lacks
        ),
        strays=tuple(use for use in uses if use.item not in there),
        removed=_removed(kept),
        is_incomplete=bool(lacks),
    )


def _removed(kept: Instrument) -> tuple[tuple[str, str], ...]:
    """The key and the words of what was taken out and can be put back, the last one first; of two with one key the last."""
    words = {one["item"]["key"]: in_language(one["item"]["text"]) for one in kept.removed_items}
    there = {item.key for item in kept.items}
    return tuple((key, text) for key, text in reversed(words.items()) if key not in there)


def _item_row(instrument: Questionnaire, item: Item, uses: Sequence[Use]) -> ItemRow:
    return ItemRow(
        key=item.key,
        text=in_language(item.text),
        notes=tuple(
            note for note in (_kind(item), _positive(item), _needed(item), condition_of(instrument, item)) if note
        ),
        asked_of=listed(AUDIENCES[one.value] for one in Audience if one in item.audiences) or str(_("everybody")),
        uses=tuple(use for use in uses if use.item == item.key),
    )


def _kind(item: Item) -> str:
    kind = str(KINDS[item.kind])
    if item.kind is ItemKind.NUMBER:
        return str(
            _(
                "%(kind)s from %(lowest)s to %(highest)s",
                kind=kind,
                lowest=format_decimal(item.lowest),
                highest=format_decimal(item.highest),
            )
        )
    if item.kind in NUMBERS or item.kind is ItemKind.TEXT:
        return kind
    answers = ngettext("%(num)s answer", "%(num)s answers", len(item.options))
    return f"{kind}: {answers}"


def _positive(item: Item) -> str:
    positive = [quoted(in_language(option.text)) for option in item.options if option.is_positive]
    return str(_("positive: %(answers)s", answers=listed(positive))) if positive else ""


def _needed(item: Item) -> str:
    return str(_("must be answered")) if item.is_required else ""


def condition_of(instrument: Questionnaire, item: Item) -> str:
    """After which answers to which question an item is asked; empty where it always is."""
    before = instrument.item(item.shown_if.item) if item.shown_if else None
    if item.shown_if is None or before is None:
        return ""
    answers = [quoted(in_language(one.text)) for one in before.options if one.value in item.shown_if.values]
    return str(
        _("only after %(answers)s to %(question)s", answers=listed(answers), question=quoted(in_language(before.text)))
    )


def _lack(lack: Lack | None) -> str:
    if lack is None:
        return ""
    said = [str(_("the question"))] if lack.question else []
    if lack.options:
        said.append(ngettext("%(num)s answer", "%(num)s answers", lack.options))
    return listed(said)


def preview_of(kept: Instrument, audience: Audience) -> list[list[AskedQuestion]]:
    """What an audience is asked, page by page, whatever it answers."""
    instrument = queries.as_rules(kept)
    return [
        [AskedQuestion(question_of(item, {}), condition_of(instrument, item)) for item in page]
        for page in pages_of(instrument, audience)
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    """A question of the library: where it comes from, whom it is put to, and whether the draft asks it already."""

    key: str
    text: str
    about: str
    is_there: bool


def offered(kept: Instrument) -> list[tuple[str, list[Offered]]]:
    """The library's questions in their groups."""
    there = {item.key for item in kept.items}
    return [
        (str(name), [_offered(one, there=one.item.key in there) for one in library() if one.group is group])
        for group, name in GROUPS.items()
    ]


def _offered(one: Tested, *, there: bool) -> Offered:
    origin = str(ORIGINS[one.origin]) % {"year": one.year}
    asked_of = listed(AUDIENCES[each.value] for each in Audience if each in one.item.audiences) or str(_("everybody"))
    about = _("%(kind)s · put to %(audiences)s · %(origin)s", kind=_kind(one.item), audiences=asked_of, origin=origin)
    return Offered(one.item.key, in_language(one.item.text), str(about), there)
