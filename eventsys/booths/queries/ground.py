"""The ground: site, pitches, boards, and the street as it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from eventsys.base.db import db
from eventsys.booths.models import Board, Pitch, Site
from eventsys.booths.rules.needs import BoardFacts, PitchFacts
from eventsys.booths.rules.plan_geometry import Projected, project
from eventsys.editions.models import Edition

STRETCH_M = 75.0  # What still shows a pitch of three metres with its number.
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


def projected(pitches: Sequence[Pitch]) -> Projected:
    """The pitches on the plan, in metres, by their numbers."""
    return project({pitch.number: pitch.polygon for pitch in pitches})


def facts_of(pitches: Sequence[Pitch]) -> list[PitchFacts]:
    """What the pitches offer, and where their middles are."""
    middles = projected(pitches).centres
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
        )
        for pitch in pitches
    ]


def board_facts(boards: Sequence[Board]) -> list[BoardFacts]:
    """What the boards carry."""
    return [BoardFacts(board.code, board.capacity_watts) for board in boards]


def street(
    pitches: Sequence[Pitch], told: Mapping[str, Mapping[str, object]], *, stretch_m: float = STRETCH_M
) -> list[dict[str, object]]:
    """The street for `components/map.html`, in stretches that can be read: each with shapes and box, all to one scale.

    `told` gives title, url and tone by pitch number.
    """
    if not pitches:
        return []
    plan_ = projected(pitches)
    left, top, width, height = plan_.box
    count = max(1, round(width / stretch_m))
    length = width / count
    stretches: list[list[dict[str, object]]] = [[] for _ in range(count)]
    for pitch in pitches:
        x, y = plan_.centres[pitch.number]
        stretches[min(count - 1, int((x - left) / length))].append(
            {
                "points": plan_.rings[pitch.number],
                "at": (x, y),
                "label": pitch.number,
                **told.get(pitch.number, {}),
            }
        )
    return [
        {
            "shapes": shapes,
            "box": tuple(round(p, 2) for p in (left + n * length - OVERLAP_M, top, length + 2 * OVERLAP_M, height)),
        }
        for n, shapes in enumerate(stretches)
        if shapes
    ]
