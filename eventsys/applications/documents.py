"""The review list as a table: what it shows and all that is told, in words; and every column that the importer reads back.

Files are passed on and mailed from, so they say what everybody was told. A decision that nobody was told yet stands in columns of its
own, whose names say so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

import phonenumbers
from flask_babel import lazy_gettext as _

from eventsys.applications import queries
from eventsys.applications.actions.decisions import is_staged
from eventsys.applications.models import Application, Dish
from eventsys.applications.queries import Choice, Row
from eventsys.applications.rules.import_rows import ANSWERS, TOLD_BY_US
from eventsys.applications.texts import ALLERGENS, DIETS, FIELDS, STATEMENTS, STATES
from eventsys.base.i18n import listed
from eventsys.base.sheets import Cell, Sheet
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers
from eventsys.organisations.texts import KINDS
from eventsys.questions.rules.asking import Value

ToldBy = Callable[[Application], Cell]


def _contact(application: Application) -> tuple[str, str]:
    for contact in application.organisation.contacts:
        if contact.email == application.email:
            return contact.name, _phone(contact.phone)
    return "", ""


def _phone(number: str) -> str:
    """A phone number as people write it, its digits in groups: no spreadsheet takes that for a number."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


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
    "announced_state": lambda one: one.announced_state.value,
    "announced_at": lambda one: one.announced_at,
    "note": lambda one: one.announced_note,
    "not_announced_decision": lambda one: one.state.value if is_staged(one) else "",
    "not_announced_note": lambda one: one.decision_note if is_staged(one) else "",
}
COLUMNS: dict[str, ToldBy] = {
    "reference": lambda one: one.reference,
    "submitted_at": lambda one: one.submitted_at,
    **OF_THE_ORGANISATION,
    **OF_THE_APPLICATION,
    **OF_THE_DECISION,
}
assert set(OF_THE_DECISION) | {"contact"} <= set(TOLD_BY_US)  # noqa: S101 - what the importer passes over


def sheet_of(edition: Edition, choice: Choice) -> Sheet:
    """The applications that fit a choice, in its order."""
    applications, own = queries.applications_of(edition, choice), queries.own_columns_of(edition)
    given = queries.answers_to_versions(edition, [column.version_id for column in own.values()])
    rows = [
        [
            *(told(application) for told in COLUMNS.values()),
            *(_as_code(given.get((application.id, column.version_id))) for column in own.values()),
        ]
        for application in applications
    ]
    return Sheet("applications", [*COLUMNS, *own], rows)


