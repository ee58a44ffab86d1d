"""What an application still lacks before it can be sent, and what a reviewer should look at twice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from eventsys.organisations.rules.kinds import Kind


class Missing(StrEnum):
    """What must be told before sending; the value is the field that the applicant is led to."""

    NAME = "name"
    DAYS = "days"
    CREW = "crew"
    WIDTH = "width_m"
    POWER = "power_kw"
    FOOD = "cuisine"
    ALLERGENS = "allergens"
    ABOUT = "about"
    QUESTIONS = "questions"
    CONSENT = "consent"


# People over all days to a metre of booth: a large choir on the smallest booth stays below.
MOST_PER_METRE = 20


class Doubt(StrEnum):
    """What a reviewer should look at twice."""

    FOOD_WITHOUT_REGISTRATION = "food_without_registration"
    FOOD_WITHOUT_DISHES = "food_without_dishes"
    POWER_ABOVE_PITCHES = "power_above_pitches"
    WIDTH_ABOVE_PITCHES = "width_above_pitches"
    FIRE_WITHOUT_FOOD = "fire_without_food"
    EXPIRED_DOCUMENT = "expired_document"
    CHILDREN_WITHOUT_DECLARATION = "children_without_declaration"
    CROWDED = "crowded"
    REGISTERED_AND_SELDOM = "registered_and_seldom"
    SAME_NAME = "same_name"
    SAME_ADDRESS = "same_address"


Finding = Missing | Doubt


class Told(NamedTuple):
    """What has been told so far. A tuple, as thousands are made at once."""

    kind: Kind
    name: str
    days: int
    crew: int | None
    width_cm: int | None
    power_watts: int | None
    sells_food: bool
    cuisine: str
    states_allergens: bool
    food_registration: str
    is_below_food_limit: bool
    uses_gas: bool
    uses_open_fire: bool
    has_children_activities: bool
    declares_background_checks: bool
    has_about: bool
    has_consented: bool
    # Whether a document runs out before the last day.
    has_expired_document: bool = False
    # A question of the edition that must be answered and is shown has no answer.
    lacks_answers: bool = False
    # Whether a dish is named, each with its allergens.
    has_dishes: bool = True


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the street can offer; empty where there is no plan yet."""

    widest_pitch_cm: int | None = None
    largest_board_watts: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whether another organisation's application at the same edition looks like this one."""

    has_namesake: bool = False
    has_same_address: bool = False


_Lacks = Callable[[Told], bool]
_IsOdd = Callable[[Told, SiteFacts, Likeness], bool]

# What must be told, in the order of the steps, and when it is not.
_LACKS: dict[Missing, _Lacks] = {
    Missing.NAME: lambda told: not told.name.strip(),
    Missing.DAYS: lambda told: told.days <= 0,
    Missing.CREW: lambda told: not told.crew,
    Missing.WIDTH: lambda told: told.width_cm is None,
    Missing.POWER: lambda told: told.power_watts is None,
    Missing.FOOD: lambda told: told.sells_food and not told.cuisine.strip(),
    Missing.ALLERGENS: lambda told: told.sells_food and not told.states_allergens,
    Missing.ABOUT: lambda told: not told.has_about,
    Missing.QUESTIONS: lambda told: told.lacks_answers,
    Missing.CONSENT: lambda told: not told.has_consented,
}
_IS_DOUBTFUL: dict[Doubt, _IsOdd] = {
    Doubt.FOOD_WITHOUT_REGISTRATION: lambda told, *_: (
        told.sells_food and not told.is_below_food_limit and not told.food_registration.strip()
    ),
    # A restaurant's guests choose from a card; what an association serves is told in a line.
    Doubt.FOOD_WITHOUT_DISHES: lambda told, *_: (
        told.kind is Kind.RESTAURANT and told.sells_food and not told.has_dishes
    ),
    Doubt.POWER_ABOVE_PITCHES: lambda told, site, _: _above(told.power_watts, site.largest_board_watts),
    Doubt.WIDTH_ABOVE_PITCHES: lambda told, site, _: _above(told.width_cm, site.widest_pitch_cm),
    Doubt.FIRE_WITHOUT_FOOD: lambda told, *_: (told.uses_gas or told.uses_open_fire) and not told.sells_food,
    Doubt.EXPIRED_DOCUMENT: lambda told, *_: told.has_expired_document,
    Doubt.CHILDREN_WITHOUT_DECLARATION: lambda told, *_: (
        told.kind is Kind.ASSOCIATION and told.has_children_activities and not told.declares_background_checks
    ),
    Doubt.CROWDED: lambda told, *_: _above((told.crew or 0) * 100, (told.width_cm or 0) * MOST_PER_METRE or None),
    Doubt.REGISTERED_AND_SELDOM: lambda told, *_: bool(told.food_registration.strip()) and told.is_below_food_limit,
    Doubt.SAME_NAME: lambda _told, _site, likeness: likeness.has_namesake,
    Doubt.SAME_ADDRESS: lambda _told, _site, likeness: likeness.has_same_address,
}
# What reviewers look at; consent stands among the facts: whoever came in from a file gave it elsewhere.
FOR_REVIEW: tuple[Finding, ...] = (*(what for what in Missing if what is not Missing.CONSENT), *Doubt)


def missing(told: Told) -> list[Missing]:
    """What must still be told, in the order of the steps."""
    return [what for what, lacks in _LACKS.items() if lacks(told)]


def doubts(told: Told, site: SiteFacts, likeness: Likeness) -> list[Doubt]:
    """What is odd about it; none of this stops anybody."""
    return [what for what, holds in _IS_DOUBTFUL.items() if holds(told, site, likeness)]


Detector = Callable[[Told, SiteFacts, Likeness], bool]


def findings(told: Told, site: SiteFacts, likeness: Likeness) -> list[Finding]:
    """What a reviewer should look at (`FOR_REVIEW`): what is missing, then what is odd."""
    lacks = [what for what in missing(told) if what in FOR_REVIEW]
    return [*lacks, *doubts(told, site, likeness)]


def detector_of(among: Collection[Finding]) -> Detector:
    """What tells whether there is anything to look at, of these; it stops at the first, as thousands are asked at once."""
    lacks = [_LACKS[what] for what in among if isinstance(what, Missing)]
    odd = [_IS_DOUBTFUL[what] for what in among if isinstance(what, Doubt)]

    def detect(told: Told, site: SiteFacts, likeness: Likeness) -> bool:
        for lacks_it in lacks:  # `any` would make a generator for each of thousands.
            if lacks_it(told):
                return True
        for is_odd in odd:  # noqa: SIM110 - the same
            if is_odd(told, site, likeness):
                return True
        return False

    return detect


def _above(asked: int | None, most: int | None) -> bool:
    return asked is not None and most is not None and asked > most
