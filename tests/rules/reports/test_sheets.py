"""The street on paper: readable, on few pages that are used."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eventsys.reports.rules.sheets import HEAD_MM, SCALES, SHEETS, HeightsOf, Sheet, pages_of, sheet_and_scale

WIDE, TALL = SHEETS


def street(length_m: float, high_m: float) -> HeightsOf:
    """A straight street of one height, in as many stretches as the sheet is too narrow for."""

    def heights_of(sheet: Sheet, scale: int) -> list[float]:
        return [high_m] * max(1, -int(-length_m // (sheet.width_mm * scale / 1_000)))

    return heights_of


def test_what_goes_onto_one_page_is_drawn_as_large_as_that_allows() -> None:
    assert sheet_and_scale(street(30, 18)) == (WIDE, 100)
    assert sheet_and_scale(street(70, 18)) == (WIDE, 200)
    assert sheet_and_scale(street(20, 30)) == (TALL, 100)


def test_a_long_street_goes_onto_the_pages_that_it_fills_best() -> None:
    # On its side, one stretch of 27 m is laid on a page and the rest stays empty; upright there are two.
    sheet, scale = sheet_and_scale(street(340, 27))

    assert (sheet, scale) == (TALL, 200)
    assert pages_of([27 * 5 + 13] * 7, TALL) == 4
    assert pages_of([27 * 5 + 13] * 5, WIDE) == 5


def test_high_ground_is_drawn_smaller_and_the_highest_as_small_as_can_be() -> None:
    assert [sheet_and_scale(street(20, high))[1] for high in (95, 150, 300, 9_000)] == [500, 500, 1_000, 5_000]


def test_what_is_higher_than_a_page_goes_onto_none() -> None:
    assert pages_of([WIDE.height_mm + 1], WIDE) == 0
    assert pages_of([WIDE.height_mm], WIDE) == 2
    assert pages_of([WIDE.height_mm - HEAD_MM], WIDE) == 1


@given(st.floats(1, 3_000), st.floats(1, 80))
def test_a_readable_scale_is_taken_wherever_one_fits(length_m: float, high_m: float) -> None:
    heights_of = street(length_m, high_m)
    sheet, scale = sheet_and_scale(heights_of)

    fits = pages_of([high * 1_000 / scale + 13 for high in heights_of(sheet, scale)], sheet)
    assert fits
    assert scale <= 250
    assert all(one < other for one, other in pairwise(SCALES))
