"""What dishes say of allergens: an empty cell is never "none"."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.dishes import (
    contradictions,
    stated,
    summed_allergens,
    summed_diets,
    unstated,
    with_statement,
)
from eventsys.applications.rules.fields import ALLERGENS, DIETS
from eventsys.applications.rules.parts import AllergenStatement as Says

DISH = st.dictionaries(st.sampled_from(ALLERGENS), st.sampled_from([says.value for says in Says]))


@given(DISH, st.booleans())
def test_each_allergen_stands_in_one_place(written: dict[str, str], is_free_of_the_rest: bool) -> None:
    dish = stated(written, is_free_of_the_rest=is_free_of_the_rest)
    places = [with_statement(dish, says) for says in Says] + [unstated(dish)]

    assert sorted(key for place in places for key in place) == sorted(ALLERGENS)
    assert {key: dish[key] for key in written} == written
    assert (unstated(dish) == []) or not is_free_of_the_rest


def test_forged_statements_say_nothing() -> None:
    assert stated({"milk": "none", "gluten": "", "plutonium": "contains"}, is_free_of_the_rest=False) == {}


def test_silence_is_not_none() -> None:
    assert summed_allergens([]) is None
    assert summed_allergens([{}, {}]) is None
    assert summed_allergens([{}, {"milk": Says.FREE_OF}]) == []


@given(st.lists(DISH, max_size=5))
def test_sum_holds_what_any_dish_may_hold(dishes: list[dict[str, str]]) -> None:
    there = {key for dish in dishes for key, says in dish.items() if says != Says.FREE_OF}

    assert set(summed_allergens(dishes) or []) == there


def test_diets_are_those_that_some_dish_suits() -> None:
    assert summed_diets([["vegan", "vegetarian"], ["halal"], []]) == ["halal", "vegetarian", "vegan"]


@given(DISH, st.sets(st.sampled_from(DIETS)))
def test_only_what_a_dish_contains_contradicts_a_diet(dish: dict[str, str], diets: set[str]) -> None:
    found = contradictions(diets, dish)

    assert set(found) <= diets & {"vegan", "vegetarian"}
    assert all(dish[key] == Says.CONTAINS for keys in found.values() for key in keys)
    assert contradictions(diets, dict.fromkeys(dish, Says.MAY_CONTAIN)) == {}


def test_what_vegans_and_vegetarians_leave_out() -> None:
    everything = dict.fromkeys(ALLERGENS, Says.CONTAINS.value)

    assert contradictions(["vegetarian"], everything) == {"vegetarian": ["crustaceans", "fish", "molluscs"]}
    assert contradictions(["vegan"], everything) == {"vegan": ["crustaceans", "eggs", "fish", "milk", "molluscs"]}
    assert contradictions(["halal", "kosher"], everything) == {}
