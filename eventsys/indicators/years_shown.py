"""The same indicator through the editions of an event, and figures of long-term goals from where they began to the goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from flask_babel import format_decimal, format_number
from flask_babel import gettext as _

from eventsys.base.i18n import in_language
from eventsys.base.rounding import HUNDRED, rounded
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Holder, Indicator
from eventsys.indicators.register_shown import thousandths_shown
from eventsys.indicators.rules.comparisons import compare
from eventsys.indicators.rules.computation import progress_of
from eventsys.indicators.rules.definitions import Indicator as Definite
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.figures import Figure, Unit
from eventsys.indicators.rules.measures import UNIT_OF_SUBJECT, External, Subject
from eventsys.indicators.rules.sentences import say
from eventsys.indicators.shown import SHARES, Shown, shown
from eventsys.indicators.texts import QUALITIES, SUBJECTS, spoken

THOUSANDTHS = 1000
Computed = tuple[Edition, Indicator, Evaluation]


@dataclass(frozen=True, slots=True)
class Year:
    """One edition's figure, how it differs from the one before, and how long its bar is."""

    edition: Edition
    shown: Shown
    difference: str
    length: float | None


@dataclass(frozen=True, slots=True)
class Through:
    """An indicator through the editions, the latest last."""

    name: str
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A published figure of a long-term goal; where it began and the goal stand in the line with the others."""

    day: date | None
    what: str
    figure: str
    way: str
    length: float | None


@dataclass(frozen=True, slots=True)
class LongTerm:
    """A long-term goal that others measure."""

    name: str
    unit: str
    points: tuple[Point, ...]


def through_the_years(edition: Edition, *, cutoff: datetime) -> list[Through]:
    """Every indicator of the edition and of earlier ones of its event, by its key."""
    found: dict[str, list[Computed]] = {}
    for each in (*reversed(editions.earlier_of(edition)), edition):
        for kept, evaluation in queries.evaluated(each, cutoff=cutoff):
            found.setdefault(kept.key, []).append((each, kept, evaluation))
    return [Through(in_language(rows[-1][1].name), tuple(_years(rows))) for rows in found.values()]


def last_years(edition: Edition, *, cutoff: datetime) -> dict[str, str]:
    """The figures of the edition before, by the keys of its indicators."""
    for each in editions.earlier_of(edition)[:1]:
        return {kept.key: shown(kept, evaluation).figure for kept, evaluation in queries.evaluated(each, cutoff=cutoff)}
    return {}


def _years(rows: list[Computed]) -> Iterable[Year]:
    longest = max((evaluation.value for _e, _k, evaluation in rows if evaluation.value is not None), default=None)
    before: Evaluation | None = None
    for edition, kept, evaluation in rows:
        value = evaluation.value
        whole = Fraction(1) if evaluation.measure in SHARES else longest if len(rows) > 1 else None
        length = float(value / whole) if whole and value is not None and value >= 0 else None
        yield Year(edition, shown(kept, evaluation), _difference(before, evaluation), length)
        before = evaluation if value is not None else before


def _difference(before: Evaluation | None, now: Evaluation) -> str:
    if before is None or before.value is None or now.value is None or before.measure is not now.measure:
        return ""
    if now.measure in SHARES or now.unit is Unit.PERCENT:
        points = rounded((now.value - before.value) * HUNDRED, decimals=1)
        return str(_("%(points)s percentage points", points=_signed(points)))
    if before.unit is not now.unit or before.value <= 0:
        return ""
    return f"{_signed(rounded((now.value / before.value - 1) * HUNDRED))} %"


def _signed(number: object) -> str:
    words = str(format_decimal(number))
    return f"+{words}" if float(str(number)) > 0 else words


@dataclass(frozen=True, slots=True)
class KeptYear:
    """A year's figure of a subject, kept by hand or counted here: growth in all and per day, and what keeps it from being compared."""

    year: int
    figure: str
    growth: str
    per_day: str
    how: str
    length: float


