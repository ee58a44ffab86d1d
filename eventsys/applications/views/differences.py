"""What changed in an application, in words: what stood there before, and what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.applications.texts import ALLERGENS, APPLIANCES, DIETS, FIELDS
from eventsys.base.i18n import listed
from eventsys.editions.rules import day_numbers

Difference = tuple[str, str, str]


def _metres(value: Any) -> str:
    return str(_("%(metres)s m", metres=format_decimal(Decimal(value) / 100)))


def _kilowatts(value: Any) -> str:
    return str(_("%(kilowatts)s kW", kilowatts=format_decimal(Decimal(value) / 1000)))


def _appliances(value: Any) -> str:
    return listed(f"{one['count']} × {APPLIANCES[one['key']]}" for one in value)


# How a field is said that isn't text, a number, or yes and no.
SAID: dict[str, Callable[[Any], str]] = {
    "days": lambda value: listed(day_numbers(value)),
    "width_cm": _metres,
    "power_watts": _kilowatts,
    "appliances": _appliances,
    "dietary": lambda value: listed(DIETS[key] for key in value),
    "allergens": lambda value: listed(ALLERGENS[key] for key in value) or str(_("none of the 14")),
    "about": lambda value: " / ".join(text for text in value.values() if text),
}


def differences(changes: Mapping[str, Any]) -> list[Difference]:
    """Each field that changed: its name, what it said before, what it says now."""
    return [
        (str(FIELDS[field]), said(field, before), said(field, after))
        for field, (before, after) in changes.items()
        if field in FIELDS
    ]


def said(field: str, value: Any) -> str:
    """What a field holds, in the reader's words; a dash for nothing."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value is None:
        return "–"
    return (SAID[field](value) if field in SAID else str(value)) or "–"
