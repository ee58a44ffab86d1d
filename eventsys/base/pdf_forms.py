"""What a form on paper is made of: boxes to tick and lines to write on, from either side of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Table

from eventsys.base import bidi, pdf

BOX, BESIDE_BOX, BETWEEN = 4 * mm, 7 * mm, 3 * mm
LINE_HEIGHT = 9 * mm
SHORT_LINE = 45 * mm


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to tick. `is_apart`: it stands a little away from those before it."""

    text: str
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Makes the parts of a form that is read from left to right, or from right to left."""

    is_right_to_left: bool = False

    def words(self, text: str, style: ParagraphStyle = pdf.TEXT) -> Flowable:
        """A paragraph that begins where the reader begins."""
        return pdf.paragraph(text, self._turned(style))

    def ticks(self, ticks: Sequence[Tick]) -> Flowable:
        """Boxes in one row where all have room on one line, else one below the other."""
        widths = [_width(tick.text) for tick in ticks]
        room = sum(BESIDE_BOX + width + BETWEEN for width in widths) + 2 * BETWEEN * sum(t.is_apart for t in ticks)
        if room <= pdf.WIDTH:
            return self._row(ticks, widths)
        return self._column(ticks)

    def lines(self, count: int, *, is_short: bool = False) -> Flowable:
        """Lines to write on."""
        width = SHORT_LINE if is_short else pdf.WIDTH
        ruled = self._table([[""]] * count, [width], heights=[LINE_HEIGHT] * count)
        ruled.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.6, pdf.MUTED)])
        return ruled

    def together(self, parts: Sequence[Flowable]) -> Flowable:
        """Parts that stand on one page."""
        return KeepTogether(list(parts))

    def _turned(self, style: ParagraphStyle) -> ParagraphStyle:
        if not self.is_right_to_left:
            return style
        return ParagraphStyle(f"{style.name}-turned", parent=style, alignment=TA_RIGHT)

    def _row(self, ticks: Sequence[Tick], widths: Sequence[float]) -> Table:
        cells: list[Any] = []
        columns: list[float] = []
        for tick, width in zip(ticks, widths, strict=True):
            if tick.is_apart:
                cells.append("")
                columns.append(2 * BETWEEN)
            cells += [_box(), self.words(tick.text)]
            columns += [BESIDE_BOX, width + BETWEEN]
        return self._table([cells], columns)

    def _column(self, ticks: Sequence[Tick]) -> Table:
        cells = [[_box(), self.words(tick.text)] for tick in ticks]
        ruled = self._table(cells, [BESIDE_BOX, pdf.WIDTH - BESIDE_BOX])
        apart = [place for place, tick in enumerate(ticks) if tick.is_apart and place and not ticks[place - 1].is_apart]
        ruled.setStyle([("TOPPADDING", (0, place), (-1, place), 8) for place in apart])
        return ruled

    def _table(
        self, cells: Sequence[Sequence[Any]], widths: Sequence[float], *, heights: Sequence[float] | None = None
    ) -> Table:
        """Cells from the side where the reader begins."""
        turn = -1 if self.is_right_to_left else 1
        drawn = Table(
            [list(row)[::turn] for row in cells],
            colWidths=list(widths)[::turn],
            rowHeights=list(heights) if heights else None,
            hAlign="RIGHT" if self.is_right_to_left else "LEFT",
        )
        drawn.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("ALIGN", (0, 0), (-1, -1), "RIGHT" if self.is_right_to_left else "LEFT"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        return drawn


def _box() -> Drawing:
    drawing = Drawing(BOX, BOX)
    drawing.add(Rect(0.3, 0.3, BOX - 0.6, BOX - 0.6, fillColor=None, strokeColor=pdf.INK, strokeWidth=0.9))  # type: ignore[arg-type]  # the stubs ask for a dictionary
    return drawing


def _width(text: str) -> float:
    """How wide a line of text is; a little more, so that rounding breaks no line."""
    return pdf.width_of(bidi.drawn(text), pdf.TEXT.fontSize, pdf.font_of(text)) + 1
