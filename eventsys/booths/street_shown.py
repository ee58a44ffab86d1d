"""The street as organisers see it: who stands on which pitch, and the map of that or of who moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.models import Pitch, Plan
from eventsys.booths.queries import AssignmentRow
from eventsys.booths.rules.arrows import arrow
from eventsys.booths.rules.stretches import large_enough, tightened
from eventsys.booths.said import ground_said, on_days_said
from eventsys.booths.texts import GROUND, SIGNED
from eventsys.editions.models import Edition

STRETCH_M = 50.0  # A pitch of three metres is then large enough for a finger.
MARGIN_M = 2.0
SIGNS = {"fixed": "lock", "against": "warning"}


@dataclass(slots=True)
class OnPitch:
    """Who stands on one pitch: days by application, whether somebody is fixed there or stands there against a rule."""

    days: dict[int, list[int]] = field(default_factory=dict)
    is_locked: bool = False
    override_reason: str = ""

    @property
    def tone(self) -> str:
        """How the map draws it."""
        return "against" if self.override_reason else "fixed" if self.is_locked else "taken"


@dataclass(frozen=True, slots=True)
class Street:
    """All that the parts of the page are made from."""

    edition: Edition
    pitches: Sequence[Pitch]
    assignments: list[AssignmentRow]
    wanted: dict[int, Application]
    on: dict[str, OnPitch]


def street_of(edition: Edition, plan: Plan | None) -> Street:
    """Pitches, who is in, and who stands where in a plan."""
    wanted = {one.id: one for one in applications.approved_of(edition)}
    assignments = [one for one in queries.assignment_rows(plan) if one.application_id in wanted]
    on: dict[str, OnPitch] = {}
    for one in assignments:
        there = on.setdefault(one.number, OnPitch())
        there.days.setdefault(one.application_id, []).append(one.day)
        there.is_locked |= one.is_locked
        there.override_reason = there.override_reason or one.override_reason
    return Street(edition, queries.pitches_on(edition), assignments, wanted, on)


def size_said(pitch: Pitch) -> str:
    """Width and depth of a pitch."""
    width, depth = (str(format_decimal(centimetres / 100)) for centimetres in (pitch.width_cm, pitch.depth_cm))
    return str(_("%(width)s x %(depth)s m", width=width, depth=depth))


def who_said(street: Street, number: str) -> list[tuple[str, str]]:
    """Who stands on a pitch: the code of the application, the name with its days where it isn't there on all of them."""
    there = street.on.get(number)
    all_days = {day.number for day in street.edition.open_days}
    found = []
    for key, days in there.days.items() if there else ():
        name = street.wanted[key].organisation.name
        found.append((street.wanted[key].code, name if all_days <= set(days) else on_days_said(name, days)))
    return found


def drawn(street: Street, day: int) -> list[dict[str, Any]]:
    """The map of a day (0 for all) for `components/map.html`."""
    told: dict[str, dict[str, object]] = {}
    for pitch in street.pitches:
        there = street.on.get(pitch.number)
        ids = [key for key, days in there.days.items() if not day or day in days] if there else []
        shape: dict[str, object] = {"number": pitch.number, "title": _title(street, pitch, ids)}
        if there and ids:
            codes = [street.wanted[key].code for key in ids]
            names = [street.wanted[key].organisation.name for key in ids]
            shape |= {"tone": there.tone, "codes": codes, "names": names, "sign": SIGNS.get(there.tone, "")}
        told[pitch.number] = shape
    return _with_ground(street, told)


def _with_ground(street: Street, told: dict[str, dict[str, object]]) -> list[dict[str, Any]]:
    """The map with what else stands or lies on the ground, each called by its name."""
    features, boards = queries.features_on(street.edition), queries.boards_on(street.edition)
    drawn_so = queries.street(street.pitches, told, features, boards=boards, stretch_m=STRETCH_M)
    shown = tightened(drawn_so, margin_m=MARGIN_M)
    return [{**stretch, "shapes": [_named(shape) for shape in stretch["shapes"]]} for stretch in shown]


