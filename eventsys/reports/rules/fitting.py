"""What somebody can eat: diets that must be suited, allergens that must be stated absent.

Nothing said of an allergen is never "none" (Regulation (EU) 1169/2011): then one must ask at the booth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eventsys.applications.rules.fields import ALLERGENS
from eventsys.applications.rules.parts import AllergenStatement

# What suits the second suits the first as well.
_SUITED_BY = {"vegetarian": frozenset({"vegetarian", "vegan"})}
_THERE = frozenset({AllergenStatement.CONTAINS, AllergenStatement.MAY_CONTAIN})


class Fit(StrEnum):
    """Whether a dish fits: as stated, unknown until asked, not."""

    FITS = "fits"
    ASK = "ask"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Offer:
    """A dish and what it states; without a name all that a booth offers."""

    name: str
    diets: frozenset[str]
    # Allergen → statement; one that isn't there is not stated.
    statements: Mapping[str, str]


def whole(diets: Iterable[str], allergens: Collection[str] | None) -> Offer:
    """A booth that lists no dishes. Who states allergens chose all that may be in its food; None states nothing."""
    if allergens is None:
        return Offer("", frozenset(diets), {})
    said = {
        key: (AllergenStatement.MAY_CONTAIN if key in allergens else AllergenStatement.FREE_OF).value
        for key in ALLERGENS
    }
    return Offer("", frozenset(diets), said)


def fit_of(offer: Offer, *, diets: Collection[str], avoid: Collection[str]) -> Fit:
    """Whether an offer suits all these diets and is stated free of all these allergens.

    What contains or may contain one of them doesn't fit, whatever else is unsaid.
    """
    if not all(offer.diets & _SUITED_BY.get(diet, frozenset({diet})) for diet in diets):
        return Fit.NOT
    said = {offer.statements.get(allergen) for allergen in avoid}
    if said & _THERE:
        return Fit.NOT
    return Fit.FITS if said <= {AllergenStatement.FREE_OF} else Fit.ASK


def best(fits: Iterable[Fit]) -> Fit:
    """What a booth comes to: it fits when one dish does; else it is asked when one dish may."""
    there = set(fits)
    return next((fit for fit in Fit if fit in there), Fit.NOT)
