"""Words of the review list: its orders, and what it is narrowed by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from eventsys.applications.rules.completeness import FOR_REVIEW, Doubt, Finding, Missing


class Sort(StrEnum):
    """By what the review list is ordered, each in the order in which one wants it first; the other way round with a sign before it."""

    NEWEST = "newest"
    NAME = "name"
    REFERENCE = "reference"
    CHANGED = "changed"
    STATE = "state"
    KIND = "kind"
    WIDTH = "width"
    POWER = "power"
    CREW = "crew"
    CUISINE = "cuisine"
    REGISTRATION = "registration"
    LANGUAGE = "language"
    EMAIL = "email"
    SCORE = "score"
    RECOMMENDED = "recommended"


# What reviewers think: the highest first, who has nothing last.
RANKED = frozenset({Sort.SCORE, Sort.RECOMMENDED})
# The most, the latest and the best come first.
DESCENDING = RANKED | {Sort.NEWEST, Sort.CHANGED, Sort.WIDTH, Sort.POWER, Sort.CREW}
TURNED = "-"
OLDEST = f"{TURNED}{Sort.NEWEST}"
# As addresses that were kept call it.
_FORMERLY = {"oldest": OLDEST}


def sort_of(written: str) -> tuple[Sort, bool]:
    """The order that an address asks for, and whether it is the other way round; the newest first where it names none."""
    word = _FORMERLY.get(written, written)
    name = word.removeprefix(TURNED)
    return (Sort(name), word != name) if name in list(Sort) else (Sort.NEWEST, False)


def written_sort(sort: Sort, *, is_turned: bool) -> str:
    """An order as an address says it."""
    return f"{TURNED if is_turned else ''}{sort}"


class Gone(StrEnum):
    """What the list leaves out unless it is asked for: withdrawn, and never sent."""

    UNDONE = "undone"  # Came in by a spreadsheet, and was taken out again.
    GIVEN_UP = "given_up"  # A draft.


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
    "kind", "state", "sent", "width", "power", "tags", "reviewers", "recommendations", "score", "findings", "days", "crew",
    "cuisine", "registration", "language", "email", "changed",
)  # fmt: skip
# By what a column is ordered; the others aren't.
SORTED_BY = {
    "kind": Sort.KIND, "state": Sort.STATE, "sent": Sort.NEWEST, "width": Sort.WIDTH, "power": Sort.POWER,
    "recommendations": Sort.RECOMMENDED, "score": Sort.SCORE, "crew": Sort.CREW, "cuisine": Sort.CUISINE,
    "registration": Sort.REGISTRATION, "language": Sort.LANGUAGE, "email": Sort.EMAIL, "changed": Sort.CHANGED,
}  # fmt: skip
USUAL = ("kind", "state", "sent", "width", "power")


def columns_of(written: str, own: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns that an address asks for (parted by commas), in the list's order; the usual ones when it names none.

    `own` are columns of the edition alone: the keys of its questions.
    """
    asked = set(written.split(","))
    return tuple(column for column in (*COLUMNS, *own) if column in asked) or USUAL


# What an address may ask for beside one finding: any of them, or any of a sort.
ANYTHING, ANY_MISSING, ANY_DOUBT = "anything", "missing", "doubt"
_SORTS: dict[str, tuple[Finding, ...]] = {
    ANYTHING: FOR_REVIEW,
    ANY_MISSING: tuple(what for what in FOR_REVIEW if isinstance(what, Missing)),
    ANY_DOUBT: tuple(Doubt),
}


def findings_named(written: str) -> Collection[Finding]:
    """The findings that an address asks for, by the name of one or of a sort; none where it names none."""
    return _SORTS.get(written) or tuple(what for what in FOR_REVIEW if what == written)
