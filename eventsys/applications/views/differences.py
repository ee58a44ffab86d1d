"""What changed in an application, in words: what stood there before, and what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.applications.forms.reading import language_name
from eventsys.applications.models import Amendment, Application
from eventsys.applications.rules.amendments import ANSWERS
from eventsys.applications.texts import ALLERGENS, APPLIANCES, DIETS, FIELDS
from eventsys.applications.views.summary import dish_in_short
from eventsys.base.i18n import listed, told_apart
from eventsys.editions.rules import day_numbers
from eventsys.questions.queries import every_version_of
from eventsys.questions.shown import answer_said, question_label

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
}


def differences(changes: Mapping[str, Any], application: Application) -> list[Difference]:
    """Each field that changed: its name, what it said before, what it says now; answers question by question."""
    found: list[Difference] = []
    for field, (before, after) in changes.items():
        if field == ANSWERS:
            found += _answers(before, after, application)
        elif field in FIELDS:
            found.append((str(FIELDS[field]), *both_said(field, before, after)))
    return found


def both_said(field: str, before: Any, after: Any) -> tuple[str, str]:
    """What a field said before and says now, in the reader's words; of what has parts, those that differ."""
    if field in PARTS:
        ours, theirs = PARTS[field](before or [], after or []), PARTS[field](after or [], before or [])
        return told_apart(ours) or "–", told_apart(theirs) or "–"
    return said(field, before), said(field, after)


def _dishes_beside(dishes: Any, others: Any) -> list[str]:
    """What is said of each dish of which the others don't say just that."""
    apart = [one for one in dishes if one not in others]
    return [f"{one['name']} ({dish_in_short(one['allergens'], one['dietary'])})" for one in apart]


def _texts_beside(texts: Any, others: Any) -> list[str]:
    """The texts that differ, each with the name of its language."""
    apart = {code: text for code, text in dict(texts).items() if text and text != dict(others).get(code)}
    return [f"{language_name(code) or code}: {text}" for code, text in apart.items()]


# Fields with parts, of which only those that differ are said.
PARTS: dict[str, Callable[[Any, Any], list[str]]] = {"dishes": _dishes_beside, "about": _texts_beside}


def _answers(before: Mapping[str, Any], after: Mapping[str, Any], application: Application) -> list[Difference]:
    """Answers by the key of the version that they were given to."""
    told = [
        (question_label(one), answer_said(one, before.get(str(one.id))), answer_said(one, after.get(str(one.id))))
        for one in every_version_of(application.edition)
    ]
    return [(label, one or "–", other or "–") for label, one, other in told if one != other]


def changes_of(amendment: Amendment, application: Application) -> list[Difference]:
    """Each field that is asked to change: its name, what holds now, what is asked for."""
    return differences(amendment.changes, application)


def said(field: str, value: Any) -> str:
    """What a field holds, in the reader's words; a dash for nothing."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value is None:
        return "–"
    return (SAID[field](value) if field in SAID else str(value)) or "–"
