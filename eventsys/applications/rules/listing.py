"""Words of the review list: its orders, and what it is narrowed by."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """In which order the review list stands."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    REFERENCE = "reference"
    CHANGED = "changed"
    STATE = "state"
    WIDTH = "width"
    POWER = "power"


class Wants(StrEnum):
    """What a booth needs or does, to narrow the list by; each is a column of the application."""

    FOOD = "sells_food"
    WATER = "needs_water"
    GAS = "uses_gas"
    OPEN_FIRE = "uses_open_fire"
    THREE_PHASE = "needs_three_phase"
    SOUND = "plays_amplified_sound"
    VEHICLE = "needs_vehicle_access"
    STEP_FREE = "needs_step_free"
    CHILDREN = "has_children_activities"


# What the list can show beside the name, in this order; the first ones unless somebody chose.
COLUMNS = (
    "kind", "state", "sent", "width", "power", "tags", "days", "crew", "cuisine", "language", "email", "changed",
)  # fmt: skip
USUAL = ("kind", "state", "sent", "width", "power")


def columns_of(written: str) -> tuple[str, ...]:
    """The columns that an address asks for (parted by commas), in the list's order; the usual ones when it names none."""
    asked = set(written.split(","))
    return tuple(column for column in COLUMNS if column in asked) or USUAL
