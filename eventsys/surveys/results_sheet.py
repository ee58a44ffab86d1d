"""The figures of a survey as a table for spreadsheets. What is withheld on the page is withheld here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from eventsys.base.i18n import in_language
from eventsys.base.rounding import HUNDRED, rounded
from eventsys.base.sheets import Cell, Sheet
from eventsys.surveys.counting import Counted
from eventsys.surveys.results_shown import words_of
from eventsys.surveys.results_words import kind_called, language_called, panel_called, part_called, positive_called
from eventsys.surveys.rules.disclosure import Group
from eventsys.surveys.rules.figures import Figures
from eventsys.surveys.rules.instruments import Item, ItemKind
from eventsys.surveys.rules.results import columns_of
from eventsys.surveys.rules.splits import by_kind, by_language

DECIMALS = 2


def sheet_of(counted: Counted) -> Sheet:
    """Every figure as a row: of all, then of the groups that it is split into. Free text isn't in it."""
    columns = (
        _("Question"), _("Wording"), _("Who was asked"), _("Split"), _("Group"), _("Answer"), _("How many"), _("Withheld"),
        _("With an opinion"), _("Share in per cent"), _("From (per cent)"), _("To (per cent)"), _("At least, of all"),
        _("At most, of all"), _("Could answer"),
    )  # fmt: skip
    rows = [row for item in counted.instrument.items if item.kind is not ItemKind.TEXT for row in _rows(item, counted)]
    return Sheet(str(_("Results")), [str(column) for column in columns], rows)


def _rows(item: Item, counted: Counted) -> Iterator[Sequence[Cell]]:
    for figures in counted.figures(item):
        start = (item.key, in_language(item.text), panel_called(figures))
        if figures.result.is_too_few:
            yield _row(start, answer="", count=None, figures=figures)
            continue
        yield from _of_all(item, figures, start)
        if item.shown_if is None and columns_of(item):
            yield from _of_groups(item, figures, start)


def _of_all(item: Item, figures: Figures, start: tuple[str, str, str]) -> Iterator[Sequence[Cell]]:
    result = figures.result
    for one in result.counts:
        yield _row(
            start, answer=words_of(item, one.value), count=one.count, figures=figures, is_opinion=one.share is not None
        )
    if any(option.is_positive for option in item.options):
        yield _row(start, answer=positive_called(item), count=result.positive, figures=figures, is_opinion=True)
    if result.mean is not None:
        yield _row(start, answer=str(_("Mean")), count=rounded(result.mean, decimals=DECIMALS), figures=figures)


def _of_groups(item: Item, figures: Figures, start: tuple[str, str, str]) -> Iterator[Sequence[Cell]]:
    for kind in by_kind(item, figures.given):
        for name, group in (
            (kind_called(kind.name), kind.group),
            *((part_called(p.name), p.group) for p in kind.parts),
        ):
            yield from _of_group(item, (*start, str(_("By kind")), name), group)
    for language in by_language(item, figures.given):
        name = language_called(language.name)
        yield from _of_group(item, (*start, str(_("By language")), name), language.group)


def _of_group(item: Item, start: tuple[str, ...], group: Group) -> Iterator[Sequence[Cell]]:
    for value, count in zip(columns_of(item), group.counts, strict=True):
        yield (*start, words_of(item, value), count, count is None, *(None,) * 7)


def _row(
    start: tuple[str, str, str],
    *,
    answer: str,
    count: int | Decimal | None,
    figures: Figures,
    is_opinion: bool = False,
) -> Sequence[Cell]:
    """A row of all who were asked; with its share and how sure that is where it is an opinion."""
    sure: tuple[Cell, ...] = (None,) * 6
    if is_opinion and isinstance(count, int):
        interval, certain = figures.interval(count), figures.bounds(count)
        opinions = figures.result.opinions
        shares = (_percent(share) for share in (Fraction(count, opinions), interval.low, interval.high))
        sure = (opinions, *shares, certain.low if certain else None, certain.high if certain else None)
    return (*start, "", "", answer, count, count is None, *sure, figures.eligible)


def _percent(share: Fraction) -> Decimal:
    return rounded(share * HUNDRED, decimals=DECIMALS)
