"""Writing dishes; what the application says of allergens and diets follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from eventsys.applications import queries
from eventsys.applications.actions import drafts
from eventsys.applications.models import Application, Dish
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.dishes import (
    LONGEST_NAME,
    MOST_DISHES,
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

    Refusal: CALL_CLOSED, NOT_NOW, MISSING, TOO_LONG, TOO_MANY_DISHES.
    """
    called = name_of(name)
    if len(called) > LONGEST_NAME:
        raise Refusal(Code.TOO_LONG, field="name", length=len(called), longest=LONGEST_NAME)
    there = queries.dishes_of(application)
    if dish is None:
        if len(there) >= MOST_DISHES:
            raise Refusal(Code.TOO_MANY_DISHES, most=MOST_DISHES)
        position = max((one.position for one in there), default=0) + 1
        dish = Dish(application_id=application.id, position=position)
        db.session.add(dish)
    chosen = set(dietary)
    dish.name, dish.allergens = called, stated(allergens, is_free_of_the_rest=False)
    dish.dietary = [diet for diet in DIETS if diet in chosen]
    _follow(application, by=by, now=now)
    return dish


def remove_dish(application: Application, dish: Dish, *, by: Actor, now: datetime) -> None:
    """Take a dish off the list. Refusal: CALL_CLOSED, NOT_NOW."""
    db.session.delete(dish)
    _follow(application, by=by, now=now)


def _follow(application: Application, *, by: Actor, now: datetime) -> None:
    db.session.flush()  # All dishes count, the new one too.
    dishes = queries.dishes_of(application)
    allergens = summed_allergens(dish.allergens for dish in dishes)
    dietary = summed_diets(dish.dietary for dish in dishes)
    drafts.note_dishes(application, allergens=allergens, dietary=dietary, by=by, now=now)
