"""Filling documents and charts: values from the queries, words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_decimal, format_time
from flask_babel import gettext as _

from eventsys.applications.models import Dish
from eventsys.applications.rules.dishes import unstated, with_statement
from eventsys.applications.rules.parts import AllergenStatement
from eventsys.applications.texts import ALLERGENS, DIETS
from eventsys.base.clock import local
from eventsys.base.i18n import in_language, listed, long_date, short_moment
from eventsys.booths import queries as booths
from eventsys.editions.models import Edition
from eventsys.indicators import queries as indicators
from eventsys.indicators.shown import earlier_rows, shown
from eventsys.reports import queries
from eventsys.reports.documents.figures import Contents


@dataclass(frozen=True, slots=True)
class Column:
    """A quarter of an hour in the chart: from 0 to 1 of its height."""

    label: str
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Arrivals of one day; `highest` is what the tallest column stands for."""

    day: int
    highest: int
    columns: tuple[Column, ...]


def arrivals(quarters: Sequence[tuple[int, object, int]]) -> list[Chart]:
    """One chart a day from rows of day number, beginning of the quarter, and people."""
    charts = []
    for day in sorted({number for number, _at, _count in quarters if number > 0}):
        rows = [(at, count) for number, at, count in quarters if number == day]
        highest = max((count for _at, count in rows), default=0)
        charts.append(
            Chart(
                day,
                highest,
                tuple(
                    Column(
                        format_time(at, "HH:mm") if isinstance(at, datetime) else "",
                        count,
                        max(0, count) / highest if highest else 0.0,
                    )
                    for at, count in rows
                ),
            )
        )
    return charts


def dates_of(edition: Edition) -> str:
    """The days that visitors come on, in words."""
    days = [local(day.opens_at).date() for day in edition.open_days]
    return " · ".join(long_date(day) for day in days)


def of_figures(edition: Edition, *, language: str, cutoff: datetime) -> Contents:
    """What the figures on paper tell."""
    visits = indicators.visits(edition)
    progress = queries.progress(edition)
    placed, wanted = booths.how_many_placed(edition)
    total = sum(day.visits for day in visits)
    return Contents(
        edition=in_language(edition.name, language),
        dates=dates_of(edition),
        language=language,
        cutoff=short_moment(cutoff),
        headline=(
            (_("Applications sent"), _number(progress.sent)),
            (_("Approved"), _number(progress.told_approved)),
            (_("Booths placed"), _("%(placed)s of %(wanted)s", placed=placed, wanted=wanted)),
            (_("Visits"), _number(total)),
        ),
        indicators=tuple(shown(kept, evaluation) for kept, evaluation in indicators.evaluated(edition, cutoff=cutoff)),
        visits=tuple(
            (
                long_date(local(day.opens_at).date()),
                _number(counted.admitted),
                _number(counted.tallied),
                _number(counted.visits),
            )
            for day, counted in zip(edition.open_days, visits, strict=True)
        )
        if total
        else (),
        earlier=tuple(earlier_rows(list(indicators.recorded_figures(edition)))),
    )


def _number(value: int) -> str:
    return str(format_decimal(value))


def dish_cells(dish: Dish) -> tuple[str, str, str, str]:
    """What visitors read of a dish: suits, contains, may contain, and of which allergens nothing is stated."""

    def words(keys: Iterable[str]) -> str:
        return listed(ALLERGENS[key] for key in keys)

    contains = with_statement(dish.allergens, AllergenStatement.CONTAINS)
    may_contain = with_statement(dish.allergens, AllergenStatement.MAY_CONTAIN)
    silent = unstated(dish.allergens)
    return (
        listed(DIETS[key] for key in dish.dietary),
        words(contains),
        words(may_contain),
        _("all of them: ask at the booth") if len(silent) == len(ALLERGENS) else words(silent),
    )
