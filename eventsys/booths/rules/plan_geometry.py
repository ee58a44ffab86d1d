"""The street on a plan: from longitude and latitude to metres, turned so that the street lies level.

An equirectangular projection around the middle of the site: within a kilometre it is true to a few millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, radians, sin

EARTH_RADIUS_M = 6_371_008.8  # Mean radius, IUGG.
MARGIN_M = 4.0

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Projected:
    """Rings in metres, x to the right and y downwards; `box` is (x, y, width, height) around all of them."""

    rings: dict[str, tuple[Point, ...]]
    centres: dict[str, Point]
    box: tuple[float, float, float, float]


def project(rings: Mapping[str, Ring]) -> Projected:
    """Lay rings of [longitude, latitude] onto a plan; their longest direction becomes the horizontal."""
    corners = [corner for ring in rings.values() for corner in ring[:-1]]
    if not corners:
        return Projected({}, {}, (0.0, 0.0, 0.0, 0.0))
    longitude = sum(corner[0] for corner in corners) / len(corners)
    latitude = sum(corner[1] for corner in corners) / len(corners)
    scale = cos(radians(latitude))

    def metres(corner: Sequence[float]) -> Point:
        east = radians(corner[0] - longitude) * scale * EARTH_RADIUS_M
        north = radians(corner[1] - latitude) * EARTH_RADIUS_M
        return east, -north

    flat = {name: [metres(corner) for corner in ring[:-1]] for name, ring in rings.items()}
    angle = _direction([point for ring in flat.values() for point in ring])
    turned = {name: tuple(_turned(point, -angle) for point in ring) for name, ring in flat.items()}
    return Projected(turned, {name: _middle(ring) for name, ring in turned.items()}, _box(turned))


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


def _turned(point: Point, angle: float) -> Point:
    x, y = point
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


def _middle(ring: Sequence[Point]) -> Point:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def _box(rings: Mapping[str, Sequence[Point]]) -> tuple[float, float, float, float]:
    xs = [x for ring in rings.values() for x, _ in ring]
    ys = [y for ring in rings.values() for _, y in ring]
    left, top = min(xs) - MARGIN_M, min(ys) - MARGIN_M
    return left, top, max(xs) + MARGIN_M - left, max(ys) + MARGIN_M - top
