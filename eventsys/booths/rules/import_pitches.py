"""Pitches from GeoJSON and boards from CSV: typed rows, or why one is refused; one bad row never stops the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import NotText, lines_of, number, yes_or_no
from eventsys.booths.rules.codes import Code

# Denmark lies between these; the other way round somebody has swapped the two.
LONGITUDES, LATITUDES = (7.0, 16.0), (54.0, 58.5)
LONGEST = 40
SHOWN = 60
LARGEST_CM = 100_000
LARGEST_WATTS = 10_000_000
FLAGS = {
    "three_phase": "has_three_phase",
    "water": "has_water",
    "gas_allowed": "allows_gas",
    "open_fire_allowed": "allows_open_fire",
    "amplified_sound_allowed": "allows_amplified_sound",
    "vehicle_access": "has_vehicle_access",
    "step_free": "is_step_free",
    "remote": "is_remote",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchRow:
    """One pitch as a file tells it; `row` is the number of the feature, the first one being 1."""

    row: int
    number: str
    polygon: list[list[float]]
    width_cm: int
    depth_cm: int
    board: str
    zone: str
    side: str
    along_cm: int | None
    has_three_phase: bool
    has_water: bool
    allows_gas: bool
    allows_open_fire: bool
    allows_amplified_sound: bool
    has_vehicle_access: bool
    is_step_free: bool
    is_remote: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One electric board; `row` is the line in the file."""

    row: int
    code: str
    capacity_watts: int


@dataclass(frozen=True, slots=True)
class PitchFile:
    """A file of pitches that was read; `name` is what it calls the site."""

    name: str
    rows: tuple[PitchRow, ...]
    refused: tuple[RowRefusal, ...]


@dataclass(frozen=True, slots=True)
class BoardFile:
    """A file of boards that was read."""

    rows: tuple[BoardRow, ...]
    refused: tuple[RowRefusal, ...]


