"""One booth as the list beside the map tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from eventsys.applications.rules.dishes import summed_allergens, unstated
from eventsys.applications.texts import ALLERGENS, DIETS
from eventsys.base.clock import local
from eventsys.base.i18n import in_language, listed, long_date, quoted
from eventsys.editions.models import Edition
from eventsys.reports.queries import Entry
from eventsys.reports.rules.choice import Choice
from eventsys.reports.rules.fitting import Fit, Offer, fit_of, whole
from eventsys.reports.texts import KINDS


@dataclass(frozen=True, slots=True)
class BoothShown:
    """A booth in words. `spots`: number, place on the map, and its days where they aren't all of the booth's."""

    fit: Fit
    anchor: str
    name: str
    native_name: str
    kind: str
    about: str
    url: str
    spots: list[tuple[str, str, str]]
    facts: list[tuple[str, str]]


def booth_shown(edition: Edition, entry: Entry, fit: Fit, *, choice: Choice, ids: Mapping[str, str]) -> BoothShown:
    """A booth of a choice; on a chosen day as it stands that day. `ids`: the place on the map by number."""
    organisation = entry.organisation
    places = places_on(entry, choice.day)
    differ = len({days for _number, days in places}) > 1
    return BoothShown(
        fit=fit,
        anchor=f"booth-{organisation.code}",
        name=organisation.name,
        native_name=organisation.native_name,
        kind=str(KINDS[organisation.kind]),
        about=in_language(entry.application.about),
        url=url_for("reports.entry", edition=edition, code=organisation.code),
        spots=[(number, ids[number], days_said(edition, days) if differ else "") for number, days in places],
        facts=[(str(_("Days")), days_said(edition, entry.days)), *_food(entry, choice)],
    )


def places_on(entry: Entry, day: int | None) -> list[tuple[str, tuple[int, ...]]]:
    """Where somebody stands on a day, or on any: pitch number and day numbers."""
    return [(number, days) for number, days in entry.booths if day is None or day in days]


def days_said(edition: Edition, numbers: Iterable[int]) -> str:
    """Days in words, short where they are all that visitors come on."""
    wanted = set(numbers)
    days = [day for day in edition.open_days if day.number in wanted]
    if len(days) > 1 and len(days) == len(edition.open_days):
        return str(_("all days"))
    return listed(long_date(local(day.opens_at).date()) for day in days)


def offers_of(entry: Entry) -> tuple[Offer, ...]:
    """What somebody offers to eat: each dish, else all together as the booth states it; nothing without food."""
    application = entry.application
    if entry.dishes:
        return tuple(Offer(dish.name, frozenset(dish.dietary), dish.allergens) for dish in entry.dishes)
    return (whole(application.dietary, application.allergens),) if application.sells_food else ()


def _food(entry: Entry, choice: Choice) -> list[tuple[str, str]]:
    application, offers = entry.application, offers_of(entry)
    told = [(str(_("Food")), quoted(application.cuisine))] if application.cuisine else []
    if not offers:
        return told
    if choice.is_about_food:
        fits, asked = (
            [offer for offer in offers if fit_of(offer, diets=choice.diet, avoid=choice.avoid) is fit]
            for fit in (Fit.FITS, Fit.ASK)
        )
        told += (
            [(str(_("Fits your choice")), _named(fits) or str(_("stated for the booth as a whole")))] if fits else []
        )
        told += [(str(_("Not stated: ask at the booth")), _named(asked) or str(_("all it offers")))] if asked else []
    diets = listed(DIETS[key] for key in DIETS if any(key in offer.diets for offer in offers))
    return [*told, (str(_("Suits")), diets or str(_("nothing stated"))), (str(_("Allergens")), _allergens(entry))]


def _named(offers: list[Offer]) -> str:
    return listed(offer.name for offer in offers if offer.name)


def _allergens(entry: Entry) -> str:
    """What may be in the food of a booth; silence is never "none"."""
    there = summed_allergens(dish.allergens for dish in entry.dishes) if entry.dishes else entry.application.allergens
    if there is None:
        return str(_("not stated: ask at the booth"))
    words = listed(ALLERGENS[key] for key in there)
    if any(unstated(dish.allergens) for dish in entry.dishes):
        return str(
            _("%(allergens)s; not everything is stated, so look at each dish", allergens=words)
            if words
            else _("not everything is stated: look at each dish")
        )
    return words or str(_("none of the 14"))
