"""To which scale, and onto which pages of A3, a street goes: names can be read, and pages aren't left half empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page by its name in `base.pdf`, and what there is room for inside its margins."""

    name: str
    width_mm: float
    height_mm: float


# A3 on its side and upright.
SHEETS = (Sheet("wide", 384.0, 254.0), Sheet("tall", 261.0, 377.0))
SCALES = (100, 200, 250, 500, 1_000, 2_000, 5_000)
# At smaller scales the names on a booth can't be read; larger ones are for a street that goes onto one page in one piece.
READABLE, LARGEST = 250, 200
HEAD_MM = 36.0  # Title, what it is, and the legend, on the first page.
BELOW_MM = 13.0  # A stretch: its scale bar, and what lies between it and the next one.

# How high each stretch of the street is, in metres, on a sheet to a scale.
HeightsOf = Callable[[Sheet, int], Iterable[float]]


def pages_of(heights_mm: Iterable[float], sheet: Sheet) -> int:
    """How many pages stretches take that are laid below each other in their order; 0 where one is too high for its page."""
    pages, left = 1, sheet.height_mm - HEAD_MM
    for height in heights_mm:
        if height > left:
            pages, left = pages + 1, sheet.height_mm
        if height > left:
            return 0
        left -= height
    return pages


def sheet_and_scale(heights_of: HeightsOf) -> tuple[Sheet, int]:
    """One page to the largest readable scale; else the readable scale and sheet that fill their pages best; else what fits."""
    fullest, best = 0.0, (SHEETS[0], SCALES[-1])
    for scale in SCALES:
        if scale > READABLE and fullest:
            break
        for sheet in SHEETS:
            heights = [metres * 1_000 / scale + BELOW_MM for metres in heights_of(sheet, scale)]
            pages = pages_of(heights, sheet)
            if (pages == 1 and (scale >= LARGEST or len(heights) == 1)) or (pages and scale > READABLE):
                return sheet, scale
            full = (HEAD_MM + sum(heights)) / (pages * sheet.height_mm) if pages and scale >= LARGEST else 0.0
            if full > fullest:
                fullest, best = full, (sheet, scale)
    return best
