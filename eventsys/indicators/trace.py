"""From a figure to what is behind it: the population's rule, its members by name, those left out and why.

Organisations are named, people never: behind a share of answers stand the counts alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Indicator
from eventsys.indicators.rules.measures import POPULATION_OF_SUBJECT, Count, Growth, Share, SurveyShare
from eventsys.indicators.rules.populations import RULES, Population, draw, has_property
from eventsys.indicators.texts import EXCLUSIONS, POPULATIONS, RULES_OF_POPULATIONS


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in the population; `counts` tells whether it is in the numerator, empty where that is not asked."""

    reference: str
    name: str
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Who is counted, by which rule, and who isn't, with why."""

    population: str
    rule: str
    members: tuple[Member, ...]
    left_out: tuple[tuple[Member, str], ...]


def trace_of(edition: Edition, kept: Indicator) -> Trace | None:
    """The trace of an indicator, or None where no organisations stand behind it."""
    definition = queries.as_rules(kept).definition
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
        case Count() | Share() | SurveyShare():
            return definition.population
        case Growth():
            return POPULATION_OF_SUBJECT.get(definition.subject)
        case _:
            return None
