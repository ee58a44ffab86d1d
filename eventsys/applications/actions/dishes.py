"""Writing dishes; what the application says of allergens and diets follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from eventsys.applications import queries
from eventsys.applications.actions import keeping
from eventsys.applications.models import Application, Dish
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.dishes import (
    LONGEST_NAME,
    MOST_DISHES,
    check_suits,
    stated,
    summed_allergens,
    summed_diets,
)  # fmt: skip
from eventsys.applications.rules.fields import DIETS, name_of
from eventsys.audit.actions import Actor
from eventsys.base.db import db
from eventsys.base.refusals import Refusal


def save_dish(
    application: Application,
    dish: Dish | None,
    *,
    name: str,
    allergens: Mapping[str, str],
    dietary: Iterable[str],
    by: Actor,
    now: datetime,
) -> Dish:
    """Keep a dish, a new one behind the others. `allergens` are what `rules.dishes.stated` gives.

    Refusal: CALL_CLOSED, NOT_NOW, MISSING, TOO_LONG, TOO_MANY_DISHES, DIET_CONTRADICTS (vegan, with milk).
    """
    called, chosen = name_of(name), set(dietary)
    check_suits(chosen, allergens)
    if len(called) > LONGEST_NAME:
        raise Refusal(Code.TOO_LONG, field="name", length=len(called), longest=LONGEST_NAME)
    there = queries.dishes_of(application)
    said = _said_by(there)
    if dish is None:
        if len(there) >= MOST_DISHES:
            raise Refusal(Code.TOO_MANY_DISHES, most=MOST_DISHES)
        position = max((one.position for one in there), default=0) + 1
        dish = Dish(application_id=application.id, position=position)
        db.session.add(dish)
    dish.name, dish.allergens = called, stated(allergens, is_free_of_the_rest=False)
    dish.dietary = [diet for diet in DIETS if diet in chosen]
    _follow(application, said, by=by, now=now)
    return dish


def remove_dish(application: Application, dish: Dish, *, by: Actor, now: datetime) -> None:
    """Take a dish off the list. Refusal: CALL_CLOSED, NOT_NOW."""
    said = _said_by(queries.dishes_of(application))
    db.session.delete(dish)
    _follow(application, said, by=by, now=now)


def _said_by(dishes: Iterable[Dish]) -> list[dict[str, Any]]:
    return [{"name": dish.name, "allergens": dict(dish.allergens), "dietary": list(dish.dietary)} for dish in dishes]


def _follow(application: Application, said: list[dict[str, Any]], *, by: Actor, now: datetime) -> None:
    db.session.flush()  # All dishes count, the new one too.
    dishes = queries.dishes_of(application)
    changes = {
        "dishes": (said, _said_by(dishes)),
        "allergens": (application.allergens, summed_allergens(dish.allergens for dish in dishes)),
        "dietary": (application.dietary, summed_diets(dish.dietary for dish in dishes)),
    }
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    keeping.note_dishes(application, changed, by=by, now=now)
