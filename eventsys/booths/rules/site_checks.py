"""What is measured on the ground as it is drawn: overlaps, fire lanes, gaps, open fire, quiet zones.

Distances are the edition's own (`rulebook`), each with its source; here they are only compared. Everything is in
metres on the plan, by outlines and not by middles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import shapely
from shapely import LineString, Point, Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from eventsys.booths.rules.features import FeatureKind, Shape
from eventsys.booths.rules.geojson import corners_of
from eventsys.booths.rules.plan_geometry import Frame
from eventsys.booths.rules.rulebook import Rule, Rulebook

# What lies over another by less is drawn beside it.
TOUCHING_M2 = 0.05
# A distance that is short by less than a centimetre holds.
TOLERANCE_M = 0.01
# A point on the ground stands for something of this radius.
POINT_M = 0.5


class Flaw(StrEnum):
    """What can be wrong with the ground beside a rule of the edition."""

    OVERLAP = "overlap"
    BLOCKS_LANE = "blocks_lane"
    BOARD_EMPTY = "board_empty"
    SINGLE_PHASE = "single_phase"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPitch:
    """A pitch on the plan, `ring` in metres."""

    number: str
    ring: Sequence[tuple[float, float]]
    open_fire: bool = False
    amplified_sound: bool = False
    three_phase: bool = False
    board: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFeature:
    """A site feature on the plan; one point, a line, or the corners of an area."""

    code: str
    kind: FeatureKind
    points: Sequence[tuple[float, float]]
    is_area: bool = False
    width_m: float | None = None


def drawn_pitch(pitch: Any, frame: Frame, board: str | None) -> DrawnPitch:
    """A pitch, as it is kept or as a file tells it, on the plan."""
    return DrawnPitch(
        number=pitch.number,
        ring=[frame.metres(corner) for corner in pitch.polygon],
        open_fire=pitch.allows_open_fire,
        amplified_sound=pitch.allows_amplified_sound,
        three_phase=pitch.has_three_phase,
        board=board,
    )


def drawn_feature(feature: Any, frame: Frame) -> DrawnFeature:
    """A site feature, as it is kept or as a file tells it, on the plan."""
    return DrawnFeature(
        code=feature.code,
        kind=feature.kind,
        points=[frame.metres(corner) for corner in corners_of(feature.geometry)],
        is_area=feature.geometry["type"] == Shape.POLYGON,
        width_m=None if feature.width_cm is None else feature.width_cm / 100,
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """All that is drawn. `boards` is what each carries in watts with its phases."""

    pitches: Sequence[DrawnPitch]
    features: Sequence[DrawnFeature] = ()
    boards: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that isn't as it should be: between whom, what was measured and what is needed, in metres."""

    what: Flaw | Rule
    codes: tuple[str, ...]
    measured_m: float | None = None
    needed_m: float | None = None


def findings(ground: Ground, rulebook: Rulebook) -> list[Finding]:
    """Everything on the ground that breaks a rule, in a stable order."""
    outlines = [Polygon(pitch.ring) for pitch in ground.pitches]
    found = [
        *_between_pitches(ground.pitches, outlines, rulebook),
        *_lanes(ground, outlines, rulebook),
        *_quiet(ground, rulebook),
        *_boards(ground),
    ]
    return sorted(found, key=lambda one: (one.codes, one.what))


def without_sound(ground: Ground, rulebook: Rulebook) -> frozenset[str]:
    """The numbers of the pitches that lie in a quiet zone or nearer to one than the edition's distance."""
    zones = [shape_of(one) for one in ground.features if one.kind is FeatureKind.QUIET_ZONE]
    least = rulebook.of(Rule.QUIET).distance_m
    return frozenset(
        pitch.number
        for pitch in ground.pitches
        if any(_is_short(Polygon(pitch.ring).distance(zone), least) for zone in zones)
    )


def overlapping(rings: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, frozenset[str]]:
    """By number of a pitch those whose outlines lie over its own; none for one that lies by itself. `rings` are in metres."""
    numbers, outlines = list(rings), [Polygon(ring) for ring in rings.values()]
    if not outlines:
        return {}
    ones, others = STRtree(outlines).query(outlines, predicate="intersects")
    found: dict[str, set[str]] = {}
    for n, m in zip(ones.tolist(), others.tolist(), strict=True):
        if n != m and _is_over(outlines[n], outlines[m]):
            found.setdefault(numbers[n], set()).add(numbers[m])
    return {number: frozenset(over) for number, over in found.items()}


