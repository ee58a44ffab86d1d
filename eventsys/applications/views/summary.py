"""Everything an application tells, in words, step by step: for checking, for the status page, for review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.applications import queries
from eventsys.applications.forms.reading import language_name
from eventsys.applications.models import Application
from eventsys.applications.rules.dishes import unstated, with_statement
from eventsys.applications.rules.parts import AllergenStatement
from eventsys.applications.rules.steps import Step, steps_of
from eventsys.applications.texts import ALLERGENS, APPLIANCES, DIETS, PURPOSES, STATEMENTS, STEPS, TITLES
from eventsys.base import clock
from eventsys.base.i18n import listed, long_date, told_apart
from eventsys.editions.rules import day_numbers
from eventsys.organisations.models import Contact
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS
from eventsys.questions.shown import answer_said, question_label

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """What one step told; `change_url` leads back to it, empty where it can't be changed."""

    title: str
    facts: list[Fact]
    change_url: str


def summary_of(application: Application, *, is_changeable: bool) -> list[Part]:
    tell = {
        Step.ORGANISATION: _organisation,
        Step.DAYS: _days,
        Step.BOOTH: _booth,
        Step.FOOD: _food,
        Step.DISHES: _dishes,
        Step.VISITORS: _visitors,
        Step.WISHES: _wishes,
        Step.DOCUMENTS: _documents,
        Step.QUESTIONS: _questions,
    }
    return [
        Part(
            str((STEPS if is_changeable else TITLES)[step]),
            tell[step](application),
            url_for(f"applications.{step}", code=application.code) if is_changeable else "",
        )
        for step in steps_of(
            sells_food=application.sells_food, has_questions=bool(queries.questions_put_to(application))
        )
        if step in tell
    ]


def _organisation(application: Application) -> list[Fact]:
    organisation = application.organisation
    contact = next((one for one in organisation.contacts if one.email == application.email), None)
    stated = {True: _("yes"), False: _("no"), None: _("not stated")}[organisation.is_minority_association]
    is_association = organisation.kind is Kind.ASSOCIATION
    return [
        (_("Name"), organisation.name),
        (_("In your own language or script"), organisation.native_name),
        (_("Kind"), str(KINDS[organisation.kind])),
        (_("CVR number"), organisation.cvr or _("none")),
        (_("Part of town"), organisation.area),
        *([(_("Association of an ethnic minority"), stated)] if is_association else []),
        (_("Contact"), contact.name if contact else ""),
        (_("Phone on the day"), contact.phone if contact else ""),
        (_("Mail address"), application.email),
        *((_("Further contact"), _person(one)) for one in organisation.contacts if one.email != application.email),
    ]


def _person(contact: Contact) -> str:
    return " · ".join(part for part in (contact.name, contact.email, contact.phone) if part)


def _days(application: Application) -> list[Fact]:
    told = set(day_numbers(application.days))
    days = [long_date(clock.local(day.opens_at).date()) for day in application.edition.days if day.number in told]
    return [(_("Days"), listed(days)), (_("People at the booth"), _number(application.crew))]


def _booth(application: Application) -> list[Fact]:
    watts, width = application.power_watts, application.width_cm
    wishes = {
        _("three-phase power"): application.needs_three_phase,
        _("running water"): application.needs_water,
        _("gas"): application.uses_gas,
        _("open fire"): application.uses_open_fire,
        _("loudspeakers"): application.plays_amplified_sound,
        _("a car or trailer at the booth"): application.needs_vehicle_access,
        _("a way without steps"): application.needs_step_free,
        _("something for children"): application.has_children_activities,
    }
    metres = _("%(metres)s m", metres=_number(width, 100)) if width is not None else ""
    kilowatts = _("%(kilowatts)s kW", kilowatts=_number(watts, 1000)) if watts is not None else ""
    return [
        (_("Width"), metres),
        (_("Power"), kilowatts),
        *([(_("Appliances"), _appliances(application))] if application.appliances else []),
        (_("With"), listed(word for word, holds in wishes.items() if holds) or _("nothing more")),
        (_("Food"), _("yes") if application.sells_food else _("no")),
        *(
            [(_("Background checks"), _stated(application.declares_background_checks))]
            if application.has_children_activities
            else []
        ),
        (_("Liability insurance"), _stated(application.has_liability_insurance)),
    ]


def _stated(answer: bool | None) -> str:
    return str({True: _("yes"), False: _("no"), None: _("not stated")}[answer])


def _appliances(application: Application) -> str:
    return listed(f"{one['count']} × {APPLIANCES[one['key']]}" for one in application.appliances)


# So many allergens are named one by one, also where they are all that is left.
FEW = 2


def dish_shown(allergens: Mapping[str, str], dietary: Iterable[str]) -> list[tuple[str, list[str]]]:
    """What a dish says: suits, contains, may contain, free of, and of what it says nothing; each in the reader's words."""

    def words(keys: Iterable[str]) -> list[str]:
        return [str(ALLERGENS[key]) for key in keys]

    said = [(str(STATEMENTS[one]), words(with_statement(allergens, one))) for one in AllergenStatement]
    suits = [str(DIETS[key]) for key in dietary]
    return [(_("suits"), suits), *said, (_("not stated"), words(unstated(allergens)))]


def dish_in_short(allergens: Mapping[str, str], dietary: Iterable[str]) -> str:
    """The same in one line: what is said of most allergens is said of all others at once."""
    suits, *said = [(what, words) for what, words in dish_shown(allergens, dietary)]
    told = [f"{what}: {listed(words)}" for what, words in [suits, *said] if words]
    what, words = [one for one in said if one[1]][-1]
    if len(words) == len(ALLERGENS):
        told[-1] = _("all 14 allergens: %(what)s", what=what)
    elif len(words) > FEW:
        told[-1] = _("all others: %(what)s", what=what)
    return told_apart(told)


def _dishes(application: Application) -> list[Fact]:
    facts = [(dish.name, dish_in_short(dish.allergens, dish.dietary)) for dish in queries.dishes_of(application)]
    return facts or [(_("Dishes"), _("none named"))]


def _documents(application: Application) -> list[Fact]:
    sent = [(str(PURPOSES[one.purpose]), one.file.name) for one in queries.attachments_of(application)]
    return sent or [(_("Logo and documents"), _("none sent"))]


def _wishes(application: Application) -> list[Fact]:
    return [(_("Near"), application.near_wish), (_("Not beside"), application.apart_wish)]


def _questions(application: Application) -> list[Fact]:
    given = queries.answers_by_question(application)
    return [
        (question_label(one), answer_said(one, given.get(one.id))) for one in queries.questions_shown_to(application)
    ]


def _food(application: Application) -> list[Fact]:
    stated = application.allergens
    allergens = _("not stated") if stated is None else _words(stated, ALLERGENS) or _("none of the 14")
    return [
        (_("What is sold or served"), application.cuisine),
        (_("Suits"), _words(application.dietary, DIETS)),
        (_("Allergens"), allergens),
        (
            _("Food registration"),
            application.food_registration or (_("below the limit") if application.is_below_food_limit else ""),
        ),
    ]


def _visitors(application: Application) -> list[Fact]:
    texts = [(language_name(code) or code, text) for code, text in application.about.items() if text]
    return texts or [(_("Text for visitors"), "")]


def _number(amount: int | None, scale: int = 1) -> str:
    return "" if amount is None else str(format_decimal(Decimal(amount) / scale))


def _words(keys: Iterable[str], words: dict[str, Any]) -> str:
    return listed(words[key] for key in words if key in keys)
