"""What a file would change of the ground: of what is there already, which of its fields, and how far it would move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from eventsys.base.imports import Imported
from eventsys.booths.rules.geojson import corners_of
from eventsys.booths.rules.plan_geometry import Frame

# Where things lie, of pitches, boards and all else.
LIES = ("polygon", "position", "geometry")
STILL_M = 0.05  # What its middle moves by less has another outline where it was.


@dataclass(frozen=True, slots=True)
class Change:
    """What is other with something that is there already: its name, the fields, and how far its middle moves, in metres."""

    code: str
    fields: tuple[str, ...]
    moved_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Brought(Imported):
    """What became of a file of the ground: beside the numbers, what is new, what is other than it was, and which boards
    nobody had told of, made with nothing to give because a pitch names them.
    """

    new: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    boards_made: tuple[str, ...] = ()


def change_of(code: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Change:
    """The fields of `now` that differ from what they were before."""
    fields = tuple(name for name, value in now.items() if before.get(name) != value)
    lies = next((name for name in fields if name in LIES), "")
    moved = _moved(_corners(before.get(lies)), _corners(now.get(lies))) if lies else 0.0
    return Change(code, fields, moved)


def _corners(told: Any) -> Sequence[Sequence[float]]:
    """The corners of an outline, a position or a geometry; none of what was never drawn."""
    if not told:
        return []
    if isinstance(told, dict):
        return corners_of(told)
    return told if isinstance(told[0], list) else [told]


def _moved(before: Sequence[Sequence[float]], now: Sequence[Sequence[float]]) -> float:
    if not before or not now:
        return 0.0
    (west, south), (east, north) = _middle(before), _middle(now)
    x, y = Frame(west, south, 0.0).metres([east, north])
    return hypot(x, y)


def _middle(corners: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Of an outline without its last corner, which is the first one again."""
    ring = corners[:-1] if len(corners) > 3 and corners[0] == corners[-1] else corners
    return sum(corner[0] for corner in ring) / len(ring), sum(corner[1] for corner in ring) / len(ring)
