"""The plan of the street on paper: drawn to scale on A3 pages, then lists by number, of boards, and of what is against a rule on A4."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.graphics.shapes import Drawing, Group, Polygon, String
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from eventsys.base import bidi, pdf
from eventsys.reports.documents import ground
from eventsys.reports.rules.sheets import Sheet

Point = tuple[float, float]
Box = tuple[float, float, float, float]

FOOT = 9 * mm
BETWEEN_MM = 4
TINTS = {
    "free": HexColor("#ffffff"),
    "taken": HexColor("#e1ecef"),
    "fixed": HexColor("#e1ecef"),
    "against": HexColor("#fff1d6"),
}
NAME_SIZE, NUMBER_SIZE = 5.6, 7.5
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies on the ground beside pitches, in metres, y downwards: how it is drawn, its outline (none for a single point),
    where its sign or name stands, and what it is called, if it has a name or no sign tells what it is.
    """

    tone: str
    points: tuple[Point, ...]
    at: Point
    name: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A pitch on the plan, in metres, y downwards: its number, who stands there (empty for nobody), how the map draws it."""

    number: str
    points: tuple[Point, ...]
    at: Point
    names: str
    tone: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the document tells; texts are in its language already.

    `sheet` is on what it is drawn; `scale` is 200 for 1:200; `parts` are stretches of the street with their boxes, all to this scale, each with what lies
    there below its pitches; `legend` is tone and word of that. Rows: `pitches` by number, `boards` under `board_headings`, `against` (where and who, rules, why), `waiting` (who, needs); `cutoff` is the data's.
    """

    edition: str
    standing: str
    language: str
    cutoff: str
    sheet: Sheet
    scale: int
    parts: tuple[tuple[Box, tuple[Lying, ...], tuple[Shape, ...]], ...]
    legend: tuple[tuple[str, str], ...]
    pitches: tuple[tuple[str, ...], ...]
    board_headings: tuple[str, ...]
    boards: tuple[tuple[str, ...], ...]
    against: tuple[tuple[str, ...], ...]
    waiting: tuple[tuple[str, ...], ...]


def draw(contents: Contents) -> bytes:
    """The PDF."""
    title = _("Street plan: %(edition)s", edition=contents.edition)
    frame = pdf.Frame(
        title=title,
        author="eventsys",
        language=contents.language,
        footer=f"{contents.edition} · {contents.standing} · " + _("data as of %(cutoff)s", cutoff=contents.cutoff),
        page_word=str(_("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")),
    )
    story: list[Flowable] = [
        pdf.paragraph(title, pdf.TITLE),
        pdf.paragraph(f"{contents.standing} · " + _("Data as of %(cutoff)s.", cutoff=contents.cutoff)),
        pdf.paragraph(
            _(
                "To scale, 1:%(scale)s. Tinted: taken. Broken outline with “!”: placed against a rule, see the list.",
                scale=contents.scale,
            ),
            pdf.SMALL,
        ),
    ]
    if not contents.parts:
        story.append(pdf.paragraph(_("There are no pitches yet.")))
    if contents.legend:
        story += [ground.legend(contents.legend, width=contents.sheet.width_mm * mm), pdf.gap(1)]
    for box, lying, shapes in contents.parts:
        story += [_stretch(box, lying, shapes, scale=contents.scale), pdf.gap(BETWEEN_MM)]
    story += pdf.go_on("upright")
    return pdf.document(frame, [*story, *_lists(contents)], first=contents.sheet.name)


def _lists(contents: Contents) -> list[Flowable]:
    story: list[Flowable] = [pdf.paragraph(_("Placed against a rule, and why"), pdf.HEADING)]
    if contents.against:
        story.append(pdf.table([_("Who"), _("Rule"), _("Why")], contents.against, [0.3, 0.36, 0.34]))
    else:
        story.append(pdf.paragraph(_("Nobody is placed against a rule.")))
    headings = [_("Pitch"), _("Size"), _("Board"), _("Who stands there"), _("Needs")]
    story += [
        pdf.paragraph(_("By number"), pdf.HEADING),
        pdf.table(headings, contents.pitches, [0.12, 0.13, 0.09, 0.37, 0.29]),
    ]
    if contents.boards:
        share = 0.85 / max(1, len(contents.board_headings) - 1)
        story += [
            pdf.paragraph(_("Electric boards and what they carry"), pdf.HEADING),
            pdf.table(contents.board_headings, contents.boards, [0.15, *[share] * (len(contents.board_headings) - 1)]),
        ]
    if contents.waiting:
        story += [
            pdf.paragraph(_("Without a place"), pdf.HEADING),
            pdf.table([_("Who"), _("Needs")], contents.waiting, [0.5, 0.5]),
        ]
    return story


