"""What the restaurants of the example sell, dish by dish: their allergens together are those of the application file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from eventsys.applications import queries
from eventsys.applications.actions.dishes import save_dish
from eventsys.applications.models import Application
from eventsys.applications.rules.dishes import contradictions, stated
from eventsys.applications.rules.parts import AllergenStatement
from eventsys.audit.actions import Actor
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind

DISHES = {
    "dansk": ("Smørrebrød", "Æblekage", "Kaffe"),
    "etiopisk": ("Injera", "Misir wot", "Kaffe"),
    "italiensk": ("Focaccia", "Risotto", "Limonade"),
    "japansk": ("Onigiri", "Miso", "Grøn te"),
    "libanesisk": ("Falafel", "Tabbouleh", "Mynte-te"),
    "mexicansk": ("Tacos", "Bønner", "Hibiscus-te"),
    "persisk": ("Kebab", "Safranris", "Te"),
    "somalisk": ("Sambusa", "Bariis", "Shaah"),
    "thai": ("Pad thai", "Papaya-salat", "Iste"),
    "tyrkisk": ("Gözleme", "Linsesuppe", "Ayran"),
    "vietnamesisk": ("Phở", "Forårsruller", "Kaffe"),
}
# Every so many-th restaurant tells of its food as a whole, without dishes.
WHOLE = 4
CONTAINS, MAY_CONTAIN = AllergenStatement.CONTAINS.value, AllergenStatement.MAY_CONTAIN.value


def write(edition: Edition, *, by: Actor, now: datetime) -> None:
    """Dishes for three restaurants of four."""
    restaurants = [one for one in queries.all_of(edition) if one.organisation.kind is Kind.RESTAURANT]
    for number, application in enumerate(restaurants):
        names = DISHES.get(application.cuisine, ())
        if names and application.allergens and number % WHOLE:
            _write(application, names, by=by, now=now)


def _write(application: Application, names: Sequence[str], *, by: Actor, now: datetime) -> None:
    """The first dish contains all that the application states, the second may contain half; of the third nothing is stated."""
    there, diets = list(application.allergens or ()), list(application.dietary)
    told: tuple[dict[str, str], ...] = (
        stated(dict.fromkeys(there, CONTAINS), is_free_of_the_rest=True),
        stated(dict.fromkeys(there[::2], MAY_CONTAIN), is_free_of_the_rest=True),
        {},
    )
    for name, allergens in zip(names, told, strict=True):
        suits = [diet for diet in diets if diet not in contradictions(diets, allergens)]
        save_dish(application, None, name=name, allergens=allergens, dietary=suits, by=by, now=now)