def read_pitches(content: bytes) -> PitchFile:
    """Read GeoJSON (RFC 7946). Refused as a whole: NOT_JSON, NOT_FEATURES, FILE_EMPTY."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refusal(Code.NOT_JSON) from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise Refusal(Code.NOT_FEATURES)
    if not features:
        raise Refusal(Code.FILE_EMPTY)
    rows: list[PitchRow] = []
    refused: list[RowRefusal] = []
    numbers: set[str] = set()
    for place, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        told: Mapping[str, Any] = properties if isinstance(properties, dict) else {}
        try:
            row = _pitch(place, feature if isinstance(feature, dict) else {}, told)
            if row.number in numbers:
                raise Refusal(Code.NUMBER_TWICE, field="number", number=row.number)
            numbers.add(row.number)
            rows.append(row)
        except Refusal as no:
            refused.append(RowRefusal(place, str(told.get("number", ""))[:SHOWN], no.code, no.field or "", no.values))
    return PitchFile(str(data.get("name") or "")[:SHOWN], tuple(rows), tuple(refused))


def _pitch(row: int, feature: Mapping[str, Any], told: Mapping[str, Any]) -> PitchRow:
    return PitchRow(
        row=row,
        number=_word(told, "number", is_needed=True),
        polygon=_polygon(feature.get("geometry")),
        width_cm=_centimetres(told, "width_m"),
        depth_cm=_centimetres(told, "depth_m"),
        board=_word(told, "board"),
        zone=_word(told, "zone"),
        side=_word(told, "side"),
        along_cm=_centimetres(told, "along_m", least=0) if told.get("along_m") is not None else None,
        **{name: _flag(told, key) for key, name in FLAGS.items()},
    )


def _word(told: Mapping[str, Any], key: str, *, is_needed: bool = False) -> str:
    word = str(told.get(key) if told.get(key) is not None else "").strip()
    if is_needed and not word:
        raise Refusal(Code.MISSING, field=key)
    if len(word) > LONGEST:
        raise Refusal(Code.TOO_LONG, field=key, longest=LONGEST)
    return word


def _centimetres(told: Mapping[str, Any], key: str, *, least: int = 1) -> int:
    value = told.get(key)
    if value is None or value == "":
        raise Refusal(Code.MISSING, field=key)
    metres = number(str(value)) if not isinstance(value, bool) else None
    if metres is None or not least <= metres * 100 <= LARGEST_CM:
        raise Refusal(Code.NOT_A_NUMBER, field=key, value=str(value)[:SHOWN])
    return round(metres * 100)


def _flag(told: Mapping[str, Any], key: str) -> bool:
    value = told.get(key, False)
    answer = value if isinstance(value, bool) else yes_or_no(str(value if value is not None else ""))
    if answer is None:
        raise Refusal(Code.NOT_YES_OR_NO, field=key, value=str(value)[:SHOWN])
    return answer


def _polygon(geometry: object) -> list[list[float]]:
    """The outer ring, closed. Refused: NOT_A_POLYGON, COORDINATES_SWAPPED, COORDINATES_WRONG, CROSSES_ITSELF."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Polygon":
        raise Refusal(Code.NOT_A_POLYGON, field="geometry")
    rings = geometry.get("coordinates")
    ring = [_corner(corner) for corner in rings[0]] if isinstance(rings, list) and rings and _is_list(rings[0]) else []
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    if len({tuple(corner) for corner in ring}) < 3:
        raise Refusal(Code.NOT_A_POLYGON, field="geometry")
    if _crosses_itself(ring):
        raise Refusal(Code.CROSSES_ITSELF, field="geometry")
    return ring


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _corner(corner: object) -> list[float]:
    if not isinstance(corner, list) or len(corner) < 2 or not all(_is_number(part) for part in corner[:2]):
        raise Refusal(Code.NOT_A_POLYGON, field="geometry")
    longitude, latitude = float(corner[0]), float(corner[1])
    if _within(longitude, LONGITUDES) and _within(latitude, LATITUDES):
        return [longitude, latitude]
    if _within(latitude, LONGITUDES) and _within(longitude, LATITUDES):
        raise Refusal(Code.COORDINATES_SWAPPED, field="geometry")
    raise Refusal(Code.COORDINATES_WRONG, field="geometry", longitude=longitude, latitude=latitude)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _crosses_itself(ring: Sequence[Sequence[float]]) -> bool:
    sides = list(pairwise(ring))
    return any(
        _cross(sides[i], sides[j])
        for i in range(len(sides))
        for j in range(i + 2, len(sides))
        if (i, j) != (0, len(sides) - 1)
    )


Side = tuple[Sequence[float], Sequence[float]]


def _cross(one: Side, other: Side) -> bool:
    """Whether two lines cross between their ends."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def read_boards(content: bytes) -> BoardFile:
    """Read a CSV file with the columns `board` and `capacity_kw`. Refused as a whole: FILE_EMPTY, COLUMN_MISSING."""
    try:
        lines = lines_of(content)
    except NotText:
        lines = []
    if not lines:
        raise Refusal(Code.FILE_EMPTY)
    columns = [column.lower() for column in lines[0].cells or ()]
    for column in ("board", "capacity_kw"):
        if column not in columns:
            raise Refusal(Code.COLUMN_MISSING, field=column, column=column)
    rows: list[BoardRow] = []
    refused: list[RowRefusal] = []
    for line in lines[1:]:
        cells = dict(zip(columns, line.cells or (), strict=False))
        try:
            row = _board(line.number, cells)
            if row.code in {other.code for other in rows}:
                raise Refusal(Code.BOARD_TWICE, field="board", board=row.code)
            rows.append(row)
        except Refusal as no:
            refused.append(RowRefusal(line.number, cells.get("board", "")[:SHOWN], no.code, no.field or "", no.values))
    return BoardFile(tuple(rows), tuple(refused))


def _board(row: int, cells: Mapping[str, str]) -> BoardRow:
    code = _word(cells, "board", is_needed=True)
    written = cells.get("capacity_kw", "")
    if not written:
        raise Refusal(Code.MISSING, field="capacity_kw")
    kilowatts = number(written)
    if kilowatts is None or not Decimal(0) <= kilowatts * 1000 <= LARGEST_WATTS:
        raise Refusal(Code.NOT_A_NUMBER, field="capacity_kw", value=written[:SHOWN])
    return BoardRow(row, code, round(kilowatts * 1000))
