"""The steps of the sign-up, and where each thing that must be told is asked."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from eventsys.applications.rules.completeness import Doubt, Missing


class Step(StrEnum):
    """One page of the sign-up; the value is the last word of its address."""

    ORGANISATION = "organisation"
    DAYS = "days"
    BOOTH = "booth"
    FOOD = "food"
    DISHES = "dishes"
    VISITORS = "visitors"
    WISHES = "wishes"
    DOCUMENTS = "documents"
    QUESTIONS = "questions"
    CHECK = "check"


ASKED_AT = {
    Missing.NAME: Step.ORGANISATION,
    Missing.DAYS: Step.DAYS,
    Missing.CREW: Step.DAYS,
    Missing.WIDTH: Step.BOOTH,
    Missing.POWER: Step.BOOTH,
    Missing.FOOD: Step.FOOD,
    Missing.ALLERGENS: Step.FOOD,
    Missing.ABOUT: Step.VISITORS,
    Missing.QUESTIONS: Step.QUESTIONS,
    Missing.CONSENT: Step.CHECK,
}


# What the applicant is asked about as well, and where it is put right.
DOUBTED_AT = {
    Doubt.CHILDREN_WITHOUT_DECLARATION: Step.BOOTH,
    Doubt.CROWDED: Step.DAYS,
    Doubt.FOOD_WITHOUT_REGISTRATION: Step.FOOD,
    Doubt.REGISTERED_AND_SELDOM: Step.FOOD,
    Doubt.FOOD_WITHOUT_DISHES: Step.DISHES,
    Doubt.EXPIRED_DOCUMENT: Step.DOCUMENTS,
}
# Said at the end alone: at its own step a missing number is no slip, dishes come one by one, and a file that is sent stays sent.
NOT_ASKED_AT_ONCE = frozenset({Doubt.FOOD_WITHOUT_REGISTRATION, Doubt.FOOD_WITHOUT_DISHES, Doubt.EXPIRED_DOCUMENT})

# Which step asks for a field, by the field's name in the database.
ASKED_OF = {
    "name": Step.ORGANISATION, "native_name": Step.ORGANISATION, "cvr": Step.ORGANISATION, "area": Step.ORGANISATION,
    "is_minority_association": Step.ORGANISATION, "contact": Step.ORGANISATION,
    "days": Step.DAYS, "crew": Step.DAYS,
    "width_cm": Step.BOOTH, "power_watts": Step.BOOTH, "appliances": Step.BOOTH, "needs_three_phase": Step.BOOTH,
    "needs_water": Step.BOOTH, "uses_gas": Step.BOOTH, "uses_open_fire": Step.BOOTH,
    "plays_amplified_sound": Step.BOOTH, "needs_vehicle_access": Step.BOOTH, "needs_step_free": Step.BOOTH,
    "has_children_activities": Step.BOOTH, "declares_background_checks": Step.BOOTH,
    "has_liability_insurance": Step.BOOTH, "sells_food": Step.BOOTH,
    "cuisine": Step.FOOD, "food_registration": Step.FOOD, "is_below_food_limit": Step.FOOD, "dietary": Step.FOOD,
    "allergens": Step.FOOD, "dishes": Step.DISHES,
    "documents": Step.DOCUMENTS, "questions": Step.QUESTIONS, "about": Step.VISITORS, "near_wish": Step.WISHES, "apart_wish": Step.WISHES,
}  # fmt: skip

# What the pages call a field, where it isn't what the database calls it.
FIELD_ON_PAGE = {
    "width_cm": "width_m", "power_watts": "power_kw", "appliances": "power_kw", "about": "about_da",
    "contact": "contact_name",
}  # fmt: skip
# Where there are dishes, these follow from them.
FROM_DISHES = frozenset({"dietary", "allergens"})

# Nothing must be told there.
AT_WILL = frozenset({Step.DISHES, Step.WISHES, Step.DOCUMENTS, Step.QUESTIONS})
# Who sells no food isn't asked about it.
ABOUT_FOOD = frozenset({Step.FOOD, Step.DISHES})


def steps_of(*, sells_food: bool, has_questions: bool = False) -> list[Step]:
    """The steps in order; who sells no food isn't asked about it, and more questions are a step where there are any."""
    left_out = (set() if sells_food else ABOUT_FOOD) | (set() if has_questions else {Step.QUESTIONS})
    return [step for step in Step if step not in left_out]


def step_after(step: Step, *, sells_food: bool, has_questions: bool = False) -> Step:
    """The step that follows; the last one follows itself."""
    steps = steps_of(sells_food=sells_food, has_questions=has_questions)
    later = [candidate for candidate in steps if list(Step).index(candidate) > list(Step).index(step)]
    return later[0] if later else step


def done_steps(
    lacks: Collection[Missing], *, sells_food: bool, has_questions: bool = False, filled: Collection[Step] = ()
) -> set[Step]:
    """The steps at which nothing is missing any more; sending, the last one, is never done here.

    Steps at which nothing must be told are done once something is: those in `filled`.
    """
    open_steps = {ASKED_AT[what] for what in lacks} | (AT_WILL - set(filled)) | {Step.CHECK}
    return {step for step in steps_of(sells_food=sells_food, has_questions=has_questions) if step not in open_steps}
