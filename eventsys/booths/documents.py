"""The street as a file: GeoJSON that the importer reads back."""

from __future__ import annotations

import json

from eventsys.booths import queries
from eventsys.booths.models import Pitch
from eventsys.booths.rules.import_pitches import FLAGS
from eventsys.editions.models import Edition


def geojson_of(edition: Edition) -> bytes:
    """The pitches of an edition as a FeatureCollection (RFC 7946), with the properties that `import pitches` knows."""
    site = queries.site_of(edition)
    collection = {
        "type": "FeatureCollection",
        "name": site.name if site else "",
        "features": [_feature(pitch) for pitch in queries.pitches_on(edition)],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def _feature(pitch: Pitch) -> dict[str, object]:
    properties = {
        "number": pitch.number,
        "side": pitch.side,
        "along_m": None if pitch.along_cm is None else pitch.along_cm / 100,
        "width_m": pitch.width_cm / 100,
        "depth_m": pitch.depth_cm / 100,
        "zone": pitch.zone,
        "board": pitch.board.code if pitch.board else "",
        **{key: getattr(pitch, name) for key, name in FLAGS.items()},
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [pitch.polygon]},
        "properties": properties,
    }