def _as_code(value: Value | None) -> Cell:
    """An answer as the importer reads it: keys of answers, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(value)
    return Decimal(str(value)) if isinstance(value, int | float) else value


@dataclass(frozen=True, slots=True)
class Shown:
    """Columns of the review list: which, what they are called, and what they say of a line by the name of the column."""

    columns: Sequence[str]
    words: Mapping[str, str]
    beside: Mapping[str, Any]

    def cell(self, column: str, key: int) -> Cell:
        """What a column that isn't the application's own says of the application with this key."""
        if column == "recommendations":
            return listed(f"{word} ({number})" for word, _tone, number in self.beside[column].get(key, []))
        if column == "score":
            return str(self.beside[column].get(key, ""))
        if column == "findings":
            return "; ".join(str(self.beside["finding_words"][what]) for what in self.beside[column].get(key, []))
        if column in self.beside:
            return ", ".join(self.beside[column].get(key, []))
        return str(self.beside["answers"].get(key, {}).get(column, ""))


# Beside the state, for decisions that nobody was told yet.
NOT_ANNOUNCED = "not_announced"
NOT_ANNOUNCED_WORD = _("NOT ANNOUNCED, don't pass on: decided")
# What the list's own columns say of a line.
OF_A_LINE: dict[str, Callable[[Row], Cell]] = {
    "kind": lambda row: str(KINDS[row.kind]),
    "state": lambda row: str(STATES[row.announced_state]),
    NOT_ANNOUNCED: lambda row: str(STATES[row.state]) if row.state is not row.announced_state else "",
    "sent": lambda row: row.submitted_at,
    "width": lambda row: _scaled(row.width_cm, 100),
    "power": lambda row: _scaled(row.power_watts, 1000),
    "days": lambda row: ", ".join(str(day) for day in day_numbers(row.days)),
    "crew": lambda row: row.crew,
    "cuisine": lambda row: row.cuisine,
    "registration": lambda row: row.food_registration,
    "language": lambda row: row.language,
    "email": lambda row: row.email,
    "changed": lambda row: row.changed_at,
}


def list_sheet_of(rows: Sequence[Row], shown: Shown) -> Sheet:
    """The lines of the list in its columns, as the reader reads them."""
    names: list[tuple[object, Callable[[Row], Cell]]] = [
        (_("Reference"), lambda row: row.reference),
        (_("Organisation"), lambda row: row.name),
        (_("In your own language or script"), lambda row: row.native_name),
    ]

    def cell(row: Row, column: str) -> Cell:
        return OF_A_LINE[column](row) if column in OF_A_LINE else shown.cell(column, row.id)

    columns = [one for column in shown.columns for one in ((column, NOT_ANNOUNCED) if column == "state" else (column,))]
    words = {**shown.words, NOT_ANNOUNCED: str(NOT_ANNOUNCED_WORD)}
    headings = [*(str(word) for word, _told in names), *(words[column] for column in columns)]
    lines = [[*(told(row) for _word, told in names), *(cell(row, one) for one in columns)] for row in rows]
    return Sheet(str(_("Applications")), headings, lines)


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else str(_("yes") if answer else _("no"))


def _in_words(keys: Collection[str], words: Mapping[str, object]) -> str:
    return listed(word for key, word in words.items() if key in keys)


def _stated_allergens(application: Application) -> str:
    if application.allergens is None:
        return str(_("not stated")) if application.sells_food else ""
    return _in_words(application.allergens, ALLERGENS) or str(_("none of the 14"))


def _dish(dish: Dish) -> str:
    told = [_in_words(dish.dietary, DIETS)] if dish.dietary else []
    for statement, word in STATEMENTS.items():
        keys = [key for key, said in dish.allergens.items() if said == statement]
        told += [f"{word}: {_in_words(keys, ALLERGENS)}"] if keys else []
    return f"{dish.name} ({'; '.join(told)})" if told else dish.name


# All that is told, each under what it is called.
IN_WORDS: dict[str, tuple[object, ToldBy]] = {
    "reference": (_("Reference"), lambda one: one.reference),
    "sent": (_("Sent"), lambda one: one.submitted_at),
    "kind": (_("Kind"), lambda one: str(KINDS[one.organisation.kind])),
    "state": (_("State"), lambda one: str(STATES[one.announced_state])),
    "announced_at": (_("Told"), lambda one: one.announced_at),
    "note": (_("What the applicant was told"), lambda one: one.announced_note),
    NOT_ANNOUNCED: (NOT_ANNOUNCED_WORD, lambda one: str(STATES[one.state]) if is_staged(one) else ""),
    "not_announced_note": (
        _("NOT ANNOUNCED, don't pass on: what is to be told"), lambda one: one.decision_note if is_staged(one) else ""
    ),
    "kept": (_("What the team keeps to itself"), lambda one: one.kept_note),
    "name": (_("Organisation"), lambda one: one.organisation.name),
    "native_name": (FIELDS["native_name"], lambda one: one.organisation.native_name),
    "cvr": (FIELDS["cvr"], lambda one: one.organisation.cvr),
    "area": (FIELDS["area"], lambda one: one.organisation.area),
    "minority": (
        FIELDS["is_minority_association"], lambda one: _yes_or_no(one.organisation.is_minority_association)
    ),
    "contact": (FIELDS["contact"], lambda one: _contact(one)[0]),
    "phone": (_("Phone"), lambda one: _contact(one)[1]),
    "email": (_("Mail address"), lambda one: one.email),
    "language": (_("Language"), lambda one: one.language),
    "days": (_("Days"), lambda one: ", ".join(str(day) for day in day_numbers(one.days))),
    "crew": (FIELDS["crew"], lambda one: one.crew),
    "width": (_("Width, m"), lambda one: _scaled(one.width_cm, 100)),
    "power": (_("Power, kW"), lambda one: _scaled(one.power_watts, 1000)),
    **{
        name: (FIELDS[name], lambda one, name=name: _yes_or_no(getattr(one, name)))  # type: ignore[misc]
        for name in (
            "needs_three_phase", "needs_water", "uses_gas", "uses_open_fire", "plays_amplified_sound",
            "needs_vehicle_access", "needs_step_free", "has_children_activities", "declares_background_checks",
            "has_liability_insurance",
        )
    },
    "sells_food": (_("Sells or serves food"), lambda one: _yes_or_no(one.sells_food)),
    "cuisine": (FIELDS["cuisine"], lambda one: one.cuisine),
    "dietary": (FIELDS["dietary"], lambda one: _in_words(one.dietary, DIETS)),
    "allergens": (FIELDS["allergens"], _stated_allergens),
    "registration": (FIELDS["food_registration"], lambda one: one.food_registration),
    "below_limit": (FIELDS["is_below_food_limit"], lambda one: _yes_or_no(one.is_below_food_limit)),
    "near": (FIELDS["near_wish"], lambda one: one.near_wish),
    "apart": (FIELDS["apart_wish"], lambda one: one.apart_wish),
    "about": (FIELDS["about"], lambda one: "\n\n".join(text for text in one.about.values() if text)),
}  # fmt: skip


def told_sheet_of(edition: Edition, choice: Choice, shown: Shown) -> Sheet:
    """The applications that fit a choice with all that is told, in words: dishes, what the team added, own questions too."""
    dishes = queries.dishes_by_application(edition)
    headings = [*(_first_large(word) for word, _told in IN_WORDS.values()), str(FIELDS["dishes"])]
    rows = [
        [
            *(told(one) for _word, told in IN_WORDS.values()),
            "; ".join(_dish(dish) for dish in dishes.get(one.id, [])),
            *(shown.cell(column, one.id) for column in shown.columns),
        ]
        for one in queries.applications_of(edition, choice)
    ]
    return Sheet(str(_("Applications")), [*headings, *(shown.words[column] for column in shown.columns)], rows)


def _first_large(word: object) -> str:
    said = str(word)
    return said[:1].upper() + said[1:]
