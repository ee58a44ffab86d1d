"""The street as a file: GeoJSON that the importer reads back."""

from __future__ import annotations

import json

from eventsys.booths import queries
from eventsys.booths.models import Board, SiteFeature
from eventsys.booths.rules.features import Shape
from eventsys.booths.rules.import_pitches import BOARD, told_of
from eventsys.editions.models import Edition


def geojson_of(edition: Edition) -> bytes:
    """The ground of an edition as a FeatureCollection (RFC 7946), with the properties that `import pitches` knows."""
    site = queries.site_of(edition)
    collection = {"type": "FeatureCollection", "name": site.name if site else "", "features": features_of(edition)}
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def features_of(edition: Edition) -> list[dict[str, object]]:
    """Pitches, boards (unlocated until somebody draws them), and all else on the ground, as features of GeoJSON."""
    return [
        *(told_of(pitch) for pitch in queries.pitches_on(edition)),
        *(_board(board) for board in queries.boards_on(edition)),
        *(_other(feature) for feature in queries.features_on(edition)),
    ]


def _board(board: Board) -> dict[str, object]:
    properties = {
        "kind": BOARD,
        "board": board.code,
        "capacity_kw": board.capacity_watts / 1000,
        "phases": board.phases,
    }
    geometry = {"type": Shape.POINT.value, "coordinates": board.position} if board.position else None
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _other(feature: SiteFeature) -> dict[str, object]:
    properties: dict[str, object] = {"kind": feature.kind.value, "code": feature.code, "label": feature.label}
    if feature.width_cm is not None:
        properties["width_m"] = feature.width_cm / 100
    return {"type": "Feature", "geometry": feature.geometry, "properties": properties}
