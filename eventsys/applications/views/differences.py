"""What changed in an application, in words: what stood there before, and what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.applications import queries
from eventsys.applications.models import Amendment, Application
from eventsys.applications.rules.amendments import ANSWERS
from eventsys.applications.rules.parts import AllergenStatement
from eventsys.applications.texts import ALLERGENS, APPLIANCES, DIETS, FIELDS
from eventsys.base.i18n import listed
from eventsys.editions.rules import day_numbers
from eventsys.questions.shown import answer_said, question_label

Difference = tuple[str, str, str]


def _metres(value: Any) -> str:
    return str(_("%(metres)s m", metres=format_decimal(Decimal(value) / 100)))


def _kilowatts(value: Any) -> str:
    return str(_("%(kilowatts)s kW", kilowatts=format_decimal(Decimal(value) / 1000)))


def _appliances(value: Any) -> str:
    return listed(f"{one['count']} × {APPLIANCES[one['key']]}" for one in value)


def _dish(dish: dict[str, Any]) -> str:
    contains = [ALLERGENS[key] for key, word in dish["allergens"].items() if word == AllergenStatement.CONTAINS]
    suits = [DIETS[key] for key in dish["dietary"]]
    told = listed([*suits, *contains])
    return f"{dish['name']} ({told})" if told else str(dish["name"])


# How a field is said that isn't text, a number, or yes and no.
SAID: dict[str, Callable[[Any], str]] = {
    "days": lambda value: listed(day_numbers(value)),
    "width_cm": _metres,
    "power_watts": _kilowatts,
    "appliances": _appliances,
    "dietary": lambda value: listed(DIETS[key] for key in value),
    "allergens": lambda value: listed(ALLERGENS[key] for key in value) or str(_("none of the 14")),
    "dishes": lambda value: "; ".join(_dish(one) for one in value),
    "about": lambda value: " / ".join(text for text in value.values() if text),
}


def differences(changes: Mapping[str, Any]) -> list[Difference]:
    """Each field that changed: its name, what it said before, what it says now."""
    return [
        (str(FIELDS[field]), said(field, before), said(field, after))
        for field, (before, after) in changes.items()
        if field in FIELDS
    ]


def changes_of(amendment: Amendment, application: Application) -> list[Difference]:
    """Each field that is asked to change: its name, what holds now, what is asked for; answers question by question."""
    plain = differences({name: pair for name, pair in amendment.changes.items() if name != ANSWERS})
    now, wanted = amendment.changes.get(ANSWERS, ({}, {}))
    answered = [
        (question_label(one), answer_said(one, now.get(str(one.id))), answer_said(one, wanted.get(str(one.id))))
        for one in queries.questions_put_to(application)
    ]
    return [*plain, *((label, before or "–", after or "–") for label, before, after in answered if before != after)]


def said(field: str, value: Any) -> str:
    """What a field holds, in the reader's words; a dash for nothing."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value is None:
        return "–"
    return (SAID[field](value) if field in SAID else str(value)) or "–"
