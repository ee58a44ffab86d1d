"""The review list as a table: every column that the importer reads back, and what organisers decided."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.queries import Choice
from eventsys.applications.rules.import_rows import ANSWERS, TOLD_BY_US
from eventsys.base.sheets import Cell, Sheet
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers

ToldBy = Callable[[Application], Cell]


def _contact(application: Application) -> tuple[str, str]:
    for contact in application.organisation.contacts:
        if contact.email == application.email:
            return contact.name, contact.phone
    return "", ""


def _scaled(amount: int | None, scale: int) -> Decimal | None:
    return None if amount is None else Decimal(amount) / scale


def _allergens(application: Application) -> str:
    if application.allergens is None:
        return ""
    return ",".join(application.allergens) or "none"


OF_THE_ORGANISATION: dict[str, ToldBy] = {
    "kind": lambda one: one.organisation.kind.value,
    "name": lambda one: one.organisation.name,
    "native_name": lambda one: one.organisation.native_name,
    "language": lambda one: one.language,
    "cvr": lambda one: one.organisation.cvr,
    "email": lambda one: one.email,
    "contact": lambda one: _contact(one)[0],
    "phone": lambda one: _contact(one)[1],
    "area": lambda one: one.organisation.area,
    "minority_association": lambda one: one.organisation.is_minority_association,
}
OF_THE_APPLICATION: dict[str, ToldBy] = {
    "days": lambda one: ",".join(str(day) for day in day_numbers(one.days)),
    "crew": lambda one: one.crew,
    "cuisine": lambda one: one.cuisine,
    "width_m": lambda one: _scaled(one.width_cm, 100),
    "power_kw": lambda one: _scaled(one.power_watts, 1000),
    **{column: attrgetter(name) for column, name in ANSWERS.items()},
    "dietary": lambda one: ",".join(one.dietary),
    "allergens": _allergens,
    "food_registration": lambda one: one.food_registration,
    "keep_apart": lambda one: ",".join(one.keep_apart),
    "next_to": lambda one: ",".join(one.next_to),
    "about_da": lambda one: one.about.get("da", ""),
    "about_en": lambda one: one.about.get("en", ""),
}
OF_THE_DECISION: dict[str, ToldBy] = {
    "state": lambda one: one.state.value,
    "announced_state": lambda one: one.announced_state.value,
    "announced_at": lambda one: one.announced_at,
    "note": lambda one: one.decision_note,
}
COLUMNS: dict[str, ToldBy] = {
    "reference": lambda one: one.reference,
    "submitted_at": lambda one: one.submitted_at,
    **OF_THE_ORGANISATION,
    **OF_THE_APPLICATION,
    **OF_THE_DECISION,
}
assert set(OF_THE_DECISION) | {"contact"} == set(TOLD_BY_US)  # noqa: S101 - what the importer passes over


def sheet_of(edition: Edition, choice: Choice) -> Sheet:
    """The applications that fit a choice, in its order."""
    applications = queries.applications_of(edition, choice)
    rows = [[told(application) for told in COLUMNS.values()] for application in applications]
    return Sheet("applications", list(COLUMNS), rows)
