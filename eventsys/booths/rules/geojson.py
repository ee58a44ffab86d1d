"""Geometries of GeoJSON (RFC 7946) as the importers and the editor take them: typed, in Denmark, in WGS 84."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapely import Polygon

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.features import Shape

# Denmark lies between these; the other way round somebody has swapped the two.
LONGITUDES, LATITUDES = (7.0, 16.0), (54.0, 58.5)
MOST_CORNERS = 500


def ring_of(geometry: object) -> list[list[float]]:
    """The outer ring of a polygon, closed.

    Refusal: NOT_A_POLYGON, COORDINATES_SWAPPED, COORDINATES_WRONG, CROSSES_ITSELF.
    """
    if not isinstance(geometry, dict) or geometry.get("type") != Shape.POLYGON:
        raise Refusal(Code.NOT_A_POLYGON, field="geometry")
    rings = geometry.get("coordinates")
    outer = rings[0] if isinstance(rings, list) and rings else None
    ring = _corners(outer, Code.NOT_A_POLYGON)
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    if len({tuple(corner) for corner in ring}) < 3:
        raise Refusal(Code.NOT_A_POLYGON, field="geometry")
    outline = Polygon(ring)
    if not outline.is_valid:
        is_flat = not outline.convex_hull.area
        raise Refusal(Code.NOT_A_POLYGON if is_flat else Code.CROSSES_ITSELF, field="geometry")
    return ring


def geometry_of(geometry: object, shapes: Sequence[Shape]) -> dict[str, Any]:
    """A geometry of one of these shapes. Refusal: WRONG_SHAPE, and what a polygon is refused for."""
    told = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or told not in shapes:
        raise Refusal(Code.WRONG_SHAPE, field="geometry", shapes=", ".join(shapes))
    if told == Shape.POLYGON:
        return {"type": told, "coordinates": [ring_of(geometry)]}
    if told == Shape.POINT:
        return {"type": told, "coordinates": position_of(geometry.get("coordinates"))}
    line = _corners(geometry.get("coordinates"), Code.WRONG_SHAPE)
    if len({tuple(corner) for corner in line}) < 2:
        raise Refusal(Code.WRONG_SHAPE, field="geometry", shapes=", ".join(shapes))
    return {"type": told, "coordinates": line}


def position_of(corner: object) -> list[float]:
    """A [longitude, latitude]. Refusal: WRONG_SHAPE, COORDINATES_SWAPPED, COORDINATES_WRONG."""
    return _corner(corner, Code.WRONG_SHAPE)


def corners_of(geometry: dict[str, Any]) -> list[list[float]]:
    """Every corner of a kept geometry, one after the other."""
    coordinates: list[Any] = geometry["coordinates"]
    if geometry["type"] == Shape.POINT:
        return [coordinates]
    return list(coordinates[0]) if geometry["type"] == Shape.POLYGON else coordinates


def _corners(corners: object, code: Code) -> list[list[float]]:
    if not isinstance(corners, list) or len(corners) > MOST_CORNERS:
        raise Refusal(code, field="geometry", shapes="")
    return [_corner(corner, code) for corner in corners]


def _corner(corner: object, code: Code) -> list[float]:
    if not isinstance(corner, list) or len(corner) < 2 or not all(_is_number(part) for part in corner[:2]):
        raise Refusal(code, field="geometry", shapes="")
    longitude, latitude = float(corner[0]), float(corner[1])
    if _within(longitude, LONGITUDES) and _within(latitude, LATITUDES):
        return [longitude, latitude]
    if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
        raise Refusal(Code.COORDINATES_SWAPPED, field="geometry")
    raise Refusal(Code.COORDINATES_WRONG, field="geometry", longitude=longitude, latitude=latitude)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
