"""The ground: site, pitches, boards, and the street as it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from eventsys.base.db import db
from eventsys.booths.models import Board, Pitch, Site, SiteBackground, SiteFeature
from eventsys.booths.rules.features import BOARD, FeatureKind, layer_of
from eventsys.booths.rules.geojson import corners_of
from eventsys.booths.rules.needs import BoardFacts, PitchFacts
from eventsys.booths.rules.plan_geometry import Frame, Projected, box_of, frame_of, project
from eventsys.booths.rules.site_checks import POINT_M, Ground, drawn_feature, drawn_pitch, overlapping, shape_of
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition

STRETCH_M = 75.0  # What still shows a pitch of three metres with its number.
POINT_LENGTH_M = 7 * POINT_M  # Around what is drawn for a point.
OVERLAP_M = 5.0  # A pitch belongs to one stretch and may reach beyond its end.


def site_of(edition: Edition) -> Site | None:
    """The ground of an edition, once it has one."""
    return db.session.scalar(select(Site).where(Site.edition_id == edition.id))


def pitches_on(edition: Edition) -> Sequence[Pitch]:
    """The pitches of an edition in order of their numbers."""
    return db.session.scalars(
        select(Pitch).join(Site, Site.id == Pitch.site_id).where(Site.edition_id == edition.id).order_by(Pitch.number)
    ).all()


def boards_on(edition: Edition) -> Sequence[Board]:
    """The electric boards of an edition in order of their codes."""
    return db.session.scalars(
        select(Board).join(Site, Site.id == Board.site_id).where(Site.edition_id == edition.id).order_by(Board.code)
    ).all()


def features_on(edition: Edition) -> Sequence[SiteFeature]:
    """What else stands or lies on the ground of an edition, in order of kind and code."""
    return db.session.scalars(
        select(SiteFeature)
        .join(Site, Site.id == SiteFeature.site_id)
        .where(Site.edition_id == edition.id)
        .order_by(SiteFeature.kind, SiteFeature.code)
    ).all()


def is_empty(edition: Edition) -> bool:
    """Whether nothing is drawn on the ground of an edition, neither yet nor any more."""
    return not (pitches_on(edition) or boards_on(edition) or features_on(edition))


def streets_before(edition: Edition) -> list[Edition]:
    """The earlier editions of the event whose street an empty ground could take over, the latest first."""
    return [one for one in editions.earlier_of(edition) if pitches_on(one)] if is_empty(edition) else []


def background_of(edition: Edition) -> SiteBackground | None:
    """The picture beneath the plan of an edition, if there is one."""
    return db.session.scalar(
        select(SiteBackground).join(Site, Site.id == SiteBackground.site_id).where(Site.edition_id == edition.id)
    )


def frame_on(pitches: Sequence[Pitch], features: Sequence[SiteFeature] = ()) -> Frame:
    """How the plan of a site lies on the earth: by its pitches, the lowest number first; before there are any by its features."""
    corners = [corner for pitch in pitches for corner in pitch.polygon[:-1]]
    return frame_of(
        corners or [corner for one in features for corner in corners_of(one.geometry)],
        begins_at=min(pitches, key=lambda pitch: pitch.number).polygon[0] if pitches else None,
        pitches=[pitch.polygon for pitch in pitches],
    )


def drawn(edition: Edition) -> Ground:
    """The ground of an edition in metres, for what is measured on it."""
    pitches, features = pitches_on(edition), features_on(edition)
    frame = frame_on(pitches, features)
    return Ground(
        [drawn_pitch(pitch, frame, pitch.board.code if pitch.board else None) for pitch in pitches],
        [drawn_feature(one, frame) for one in features],
        {board.code: (board.capacity_watts, board.phases) for board in boards_on(edition)},
    )


def projected(pitches: Sequence[Pitch]) -> Projected:
    """The pitches on the plan, in metres, by their numbers."""
    return project({pitch.number: pitch.polygon for pitch in pitches}, frame_on(pitches))


def facts_of(pitches: Sequence[Pitch]) -> list[PitchFacts]:
    """What the pitches offer, and where their middles are."""
    plan_ = projected(pitches)
    middles, over = plan_.centres, overlapping(plan_.rings)
    return [
        PitchFacts(
            number=pitch.number,
            width_cm=pitch.width_cm,
            board=pitch.board.code if pitch.board else None,
            x_m=middles[pitch.number][0],
            y_m=middles[pitch.number][1],
            three_phase=pitch.has_three_phase,
            water=pitch.has_water,
            gas=pitch.allows_gas,
            open_fire=pitch.allows_open_fire,
            amplified_sound=pitch.allows_amplified_sound,
            vehicle_access=pitch.has_vehicle_access,
            step_free=pitch.is_step_free,
            is_remote=pitch.is_remote,
            zone=pitch.zone,
            overlaps=over.get(pitch.number, frozenset()),
        )
        for pitch in pitches
    ]


def board_facts(boards: Sequence[Board]) -> list[BoardFacts]:
    """What the boards carry, and over how many phases."""
    return [BoardFacts(board.code, board.capacity_watts, board.phases) for board in boards]


def street(
    pitches: Sequence[Pitch],
    told: Mapping[str, Mapping[str, object]],
    features: Sequence[SiteFeature] = (),
    *,
    boards: Sequence[Board] = (),
    stretch_m: float = STRETCH_M,
) -> list[dict[str, Any]]:
    """The street for `components/map.html`, in stretches that can be read: each with shapes and box, all to one scale.

    `told` gives title, url and tone by pitch number; `stretch_m` is about how much of the street one stretch shows.
    Features and boards are drawn below the pitches, each in every stretch that it reaches into; their shapes carry `kind`,
    `name` and `is_point` instead, for whoever gives them words. A fire lane lies over a zone, never under it.
    """
    if not pitches:
        return []
    frame = frame_on(pitches)
    plan_ = project({pitch.number: pitch.polygon for pitch in pitches}, frame)
    lie = [drawn_feature(one, frame) for one in features]
    ground = [_shape(shape_of(one), one.kind, feature.label) for one, feature in zip(lie, features, strict=True)]
    spots = [(board.code, Point(frame.metres(board.position))) for board in boards if board.position]
    ground += [_shape(spot.buffer(POINT_M), BOARD, code) for code, spot in spots]
    ground.sort(key=lambda one: layer_of(one["kind"], is_point=one["is_point"]))
    left, top, width, height = box_of([*plan_.rings.values(), *(shape["points"] for shape in ground)])
    count = max(1, round(width / stretch_m))
    length = width / count
    stretches: list[list[dict[str, object]]] = [[] for _ in range(count)]
    for pitch in pitches:
        x, y = plan_.centres[pitch.number]
        shape = {"points": plan_.rings[pitch.number], "at": (x, y), "label": pitch.number}
        stretches[min(count - 1, int((x - left) / length))].append({**shape, **told.get(pitch.number, {})})
    boxes = [(left + n * length - OVERLAP_M, top, length + 2 * OVERLAP_M, height) for n in range(count)]
    return [
        {
            "shapes": [*(one for one in ground if _reaches_into(one["points"], boxes[n])), *shapes],
            "box": tuple(round(part, 2) for part in boxes[n]),
        }
        for n, shapes in enumerate(stretches)
        if shapes
    ]


def _shape(shape: BaseGeometry, kind: FeatureKind | str, name: str) -> dict[str, Any]:
    middle = shape.point_on_surface()
    return {
        "points": tuple((x, y) for x, y in shape.exterior.coords[:-1]),
        "at": (middle.x, middle.y),
        "tone": str(kind).replace("_", "-"),
        "kind": kind,
        "name": name,
        "is_point": shape.length < POINT_LENGTH_M,
    }


def _reaches_into(points: Sequence[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    return min(x for x, _ in points) < box[0] + box[2] and max(x for x, _ in points) > box[0]
