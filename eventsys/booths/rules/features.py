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
