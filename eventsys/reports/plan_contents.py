"""Filling the street plan on paper: the same as organisers see on the page, to a scale that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from flask_babel import gettext as _
from shapely import Point, union_all
from shapely.geometry import Polygon, box

from eventsys.base.bidi import isolated
from eventsys.base.i18n import in_language, listed, short_moment
from eventsys.booths import queries as booths
from eventsys.booths.models import Pitch, Plan, PlanState
from eventsys.booths.plan_shown import boards_shown, needs_said
from eventsys.booths.said import broken_said
from eventsys.booths.street_shown import Street, size_said, street_of, who_said
from eventsys.booths.texts import GROUND
from eventsys.editions.models import Edition
from eventsys.reports.documents.ground import SIGNS
from eventsys.reports.documents.street_plan import Box, Contents, Lying, Shape
from eventsys.reports.rules.sheets import LARGEST, SHEETS, Sheet, sheet_and_scale

Part = tuple[Box, tuple[Lying, ...], tuple[Shape, ...]]
EDGE_M = 1.0
CLEAR_M = 0.5  # Of a pitch, so that a word beside it can be read.
BESIDE_M = 15.0  # Of the pitches; what lies further away is on no page.
CUT_M = 5.0  # Beyond the pitches, of what goes on and on, such as a lane across the street.
OVERLAP_M = 10.0  # Of both ends of a stretch together, as `booths.queries.street` draws it.


def of_street_plan(edition: Edition, plan: Plan | None, *, language: str, cutoff: datetime) -> Contents:
    """What the plan on paper tells; without a plan, of the bare ground."""
    street = street_of(edition, plan)
    sheet, scale, parts = _parts(street)
    days = edition.open_days
    return Contents(
        edition=in_language(edition.name, language),
        standing=_standing(plan),
        language=language,
        cutoff=short_moment(cutoff),
        sheet=sheet,
        scale=scale,
        parts=parts,
        legend=_legend(parts),
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


def _parts(street: Street) -> tuple[Sheet, int, tuple[Part, ...]]:
    """The stretches of the street, with what lies on the ground no further from its pitches than a reader looks."""
    features, boards = booths.features_on(street.edition), booths.boards_on(street.edition)
    whole: Any = booths.street(street.pitches, {}, features, boards=boards, stretch_m=1e9)
    if not whole:
        return SHEETS[0], LARGEST, ()
    lying = [shape for shape in whole[0]["shapes"] if "kind" in shape]
    width = whole[0]["box"][2] - OVERLAP_M

    def stretches(sheet: Sheet, scale: int) -> list[Any]:
        length = sheet.width_mm * scale / 1_000 - OVERLAP_M
        found = booths.street(street.pitches, {}, features, boards=boards, stretch_m=width / ceil(width / length))
        return [one for one in found if any("kind" not in shape for shape in one["shapes"])]

    sheet, scale = sheet_and_scale(lambda *of: [_within(one, lying)[3] for one in stretches(*of)])
    return sheet, scale, tuple(_part(street, one, lying) for one in stretches(sheet, scale))


def _within(stretch: Mapping[str, Any], lying: Sequence[Mapping[str, Any]]) -> Box:
    """The box of one stretch, no higher than what stands or lies in it, so that more goes onto a page."""
    left, _top, width, _height = stretch["box"]
    pitches = [y for shape in stretch["shapes"] if "kind" not in shape for _x, y in shape["points"]]
    near = [one for one in lying if _reaches(one, left, left + width)]
    ys = pitches + [y for one in near for y in _heights(one, min(pitches), max(pitches))]
    return left, min(ys) - EDGE_M, width, max(ys) - min(ys) + 2 * EDGE_M


def _heights(shape: Mapping[str, Any], top: float, bottom: float) -> list[float]:
    """From where to where something is drawn that lies no further than BESIDE_M from the pitches; what goes on beyond is cut soon."""
    low, high = min(y for _x, y in shape["points"]), max(y for _x, y in shape["points"])
    if low > bottom + BESIDE_M or high < top - BESIDE_M:
        return []
    goes_on = low < top - BESIDE_M or high > bottom + BESIDE_M
    beyond = CUT_M if goes_on else BESIDE_M
    return [max(low, top - beyond), min(high, bottom + beyond)]


def _part(street: Street, stretch: Mapping[str, Any], lying: Sequence[Mapping[str, Any]]) -> Part:
    """One stretch with what lies there and its pitches."""
    within = _within(stretch, lying)
    left, _top, width, _height = within
    shapes = tuple(_shape(street, shape) for shape in stretch["shapes"] if "kind" not in shape)
    near = [one for one in lying if _reaches(one, left, left + width)]
    return within, tuple(cut for one in near for cut in _cut_to(one, within, shapes)), shapes


def _reaches(shape: Mapping[str, Any], left: float, right: float) -> bool:
    xs = [x for x, _y in shape["points"]]
    return bool(min(xs) < right and max(xs) > left)


def _cut_to(drawn: Mapping[str, Any], within: Box, pitches: Sequence[Shape]) -> list[Lying]:
    """What of something lies within a stretch; its sign or name stands where no pitch lies over it, if there is such a place."""
    left, top, width, height = within
    whole, tone = box(left, top, left + width, top + height), drawn["tone"]
    name = drawn["name"] or ("" if tone in SIGNS else str(GROUND[drawn["kind"]]))
    if drawn["is_point"]:
        return [Lying(tone, (), drawn["at"], name)] if whole.covers(Point(drawn["at"])) else []
    part = Polygon(drawn["points"]).buffer(0).intersection(whole)
    covered = union_all([Polygon(pitch.points).buffer(CLEAR_M) for pitch in pitches])
    cut = []
    for one in getattr(part, "geoms", [part]):
        if isinstance(one, Polygon) and not one.is_empty:
            free = one.difference(covered)
            at = (one if free.is_empty else free).point_on_surface()
            cut.append(Lying(tone, tuple(one.exterior.coords[:-1]), (at.x, at.y), name))
    return cut


def _legend(parts: Sequence[Part]) -> tuple[tuple[str, str], ...]:
    """Tone and word of all that is drawn beside pitches, in the order in which the page with the map has it."""
    tones = {one.tone for _within, lying, _shapes in parts for one in lying}
    words = {kind.replace("_", "-"): str(word) for kind, word in GROUND.items()}
    return tuple((tone, word) for tone, word in words.items() if tone in tones)


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
