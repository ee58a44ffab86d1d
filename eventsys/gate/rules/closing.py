"""A closed day: its figures as they stood, and what has come to the log since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from eventsys.gate.rules.admissions import NOTHING, Counts, sum_of


@dataclass(frozen=True, slots=True)
class Figures:
    """What a day comes to: counts by the code of the gate, and keys of the applications of which crew came in."""

    gates: Mapping[str, Counts]
    crews: frozenset[int]

    @property
    def counts(self) -> Counts:
        """The counts of all gates together."""
        return sum_of(self.gates.values())


@dataclass(frozen=True, slots=True)
class Closing:
    """The figures of a day as somebody froze them."""

    day: int
    closed_at: datetime
    figures: Figures


def written(figures: Figures) -> dict[str, Any]:
    """Figures as the database keeps them; gates where nothing happened are left out."""
    gates = {code: asdict(counts) for code, counts in sorted(figures.gates.items()) if counts}
    return {"gates": gates, "crews": sorted(figures.crews)}


def read(kept: Mapping[str, Any]) -> Figures:
    """Figures out of the database."""
    return Figures({code: Counts(**counts) for code, counts in kept["gates"].items()}, frozenset(kept["crews"]))


def in_force(closings: Iterable[Closing]) -> dict[int, Closing]:
    """The latest closing of each day that has one."""
    found: dict[int, Closing] = {}
    for closing in sorted(closings, key=lambda one: one.closed_at):
        found[closing.day] = closing
    return found


def since(frozen: Figures, now: Figures) -> dict[str, Counts]:
    """What the figures of now say otherwise, by gate: now less frozen; gates that say the same are left out."""
    gates = sorted(frozen.gates.keys() | now.gates.keys())
    changes = {gate: now.gates.get(gate, NOTHING) - frozen.gates.get(gate, NOTHING) for gate in gates}
    return {gate: counts for gate, counts in changes.items() if counts}
