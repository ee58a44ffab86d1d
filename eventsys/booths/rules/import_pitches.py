"""The ground from GeoJSON and boards from CSV: typed rows, or why one is refused; one bad row never stops the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import NotText, lines_of, number, yes_or_no
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.features import SHAPES, FeatureKind, Shape
from eventsys.booths.rules.geojson import corners_of, geometry_of, ring_of
from eventsys.booths.rules.plan_geometry import frame_of
from eventsys.booths.rules.site_checks import Ground, drawn_feature, drawn_pitch

LONGEST = 40
SHOWN = 60
LARGEST_CM = 100_000
LARGEST_WATTS = 10_000_000
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
    kind = _word(told, "kind")
    if kind in {"", PITCH}:
        return _pitch(row, feature, told)
    was = _word(told, "was")
    if kind == BOARD:
        told_where = feature.get("geometry")
        position = geometry_of(told_where, (Shape.POINT,))["coordinates"] if told_where is not None else None
        return BoardRow(row, _word(told, "board", is_needed=True), _watts(told), _phases(told), position, was)
    if kind not in list(FeatureKind):
        raise Refusal(Code.KIND_UNKNOWN, field="kind", kind=kind)
    of = FeatureKind(kind)
    return FeatureRow(
        row,
        _word(told, "code", is_needed=True),
        of,
        _word(told, "label"),
        geometry_of(feature.get("geometry"), SHAPES[of]),
        _centimetres(told, "width_m") if _is_told(told, "width_m") else None,
        was,
    )


def _pitch(row: int, feature: Mapping[str, Any], told: Mapping[str, Any]) -> PitchRow:
    return PitchRow(
        row=row,
        number=_word(told, "number", is_needed=True),
        polygon=ring_of(feature.get("geometry")),
        width_cm=_centimetres(told, "width_m"),
        depth_cm=_centimetres(told, "depth_m"),
        board=_word(told, "board"),
        zone=_word(told, "zone"),
        side=_word(told, "side"),
        along_cm=_centimetres(told, "along_m", least=0) if _is_told(told, "along_m") else None,
        was=_word(told, "was"),
        **{name: _flag(told, key) for key, name in FLAGS.items()},
    )


def _word(told: Mapping[str, Any], key: str, *, is_needed: bool = False) -> str:
    word = str(told.get(key) if told.get(key) is not None else "").strip()
    if is_needed and not word:
        raise Refusal(Code.MISSING, field=key)
    if len(word) > LONGEST:
        raise Refusal(Code.TOO_LONG, field=key, longest=LONGEST)
    return word


def _is_told(told: Mapping[str, Any], key: str) -> bool:
    return told.get(key) is not None and told.get(key) != ""


def _centimetres(told: Mapping[str, Any], key: str, *, least: int = 1) -> int:
    value = told.get(key)
    if not _is_told(told, key):
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
    return BoardRow(row, _word(cells, "board", is_needed=True), _watts(cells), _phases(cells))


def _watts(told: Mapping[str, Any]) -> int:
    written = told.get("capacity_kw")
    if not _is_told(told, "capacity_kw"):
        raise Refusal(Code.MISSING, field="capacity_kw")
    kilowatts = number(str(written)) if not isinstance(written, bool) else None
    if kilowatts is None or not Decimal(0) <= kilowatts * 1000 <= LARGEST_WATTS:
        raise Refusal(Code.NOT_A_NUMBER, field="capacity_kw", value=str(written)[:SHOWN])
    return round(kilowatts * 1000)


def _phases(told: Mapping[str, Any]) -> int | None:
    written = str(told.get("phases") if told.get("phases") is not None else "").strip()
    if written not in {"", "1", "3"}:
        raise Refusal(Code.PHASES_WRONG, field="phases", value=written[:SHOWN])
    return int(written) if written else None
