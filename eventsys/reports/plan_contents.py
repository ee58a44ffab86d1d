"""Filling the street plan on paper: the same as organisers see on the page, to a scale that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from flask_babel import gettext as _
from shapely import union_all
from shapely.geometry import Polygon, box

from eventsys.base.bidi import isolated
from eventsys.base.i18n import in_language, listed, short_moment
from eventsys.booths import queries as booths
from eventsys.booths.models import Pitch, Plan, PlanState
from eventsys.booths.plan_shown import boards_shown, needs_said
from eventsys.booths.said import broken_said
from eventsys.booths.street_shown import Street, size_said, street_of, who_said
from eventsys.booths.texts import FEATURES
from eventsys.editions.models import Edition
from eventsys.reports.documents.street_plan import MOST_HIGH_MM, MOST_WIDE_MM, Box, Contents, Shape

SCALES = (200, 250, 500, 1_000, 2_000, 5_000)
EDGE_M = 1.0
CLEAR_M = 0.5  # Of a pitch, so that a word beside it can be read.
OVERLAP_M = 10.0  # Of both ends of a stretch together, as `booths.queries.street` draws it.


def of_street_plan(edition: Edition, plan: Plan | None, *, language: str, cutoff: datetime) -> Contents:
    """What the plan on paper tells; without a plan, of the bare ground."""
    street = street_of(edition, plan)
    scale, parts = _parts(street)
    days = edition.open_days
    return Contents(
        edition=in_language(edition.name, language),
        standing=_standing(plan),
        language=language,
        cutoff=short_moment(cutoff),
        scale=scale,
        parts=parts,
        pitches=tuple(_row(street, pitch) for pitch in street.pitches),
        board_headings=(_("Board"), *(str(_("Day %(number)s", number=day.number)) for day in days)),
        boards=tuple(
            (board.code, *(" – ".join([said, _("too much")]) if board.is_over else said for said in board.days))
            for board in sorted(boards_shown(street), key=lambda board: board.code)
        ),
        against=_against(edition, plan),
        waiting=_waiting(street),
    )


def _standing(plan: Plan | None) -> str:
    if plan is None:
        return str(_("The bare ground"))
    if plan.state is PlanState.DRAFT:
        return str(_("Draft, version %(version)s", version=plan.version))
    return str(_("The plan that counts, version %(version)s", version=plan.version))


def scale_for(height_m: float) -> int:
    """The largest scale at which a street so high goes onto the page."""
    return next((scale for scale in SCALES if height_m * 1_000 / scale <= MOST_HIGH_MM), SCALES[-1])


def _parts(street: Street) -> tuple[int, tuple[tuple[Box, tuple[Shape, ...]], ...]]:
    _left, _top, width, height = booths.projected(street.pitches).box
    scale = scale_for(height)
    length = MOST_WIDE_MM * scale / 1_000 - OVERLAP_M
    stretch_m = (width / ceil(width / length)) if width else length
    stretches: Any = booths.street(street.pitches, {}, stretch_m=stretch_m)
    parts = [(one["box"], tuple(_shape(street, shape) for shape in one["shapes"])) for one in stretches]
    trimmed = [(_trimmed(whole, shapes), shapes) for whole, shapes in parts]
    # All of the ground in one stretch: it is cut to each of ours.
    everything: Any = booths.street(street.pitches, {}, booths.features_on(street.edition), stretch_m=1e9)
    ground = [shape for one in everything for shape in one["shapes"] if "kind" in shape]
    return scale, tuple(
        (within, (*(cut for one in ground for cut in _cut_to(one, within, shapes)), *shapes))
        for within, shapes in trimmed
    )


def _cut_to(drawn: Mapping[str, Any], within: Box, pitches: Sequence[Shape]) -> list[Shape]:
    """What of a feature lies within a stretch, called by its name where no pitch lies over it, if there is such a place."""
    left, top, width, height = within
    part = Polygon(drawn["points"]).buffer(0).intersection(box(left, top, left + width, top + height))
    covered = union_all([Polygon(pitch.points).buffer(CLEAR_M) for pitch in pitches])
    word = drawn["name"] or str(FEATURES[drawn["kind"]])
    cut = []
    for one in getattr(part, "geoms", [part]):
        if isinstance(one, Polygon) and not one.is_empty:
            free = one.difference(covered)
            at = (one if free.is_empty else free).point_on_surface()
            cut.append(Shape(word, tuple(one.exterior.coords[:-1]), (at.x, at.y), "", "ground"))
    return cut


def _trimmed(whole: Box, shapes: Sequence[Shape]) -> Box:
    """No higher than what stands in it, so that more goes onto a page."""
    ys = [y for shape in shapes for _x, y in shape.points]
    return whole[0], min(ys) - EDGE_M, whole[2], max(ys) - min(ys) + 2 * EDGE_M


def _shape(street: Street, drawn: Mapping[str, Any]) -> Shape:
    number = drawn["label"]
    there = street.on.get(number)
    return Shape(number, drawn["points"], drawn["at"], _who(street, number), there.tone if there else "free")


def _who(street: Street, number: str) -> str:
    return "; ".join(isolated(words) for _code, words in who_said(street, number))


def _row(street: Street, pitch: Pitch) -> tuple[str, ...]:
    there = street.on.get(pitch.number)
    return (
        pitch.number,
        size_said(pitch),
        pitch.board.code if pitch.board else "–",
        _who(street, pitch.number) or str(_("free")),
        "; ".join(needs_said(street.wanted[key]) for key in there.days) if there else "",
    )


def _against(edition: Edition, plan: Plan | None) -> tuple[tuple[str, ...], ...]:
    """Who stands somewhere against a rule: where and who, which rules as everybody stands now, and the reason."""
    found = []
    names, rulebook = booths.names_of(edition), booths.rulebook_of(edition)
    for standing, application, broken in booths.against(edition, plan):
        rules = " ".join(broken_said(one, names, rulebook) for one in broken if one.is_hard)
        who = f"{listed(standing.numbers)}: {isolated(application.organisation.name)}"
        found.append((who, rules or str(_("No rule is broken any more.")), standing.override_reason))
    return tuple(found)


def _waiting(street: Street) -> tuple[tuple[str, ...], ...]:
    placed = {one.application_id for one in street.assignments}
    return tuple(
        (f"{one.reference} {isolated(one.organisation.name)}", needs_said(one))
        for key, one in street.wanted.items()
        if key not in placed
    )
