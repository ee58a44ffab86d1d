"""From a figure to what is behind it: the population's rule, its members by name, those left out and why.

Organisations are named, people never: behind a share of answers stand the counts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Holder, Indicator, ProgrammeYear
from eventsys.indicators.register_shown import amount_shown, thousandths_shown
from eventsys.indicators.rules.measures import (
    POPULATION_OF_SUBJECT,
    Count,
    Definition,
    External,
    FollowUp,
    Growth,
    Resource,
    Share,
    SurveyShare,
)
from eventsys.indicators.rules.populations import RULES, Population, draw, has_property
from eventsys.indicators.rules.register import RegisterPart
from eventsys.indicators.texts import (
    EXCLUSIONS,
    KINDS,
    POPULATIONS,
    QUALITIES,
    RULE_OF_STRAND,
    RULES_OF_POPULATIONS,
    RULES_OF_REGISTER,
)


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in the population; `counts` tells whether it is in the numerator, empty where that is not asked."""

    reference: str
    name: str
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register, or a figure that somebody published, behind a figure; `counts` is empty where it doesn't."""

    said: str
    happened_on: date | None
    amount: str
    quality: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """Who is counted, by which rule, and who isn't, with why; or the lines that the figure is made of."""

    population: str
    rule: str
    members: tuple[Member, ...] = ()
    left_out: tuple[tuple[Member, str], ...] = ()
    lines: tuple[Line, ...] = ()


def trace_of(holder: Holder, kept: Indicator) -> Trace | None:
    """The trace of an indicator, or None where neither organisations nor lines stand behind it."""
    definition = queries.as_rules(kept).definition
    part = definition.part if isinstance(definition, Resource) else getattr(definition, "register", None)
    if part is not None:
        return _trace_of_part(part, year=queries.year_of(holder))
    if isinstance(definition, External):
        return _trace_of_strand(definition.strand)
    return None if isinstance(holder, ProgrammeYear) else _trace_of_population(holder, definition)


def _trace_of_part(part: RegisterPart, *, year: int) -> Trace:
    rows = [row for row in queries.register_rows(year, kind=part.kind) if part.holds(queries.entry_of(row))]
    return Trace(
        population=str(KINDS[part.kind]),
        rule=str(RULES_OF_REGISTER),
        lines=tuple(
            Line(
                " · ".join(words for words in (row.group, row.note) if words) or str(KINDS[row.kind]),
                row.happened_on,
                amount_shown(row),
                str(QUALITIES[row.quality]),
                queries.entry_of(row).is_held,
            )
            for row in rows
        ),
    )


def _trace_of_strand(strand: str) -> Trace | None:
    figures = queries.published_figures(strand) if strand else ()
    if not figures:
        return None
    return Trace(
        population=strand,
        rule=str(RULE_OF_STRAND),
        lines=tuple(
            Line(
                figure.source,
                figure.published_on,
                str(thousandths_shown(figure.thousandths)),
                "",
                figure is figures[-1],
            )
            for figure in reversed(figures)
        ),
    )


def _trace_of_population(edition: Edition, definition: Definition) -> Trace | None:
    population = _population(definition)
    if population is None or not RULES[population].has_register:
        return None
    names = {application.reference: application.organisation.name for application in queries.applications_of(edition)}
    drawn = draw(population, queries.organisation_facts(edition))
    having = definition.having if isinstance(definition, Share) else None
    return Trace(
        population=str(POPULATIONS[population]),
        rule=str(RULES_OF_POPULATIONS[RULES[population].must_take_part]),
        members=tuple(
            Member(fact.reference, names[fact.reference], None if having is None else has_property(fact, having))
            for fact in drawn.members
        ),
        left_out=tuple(
            (Member(fact.reference, names[fact.reference]), str(EXCLUSIONS[why])) for fact, why in drawn.left_out
        ),
    )


def _population(definition: object) -> Population | None:
    match definition:
        case Count() | Share() | SurveyShare() | FollowUp():
            return definition.population
        case Growth():
            return POPULATION_OF_SUBJECT.get(definition.subject)
        case _:
            return None
