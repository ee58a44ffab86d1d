"""One way of making PDFs: embedded fonts, a page frame, document information, the data's cut-off on each page.

Texts in Latin, Greek, Cyrillic and Arabic letters are covered. The same contents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Frame as Area

from config import ROOT
from eventsys.base import bidi

FONTS = ROOT / "vendor" / "fonts"
REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
# For lines that hold Arabic; they have the letters of Western Europe too.
ARABIC = {REGULAR: "NotoSansArabic", BOLD: "NotoSansArabic-Bold"}
INK, MUTED, RULE, BAR, TRACK = (HexColor(code) for code in ("#1a1a1a", "#555555", "#bbbbbb", "#1b4f8f", "#e6e6e6"))
MARGIN = 18 * mm
BOTTOM = 20 * mm
UPRIGHT = A4
SIZES = {"upright": UPRIGHT, "wide": landscape(A3), "tall": A3}
WIDTH = UPRIGHT[0] - 2 * MARGIN
# What a page is told in: a paragraph, a table, a drawing.
Part: TypeAlias = Flowable
FRAME_PADDING = 6  # What reportlab leaves free inside the margins.


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `footer` holds the cut-off; `page_word` is "Page %(page)s of %(pages)s"."""

    title: str
    author: str
    language: str
    footer: str
    page_word: str
    is_right_to_left: bool = False


@lru_cache(maxsize=1)
def _register() -> None:
    for name in (REGULAR, BOLD, *ARABIC.values()):
        file = name if "-" in name else f"{name}-Regular"
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def _style(name: str, size: float, *, bold: bool = False, before: float = 0, after: float = 3) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.35,
        textColor=INK,
        spaceBefore=before,
        spaceAfter=after,
    )


TITLE = _style("title", 20, bold=True, after=4)
HEADING = _style("heading", 13, bold=True, before=12, after=4)
SUBHEADING = _style("subheading", 10.5, bold=True, before=9, after=2)
TEXT = _style("text", 9.5)
SMALL = _style("small", 8, after=1)
CELL = _style("cell", 8.5, after=0)
CELL_BOLD = _style("cell-bold", 8.5, bold=True, after=0)
NUMBER = ParagraphStyle("number", parent=CELL, alignment=TA_RIGHT)


class _Turned(Flowable):
    """A paragraph with Arabic in it: broken into lines as it is read, each line drawn in its order."""

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        super().__init__()
        self._text, self._style = text, style
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the lines to this width."""
        font = ARABIC[self._style.fontName]
        lines = bidi.broken(self._text, width=width, measure=lambda line: width_of(line, self._style.fontSize, font))
        style = ParagraphStyle("turned", parent=self._style, fontName=font)
        self._inner = Paragraph("<br/>".join(escape(bidi.drawn(line)) for line in lines), style)
        return self._inner.wrap(width, height)

    def draw(self) -> None:
        """As a paragraph does."""
        self._inner.drawOn(self.canv, 0, 0)


def paragraph(text: str, style: ParagraphStyle = TEXT) -> Flowable:
    """Plain text as a paragraph; nothing in it is taken for markup."""
    _register()
    return _Turned(text, style) if bidi.has_right_to_left(text) else Paragraph(escape(bidi.drawn(text)), style)


def font_of(text: str, *, bold: bool = False) -> str:
    """The font that has the letters of a text."""
    _register()
    font = BOLD if bold else REGULAR
    return ARABIC[font] if bidi.has_right_to_left(text) else font


def width_of(text: str, size: float, font: str) -> float:
    """How wide a line is in a font."""
    _register()
    return float(pdfmetrics.stringWidth(text, font, size))


def gap(millimetres: float) -> Spacer:
    """Empty height."""
    return Spacer(1, millimetres * mm)


def table(columns: Sequence[str], rows: Sequence[Sequence[str | Flowable]], widths: Sequence[float]) -> Table:
    """Rows under headings that come again on the next page. `widths` are shares of the page's width."""
    cells: list[list[Flowable]] = [[paragraph(column, CELL_BOLD) for column in columns]]
    cells += [[cell if isinstance(cell, Flowable) else paragraph(cell, CELL) for cell in row] for row in rows]
    drawn = Table(cells, colWidths=[share * WIDTH for share in widths], repeatRows=1)
    drawn.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return drawn


