"""Dishes and what they say of the 14 allergens (Regulation (EU) 1169/2011, annex II)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.fields import ALLERGENS, DIETS
from eventsys.applications.rules.parts import AllergenStatement
from eventsys.base.refusals import Refusal

MOST_DISHES = 30
LONGEST_NAME = 120


def stated(written: Mapping[str, str], *, is_free_of_the_rest: bool) -> dict[str, str]:
    """What a dish says of each allergen; one of which nothing is said isn't there, unless the rest is said to be absent."""
    known = set(AllergenStatement)
    said = {key: written[key] for key in ALLERGENS if written.get(key) in known}
    if is_free_of_the_rest:
        said |= {key: AllergenStatement.FREE_OF.value for key in ALLERGENS if key not in said}
    return said


# Animals and what comes from them. The regulation defines neither word yet (article 36.3 b waits for an act), but what
# is said of food may not mislead (article 7). Traces (`may_contain`) say nothing of what a dish is made of.
NOT_VEGETARIAN = frozenset({"crustaceans", "fish", "molluscs"})
EXCLUDED = {"vegetarian": NOT_VEGETARIAN, "vegan": NOT_VEGETARIAN | {"eggs", "milk"}}


def contradictions(dietary: Collection[str], allergens: Mapping[str, str]) -> dict[str, list[str]]:
    """By diet that a dish is said to suit: the allergens that it contains and that this diet excludes, in the law's order."""
    there = with_statement(allergens, AllergenStatement.CONTAINS)
    found = {diet: [key for key in there if key in EXCLUDED.get(diet, ())] for diet in DIETS if diet in dietary}
    return {diet: keys for diet, keys in found.items() if keys}


def check_suits(dietary: Collection[str], allergens: Mapping[str, str]) -> None:
    """Whether what a dish is said to suit goes with what it is said to contain. Refused: DIET_CONTRADICTS."""
    for diet, keys in contradictions(dietary, allergens).items():
        raise Refusal(Code.DIET_CONTRADICTS, field="dietary", diet=diet, allergens=", ".join(keys))


def summed_allergens(dishes: Iterable[Mapping[str, str]]) -> list[str] | None:
    """What all dishes together contain or may contain, in the law's order; None when nothing is stated of any of them.

    A dish that leaves an allergen out doesn't make it absent: visitors read each dish for themselves.
    """
    listed = list(dishes)
    if not any(listed):
        return None
    there = {AllergenStatement.CONTAINS, AllergenStatement.MAY_CONTAIN}
    return [key for key in ALLERGENS if any(dish.get(key) in there for dish in listed)]


def summed_diets(dishes: Iterable[Iterable[str]]) -> list[str]:
    """The diets that at least one dish suits."""
    suited = {diet for dish in dishes for diet in dish}
    return [diet for diet in DIETS if diet in suited]


def with_statement(allergens: Mapping[str, str], statement: AllergenStatement) -> list[str]:
    """The allergens of which a dish says this, in the law's order."""
    return [key for key in ALLERGENS if allergens.get(key) == statement]


def unstated(allergens: Mapping[str, str]) -> list[str]:
    """The allergens of which a dish says nothing, in the law's order."""
    return [key for key in ALLERGENS if key not in allergens]
