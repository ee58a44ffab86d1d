"""What each step of the sign-up tells, and until when it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import State
from eventsys.base.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """When, and with how many. `days` is a bit mask, bit 0 for day 1."""

    days: int
    crew: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """What the booth is, needs and does."""

    width_cm: int | None
    power_watts: int | None
    appliances: list[dict[str, Any]]
    needs_three_phase: bool
    needs_water: bool
    uses_gas: bool
    uses_open_fire: bool
    plays_amplified_sound: bool
    needs_vehicle_access: bool
    needs_step_free: bool
    has_children_activities: bool
    declares_background_checks: bool
    has_liability_insurance: bool | None
    sells_food: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Food:
    """What is sold or served. `allergens` is None where nothing is stated, which is never "none"."""

    cuisine: str
    dietary: list[str]
    allergens: list[str] | None
    food_registration: str
    is_below_food_limit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForVisitors:
    """What visitors read about the booth, by language."""

    about: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Whom they wish to stand near or apart from, in their own words."""

    near_wish: str
    apart_wish: str


Answers = Attendance | Booth | Food | ForVisitors | Wishes


def check_may_change(announced: State, *, is_in_time: bool) -> None:
    """Whether an applicant may still change what is told: until the time is over, and whenever changes are asked for.

    Refusal: CALL_CLOSED, NOT_NOW.
    """
    if announced is State.CHANGES_REQUESTED:
        return
    if announced in {State.REJECTED, State.WITHDRAWN} or (announced is State.APPROVED and not is_in_time):
        raise Refusal(Code.NOT_NOW)
    if not is_in_time:
        raise Refusal(Code.CALL_CLOSED)
