"""What somebody can eat: only what is stated absent fits, silence is asked about, and no diet is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.fields import ALLERGENS, DIETS
from eventsys.applications.rules.parts import AllergenStatement as Says
from eventsys.reports.rules.fitting import Fit, Offer, best, fit_of, whole

STATEMENTS = st.dictionaries(st.sampled_from(ALLERGENS), st.sampled_from([says.value for says in Says]))
AVOID = st.sets(st.sampled_from(ALLERGENS))
WANTED = st.sets(st.sampled_from(DIETS))
OFFERS = st.builds(Offer, st.just("Suppe"), st.frozensets(st.sampled_from(DIETS)), STATEMENTS)


@pytest.mark.parametrize(
    ("said", "fit"),
    [
        ({"nuts": "free_of"}, Fit.FITS),
        ({"nuts": "contains"}, Fit.NOT),
        ({"nuts": "may_contain"}, Fit.NOT),
        ({}, Fit.ASK),
        ({"milk": "free_of"}, Fit.ASK),
        ({"nuts": "free_of", "milk": "contains"}, Fit.FITS),
    ],
)
def test_only_what_is_stated_absent_fits(said: dict[str, str], fit: Fit) -> None:
    assert fit_of(Offer("Suppe", frozenset(), said), diets=(), avoid=("nuts",)) is fit


def test_what_contains_one_of_them_is_not_asked_about() -> None:
    assert fit_of(Offer("Suppe", frozenset(), {"nuts": "contains"}), diets=(), avoid=("nuts", "milk")) is Fit.NOT
    assert fit_of(Offer("Suppe", frozenset(), {"nuts": "free_of"}), diets=(), avoid=("nuts", "milk")) is Fit.ASK


def test_a_booth_that_states_nothing_is_asked_and_one_that_states_none_fits() -> None:
    assert fit_of(whole((), None), diets=(), avoid=("nuts",)) is Fit.ASK
    assert fit_of(whole((), []), diets=(), avoid=("nuts",)) is Fit.FITS
    assert fit_of(whole((), ["milk"]), diets=(), avoid=("nuts",)) is Fit.FITS
    assert fit_of(whole((), ["milk"]), diets=(), avoid=("milk",)) is Fit.NOT


def test_who_eats_vegetarian_can_eat_vegan_and_not_the_other_way() -> None:
    assert fit_of(Offer("", frozenset({"vegan"}), {}), diets=("vegetarian",), avoid=()) is Fit.FITS
    assert fit_of(Offer("", frozenset({"vegetarian"}), {}), diets=("vegan",), avoid=()) is Fit.NOT


def test_a_booth_fits_by_its_best_dish() -> None:
    assert best([Fit.NOT, Fit.ASK, Fit.FITS]) is Fit.FITS
    assert best([Fit.NOT, Fit.ASK]) is Fit.ASK
    assert best([]) is Fit.NOT


@given(OFFERS, WANTED, AVOID)
def test_nothing_fits_that_is_not_stated_free_of_every_allergen(offer: Offer, diets: set[str], avoid: set[str]) -> None:
    fit = fit_of(offer, diets=diets, avoid=avoid)

    if fit is Fit.FITS:
        assert all(offer.statements.get(allergen) == Says.FREE_OF for allergen in avoid)
    if any(offer.statements.get(allergen) in {Says.CONTAINS, Says.MAY_CONTAIN} for allergen in avoid):
        assert fit is Fit.NOT
    if "vegan" in diets and "vegan" not in offer.diets:
        assert fit is Fit.NOT


@given(OFFERS, WANTED, AVOID, st.sampled_from(ALLERGENS))
def test_avoiding_more_never_finds_more(offer: Offer, diets: set[str], avoid: set[str], more: str) -> None:
    order = list(Fit)

    less, then = (fit_of(offer, diets=diets, avoid=which) for which in (avoid, avoid | {more}))

    assert order.index(then) >= order.index(less)