def bar(
    value: float, *, target: float | None, low: float | None, high: float | None, width: float = 42 * mm
) -> Drawing:
    """A value from 0 to 1 as a bar, its interval as a bracket below, its target as a line: readable without colour."""
    height, thick, below = 5 * mm, 2.4 * mm, 1 * mm
    base = height - thick - 0.6 * mm
    drawing = Drawing(width, height)
    for length, colour in ((1.0, TRACK), (min(1.0, max(0.0, value)), BAR)):
        drawing.add(Rect(0, base, width * length, thick, fillColor=colour, strokeColor=None))  # type: ignore[arg-type]  # the stubs ask for a dictionary
    if low is not None and high is not None:
        start, end = width * max(0.0, low), width * min(1.0, high)
        drawing.add(Line(start, below, end, below, strokeColor=INK, strokeWidth=1.1))
        for x in (start, end):
            drawing.add(Line(x, below - 0.8 * mm, x, below + 0.8 * mm, strokeColor=INK, strokeWidth=1.1))
    if target is not None:
        x = width * min(1.0, target)
        drawing.add(Line(x, base - 0.6 * mm, x, height, strokeColor=INK, strokeWidth=1.8))
    return drawing


class _NumberedCanvas(Canvas):
    """Knows the number of pages by the time that it writes the footers."""

    def __init__(self, *args: Any, frame: Frame, **options: Any) -> None:
        super().__init__(*args, **options)
        self._frame = frame
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page for later."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # reportlab's own way to go on to the next page

    def save(self) -> None:
        """Write all pages, each with its footer."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._footer(number, len(self._pages))
            super().showPage()
        super().save()

    def _footer(self, page: int, pages: int) -> None:
        self.setFillColor(MUTED)
        ends = (self._frame.footer, self._frame.page_word % {"page": page, "pages": pages})
        left, right = ends[::-1] if self._frame.is_right_to_left else ends
        self.setFont(font_of(left), 7.5)
        self.drawString(MARGIN, 10 * mm, bidi.drawn(left))
        self.setFont(font_of(right), 7.5)
        end = self._pagesize[0] - MARGIN  # type: ignore[attr-defined]  # reportlab keeps the size of the page there
        self.drawRightString(end, 10 * mm, bidi.drawn(right))


def _page(name: str, size: tuple[float, float]) -> PageTemplate:
    width, height = size[0] - 2 * (MARGIN - FRAME_PADDING), size[1] - MARGIN - BOTTOM
    return PageTemplate(name, [Area(MARGIN - FRAME_PADDING, BOTTOM, width, height, id=name)], pagesize=size)


def go_on(page: str) -> list[Flowable]:
    """Go on with the next page, one of SIZES: "upright" (A4), "wide" (A3 on its side) or "tall" (A3)."""
    return [NextPageTemplate(page), PageBreak()]


def document(frame: Frame, story: list[Flowable], *, first: str = "upright") -> bytes:
    """The PDF of a story of paragraphs, tables and drawings: A4 upright, or what `first` and the story say."""
    buffer = BytesIO()
    pages = [_page(name, size) for name, size in SIZES.items()]
    template = BaseDocTemplate(
        buffer,
        pageTemplates=sorted(pages, key=lambda page: page.id != first),
        pagesize=SIZES[first],
        title=frame.title,
        author=frame.author,
        lang=frame.language,
        invariant=1,
    )

    def canvas(*args: Any, **options: Any) -> Canvas:
        return _NumberedCanvas(*args, frame=frame, **options)

    template.build(story, canvasmaker=canvas)
    return buffer.getvalue()
