"""Pitches from a sheet: where they lie, what a row leaves as it is, and what people get wrong."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.changes import change_of
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.pitch_table import read_ground
from eventsys.booths.rules.plan_geometry import Frame

HEAD = "number;width_m;depth_m;longitude;latitude;bearing;water;board"
RING = [[12.55, 55.69], [12.56, 55.69], [12.56, 55.70], [12.55, 55.70], [12.55, 55.69]]
THERE: dict[str, Any] = {
    "A01": {
        "geometry": {"type": "Polygon", "coordinates": [RING]},
        "properties": {"number": "A01", "width_m": 3, "depth_m": 2.5, "zone": "stage", "board": "EL1", "water": True},
    }
}


def sheet(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def sides(ring: list[list[float]]) -> list[float]:
    """The lengths of the first two sides, in metres."""
    frame = Frame(ring[0][0], ring[0][1], 0.0)
    a, b, c, *_ = (frame.metres(corner) for corner in ring)
    return [round(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5, 1) for p, q in ((a, b), (b, c))]


@pytest.mark.parametrize(("bearing", "east", "north"), [("", 3.0, 2.0), ("0", 2.0, 3.0), ("45", 3.5, 3.5)])
def test_a_pitch_lies_around_its_middle_in_its_direction(bearing: str, east: float, north: float) -> None:
    file = read_ground(sheet(HEAD, f"A01;3;2;12,55;55.69;{bearing};yes;EL1"), {})

    [row] = file.rows
    frame = Frame(12.55, 55.69, 0.0)
    xs, ys = zip(*(frame.metres(corner) for corner in row.polygon), strict=True)
    assert (round(max(xs) - min(xs), 1), round(max(ys) - min(ys), 1)) == (east, north)
    assert sides(row.polygon) == [3.0, 2.0]
    assert (row.row, row.width_cm, row.has_water, row.board) == (2, 300, True, "EL1")


def test_what_a_sheet_does_not_say_stays_as_it_is() -> None:
    [row] = read_ground(sheet("number;width_m;board", "A01;4,5;"), THERE).rows

    assert (row.polygon, row.width_cm, row.depth_cm) == (RING, 450, 250)
    assert (row.zone, row.board, row.has_water) == ("stage", "", True)


def test_an_outline_may_be_written_out() -> None:
    wkt = "POLYGON ((12.55 55.69, 12.56 55.69, 12.56 55.70, 12.55 55.70, 12.55 55.69))"
    [row] = read_ground(sheet("number;width_m;depth_m;WKT", f'B1;3;3;"{wkt}"'), {}).rows

    assert row.polygon == RING


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("B01;3;3;;;;;", Code.MISSING, "longitude"),
        ("B01;3;3;12.55;;;;", Code.MISSING, "latitude"),
        ("B01;3;3;east;55.69;;;", Code.NOT_A_NUMBER, "longitude"),
        ("B01;3;3;55.69;12.55;;;", Code.COORDINATES_SWAPPED, "longitude"),
        ("B01;3;3;725;617;;;", Code.COORDINATES_WRONG, "longitude"),
        ("B01;;3;12.55;55.69;;;", Code.MISSING, "width_m"),
        ("B01;3;3;12.55;55.69;;måske;", Code.NOT_YES_OR_NO, "water"),
        (";3;3;12.55;55.69;;;", Code.MISSING, "number"),
        ("A02;3;3;12.55;55.69;;;", Code.NUMBER_TWICE, "number"),
    ],
)
def test_a_bad_row_is_refused_by_its_column(line: str, code: Code, field: str) -> None:
    file = read_ground(sheet(HEAD, "A02;3;3;12.55;55.69;;;", line), {})

    assert [row.number for row in file.rows] == ["A02"]
    assert [(refusal.row, refusal.code, refusal.field) for refusal in file.refused] == [(3, code, field)]


@pytest.mark.parametrize("written", ["POINT (12.55 55.69)", "POLYGON EMPTY", "a square"])
def test_an_outline_that_is_none_is_refused(written: str) -> None:
    [refusal] = read_ground(sheet("number;width_m;depth_m;wkt", f"B1;3;3;{written}"), {}).refused

    assert (refusal.code, refusal.field) == (Code.NOT_A_POLYGON, "wkt")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not json", Code.NOT_JSON),
        (b"", Code.FILE_EMPTY),
        (b"number;width_m\n", Code.FILE_EMPTY),
        (b"{", Code.NOT_JSON),
        (b"nummer;width_m\nA1;3\n", Code.COLUMN_MISSING),
    ],
)
def test_a_file_that_is_no_ground_is_refused_whole(content: bytes, code: Code) -> None:
    with pytest.raises(Refusal) as refusal:
        read_ground(content, {})

    assert refusal.value.code is code


@given(st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=5))
def test_no_sheet_makes_it_fall(cells: list[list[str]]) -> None:
    with suppress(Refusal):
        read_ground(sheet(HEAD, "A1;3;3;12.55;55.69;;;", *(";".join(line) for line in cells)), THERE)


def test_a_change_says_which_fields_and_how_far() -> None:
    moved = [[longitude + 0.0001, latitude] for longitude, latitude in RING]

    change = change_of(
        "A01", {"polygon": RING, "zone": "", "width_cm": 300}, {"polygon": moved, "zone": "", "width_cm": 400}
    )

    assert (change.fields, round(change.moved_m, 1)) == (("polygon", "width_cm"), 6.3)
    assert change_of("EL1", {"position": None}, {"position": [12.55, 55.69]}).moved_m == 0.0
