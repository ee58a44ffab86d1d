"""What lies on the ground beside pitches, on paper: outlines that differ without colour, signs, and the legend of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from shapely import LineString
from shapely import Polygon as Area

from eventsys.base import bidi, pdf

Point = tuple[float, float]
SIGN, WORD_SIZE = 2.1 * mm, 5.6
HATCH = 2.4 * mm  # Between the lines of a zone, so that a lane in it and what is written stay clear.
ROW, SWATCH, BETWEEN = 6 * mm, 7 * mm, 5 * mm


@dataclass(frozen=True, slots=True)
class Outline:
    """How an area is drawn: its tint if it has one, the strokes of its outline and their width, whether it is hatched."""

    tint: Color | None
    strokes: tuple[float, ...] = ()
    width: float = 0.7
    is_hatched: bool = False


WHITE = HexColor("#ffffff")
OUTLINES = {
    "quiet-zone": Outline(None, (0.8, 2.2), 0.9, is_hatched=True),
    "fire-lane": Outline(HexColor("#f6e0e0"), (7, 3), 1.1),
    "stage": Outline(HexColor("#e6e3ee"), width=1.3),
    "obstacle": Outline(HexColor("#d4d4d4"), (4, 2)),
    "gate": Outline(HexColor("#c4c4c4")),
}
PLAIN = Outline(WHITE)
# Around their middle, y upwards, six units to each side.
SIGNS: dict[str, tuple[Point, ...]] = {
    "board": ((1, 6), (-4, -1), (0, -1), (-1, -6), (4, 1), (0, 1)),
    "water-point": ((0, 6), (2.6, 1.6), (3.8, -1.6), (2.8, -4.6), (0, -6), (-2.8, -4.6), (-3.8, -1.6), (-2.6, 1.6)),
    "stage": ((-6, -3), (-6, 3), (0, 6), (6, 3), (6, -3), (4, -3), (4, 1), (-4, 1), (-4, -3)),
    "gate": ((-6, -6), (-6, 5), (6, 5), (6, -6), (4, -6), (4, 1), (-4, 1), (-4, -6)),
    "drive-in": ((-6, 2), (0, 2), (0, 6), (6, 0), (0, -6), (0, -2), (-6, -2)),
    "first-aid": (
        (-2, 6), (2, 6), (2, 2), (6, 2), (6, -2), (2, -2), (2, -6), (-2, -6), (-2, -2), (-6, -2), (-6, 2), (-2, 2),
    ),
    "toilet": (
        (-5, 6), (-1, 6), (-1, 2), (4, 2), (3.4, -1), (2, -3), (2, -6), (-3, -6), (-3, -3), (-4.4, -1), (-5, 1),
    ),
}  # fmt: skip


def area(tone: str, corners: Sequence[Point]) -> Group:
    """An area by its corners on the page."""
    style = OUTLINES.get(tone, PLAIN)
    group = Group()
    if style.is_hatched:
        for line in _hatching(corners):
            group.add(line)
    outline = Polygon(
        [value for corner in corners for value in corner],
        fillColor=style.tint,
        strokeColor=pdf.INK,
        strokeWidth=style.width,
    )
    if style.strokes:
        outline.strokeDashArray = list(style.strokes)
    group.add(outline)
    return group


def _hatching(corners: Sequence[Point]) -> list[Line]:
    """Lines that rise from left to right, within the area."""
    whole = Area(corners).buffer(0)
    if whole.is_empty:
        return []
    left, bottom, right, top = whole.bounds
    height, lines = top - bottom, []
    start = left - height
    while start < right:
        cut = whole.intersection(LineString([(start, bottom), (start + height, top)]))
        for part in getattr(cut, "geoms", [cut]):
            if isinstance(part, LineString) and not part.is_empty:
                (x, y), (u, v) = part.coords[0], part.coords[-1]
                lines.append(Line(x, y, u, v, strokeColor=pdf.RULE, strokeWidth=0.4))
        start += HATCH
    return lines


def sign(tone: str, at: Point, word: str = "", *, is_beside: bool = False) -> Group:
    """A sign on a disc, and what it is called: below it, or beside it where others may stand close by."""
    x, y = at
    group = Group(Circle(x, y, SIGN, fillColor=WHITE, strokeColor=pdf.INK, strokeWidth=0.7))
    unit = SIGN * 0.65 / 6
    shape = [value for u, v in SIGNS[tone] for value in (x + u * unit, y + v * unit)]
    group.add(Polygon(shape, fillColor=pdf.INK, strokeColor=None))
    if word and is_beside:
        group.add(_word(word, (x + SIGN + 1.5, y - WORD_SIZE / 3), anchor="start"))
    elif word:
        group.add(_word(word, (x, y - SIGN - WORD_SIZE)))
    return group


def _word(word: str, at: Point, *, anchor: Literal["start", "middle"] = "middle", size: float = WORD_SIZE) -> String:
    font = pdf.font_of(word)
    return String(at[0], at[1], bidi.drawn(word), fontName=font, fontSize=size, fillColor=pdf.INK, textAnchor=anchor)


def name(word: str, at: Point) -> String:
    """What an area is called, in the middle of it."""
    return _word(word, at)


def legend(entries: Sequence[tuple[str, str]], *, width: float) -> Drawing:
    """Tone and word of all that is drawn, in as many rows as that takes."""
    places, x, row = [], 0.0, 0
    for tone, word in entries:
        wide = SWATCH + 1.5 * mm + pdf.width_of(word, 8, pdf.font_of(word)) + BETWEEN
        if x and x + wide > width:
            x, row = 0.0, row + 1
        places.append((tone, word, x, row))
        x += wide
    drawing = Drawing(width, (row + 1) * ROW)
    for tone, word, left, line in places:
        middle = (row - line + 0.5) * ROW
        drawing.add(_swatch(tone, left, middle))
        drawing.add(_word(word, (left + SWATCH + 1.5 * mm, middle - 2.8), anchor="start", size=8))
    return drawing


def _swatch(tone: str, left: float, middle: float) -> Group:
    if tone in SIGNS:
        return sign(tone, (left + SWATCH / 2, middle))
    low, high = middle - 1.8 * mm, middle + 1.8 * mm
    return area(tone, [(left, low), (left + SWATCH, low), (left + SWATCH, high), (left, high)])
