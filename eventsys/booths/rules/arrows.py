"""Arrows on the plan, as outlines: a shaft with a head, from near one middle to near another."""

from __future__ import annotations

from math import hypot

from eventsys.booths.rules.plan_geometry import Point

SHAFT_M, HEAD_M = 0.16, 1.2
CLEAR_M = 1.2  # Of both ends, so that what stands there can be read.


def arrow(start: Point, end: Point) -> tuple[Point, ...]:
    """The corners of an arrow; nothing between two points that are one."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return ()
    along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    clear, head = min(CLEAR_M, length / 4), min(HEAD_M, length / 4)

    def at(far: float, aside: float) -> Point:
        return start[0] + along[0] * far - along[1] * aside, start[1] + along[1] * far + along[0] * aside

    first, last = clear, length - clear
    neck = last - head
    return (
        at(first, SHAFT_M), at(neck, SHAFT_M), at(neck, head / 2), at(last, 0), at(neck, -head / 2), at(neck, -SHAFT_M),
        at(first, -SHAFT_M),
    )  # fmt: skip
