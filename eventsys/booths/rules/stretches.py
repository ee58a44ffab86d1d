"""A street as visitors walk it: its stretches in order, in boxes that fit a phone, and the whole of it at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import cos, pi, sin
from typing import Any

from eventsys.booths.rules.plan_geometry import Point

SIGN_M = 2.6  # So much room a sign of two letters takes.
MARKER_M = 9.0  # As large as a marker must be for a street of some hundred metres to be seen on a phone.

# What `components/map.html` draws at once: {"shapes": [{"points", "at", "label", …}], "box": (x, y, width, height)}.
Stretch = Mapping[str, Any]


def walked(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of a street with the shapes of each in the order in which one walks past them; features come first."""
    return [{**stretch, "shapes": sorted(stretch["shapes"], key=_order)} for stretch in stretches]


def _order(shape: Mapping[str, Any]) -> tuple[bool, float, float]:
    x, y, width, _height = _around(shape["points"])
    return "kind" not in shape, round(x + width / 2, 2), y


def tightened(stretches: Sequence[Stretch], *, margin_m: float) -> list[Stretch]:
    """The same stretches in boxes that leave no more than a margin around their pitches, and around as much of the
    features (shapes with a `kind`) as lies in the stretch. All boxes are of one width, so that the scale stays one.
    """
    if not stretches:
        return []
    sides = [_ends([*_points(stretch, of_features=False), *_inside(stretch)], axis=0) for stretch in stretches]
    length = max(right - left for left, right in sides) + 2 * margin_m
    kerbs = _ends([point for stretch in stretches for point in _points(stretch, of_features=False)], axis=1)
    tight: list[Stretch] = []
    for stretch, (left, right) in zip(stretches, sides, strict=True):
        heights = [*kerbs, *(y for _, y in _inside(stretch))]
        top, bottom = min(heights) - margin_m, max(heights) + margin_m
        box = ((left + right - length) / 2, top, length, bottom - top)
        tight.append({**stretch, "box": tuple(round(one, 2) for one in box)})
    return tight


def _points(stretch: Stretch, *, of_features: bool) -> list[Point]:
    shapes = [shape for shape in stretch["shapes"] if ("kind" in shape) is of_features]
    return [point for shape in shapes for point in shape["points"]]


def _inside(stretch: Stretch) -> list[Point]:
    """The corners of the features, drawn in to where the stretch ends."""
    x, _y, width, _height = stretch["box"]
    return [(min(max(px, x), x + width), py) for px, py in _points(stretch, of_features=True)]


def _ends(points: Sequence[Point], *, axis: int) -> tuple[float, float]:
    values = [point[axis] for point in points]
    return min(values), max(values)


def large_enough(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """A shape that is too small for a sign, such as a tap, as an octagon in its place; a larger one as it is."""
    _x, _y, width, height = _around(shape["points"])
    if max(width, height) >= SIGN_M:
        return shape
    x, y = shape["at"]
    turns = [(n + 0.5) * pi / 4 for n in range(8)]
    return {**shape, "points": [(x + SIGN_M / 2 * cos(turn), y + SIGN_M / 2 * sin(turn)) for turn in turns]}


def overview(stretches: Sequence[Stretch], *, marked: Collection[str]) -> Stretch:
    """The whole street at once, too small to read: bare shapes, and a marker above each whose `tone` is one of `marked`.

    Where nobody is, nothing is drawn, and no features.
    """
    shapes = [
        {"points": shape["points"], "tone": shape.get("tone", "free")}
        for stretch in stretches
        for shape in stretch["shapes"]
        if shape.get("label") and "kind" not in shape
    ]
    marks = [{"points": _marker(shape["points"]), "tone": "marker"} for shape in shapes if shape["tone"] in marked]
    x, y, width, height = _around([point for shape in (*shapes, *marks) for point in shape["points"]])
    box = (x - MARKER_M / 2, y - MARKER_M / 4, width + MARKER_M, height + MARKER_M / 2)
    return {"shapes": [*shapes, *marks], "box": tuple(round(one, 2) for one in box)}


def _marker(points: Sequence[Point]) -> list[Point]:
    x, y, width, _height = _around(points)
    middle = x + width / 2
    return [(middle, y), (middle - MARKER_M / 2, y - MARKER_M), (middle + MARKER_M / 2, y - MARKER_M)]


def _around(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
