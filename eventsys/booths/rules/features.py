"""What stands and lies on the ground beside pitches and boards: kinds of site features, and how each is drawn."""

from __future__ import annotations

from enum import StrEnum


class FeatureKind(StrEnum):
    """What a site feature is."""

    WATER_POINT = "water_point"
    FIRE_LANE = "fire_lane"
    STAGE = "stage"
    GATE = "gate"
    DRIVE_IN = "drive_in"
    FIRST_AID = "first_aid"
    TOILET = "toilet"
    QUIET_ZONE = "quiet_zone"
    OBSTACLE = "obstacle"


class Shape(StrEnum):
    """The geometries of GeoJSON (RFC 7946) that a site is drawn with."""

    POINT = "Point"
    LINE = "LineString"
    POLYGON = "Polygon"


# A fire lane is drawn along its middle and has a width, or as an area. `drive_in` is where vehicles come in.
SHAPES: dict[FeatureKind, tuple[Shape, ...]] = {
    FeatureKind.WATER_POINT: (Shape.POINT,),
    FeatureKind.FIRE_LANE: (Shape.LINE, Shape.POLYGON),
    FeatureKind.STAGE: (Shape.POLYGON, Shape.POINT),
    FeatureKind.GATE: (Shape.POINT, Shape.LINE),
    FeatureKind.DRIVE_IN: (Shape.POINT,),
    FeatureKind.FIRST_AID: (Shape.POINT, Shape.POLYGON),
    FeatureKind.TOILET: (Shape.POINT, Shape.POLYGON),
    FeatureKind.QUIET_ZONE: (Shape.POLYGON,),
    FeatureKind.OBSTACLE: (Shape.POLYGON, Shape.POINT),
}

# How a plan lays them over each other: what covers much lies lowest, a lane is never hidden by it, and single points are on top.
LOWEST = (FeatureKind.QUIET_ZONE,)
ON_TOP = (FeatureKind.FIRE_LANE,)
NARROW = (FeatureKind.GATE,)
BOARD = "board"  # How a plan calls electric boards among them.


def layer_of(kind: FeatureKind | str, *, is_point: bool) -> int:
    """How high a plan draws something: the highest number last."""
    if is_point or kind in NARROW:
        return 3
    return 0 if kind in LOWEST else 2 if kind in ON_TOP else 1
