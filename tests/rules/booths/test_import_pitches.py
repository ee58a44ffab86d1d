"""Files of pitches and boards: the festival's own, and what drawing programs and people get wrong."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.import_pitches import read_boards, read_pitches

FILES = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
SQUARE = [[12.55, 55.69], [12.56, 55.69], [12.56, 55.70], [12.55, 55.70], [12.55, 55.69]]


def file(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def pitch(ring: Any = SQUARE, kind: str = "Polygon", **told: Any) -> dict[str, Any]:
    properties = {"number": "A01", "width_m": 3, "depth_m": 3, "board": "EL1", "water": True} | told
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": [ring] if kind == "Polygon" else ring},
        "properties": properties,
    }


def test_the_festivals_street_is_read_whole() -> None:
    street = read_pitches((FILES / "pitches.geojson").read_bytes())
    boards = read_boards((FILES / "boards.csv").read_bytes())

    assert (len(street.rows), street.refused, street.name) == (112, (), "Nørrebrogade")
    assert (len(boards.rows), boards.refused) == (10, ())
    assert (street.rows[0].number, street.rows[0].width_cm, street.rows[0].has_water) == ("A01", 300, True)
    assert boards.rows[0].capacity_watts == 55_000


def test_an_open_ring_is_closed() -> None:
    ring = read_pitches(file(pitch(SQUARE[:-1]))).rows[0].polygon

    assert ring[0] == ring[-1]


@pytest.mark.parametrize(
    ("feature", "code", "field"),
    [
        (pitch(number=""), Code.MISSING, "number"),
        (pitch(number="x" * 99), Code.TOO_LONG, "number"),
        (pitch(width_m="bred"), Code.NOT_A_NUMBER, "width_m"),
        (pitch(width_m=0), Code.NOT_A_NUMBER, "width_m"),
        (pitch(width_m=None), Code.MISSING, "width_m"),
        (pitch(depth_m=True), Code.NOT_A_NUMBER, "depth_m"),
        (pitch(water="måske"), Code.NOT_YES_OR_NO, "water"),
        (pitch(SQUARE[:2]), Code.NOT_A_POLYGON, "geometry"),
        (pitch([12.55, 55.69], "Point"), Code.NOT_A_POLYGON, "geometry"),
        (pitch([[y, x] for x, y in SQUARE]), Code.COORDINATES_SWAPPED, "geometry"),
        (pitch([[725_000, 6_175_000]] * 4), Code.COORDINATES_WRONG, "geometry"),
        (pitch([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]), Code.CROSSES_ITSELF, "geometry"),
        (pitch([["a", "b"]] * 4), Code.NOT_A_POLYGON, "geometry"),
    ],
)
def test_a_bad_pitch_is_refused_by_its_field(feature: dict[str, Any], code: Code, field: str) -> None:
    street = read_pitches(file(feature, pitch(number="B02")))

    assert [row.number for row in street.rows] == ["B02"]
    assert [(refusal.row, refusal.code, refusal.field) for refusal in street.refused] == [(1, code, field)]


def test_the_second_pitch_of_a_number_is_refused() -> None:
    assert read_pitches(file(pitch(), pitch())).refused[0].code is Code.NUMBER_TWICE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", Code.NOT_JSON),
        (b"\xff\xfe", Code.NOT_JSON),
        (b"[1]", Code.NOT_FEATURES),
        (b'{"features": {}}', Code.NOT_FEATURES),
        (b'{"features": []}', Code.FILE_EMPTY),
    ],
)
def test_a_file_that_is_no_plan_is_refused_whole(content: bytes, code: Code) -> None:
    with pytest.raises(Refusal) as refusal:
        read_pitches(content)

    assert refusal.value.code is code


def test_bad_boards_are_refused_and_the_others_go_in() -> None:
    boards = read_boards(b"board;capacity_kw\nEL1;5,5\nEL1;6\n;7\nEL2;-1\nEL3;\n")

    assert [(row.code, row.capacity_watts) for row in boards.rows] == [("EL1", 5500)]
    assert [(refusal.row, refusal.code) for refusal in boards.refused] == [
        (3, Code.BOARD_TWICE),
        (4, Code.MISSING),
        (5, Code.NOT_A_NUMBER),
        (6, Code.MISSING),
    ]


@pytest.mark.parametrize(("content", "code"), [(b"", Code.FILE_EMPTY), (b"board\nA\n", Code.COLUMN_MISSING)])
def test_a_file_that_is_no_list_of_boards_is_refused_whole(content: bytes, code: Code) -> None:
    with pytest.raises(Refusal) as refusal:
        read_boards(content)

    assert refusal.value.code is code


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_no_json_makes_it_fall(anything: Any) -> None:
    with suppress(Refusal):
        read_pitches(json.dumps({"features": [anything, {"geometry": anything, "properties": anything}]}).encode())
