"""A plan as organisers see it: the map, who has no place yet, boards, and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import listed, short_moment
from eventsys.booths import queries
from eventsys.booths.models import Pitch, Plan
from eventsys.booths.rules.import_pitches import FLAGS
from eventsys.booths.rules.rulebook import Rule
from eventsys.booths.rules.steps import steps_taken
from eventsys.booths.said import places_said, reason_of, reason_said, troubles_of, troubles_said
from eventsys.booths.street_shown import OnPitch, Street, drawn, features_in, moves, size_said, street_of, who_said
from eventsys.booths.texts import OFFERS, STATUSES
from eventsys.editions.models import Edition

PAGE_SIZE = 100
Rows = Sequence[queries.AssignmentRow]


class Show(StrEnum):
    """Which plan is looked at."""

    DRAFT = "draft"
    CHANGES = "changes"
    PUBLISHED = "published"


class Which(StrEnum):
    """Which pitches are listed."""

    ALL = ""
    FREE = "free"
    TAKEN = "taken"
    FIXED = "fixed"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asks to see: a day (0 for all), words and a need of who has no place, words and kind of pitches."""

    show: Show
    day: int = 0
    who: str = ""
    need: str = ""
    pitch: str = ""
    which: Which = Which.ALL
    page: int = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is in and has no place: what it needs in words and as keys, and why it found none."""

    code: str
    reference: str
    name: str
    told: str
    needs: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A board: what it carries on each day in words, the share of its fullest day, whether that is too much."""

    code: str
    days: list[str]
    share: float
    is_over: bool


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan's parts in the reader's language; without a plan the bare ground.

    `rows`: pitch, size, board, what it offers, who stands there (code of the application, words), signs.
    `overridden`: code, who and where, why, as placed by hand against a rule. `troubles`: of a draft, what its proposal
    couldn't do as it was asked for. `changes`: who would stand elsewhere by the draft; code, the organisation, where now, where then.
    `features`: what else is drawn, for the legend: tone, word, nothing, sign.
    """

    version: int
    moment: str
    quality: str
    placed: int
    wanted: int
    street: list[dict[str, Any]]
    rows: list[tuple[str, str, str, str, list[tuple[str, str]], str]]
    pages: int
    found: int
    boards: list[BoardShown]
    waiting: list[Waiting]
    waiting_count: int
    overridden: list[tuple[str, str, str]]
    troubles: list[str]
    changes: list[tuple[str, str, str, str]]
    features: list[tuple[str, str, str, str]]


def plan_shown(edition: Edition, draft: Plan | None, published: Plan | None, *, choice: Choice) -> PlanShown:
    """The plan that is looked at; the map shows who moves from where to where, where the choice is to see that."""
    plan, other = (published, draft) if choice.show is Show.PUBLISHED else (draft, published)
    street, beside = street_of(edition, plan), queries.assignment_rows(other) if plan and other else []
    now, then = (street.assignments, beside) if plan is published else (beside, street.assignments)
    lacking = _lacking(street)
    waiting = _waiting(
        street, plan, {key: days for key, days in lacking.items() if not choice.day or choice.day in days}
    )
    listed_pitches = [pitch for pitch in street.pitches if _is_listed(street, pitch, choice)]
    first = (choice.page - 1) * PAGE_SIZE
    stretches = moves(street, beside, choice.day) if choice.show is Show.CHANGES else drawn(street, choice.day)
    return PlanShown(
        version=plan.version if plan else 0,
        moment=short_moment(plan.published_at or plan.created_at) if plan else "",
        quality=_quality(plan),
        placed=len(street.wanted) - len(lacking),
        wanted=len(street.wanted),
        street=stretches,
        rows=[_row(street, pitch) for pitch in listed_pitches[first : first + PAGE_SIZE]],
        pages=-(-len(listed_pitches) // PAGE_SIZE),
        found=len(listed_pitches),
        boards=boards_shown(street),
        waiting=[one for one in waiting if _is_asked_for(one, choice)],
        waiting_count=len(waiting),
        overridden=overridden_in(street),
        troubles=troubles_shown(edition, plan) if choice.show is Show.DRAFT else [],
        changes=_changes(street.wanted.values(), now, then) if plan and other else [],
        features=features_in(stretches),
    )


def troubles_shown(edition: Edition, plan: Plan | None) -> list[str]:
    """What the proposal of a plan couldn't do as it was asked for, by names: of those who are out again, too."""
    troubles = troubles_of(plan.proposal) if plan else []
    if not troubles:
        return []
    return troubles_said(troubles, {one.reference: one.organisation.name for one in applications.all_of(edition)})


