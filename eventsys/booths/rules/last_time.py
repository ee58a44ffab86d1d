"""Where somebody stood the last time, on the plan of this time."""

from __future__ import annotations

from collections.abc import Mapping

from eventsys.booths.rules.plan_geometry import Frame, Point, Projected, Ring, project

# A place this far outside of what is drawn still belongs to the same street.
BESIDE_M = 50.0


def last_at(stood_on: Mapping[str, Ring], frame: Frame, plan: Projected) -> Point | None:
    """The middle of the pitches of last time, by their numbers then, in metres on this plan.

    Where they lie on this ground, that is where they lay. On another street it is where the pitches with the same numbers
    are now; None where there are none.
    """
    place = _middle(list(project(stood_on, frame).centres.values()))
    if place is not None and _is_within(place, plan.box):
        return place
    return _middle([plan.centres[number] for number in stood_on if number in plan.centres])


def _middle(points: list[Point]) -> Point | None:
    if not points:
        return None
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _is_within(point: Point, box: tuple[float, float, float, float]) -> bool:
    left, top, width, height = box
    return -BESIDE_M <= point[0] - left <= width + BESIDE_M and -BESIDE_M <= point[1] - top <= height + BESIDE_M