def _is_over(one: Polygon, other: Polygon) -> bool:
    return bool(one.intersection(other).area > TOUCHING_M2)


def shape_of(feature: DrawnFeature) -> BaseGeometry:
    """The area that a feature takes up: a lane as wide as it is said to be, a point as a small circle."""
    if feature.is_area:
        return Polygon(feature.points)
    if len(feature.points) == 1:
        return Point(feature.points[0]).buffer(POINT_M)
    return LineString(feature.points).buffer((feature.width_m or 2 * POINT_M) / 2, cap_style="flat")


def _is_short(measured: float, least: float) -> bool:
    """Whether a distance is too small; with no distance asked for, whether the two meet."""
    return measured < max(least - TOLERANCE_M, TOLERANCE_M)


def _between_pitches(
    pitches: Sequence[DrawnPitch], outlines: Sequence[Polygon], rulebook: Rulebook
) -> Iterable[Finding]:
    if not outlines:
        return
    gap, fire = rulebook.of(Rule.PITCH_GAP).distance_m, rulebook.of(Rule.FIRE_GAP).distance_m
    ones, others = STRtree(outlines).query(outlines, predicate="dwithin", distance=max(gap, fire))
    for n, m in sorted({(min(n, m), max(n, m)) for n, m in zip(ones.tolist(), others.tolist(), strict=True) if n != m}):
        codes = (pitches[n].number, pitches[m].number)
        if _is_over(outlines[n], outlines[m]):
            yield Finding(Flaw.OVERLAP, codes)
            continue
        measured = outlines[n].distance(outlines[m])
        if gap and _is_short(measured, gap):
            yield Finding(Rule.PITCH_GAP, codes, measured, gap)
        if fire and (pitches[n].open_fire or pitches[m].open_fire) and _is_short(measured, fire):
            yield Finding(Rule.FIRE_GAP, codes, measured, fire)


def _lanes(ground: Ground, outlines: Sequence[Polygon], rulebook: Rulebook) -> Iterable[Finding]:
    least, tree = rulebook.of(Rule.FIRE_LANE).distance_m, STRtree(outlines)
    for lane in (one for one in ground.features if one.kind is FeatureKind.FIRE_LANE):
        width = _width_of(lane)
        if width is not None and _is_short(width, least) and least:
            yield Finding(Rule.FIRE_LANE, (lane.code,), width, least)
        area = shape_of(lane)
        for n in sorted(tree.query(area, predicate="intersects").tolist()):
            if outlines[n].intersection(area).area > TOUCHING_M2:
                yield Finding(Flaw.BLOCKS_LANE, (ground.pitches[n].number, lane.code))
        for other in ground.features:
            if other.kind in STANDING and shape_of(other).intersection(area).area > TOUCHING_M2:
                yield Finding(Flaw.BLOCKS_LANE, (other.code, lane.code))


# What stands on the ground and can be in the way.
STANDING = frozenset({FeatureKind.STAGE, FeatureKind.FIRST_AID, FeatureKind.TOILET, FeatureKind.OBSTACLE})


def _width_of(lane: DrawnFeature) -> float | None:
    """How wide a lane is: as said, or the shorter side of the smallest rectangle around its area."""
    if not lane.is_area:
        return lane.width_m
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(Polygon(lane.points)))
    return min(float(Point(a).distance(Point(b))) for a, b in ((corners[0], corners[1]), (corners[1], corners[2])))


def _quiet(ground: Ground, rulebook: Rulebook) -> Iterable[Finding]:
    least = rulebook.of(Rule.QUIET).distance_m
    for zone in (one for one in ground.features if one.kind is FeatureKind.QUIET_ZONE):
        area = shape_of(zone)
        for pitch in ground.pitches:
            measured = Polygon(pitch.ring).distance(area) if pitch.amplified_sound else None
            if measured is not None and _is_short(measured, least):
                yield Finding(Rule.QUIET, (pitch.number, zone.code), measured, least)


def _boards(ground: Ground) -> Iterable[Finding]:
    for pitch in ground.pitches:
        if pitch.board is None:
            continue
        watts, phases = ground.boards.get(pitch.board, (0, 3))
        if watts == 0:
            yield Finding(Flaw.BOARD_EMPTY, (pitch.number, pitch.board))
        if pitch.three_phase and phases == 1:
            yield Finding(Flaw.SINGLE_PHASE, (pitch.number, pitch.board))