# ─── the drawing ───


def _stretch(box: Box, lying: Sequence[Lying], shapes: Sequence[Shape], *, scale: int) -> Drawing:
    """A stretch of the street, with the scale bar below it."""
    unit = 1000 * mm / scale
    left, top, width, height = box
    drawing = Drawing(width * unit, height * unit + FOOT)

    def at(point: Point) -> Point:
        return (point[0] - left) * unit, FOOT + (top + height - point[1]) * unit

    for one in lying:
        if one.points:
            drawing.add(ground.area(one.tone, [at(point) for point in one.points]))
    for shape in shapes:
        drawing.add(_pitch(shape, [at(point) for point in shape.points], at(shape.at)))
    for one in lying:
        if one.tone in ground.SIGNS:
            drawing.add(ground.sign(one.tone, at(one.at), one.name, is_beside=not one.points))
        elif one.name:
            drawing.add(ground.name(one.name, at(one.at)))
    drawing.add(_scale_bar(scale))
    return drawing


def _pitch(shape: Shape, corners: Sequence[Point], middle: Point) -> Group:
    is_against = shape.tone == "against"
    outline = Polygon(
        [value for corner in corners for value in corner],
        fillColor=TINTS[shape.tone],
        strokeColor=pdf.INK,
        strokeWidth=1.4 if is_against else 0.6,
    )
    if is_against:
        outline.strokeDashArray = [3, 1.5]
    wide = max(x for x, _y in corners) - min(x for x, _y in corners)
    high = max(y for _x, y in corners) - min(y for _x, y in corners)
    group = Group(outline)
    number = f"{shape.number} !" if is_against else shape.number
    lines = lines_that_fit(shape.names, width=wide - 2, high=high - NUMBER_SIZE - 3)
    y = middle[1] + (len(lines) * NAME_SIZE * 1.15) / 2 - 2
    font, number = pdf.font_of(number, bold=True), bidi.drawn(number)
    size = min(NUMBER_SIZE, NUMBER_SIZE * (wide - 1) / max(1.0, pdf.width_of(number, NUMBER_SIZE, font)))
    group.add(String(middle[0], y, number, fontName=font, fontSize=size, fillColor=pdf.INK, textAnchor="middle"))
    for line in lines:
        y -= NAME_SIZE * 1.15
        group.add(_name(line, middle[0], y))
    return group


def _name(line: str, x: float, y: float) -> String:
    font = pdf.font_of(line)
    return String(x, y, bidi.drawn(line), fontName=font, fontSize=NAME_SIZE, fillColor=pdf.INK, textAnchor="middle")


def lines_that_fit(names: str, *, width: float, high: float) -> list[str]:
    """Names in as many lines as there is room for, each no wider; what is left out shows as "…"."""
    most = int(high / (NAME_SIZE * 1.15))
    if not names or most < 1 or width < NAME_SIZE * 2:
        return []
    font = pdf.font_of(names)

    def wide(line: str) -> float:
        return pdf.width_of(line, NAME_SIZE, font)

    lines = bidi.broken(names, width=width, measure=wide)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}{ELLIPSIS}"]
    return [_cut(line, width, wide) for line in lines]


def _cut(line: str, width: float, wide: Callable[[str], float]) -> str:
    """A line that is one long word, as far as it fits."""
    while len(line) > 2 and wide(bidi.drawn(line)) > width:
        line = f"{line.removesuffix(ELLIPSIS)[:-1]}{ELLIPSIS}"
    return line


def _scale_bar(scale: int) -> Group:
    """Ten metres in fives, or a hundred where the scale is small, and the scale in words."""
    metres = 10 if scale <= 500 else 100
    half = metres / 2 * 1000 * mm / scale
    group = Group(
        *(
            Polygon(
                [far, 3 * mm, far + half, 3 * mm, far + half, 4.2 * mm, far, 4.2 * mm],
                fillColor=colour,
                strokeColor=pdf.INK,
                strokeWidth=0.4,
            )
            for far, colour in ((0.0, pdf.INK), (half, TINTS["free"]))
        )
    )
    for far, word in ((0.0, "0"), (half, f"{metres // 2}"), (2 * half, f"{metres} m   1:{scale}")):
        group.add(String(far, 0.2 * mm, word, fontName=pdf.REGULAR, fontSize=7, fillColor=pdf.INK))
    return group
