"""A picture beneath the plan, laid by two points: turned, scaled, moved, never mirrored or skewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.geojson import position_of
from eventsys.booths.rules.plan_geometry import Point, frame_of

# Two points nearer to each other say too little about all the rest.
LEAST_PIXELS, LEAST_M = 20.0, 1.0


@dataclass(frozen=True, slots=True)
class Similarity:
    """A pixel (u, v) lies at (a·u - b·v + x, b·u + a·v + y) on the plan."""

    a: float
    b: float
    x: float
    y: float

    def laid(self, pixel: Point) -> Point:
        """Where a pixel lies on the plan."""
        u, v = pixel
        return self.a * u - self.b * v + self.x, self.b * u + self.a * v + self.y


def similarity(pixels: tuple[Point, Point], metres: tuple[Point, Point]) -> Similarity:
    """The one similarity that lays two pixels on two points of the plan. Refusal: POINTS_TOGETHER."""
    (u, v), (p, q) = _between(pixels), _between(metres)
    if hypot(u, v) < LEAST_PIXELS or hypot(p, q) < LEAST_M:
        raise Refusal(Code.POINTS_TOGETHER)
    length = u * u + v * v
    a, b = (p * u + q * v) / length, (q * u - p * v) / length
    (first, _), (here, _) = pixels, metres
    return Similarity(a, b, here[0] - a * first[0] + b * first[1], here[1] - b * first[0] - a * first[1])


def read_points(told: object) -> list[dict[str, list[float]]]:
    """Two points of a picture with their places, as the editor sends them: [{pixel: [u, v], position: [longitude, latitude]}].

    Refusal: POINTS_WRONG, POINTS_TOGETHER, COORDINATES_SWAPPED, COORDINATES_WRONG, WRONG_SHAPE.
    """
    if not isinstance(told, list) or len(told) != 2:
        raise Refusal(Code.POINTS_WRONG)
    points = [_point(one) for one in told]
    positions = [one["position"] for one in points]
    frame = frame_of(positions)
    pixels = [(one["pixel"][0], one["pixel"][1]) for one in points]
    laid = [frame.metres(position) for position in positions]
    similarity((pixels[0], pixels[1]), (laid[0], laid[1]))
    return points


def _point(told: object) -> dict[str, list[float]]:
    pixel = told.get("pixel") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(pixel, list) or len(pixel) != 2 or not all(map(_is_pixel, pixel)):
        raise Refusal(Code.POINTS_WRONG)
    return {"pixel": [float(part) for part in pixel], "position": position_of(told.get("position"))}


def _is_pixel(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1_000_000


def _between(points: Sequence[Point]) -> Point:
    return points[1][0] - points[0][0], points[1][1] - points[0][1]
