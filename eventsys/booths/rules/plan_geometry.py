"""The street on a plan: from longitude and latitude to metres, turned so that the street lies level.

An equirectangular projection around the middle of the site: within a kilometre it is true to a few millimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin

EARTH_RADIUS_M = 6_371_008.8  # Mean radius, IUGG.
MARGIN_M = 4.0
CITY_HALL_SQUARE = (12.5690, 55.6761)  # Where an empty plan of Copenhagen begins.
# Pitches lie along the street where their sides do so within this; else they stand askew to it, and its length says more.
ALONG = radians(25)
ALIKE = radians(1.5)  # Sides that differ by less are drawn the same way.
STEP = radians(0.5)

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a plan lies on the earth: where its zero is, and by how much it is turned (radians)."""

    longitude: float
    latitude: float
    turned: float

    def metres(self, corner: Sequence[float]) -> Point:
        """Where a [longitude, latitude] lies on the plan: metres to the right and downwards of its zero."""
        east = radians(corner[0] - self.longitude) * cos(radians(self.latitude)) * EARTH_RADIUS_M
        north = radians(corner[1] - self.latitude) * EARTH_RADIUS_M
        return _turned((east, -north), -self.turned)

    def degrees(self, point: Point) -> list[float]:
        """The [longitude, latitude] of a point of the plan."""
        east, south = _turned(point, self.turned)
        longitude = self.longitude + degrees(east / (cos(radians(self.latitude)) * EARTH_RADIUS_M))
        return [longitude, self.latitude - degrees(south / EARTH_RADIUS_M)]


@dataclass(frozen=True, slots=True)
class Projected:
    """Rings in metres, x to the right and y downwards; `box` is (x, y, width, height) around all of them."""

    rings: dict[str, tuple[Point, ...]]
    centres: dict[str, Point]
    box: tuple[float, float, float, float]


def frame_of(
    corners: Sequence[Sequence[float]], begins_at: Sequence[float] | None = None, *, pitches: Sequence[Ring] = ()
) -> Frame:
    """The frame in which the longest direction of all corners is the horizontal; at City Hall Square without any.

    `begins_at` is a corner that shall lie in the left half: where one begins to walk. The frame's zero is there.
    `pitches` are rings whose most frequent direction is taken instead, where it is nearly the longest one: a row that is drawn
    anew moves the longest direction by some degrees, and nobody wants to see the whole street tilt for that.
    """
    if not corners:
        return Frame(*CITY_HALL_SQUARE, 0.0)
    longitude = sum(corner[0] for corner in corners) / len(corners)
    latitude = sum(corner[1] for corner in corners) / len(corners)
    level = Frame(longitude, latitude, 0.0)
    longest = _direction([level.metres(corner) for corner in corners])
    found = replace(level, turned=_drawn_along(longest, [[level.metres(one) for one in ring] for ring in pitches]))
    if begins_at is None:
        return found
    turned = found.turned + pi if found.metres(begins_at)[0] > 0 else found.turned
    return Frame(begins_at[0], begins_at[1], turned)


def project(rings: Mapping[str, Ring], frame: Frame | None = None) -> Projected:
    """Lay rings of [longitude, latitude] onto a plan; without a frame their own, in which the longest direction is level."""
    corners = [corner for ring in rings.values() for corner in ring[:-1]]
    if not corners:
        return Projected({}, {}, (0.0, 0.0, 0.0, 0.0))
    frame = frame or frame_of(corners)
    laid = {name: tuple(frame.metres(corner) for corner in ring[:-1]) for name, ring in rings.items()}
    return Projected(laid, {name: _middle(ring) for name, ring in laid.items()}, box_of(laid.values()))


def part_around(middles: Sequence[float], start: float, length: float, *, least: float) -> tuple[float, float]:
    """Where the part of an axis starts that is to be drawn large, and how long it is: around the middles, within the whole."""
    wanted = min(length, max(least, max(middles) - min(middles) + least / 2))
    begin = (max(middles) + min(middles) - wanted) / 2
    return min(max(start, begin), start + length - wanted), wanted


def _direction(points: Sequence[Point]) -> float:
    """The angle of the axis along which the points lie furthest apart (first principal component), within a quarter turn."""
    across = sum(x * x for x, _ in points)
    down = sum(y * y for _, y in points)
    both = sum(x * y for x, y in points)
    angle = 0.5 * atan2(2 * both, across - down)
    return angle - pi if angle > pi / 2 else angle


def _drawn_along(longest: float, rings: Sequence[Sequence[Point]]) -> float:
    """The direction in which most sides of pitches are drawn, as it lies near the longest one; that one where none does."""
    lengths: dict[float, float] = {}
    for ring in rings:
        for (x, y), (u, v) in pairwise(ring):
            away = _to_quarter(atan2(v - y, u - x) - longest)
            if abs(away) <= ALONG:
                lengths[away] = lengths.get(away, 0.0) + hypot(u - x, v - y)
    if not lengths:
        return longest
    steps = {round(away / STEP) * STEP for away in lengths}
    alike = {step: [away for away in lengths if abs(away - step) <= ALIKE] for step in steps}
    most = max(steps, key=lambda step: (round(sum(lengths[away] for away in alike[step]), 2), -abs(step)))
    return longest + _middle_of({away: lengths[away] for away in alike[most]})


def _to_quarter(angle: float) -> float:
    """The same direction for a rectangle: within an eighth turn to either side."""
    return (angle + pi / 4) % (pi / 2) - pi / 4


def _middle_of(lengths: Mapping[float, float]) -> float:
    """The direction with as much length on either side of it: unlike a mean, what is added rarely moves it."""
    passed, half = 0.0, sum(lengths.values()) / 2
    for away in sorted(lengths):
        passed += lengths[away]
        if passed >= half:
            return away
    return 0.0


def _turned(point: Point, angle: float) -> Point:
    x, y = point
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


def _middle(ring: Sequence[Point]) -> Point:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def box_of(shapes: Iterable[Sequence[Point]]) -> tuple[float, float, float, float]:
    """(x, y, width, height) around points, with a margin."""
    points = [point for shape in shapes for point in shape]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs) - MARGIN_M, min(ys) - MARGIN_M
    return left, top, max(xs) + MARGIN_M - left, max(ys) + MARGIN_M - top