def _quality(plan: Plan | None) -> str:
    if plan is None:
        return ""
    said = " – ".join(filter(None, (str(STATUSES.get(plan.proposal.get("status", ""), "")), _below(plan))))
    taken = steps_taken(plan.proposal)
    if not said or not taken:
        return said
    by_hand = ngettext("%(num)d step by hand", "%(num)d steps by hand", taken)
    return str(_("%(quality)s, before %(steps)s", quality=said, steps=by_hand))


def _below(plan: Plan) -> str:
    """How far a proposal is from the proven best, where it isn't that."""
    points, bound = plan.proposal.get("objective", 0), plan.proposal.get("bound", 0)
    if points >= bound:
        return ""
    told = {
        "points": format_decimal(points),
        "bound": format_decimal(bound),
        "share": format_percent((bound - points) / bound, "0.0 %"),
    }
    return str(_("%(points)s of at most %(bound)s points, %(share)s below the proven best", **told))


def _lacking(street: Street) -> dict[int, list[int]]:
    """On which of its days a booth has no place, by the application's key; only who lacks one."""
    placed: dict[int, set[int]] = {}
    for one in street.assignments:
        placed.setdefault(one.application_id, set()).add(one.day)
    lacking = {
        key: [day.number for day in queries.own_days(one) if day.number not in placed.get(key, ())]
        for key, one in street.wanted.items()
    }
    return {key: days for key, days in lacking.items() if days}


def _waiting(street: Street, plan: Plan | None, lacking: Mapping[int, Sequence[int]]) -> list[Waiting]:
    placed = {one.application_id for one in street.assignments}
    kept = plan.proposal.get("unplaced", []) if plan else []
    names = {one.reference: one.organisation.name for one in street.wanted.values()}
    reasons = {
        one["reference"]: " ".join(reason_said(reason_of(reason), names) for reason in one["reasons"]) for one in kept
    }
    return [
        Waiting(
            code=one.code,
            reference=one.reference,
            name=one.organisation.name,
            told=_told(one, lacking[key] if key in placed else ()),
            needs=needs_of(one),
            why=reasons.get(one.reference, ""),
        )
        for key, one in street.wanted.items()
        if key in lacking
    ]


def _told(application: Application, days: Sequence[int]) -> str:
    """What it needs; and on which days it has no place, where it has one on others."""
    needs = needs_said(application)
    return " · ".join([needs, _("no place on day %(days)s", days=listed(days))]) if days else needs


def needs_of(application: Application) -> tuple[str, ...]:
    """The keys of what a booth needs beside room, as `OFFERED` of pitches has them; `power` for any."""
    need = queries.need_of(application)
    power = ("power",) if need.power_watts else ()
    return (*power, *(key for key in FLAGS if getattr(need, key, False)))


def needs_said(application: Application) -> str:
    """What a booth needs, in few words."""
    need = queries.need_of(application)
    width = _("%(width)s m", width=format_decimal(need.width_cm / 100))
    power = [_("%(kilowatts)s kW", kilowatts=format_decimal(need.power_watts / 1000))] if need.power_watts else []
    offers = [str(OFFERS[name]) for key, name in FLAGS.items() if getattr(need, key, False)]
    return " · ".join([width, *power, *offers])


def _is_asked_for(one: Waiting, choice: Choice) -> bool:
    text = f"{one.reference} {one.name} {one.told}".casefold()
    return all(word in text for word in choice.who.casefold().split()) and (not choice.need or choice.need in one.needs)


