"""Populations: who takes part, who was left out and why."""

from __future__ import annotations

import pytest

from eventsys.indicators.rules.populations import (
    RULES,
    Exclusion,
    OrganisationFacts,
    Population,
    Property,
    draw,
    has_property,
    present_by_day,
)
from eventsys.organisations.rules.kinds import Kind

THERE = OrganisationFacts("A1", Kind.ASSOCIATION, True, frozenset({1, 2}), True, True)
SECOND_DAY = OrganisationFacts("A2", Kind.ASSOCIATION, True, frozenset({2}), False)
AWAY = OrganisationFacts("A3", Kind.ASSOCIATION, True, frozenset(), True)
REJECTED = OrganisationFacts("A4", Kind.ASSOCIATION, False, frozenset({1}), True)
SILENT = OrganisationFacts("A5", Kind.ASSOCIATION, True, frozenset({1}), None)
KITCHEN = OrganisationFacts("R1", Kind.RESTAURANT, True, frozenset({1}))
CLOSED = OrganisationFacts("R2", Kind.RESTAURANT, True)
ALL = (THERE, SECOND_DAY, AWAY, REJECTED, SILENT, KITCHEN, CLOSED)


@pytest.mark.parametrize(
    ("population", "members"),
    [
        (Population.ORGANISATIONS_TAKING_PART, (THERE, SECOND_DAY, SILENT, KITCHEN)),
        (Population.ASSOCIATIONS_TAKING_PART, (THERE, SECOND_DAY, SILENT)),
        (Population.MINORITY_ASSOCIATIONS_TAKING_PART, (THERE,)),
        (Population.RESTAURANTS_TAKING_PART, (KITCHEN,)),
        (Population.ORGANISATIONS_APPROVED, (THERE, SECOND_DAY, AWAY, SILENT, KITCHEN, CLOSED)),
        (Population.ASSOCIATIONS_APPROVED, (THERE, SECOND_DAY, AWAY, SILENT)),
        (Population.RESTAURANTS_APPROVED, (KITCHEN, CLOSED)),
        (Population.VISITORS, ()),
        (Population.REQUESTERS, ()),
    ],
)
def test_a_population_is_drawn_by_its_rule(population: Population, members: tuple[OrganisationFacts, ...]) -> None:
    assert draw(population, ALL).members == members


def test_who_is_left_out_is_told_why() -> None:
    assert draw(Population.MINORITY_ASSOCIATIONS_TAKING_PART, ALL).left_out == (
        (SECOND_DAY, Exclusion.NOT_STATED_AS_MINORITY),
        (AWAY, Exclusion.NOBODY_ADMITTED),
        (REJECTED, Exclusion.NOT_APPROVED),
        (SILENT, Exclusion.NOT_STATED_AS_MINORITY),
    )


def test_other_kinds_are_not_left_out_but_out_of_question() -> None:
    assert draw(Population.RESTAURANTS_TAKING_PART, ALL).left_out == ((CLOSED, Exclusion.NOBODY_ADMITTED),)


def test_every_population_has_a_rule_and_an_audience() -> None:
    assert set(RULES) == set(Population)
    without = {population for population, rule in RULES.items() if not rule.audiences}
    assert without == {Population.REGISTERED, Population.DAYS_HELD}  # Everybody who answered; nobody is asked.


def test_only_minority_associations_are_asked_for_by_a_breakdown() -> None:
    assert {population: rule.breakdowns for population, rule in RULES.items() if rule.breakdowns} == {
        Population.MINORITY_ASSOCIATIONS_TAKING_PART: {"minority_association": "yes"}
    }


@pytest.mark.parametrize(
    ("wanted", "members"),
    [
        (Property.IN_DEVELOPMENT_COURSE, ["A1"]),
        (Property.STATED_AS_MINORITY, ["A1", "A3", "A4"]),
        (Property.TAKING_PART, ["A1", "A2", "A5", "R1"]),
    ],
)
def test_a_property_is_held_or_not(wanted: Property, members: list[str]) -> None:
    assert [facts.reference for facts in ALL if has_property(facts, wanted)] == members


def test_days_count_who_was_present() -> None:
    assert present_by_day((THERE, SECOND_DAY, KITCHEN), 3) == (2, 2, 0)
