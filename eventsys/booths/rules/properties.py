"""Properties of pitches and boards as files tell them, of JSON and of sheets alike: typed, or why one can't be."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from eventsys.base.refusals import Refusal
from eventsys.base.spreadsheet import number, yes_or_no
from eventsys.booths.rules.codes import Code

LONGEST = 40
SHOWN = 60
LARGEST_CM = 100_000
LARGEST_WATTS = 10_000_000


def word(told: Mapping[str, Any], key: str, *, is_needed: bool = False) -> str:
    """A word of a property, without blanks around it. Refusal: MISSING where it is needed, TOO_LONG."""
    found = str(told.get(key) if told.get(key) is not None else "").strip()
    if is_needed and not found:
        raise Refusal(Code.MISSING, field=key)
    if len(found) > LONGEST:
        raise Refusal(Code.TOO_LONG, field=key, longest=LONGEST)
    return found


def is_told(told: Mapping[str, Any], key: str) -> bool:
    """Whether a file says anything of a property."""
    return told.get(key) is not None and told.get(key) != ""


def centimetres(told: Mapping[str, Any], key: str, *, least: int = 1) -> int:
    """Metres of a property in centimetres. Refusal: MISSING, NOT_A_NUMBER."""
    value = told.get(key)
    if not is_told(told, key):
        raise Refusal(Code.MISSING, field=key)
    metres = number(str(value)) if not isinstance(value, bool) else None
    if metres is None or not least <= metres * 100 <= LARGEST_CM:
        raise Refusal(Code.NOT_A_NUMBER, field=key, value=str(value)[:SHOWN])
    return round(metres * 100)


def flag(told: Mapping[str, Any], key: str) -> bool:
    """Yes or no of a property; no where nothing is said. Refusal(NOT_YES_OR_NO)."""
    value = told.get(key, False)
    answer = value if isinstance(value, bool) else yes_or_no(str(value if value is not None else ""))
    if answer is None:
        raise Refusal(Code.NOT_YES_OR_NO, field=key, value=str(value)[:SHOWN])
    return answer


def watts(told: Mapping[str, Any]) -> int:
    """The capacity of a board. Refusal: MISSING, NOT_A_NUMBER."""
    written = told.get("capacity_kw")
    if not is_told(told, "capacity_kw"):
        raise Refusal(Code.MISSING, field="capacity_kw")
    kilowatts = number(str(written)) if not isinstance(written, bool) else None
    if kilowatts is None or not Decimal(0) <= kilowatts * 1000 <= LARGEST_WATTS:
        raise Refusal(Code.NOT_A_NUMBER, field="capacity_kw", value=str(written)[:SHOWN])
    return round(kilowatts * 1000)


def phases(told: Mapping[str, Any]) -> int | None:
    """How many phases a board has; None where nothing is said. Refusal(PHASES_WRONG)."""
    written = str(told.get("phases") if told.get("phases") is not None else "").strip()
    if written not in {"", "1", "3"}:
        raise Refusal(Code.PHASES_WRONG, field="phases", value=written[:SHOWN])
    return int(written) if written else None
