"""Results of a closed survey as people read them: bars with the table behind them, splits, and the last edition beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.base.i18n import in_language, told_apart
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.surveys import queries
from eventsys.surveys.counting import Counted
from eventsys.surveys.models import Survey
from eventsys.surveys.results_words import (
    kind_called,
    language_called,
    panel_called,
    part_called,
    percent,
    sentences_of,
    told_too_few,
)
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.rules.figures import Figures, PanelKind, is_same_item, is_worded_alike
from eventsys.surveys.rules.free_text import may_be_shown
from eventsys.surveys.rules.instruments import Item, ItemKind
from eventsys.surveys.rules.results import OptionCount, columns_of
from eventsys.surveys.rules.splits import Part, by_kind, by_language

# Kinds whose answers add up to one: they are drawn as one bar, the others as a bar for each answer.
STACKED = frozenset({ItemKind.SCALE, ItemKind.SINGLE})


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, from 0 to 1 of its length; `pattern` tells it apart without colour."""

    words: str
    count: str
    start: float
    length: float
    pattern: int


@dataclass(frozen=True, slots=True)
class Bar:
    """All opinions in one bar; the interval of the positive ones where they stand first. `words` say all of it."""

    name: str
    words: str
    segments: tuple[Segment, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: how many chose it, its share, how sure that is, and what it was last time."""

    words: str
    pattern: int | None
    count: str
    share: str
    interval: str
    length: float | None
    before: str


@dataclass(frozen=True, slots=True)
class Row:
    """A group of a split: its name, how many answered, and how many chose each answer."""

    name: str
    cells: tuple[str, ...]
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class PanelShown:
    """An item's figures from one panel. Without lines where too few answered; then `too_few` says so."""

    name: str
    kind: PanelKind
    too_few: str
    sentences: tuple[str, ...]
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    before_name: str
    before_said: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: tuple[Row, ...]
    languages: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One question with its figures. Of free text there is only how many may be read, on a page of its own."""

    key: str
    question: str
    condition: str
    is_text: bool
    may_read: bool
    panels: tuple[PanelShown, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The last edition that asked the same, how it asked it, and what came out."""

    edition: Edition
    item: Item
    figures: Figures

    @property
    def name(self) -> str:
        """What it is called beside this one: its year."""
        return str(self.edition.starts_on.year)

    @property
    def is_shown(self) -> bool:
        """Whether enough answered then."""
        return not self.figures.result.is_too_few


class Earlier:
    """The editions before, and what their closed surveys came to that asked as long after."""

    def __init__(self, survey: Survey, *, now: datetime) -> None:
        self._edition, self._months_after, self._now = survey.edition, survey.months_after, now

    @cached_property
    def _surveys(self) -> list[Counted]:
        return [
            Counted(survey)
            for edition in editions.earlier_of(self._edition)
            for survey in queries.surveys_of(edition)
            if phase_of(survey.opens_at, survey.closes_at, now=self._now) is Phase.CLOSED
            and survey.months_after == self._months_after
        ]

    def of(self, item: Item, now: Figures) -> Before | None:
        """What came out the last time of those who are asked now, or of some of them."""
        for counted in self._surveys:
            before = counted.instrument.item(item.key)
            if before is None or not is_same_item(item, before):
                continue
            for figures in counted.figures(before):
                if set(figures.audiences) & set(now.audiences):
                    return Before(counted.survey.edition, before, figures)
        return None


def results_of(counted: Counted, *, now: datetime) -> list[ItemShown]:
    """Every item in the order in which it was asked."""
    earlier = Earlier(counted.survey, now=now)
    return [_item(item, counted, earlier) for item in counted.instrument.items]


def texts_readable(counted: Counted, item: Item) -> bool:
    """Whether what was written may be read: at least five could have written it."""
    return may_be_shown(sum(one.responses - one.screened_out for one in counted.figures(item)))


def _item(item: Item, counted: Counted, earlier: Earlier) -> ItemShown:
    is_text = item.kind is ItemKind.TEXT
    panels = () if is_text else tuple(_panel(item, one, earlier) for one in counted.figures(item))
    return ItemShown(
        key=item.key,
        question=in_language(item.text),
        condition=_condition(item, counted),
        is_text=is_text,
        may_read=is_text and texts_readable(counted, item),
        panels=panels,
    )


def _condition(item: Item, counted: Counted) -> str:
    before = counted.instrument.item(item.shown_if.item) if item.shown_if else None
    if item.shown_if is None or before is None:
        return ""
    options = [before.option(value) for value in item.shown_if.values]
    words = ", ".join(in_language(option.text) for option in options if option)
    return str(
        _(
            "Asked of those alone who answered %(answers)s to “%(question)s”; so it isn't split into groups.",
            answers=words,
            question=in_language(before.text),
        )
    )


def _panel(item: Item, figures: Figures, earlier: Earlier) -> PanelShown:
    is_too_few = figures.result.is_too_few
    before = None if is_too_few else earlier.of(item, figures)
    is_split = not is_too_few and item.shown_if is None and bool(columns_of(item))
    return PanelShown(
        name=panel_called(figures),
        kind=figures.panel,
        too_few=told_too_few(figures) if is_too_few else "",
        sentences=() if is_too_few else tuple(sentences_of(item, figures)),
        bars=() if is_too_few else tuple(_bars(item, figures, before)),
        lines=() if is_too_few else tuple(_lines(item, figures, before)),
        before_name=before.name if before else "",
        before_said=tuple(_said_of_before(item, figures, before)) if before else (),
        columns=tuple(words_of(item, column) for column in columns_of(item)),
        kinds=tuple(_rows(by_kind(item, figures.given), kind_called)) if is_split else (),
        languages=tuple(_rows(by_language(item, figures.given), language_called)) if is_split else (),
    )


def words_of(item: Item, value: str) -> str:
    """An answer in the reader's words; a rating is its number."""
    option = item.option(value)
    return in_language(option.text) if option else value


def _said_of_before(item: Item, figures: Figures, before: Before) -> Iterator[str]:
    if figures.audiences != before.figures.audiences:
        yield str(_("Then others answered than now: %(who)s.", who=panel_called(before.figures)))
    if not is_worded_alike(item, before.item):
        words = in_language(before.item.text)
        yield str(_("The question was worded differently: “%(question)s”", question=words))
    yield from sentences_of(before.item, before.figures) if before.is_shown else [told_too_few(before.figures)]


def _bars(item: Item, figures: Figures, before: Before | None) -> Iterator[Bar]:
    if item.kind in STACKED:
        is_beside = before is not None and before.is_shown
        yield _bar(item, figures, str(_("This time")) if is_beside else "")
        if before is not None and is_beside:
            yield _bar(before.item, before.figures, before.name)


def _bar(item: Item, figures: Figures, name: str) -> Bar:
    result, segments, start = figures.result, [], Fraction(0)
    for pattern, one in enumerate(one for one in result.counts if one.share is not None):
        share = one.share or Fraction(0)
        words = f"{words_of(item, one.value)}: {format_decimal(one.count)} ({percent(share, answers=result.opinions)})"
        segments.append(Segment(words, str(format_decimal(one.count)), float(start), float(share), pattern))
        start += share
    interval = figures.interval(result.positive) if _stand_first(item) else None
    return Bar(
        name,
        told_apart(segment.words for segment in segments),
        tuple(segments),
        float(interval.low) if interval else None,
        float(interval.high) if interval else None,
    )


def _stand_first(item: Item) -> bool:
    """Whether the positive answers are the first of the bar, so that an interval of their sum can be drawn below it."""
    are_positive = [option.is_positive for option in item.options if option.is_opinion]
    return any(are_positive) and are_positive == sorted(are_positive, reverse=True)


def _lines(item: Item, figures: Figures, before: Before | None) -> Iterator[Line]:
    earlier = {one.value: one for one in before.figures.result.counts} if before and before.is_shown else {}
    pattern = 0
    for one in figures.result.counts:
        has_share = one.share is not None
        yield Line(
            words=words_of(item, one.value),
            pattern=pattern if has_share and item.kind in STACKED else None,
            count=str(format_decimal(one.count)),
            share=percent(one.share, answers=figures.result.opinions) if one.share is not None else "–",
            interval=interval_said(figures, one),
            length=float(one.share) if one.share is not None else None,
            before=_before(earlier.get(one.value), before),
        )
        pattern += has_share


def interval_said(figures: Figures, one: OptionCount) -> str:
    """Between what an answer's share lies: in whole members where it is known how many there are, else in per cent."""
    if one.share is None:
        return "–"
    interval = figures.interval(one.count)
    if interval.members is not None:
        low, high = (format_decimal(end) for end in interval.members)
        return str(
            _(
                "%(low)s to %(high)s of %(population)s",
                low=low,
                high=high,
                population=format_decimal(interval.population),
            )
        )
    low, high = (percent(end, answers=figures.result.opinions) for end in (interval.low, interval.high))
    return str(_("%(low)s to %(high)s", low=low, high=high))


def _before(one: OptionCount | None, before: Before | None) -> str:
    if one is None or before is None:
        return ""
    if one.share is None:
        return str(format_decimal(one.count))
    return f"{format_decimal(one.count)} ({percent(one.share, answers=before.figures.result.opinions)})"


def _rows(parts: Sequence[Part], called: Callable[[str], str]) -> Iterator[Row]:
    if len(parts) > 1 or any(part.parts for part in parts):
        for part in parts:
            yield Row(called(part.name), *_cells(part))
            yield from (Row(part_called(one.name), *_cells(one)) for one in part.parts)


def _cells(part: Part) -> tuple[tuple[str, ...], bool]:
    """The numbers of a row, and whether any of them is withheld."""
    shown = (part.group.size, *part.group.counts)
    cells = tuple(str(_("withheld")) if count is None else str(format_decimal(count)) for count in shown)
    return cells, None in shown
