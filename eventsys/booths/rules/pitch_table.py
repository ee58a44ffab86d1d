"""Pitches from a sheet (CSV or Excel): a row for each, the columns called as the properties of GeoJSON are.

Where a pitch lies is told by its middle (`longitude`, `latitude`, and `bearing`: the direction of its width in degrees
clockwise from north, 90 where nothing is said), or by its outline as map programs write it into a sheet (`wkt`). A row that
says neither leaves the outline as it is; a column that is missing leaves what it would say as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import cos, radians, sin
from typing import Any

import shapely
from shapely import Polygon

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import Line, NotText, lines_of
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.features import Shape
from eventsys.booths.rules.geojson import position_of
from eventsys.booths.rules.import_pitches import PitchFile, PitchRow, pitch_of, read_pitches
from eventsys.booths.rules.plan_geometry import Frame
from eventsys.booths.rules.properties import SHOWN, centimetres, is_told, word

BEARING = 90.0
DEGREES = re.compile(r"[+-]?\d{1,3}([.,]\d{1,15})?")
EXACT = 7  # Decimals of a degree: about a centimetre.
# Pitches that there are, by number, as features of GeoJSON.
There = Mapping[str, Mapping[str, Any]]


def read_ground(content: bytes, there: There) -> PitchFile:
    """Read the ground from GeoJSON, or pitches from a sheet.

    Refused as a whole: what `read_pitches` refuses, COLUMN_MISSING for a sheet without numbers, NOT_JSON for neither.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_pitches(content)
    return _read_table(content, there)


def _read_table(content: bytes, there: There) -> PitchFile:
    try:
        lines = lines_of(content)
    except NotText:
        lines = []
    columns = [column.lower() for column in (lines[0].cells or ())] if lines else []
    if len(columns) > 1 and "number" not in columns:
        raise Refusal(Code.COLUMN_MISSING, field="number", column="number")
    if "number" not in columns:
        raise Refusal(Code.NOT_JSON if lines or content.strip() else Code.FILE_EMPTY)
    if not lines[1:]:
        raise Refusal(Code.FILE_EMPTY)
    rows: dict[str, PitchRow] = {}
    refused: list[RowRefusal] = []
    for line in lines[1:]:
        try:
            row = _row(line, columns, there)
            if row.number in rows:
                raise Refusal(Code.NUMBER_TWICE, field="number", number=row.number)
            rows[row.number] = row
        except Refusal as no:
            refused.append(_refused(line, columns, no))
    return PitchFile("", tuple(rows.values()), tuple(refused))


def _refused(line: Line, columns: list[str], no: Refusal) -> RowRefusal:
    """A row with the column that it is refused for: an outline is told by one of two here, not by a `geometry`."""
    cells = dict(zip(columns, line.cells or (), strict=False))
    where = "wkt" if is_told(cells, "wkt") else "longitude"
    column = where if no.field == "geometry" else no.field or ""
    return RowRefusal(line.number, cells.get("number", "")[:SHOWN], no.code, column, no.values)


def _row(line: Line, columns: list[str], there: There) -> PitchRow:
    cells = dict(zip(columns, line.cells or (), strict=False))
    known = there.get(word(cells, "number", is_needed=True), {})
    told = {**known.get("properties", {}), **cells}
    return pitch_of(line.number, {"geometry": _geometry(told, cells, known.get("geometry"))}, told)


def _geometry(told: Mapping[str, Any], cells: Mapping[str, str], known: object) -> object:
    """The outline that a row says, else the one that is known. Refusal: MISSING, NOT_A_POLYGON, and those of `position_of`."""
    if is_told(cells, "wkt"):
        return _polygon(cells["wkt"])
    if not is_told(cells, "longitude") and not is_told(cells, "latitude"):
        if known is None:
            raise Refusal(Code.MISSING, field="longitude")
        return known
    middle = position_of([_degrees(cells, "longitude"), _degrees(cells, "latitude")])
    turned = radians(_degrees(cells, "bearing") if is_told(cells, "bearing") else BEARING)
    half, deep = centimetres(told, "width_m") / 200, centimetres(told, "depth_m") / 200
    along, across = (half * sin(turned), -half * cos(turned)), (deep * cos(turned), deep * sin(turned))
    frame = Frame(middle[0], middle[1], 0.0)
    corners = [
        frame.degrees((u * along[0] + v * across[0], u * along[1] + v * across[1]))
        for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ]
    return {
        "type": Shape.POLYGON.value,
        "coordinates": [[[round(part, EXACT) for part in corner] for corner in corners]],
    }


def _polygon(written: str) -> object:
    shape = shapely.from_wkt(written, on_invalid="ignore")
    parts = list(getattr(shape, "geoms", [shape]))
    if len(parts) != 1 or not isinstance(parts[0], Polygon) or parts[0].is_empty:
        raise Refusal(Code.NOT_A_POLYGON, field="wkt")
    outer = shapely.get_coordinates(parts[0].exterior).tolist()
    return {"type": Shape.POLYGON.value, "coordinates": [outer]}


def _degrees(cells: Mapping[str, str], key: str) -> float:
    written = cells.get(key, "").strip()
    if not written:
        raise Refusal(Code.MISSING, field=key)
    if not DEGREES.fullmatch(written):
        raise Refusal(Code.NOT_A_NUMBER, field=key, value=written[:SHOWN])
    return float(written.replace(",", "."))
