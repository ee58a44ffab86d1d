"""What typical appliances at a booth draw, so that nobody has to know kilowatts by heart.

Watts are the middle of what plates of such appliances say (stall holders' guides: bain-marie 2 kW, coffee machine 3,
microwave 1, fryer 3.4 on a socket of its own); sums guide the plan of the boards, an electrician decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eventsys.applications.rules.codes import Code
from eventsys.base.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Appliance:
    """A kind of appliance: what one draws, in watts, and whether it needs three-phase power (400 V)."""

    key: str
    watts: int
    needs_three_phase: bool = False


CATALOGUE = (
    Appliance("light", 50),
    Appliance("phone_charger", 20),
    Appliance("card_terminal", 20),
    Appliance("loudspeaker", 300),
    Appliance("screen", 150),
    Appliance("fridge", 200),
    Appliance("freezer", 300),
    Appliance("kettle", 2000),
    Appliance("coffee_machine", 3000),
    Appliance("microwave", 1000),
    Appliance("hot_plate", 2000),
    Appliance("rice_cooker", 1000),
    Appliance("bain_marie", 2000),
    Appliance("grill", 3500),
    Appliance("fryer", 3400),
    Appliance("oven", 3500),
    Appliance("large_oven", 9000, needs_three_phase=True),
    Appliance("large_fryer", 9000, needs_three_phase=True),
)
BY_KEY = {appliance.key: appliance for appliance in CATALOGUE}
MOST_OF_ONE = 50


def picked(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """What is kept of the counts: key, count and watts of one, in the catalogue's order; keys that are none are left out."""
    return [
        {"key": one.key, "count": counts[one.key], "watts": one.watts}
        for one in CATALOGUE
        if 0 < counts.get(one.key, 0) <= MOST_OF_ONE
    ]


def total_watts(appliances: Iterable[Mapping[str, Any]]) -> int:
    """What they draw together, all switched on."""
    return sum(int(one["count"]) * int(one["watts"]) for one in appliances)


def power_of(appliances: Sequence[Mapping[str, Any]], written: int | None, *, before: int | None) -> int | None:
    """What counts: the sum of the appliances where some are chosen, else the figure written. In watts.

    `before` is the sum that stood in the form when it was opened. Refused: POWER_DIFFERS, for a figure of one's own
    beside appliances that add up to another one.
    """
    if not appliances:
        return written
    added = total_watts(appliances)
    if written not in {None, added, before}:
        values = {"added": Decimal(added) / 1000, "written": Decimal(written or 0) / 1000}
        raise Refusal(Code.POWER_DIFFERS, field="power_kw", **values)
    return added


def any_needs_three_phase(appliances: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of them runs on three phases only."""
    return any(BY_KEY[one["key"]].needs_three_phase for one in appliances if one["key"] in BY_KEY)
