"""A small map as a picture for mails: the whole street above, below the stretch around the own pitches with their numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from eventsys.booths.rules.plan_geometry import Point, Projected, part_around

WIDTH = 720  # Shown half as wide, so that it is sharp on phones.
BORDER = 14
# What is drawn large at least, along the street and across it.
STRETCH_M, ACROSS_M = 44.0, 28.0
SCALE_M = 10
INK, PAPER, GROUND, LINE, MINE = "#1a1a1a", "#ffffff", "#f2f0eb", "#8a8a8a", "#ffd75e"
MOST_PIXELS = 420
COLOURS = 24


@dataclass(frozen=True, slots=True)
class _View:
    """A part of the street on a part of the picture."""

    left_m: float
    top_m: float
    width_m: float
    height_m: float
    top: int

    @property
    def scale(self) -> float:
        """Pixels for a metre."""
        return min((WIDTH - 2 * BORDER) / self.width_m, MOST_PIXELS / self.height_m)

    @property
    def height(self) -> int:
        """How many pixels it is high."""
        return round(self.height_m * self.scale)

    def shows(self, point: Point) -> bool:
        """Whether a point of the plan is on it."""
        is_along = self.left_m <= point[0] <= self.left_m + self.width_m
        return is_along and self.top_m <= point[1] <= self.top_m + self.height_m

    def at(self, point: Point) -> Point:
        """Where a point of the plan is on the picture."""
        margin = (WIDTH - self.width_m * self.scale) / 2
        return margin + (point[0] - self.left_m) * self.scale, self.top + (point[1] - self.top_m) * self.scale


def map_png(plan: Projected, own: Collection[str]) -> bytes:
    """A PNG of the street on which the own pitches, by their numbers, are marked; empty where none of them is drawn."""
    mine = [number for number in own if number in plan.rings]
    if not mine:
        return b""
    left, top, width, height = plan.box
    overview = _View(left, top, width, height, BORDER)
    start, length = part_around([plan.centres[number][0] for number in mine], left, width, least=STRETCH_M)
    start_y, length_y = part_around([plan.centres[number][1] for number in mine], top, height, least=ACROSS_M)
    near = _View(start, start_y, length, length_y, overview.top + overview.height + 2 * BORDER)
    image = Image.new("RGB", (WIDTH, near.top + near.height + 3 * BORDER), PAPER)
    draw = ImageDraw.Draw(image)
    _draw_overview(draw, plan, overview, mine=mine, near=near)
    image.paste(_near_drawn(plan, near, mine=mine), (BORDER, near.top))
    _draw_scale(draw, near)
    content = BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(content, "PNG")
    return content.getvalue()


def _draw_overview(
    draw: ImageDraw.ImageDraw, plan: Projected, view: _View, *, mine: Collection[str], near: _View
) -> None:
    corner = view.at((near.left_m, near.top_m))
    other = view.at((near.left_m + near.width_m, near.top_m + near.height_m))
    draw.rectangle((corner, other), fill=GROUND, outline=LINE, width=2)
    for number, ring in plan.rings.items():
        if number not in mine:
            draw.polygon([view.at(point) for point in ring], fill=PAPER, outline=LINE)
    for number in mine:
        x, y = view.at(plan.centres[number])
        draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill=MINE, outline=INK, width=3)


def _near_drawn(plan: Projected, view: _View, *, mine: Collection[str]) -> Image.Image:
    """The part that is drawn large, cut off at its edges."""
    image = Image.new("RGB", (WIDTH, view.height), GROUND)
    draw, here = ImageDraw.Draw(image), replace(view, top=0)
    small, large = ImageFont.load_default(18), ImageFont.load_default(22)
    for number, ring in sorted(plan.rings.items(), key=lambda item: item[0] in mine):
        if not here.shows(plan.centres[number]):
            continue
        is_mine = number in mine
        draw.polygon(
            [here.at(point) for point in ring], fill=MINE if is_mine else PAPER, outline=INK, width=4 if is_mine else 1
        )
        draw.text(here.at(plan.centres[number]), number, fill=INK, font=large if is_mine else small, anchor="mm")
    return image.crop((BORDER, 0, WIDTH - BORDER, view.height))


def _draw_scale(draw: ImageDraw.ImageDraw, view: _View) -> None:
    y, end = view.top + view.height + BORDER + 6, BORDER + SCALE_M * view.scale
    draw.line(((BORDER, y), (end, y)), fill=INK, width=3)
    for x in (BORDER, end):
        draw.line(((x, y - 6), (x, y + 6)), fill=INK, width=3)
    draw.text((end + 10, y), f"{SCALE_M} m", fill=INK, font=ImageFont.load_default(18), anchor="lm")
