"""The ground from GeoJSON and boards from CSV: typed rows, or why one is refused; one bad row never stops the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import NotText, lines_of
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.features import SHAPES, FeatureKind, Shape
from eventsys.booths.rules.geojson import corners_of, geometry_of, ring_of
from eventsys.booths.rules.plan_geometry import frame_of
from eventsys.booths.rules.properties import SHOWN, centimetres, flag, is_told, phases, watts, word
from eventsys.booths.rules.site_checks import Ground, drawn_feature, drawn_pitch

PITCH, BOARD = "pitch", "board"
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
    # The number under which the editor was given it.
    was: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One electric board; `row` is the line in the file. `phases` and `position` only where the file tells them."""

    row: int
    code: str
    capacity_watts: int
    phases: int | None = None
    position: list[float] | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A site feature as a file tells it."""

    row: int
    code: str
    kind: FeatureKind
    label: str
    geometry: dict[str, Any]
    width_cm: int | None
    was: str = ""


@dataclass(frozen=True, slots=True)
class PitchFile:
    """A file of the ground that was read; `name` is what it calls the site, `rows` are its pitches."""

    name: str
    rows: tuple[PitchRow, ...]
    refused: tuple[RowRefusal, ...]
    boards: tuple[BoardRow, ...] = ()
    features: tuple[FeatureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardFile:
    """A file of boards that was read."""

    rows: tuple[BoardRow, ...]
    refused: tuple[RowRefusal, ...]


def ground_of(file: PitchFile) -> Ground:
    """What a file draws, in metres, for what is measured on it."""
    corners = [corner for row in file.rows for corner in row.polygon[:-1]]
    frame = frame_of(corners or [corner for one in file.features for corner in corners_of(one.geometry)])
    return Ground(
        [drawn_pitch(row, frame, row.board or None) for row in file.rows],
        [drawn_feature(row, frame) for row in file.features],
        {row.code: (row.capacity_watts, row.phases or 3) for row in file.boards},
    )


def read_pitches(content: bytes) -> PitchFile:
    """Read GeoJSON (RFC 7946). What has no `kind` is a pitch. Refused as a whole: NOT_JSON, NOT_FEATURES, FILE_EMPTY."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refusal(Code.NOT_JSON) from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise Refusal(Code.NOT_FEATURES)
    if not features:
        raise Refusal(Code.FILE_EMPTY)
    return read_features(str(data.get("name") or "")[:SHOWN], features)


def read_features(name: str, features: Sequence[object]) -> PitchFile:
    """Read the features of a collection, each on its own; two of a kind with one number are refused."""
    rows: list[PitchRow | BoardRow | FeatureRow] = []
    refused: list[RowRefusal] = []
    seen: set[tuple[str, str]] = set()
    for place, feature in enumerate(features, start=1):
        whole: Mapping[str, Any] = feature if isinstance(feature, dict) else {}
        told = whole.get("properties")
        told = told if isinstance(told, dict) else {}
        try:
            row = _feature(place, whole, told)
            _once(row, seen)
            rows.append(row)
        except Refusal as no:
            named = str(told.get("number") or told.get("board") or told.get("code") or "")[:SHOWN]
            refused.append(RowRefusal(place, named, no.code, no.field or "", no.values))
    return PitchFile(
        name,
        tuple(row for row in rows if isinstance(row, PitchRow)),
        tuple(refused),
        tuple(row for row in rows if isinstance(row, BoardRow)),
        tuple(row for row in rows if isinstance(row, FeatureRow)),
    )


def _once(row: PitchRow | BoardRow | FeatureRow, seen: set[tuple[str, str]]) -> None:
    sort, code = type(row).__name__, row.number if isinstance(row, PitchRow) else row.code
    if (sort, code) in seen:
        if isinstance(row, BoardRow):
            raise Refusal(Code.BOARD_TWICE, field="board", board=code)
        raise Refusal(
            Code.NUMBER_TWICE if isinstance(row, PitchRow) else Code.FEATURE_TWICE, field="number", number=code
        )
    seen.add((sort, code))


def _feature(row: int, feature: Mapping[str, Any], told: Mapping[str, Any]) -> PitchRow | BoardRow | FeatureRow:
    kind = word(told, "kind")
    if kind in {"", PITCH}:
        return pitch_of(row, feature, told)
    was = word(told, "was")
    if kind == BOARD:
        told_where = feature.get("geometry")
        position = geometry_of(told_where, (Shape.POINT,))["coordinates"] if told_where is not None else None
        return BoardRow(row, word(told, "board", is_needed=True), watts(told), phases(told), position, was)
    if kind not in list(FeatureKind):
        raise Refusal(Code.KIND_UNKNOWN, field="kind", kind=kind)
    of = FeatureKind(kind)
    return FeatureRow(
        row,
        word(told, "code", is_needed=True),
        of,
        word(told, "label"),
        geometry_of(feature.get("geometry"), SHAPES[of]),
        centimetres(told, "width_m") if is_told(told, "width_m") else None,
        was,
    )


def told_of(pitch: Any) -> dict[str, Any]:
    """A pitch that is kept as a feature of GeoJSON."""
    return {
        "type": "Feature",
        "geometry": {"type": Shape.POLYGON.value, "coordinates": [pitch.polygon]},
        "properties": {
            "number": pitch.number,
            "side": pitch.side,
            "along_m": None if pitch.along_cm is None else pitch.along_cm / 100,
            "width_m": pitch.width_cm / 100,
            "depth_m": pitch.depth_cm / 100,
            "zone": pitch.zone,
            "board": pitch.board.code if pitch.board else "",
            **{key: getattr(pitch, name) for key, name in FLAGS.items()},
        },
    }


def pitch_of(row: int, feature: Mapping[str, Any], told: Mapping[str, Any]) -> PitchRow:
    """One pitch from the geometry of a feature and what is told of it. Refusal: what a property or an outline is refused for."""
    return PitchRow(
        row=row,
        number=word(told, "number", is_needed=True),
        polygon=ring_of(feature.get("geometry")),
        width_cm=centimetres(told, "width_m"),
        depth_cm=centimetres(told, "depth_m"),
        board=word(told, "board"),
        zone=word(told, "zone"),
        side=word(told, "side"),
        along_cm=centimetres(told, "along_m", least=0) if is_told(told, "along_m") else None,
        was=word(told, "was"),
        **{name: flag(told, key) for key, name in FLAGS.items()},
    )


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
    return BoardRow(row, word(cells, "board", is_needed=True), watts(cells), phases(cells))
