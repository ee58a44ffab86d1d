"""One way of making PDFs: embedded fonts, a page frame, document information, the data's cut-off on each page.

Texts in Latin, Greek and Cyrillic letters are covered. The same contents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from config import ROOT

FONTS = ROOT / "vendor" / "fonts"
REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
INK, MUTED, RULE, BAR, TRACK = (HexColor(code) for code in ("#1a1a1a", "#555555", "#bbbbbb", "#1b4f8f", "#e6e6e6"))
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
FRAME_PADDING = 6  # What reportlab leaves free inside the margins.


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `footer` holds the cut-off; `page_word` is "Page %(page)s of %(pages)s"."""

    title: str
    author: str
    language: str
    footer: str
    page_word: str


@lru_cache(maxsize=1)
def _register() -> None:
    for name, file in ((REGULAR, "NotoSans-Regular.ttf"), (BOLD, "NotoSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
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


def paragraph(text: str, style: ParagraphStyle = TEXT) -> Paragraph:
    """Plain text as a paragraph; nothing in it is taken for markup."""
    _register()
    return Paragraph(escape(text), style)


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
        self.setFont(REGULAR, 7.5)
        self.setFillColor(MUTED)
        self.drawString(MARGIN, 10 * mm, self._frame.footer)
        self.drawRightString(A4[0] - MARGIN, 10 * mm, self._frame.page_word % {"page": page, "pages": pages})


def document(frame: Frame, story: list[Flowable]) -> bytes:
    """The PDF of a story of paragraphs, tables and drawings, A4 upright."""
    buffer = BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN - FRAME_PADDING,
        rightMargin=MARGIN - FRAME_PADDING,
        topMargin=MARGIN,
        bottomMargin=20 * mm,
        title=frame.title,
        author=frame.author,
        lang=frame.language,
        invariant=1,
    )

    def canvas(*args: Any, **options: Any) -> Canvas:
        return _NumberedCanvas(*args, frame=frame, **options)

    template.build(story, canvasmaker=canvas)
    return buffer.getvalue()
