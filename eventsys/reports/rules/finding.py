"""Whom a choice finds: by words, kind and day, and with food by what it states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventsys.organisations.rules.kinds import Kind
from eventsys.reports.rules.choice import Choice
from eventsys.reports.rules.fitting import Fit, Offer, best, fit_of
from eventsys.reports.rules.searching import search


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who takes part: its code, all words that find it, its kind, its days, and what it offers to eat."""

    code: str
    text: str
    kind: Kind
    days: frozenset[int]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Who is found, by place in the list: as stated, or only to ask. `left_out` have food, but it contains what is avoided."""

    fits: Mapping[int, Fit]
    left_out: int
    guessed: tuple[str, ...]

    def of(self, fit: Fit) -> list[int]:
        """The places of those that came to this."""
        return [place for place, found in self.fits.items() if found is fit]


def find(choice: Choice, listed: Sequence[Listed]) -> Finding:
    """Whom a choice finds. Diets and allergens must hold for one and the same dish; who has no food is then not meant."""
    words = search(choice.words, [one.text for one in listed])
    wanted = [place for place, one in enumerate(listed) if place in words.places and _is_wanted(choice, one)]
    fits = {place: _fit(choice, listed[place]) for place in wanted}
    suited = [place for place, fit in fits.items() if fit is Fit.NOT and _suits_diets(choice, listed[place])]
    return Finding(
        fits={place: fit for place, fit in fits.items() if fit is not Fit.NOT},
        left_out=len(suited),
        guessed=words.guessed,
    )


def _is_wanted(choice: Choice, one: Listed) -> bool:
    return (
        choice.kind in {None, one.kind}
        and (choice.day is None or choice.day in one.days)
        and choice.booth in {"", one.code}
    )


def _fit(choice: Choice, one: Listed) -> Fit:
    if not choice.is_about_food:
        return Fit.FITS
    return best(fit_of(offer, diets=choice.diet, avoid=choice.avoid) for offer in one.offers)


def _suits_diets(choice: Choice, one: Listed) -> bool:
    return any(fit_of(offer, diets=choice.diet, avoid=()) is Fit.FITS for offer in one.offers)