def _named(shape: dict[str, Any]) -> dict[str, Any]:
    if "kind" not in shape:
        return shape
    drawn_so = {**large_enough(shape), "title": ground_said(shape["kind"], shape["name"])}
    return drawn_so | {"sign": f"ground-{shape['tone']}"} if shape["kind"] in SIGNED else drawn_so


def features_in(stretches: Sequence[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """What else is drawn than pitches, each kind once: tone, word, nothing, and its sign, as a legend has it."""
    tones = {shape["kind"]: shape["tone"] for stretch in stretches for shape in stretch["shapes"] if "kind" in shape}
    return [
        (tones[kind], str(word), "", f"ground-{tones[kind]}" if kind in SIGNED else "")
        for kind, word in GROUND.items()
        if kind in tones
    ]


def _title(street: Street, pitch: Pitch, ids: Sequence[int]) -> str:
    size = size_said(pitch)
    if not ids:
        return str(_("%(number)s, %(size)s: free", number=pitch.number, size=size))
    names, tone = listed(street.wanted[key].organisation.name for key in ids), street.on[pitch.number].tone
    told = {"number": pitch.number, "size": size, "names": names}
    if tone == "against":
        return str(_("%(number)s, %(size)s: %(names)s, against a rule", **told))
    if tone == "fixed":
        return str(_("%(number)s, %(size)s: %(names)s, fixed by hand", **told))
    return str(_("%(number)s, %(size)s: %(names)s", **told))


def moves(street: Street, before: Sequence[AssignmentRow], day: int) -> list[dict[str, Any]]:
    """The map with who moves: arrows from old pitches to new ones, and signs where somebody is new or gone."""
    old, new = (_at(assignments, day) for assignments in (before, street.assignments))
    middles = queries.projected(street.pitches).centres
    told: dict[str, dict[str, object]] = {}
    arrows: list[dict[str, Any]] = []
    for key in sorted({*old, *new} & street.wanted.keys()):
        here, there, name = old.get(key, ()), new.get(key, ()), street.wanted[key].organisation.name
        if here == there:
            for number in there:
                told.setdefault(
                    number, {"tone": "taken", "title": _("%(number)s: %(name)s stays", number=number, name=name)}
                )
            continue
        for number in here:
            told[number] = {"tone": "left", "title": _gone(number, name, there), **_unless_new(told.get(number))}
        for number in there:
            told[number] = {"tone": "new", "title": _come(number, name, here), "sign": "" if here else "plus"}
        if here and there and here[0] in middles and there[0] in middles:
            arrows.append({"points": arrow(middles[here[0]], middles[there[0]]), "title": _come(there[0], name, here)})
    shown = tightened(queries.street(street.pitches, told, stretch_m=STRETCH_M), margin_m=MARGIN_M)
    return [
        {**stretch, "arrows": [one for one in arrows if _crosses(one["points"], stretch["box"])]} for stretch in shown
    ]


def _crosses(points: Any, box: Any) -> bool:
    xs = [x for x, _y in points]
    return bool(xs) and min(xs) <= box[0] + box[2] and max(xs) >= box[0]


def _unless_new(told: dict[str, object] | None) -> dict[str, object]:
    return told if told and told.get("tone") == "new" else {}


def _at(assignments: Sequence[AssignmentRow], day: int) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {}
    for one in assignments:
        if not day or one.day == day:
            found.setdefault(one.application_id, {})[one.number] = None
    return {key: tuple(sorted(numbers)) for key, numbers in found.items()}


def _gone(number: str, name: str, to: Sequence[str]) -> str:
    if to:
        return str(_("%(number)s: %(name)s moves to %(numbers)s", number=number, name=name, numbers=listed(to)))
    return str(_("%(number)s: %(name)s loses its place", number=number, name=name))


def _come(number: str, name: str, before: Sequence[str]) -> str:
    if before:
        return str(_("%(number)s: %(name)s comes from %(numbers)s", number=number, name=name, numbers=listed(before)))
    return str(_("%(number)s: %(name)s gets a place", number=number, name=name))