def _is_listed(street: Street, pitch: Pitch, choice: Choice) -> bool:
    there = street.on.get(pitch.number)
    if choice.which and choice.which != _which(there):
        return choice.which is Which.TAKEN and there is not None
    who = " ".join(street.wanted[key].organisation.name for key in there.days) if there else ""
    board = pitch.board.code if pitch.board else ""
    text = f"{pitch.number} {board} {pitch.zone} {who}".casefold()
    return all(word in text for word in choice.pitch.casefold().split())


def _which(there: OnPitch | None) -> Which:
    return Which(there.tone) if there else Which.FREE


def _row(street: Street, pitch: Pitch) -> tuple[str, str, str, str, list[tuple[str, str]], str]:
    there = street.on.get(pitch.number)
    return (
        pitch.number,
        size_said(pitch),
        pitch.board.code if pitch.board else "–",
        listed(word for name, word in OFFERS.items() if getattr(pitch, name)),
        who_said(street, pitch.number),
        there.tone if there else "",
    )


def boards_shown(street: Street) -> list[BoardShown]:
    """Every board with its load on each open day, the fullest first."""
    watts = {key: one.power_watts or 0 for key, one in street.wanted.items()}
    by_code: dict[str, list[queries.BoardLoad]] = {}
    for load in queries.loads(street.edition, street.assignments, watts):
        by_code.setdefault(load.board.code, []).append(load)
    shown = [
        BoardShown(
            code=code,
            days=[_kilowatts(load) for load in days],
            share=max(load.share for load in days),
            is_over=any(load.watts > load.board.capacity_watts for load in days),
        )
        for code, days in by_code.items()
    ]
    return sorted(shown, key=lambda board: (not board.is_over, -board.share, board.code))


def _kilowatts(load: queries.BoardLoad) -> str:
    drawn, capacity = (format_decimal(watts / 1000) for watts in (load.watts, load.board.capacity_watts))
    return str(_("%(load)s of %(capacity)s kW", load=drawn, capacity=capacity))


def overridden_in(street: Street) -> list[tuple[str, str, str]]:
    """Who stands somewhere against a rule: code, who and where, why."""
    found: dict[tuple[int, str], list[str]] = {}
    for one in street.assignments:
        if one.override_reason:
            numbers = found.setdefault((one.application_id, one.override_reason), [])
            numbers += [one.number] if one.number not in numbers else []
    return [
        (street.wanted[key].code, f"{listed(numbers)}: {street.wanted[key].organisation.name}", why)
        for (key, why), numbers in found.items()
    ]


def changes_shown(edition: Edition, draft: Plan, published: Plan) -> list[tuple[str, str, str, str]]:
    """Who would stand elsewhere if the draft were taken over: code, the organisation, where it stands now, where then."""
    now, then = (queries.assignment_rows(plan) for plan in (published, draft))
    return _changes(applications.approved_of(edition), now, then)


def _changes(wanted: Iterable[Application], now: Rows, then: Rows) -> list[tuple[str, str, str, str]]:
    """From the assignments of the plan that counts to those of the draft."""
    old, new = ({one.reference: one.by_day for one in queries.standing_by(rows)} for rows in (now, then))
    by_reference = {one.reference: one for one in wanted}
    return [
        (
            by_reference[reference].code,
            by_reference[reference].organisation.name,
            places_said(old.get(reference, {})) or "–",
            places_said(new.get(reference, {})) or "–",
        )
        for reference in sorted({*old, *new} & by_reference.keys())
        if old.get(reference) != new.get(reference)
    ]


def staying_said(edition: Edition) -> str:
    """How much it counts that somebody stays, in words."""
    weight = queries.rulebook_of(edition).of(Rule.STAY).weight
    if not weight:
        return str(_("Staying where one stands counts nothing: a proposal moves whomever it likes."))
    said = ngettext(
        "Staying where one stands counts %(num)d point; a place counts 100.",
        "Staying where one stands counts %(num)d points; a place counts 100.",
        weight,
    )
    return str(said)