def subjects_through(edition: Edition, *, cutoff: datetime) -> list[tuple[str, list[KeptYear]]]:
    """Associations, restaurants and visits through the years: hand-kept figures, then what the edition counts."""
    collector = queries.Collector(edition, cutoff=cutoff)
    told = []
    for subject in Subject:
        kept = [each for each in reversed(queries.recorded_figures(edition)) if each.subject is subject]
        figures = [
            (each.year, Figure(Fraction(each.value), UNIT_OF_SUBJECT[subject], each.quality, each.day_count))
            for each in kept
            if each.year != edition.starts_on.year
        ]
        now = collector.figure_of_subject(subject)
        figures += [(edition.starts_on.year, now)] if now is not None else []
        if len(figures) > 1:
            told.append((str(SUBJECTS[subject]), _kept_years(sorted(figures, key=lambda pair: pair[0]))))
    return told


def _kept_years(figures: list[tuple[int, Figure]]) -> list[KeptYear]:
    longest = max(figure.value for _year, figure in figures) or 1
    rows: list[KeptYear] = []
    before: Figure | None = None
    for year, figure in figures:
        comparison = compare(figure, before) if before else None
        caveats = [spoken(say(caveat)) for caveat in comparison.caveats] if comparison else []
        rows.append(
            KeptYear(
                year,
                str(format_decimal(rounded(figure.value))),
                _grown(comparison.growth if comparison else None),
                _grown(comparison.growth_per_day if comparison else None),
                " ".join([f"{QUALITIES[figure.quality]}.", *caveats]),
                float(figure.value / longest),
            )
        )
        before = figure
    return rows


def _grown(share: Fraction | None) -> str:
    return "" if share is None else f"{_signed(rounded(share * HUNDRED))} %"


def long_terms(holders: Iterable[Holder]) -> list[LongTerm]:
    """The goals of these editions and programme years that others measure, each with the figures of its strand."""
    found: dict[str, LongTerm] = {}
    for holder in holders:
        for kept in queries.indicators_of(holder):
            indicator = queries.as_rules(kept)
            if isinstance(indicator.definition, External):
                term = _long_term(indicator, indicator.definition)
                found[f"{indicator.definition.strand}/{kept.key}"] = term
    return [term for term in found.values() if term.points]


def _long_term(indicator: Definite, definition: External) -> LongTerm:
    figures = queries.published_figures(definition.strand) if definition.strand else ()
    aim = indicator.target.value if indicator.target else None
    told: list[tuple[date | None, str, Fraction]] = [
        (figure.published_on, figure.source, Fraction(figure.thousandths, THOUSANDTHS)) for figure in figures
    ]
    if definition.baseline is not None and definition.baseline_on not in {day for day, _w, _v in told}:
        told.insert(0, (definition.baseline_on, _("Where it began"), definition.baseline))
    points = [_point(day, what, value, indicator=indicator, of=definition) for day, what, value in told]
    if aim is not None:
        points.append(_point(definition.due_on, _("The goal"), aim, indicator=indicator, of=definition))
    longest = max((abs(value) for _d, _w, value in told), default=Fraction(0))
    longest = max(longest, aim or longest)
    values = [value for _d, _w, value in told] + ([aim] if aim is not None else [])
    lengths = [float(value / longest) if longest and value >= 0 else None for value in values]
    with_lengths = tuple(
        Point(point.day, point.what, point.figure, point.way, length)
        for point, length in zip(points, lengths, strict=True)
    )
    unit = "%" if definition.unit is Unit.PERCENT else ""
    return LongTerm(in_language(indicator.name), unit, with_lengths)


def _point(day: date | None, what: str, value: Fraction, *, indicator: Definite, of: External) -> Point:
    progress = progress_of(value, of, target=indicator.target)
    way = "" if progress is None else f"{format_number(int(rounded(progress * HUNDRED)))} %"
    figure = thousandths_shown(int(value * THOUSANDTHS))
    return Point(day, what, f"{figure} %" if of.unit is Unit.PERCENT else figure, way, None)
