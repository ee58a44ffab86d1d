"""A plan as organisers read it: map, table, boards, and who has no place with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.base.i18n import listed, short_moment
from eventsys.booths import queries
from eventsys.booths.models import Pitch, Plan
from eventsys.booths.queries import BoardLoad, Occupant
from eventsys.booths.rules.allocation import Proposal
from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.explain import Reason
from eventsys.booths.texts import MISFITS, OFFERS, STATUSES
from eventsys.editions.models import Edition

# Whoever stands in the way, at most so many by name.
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan's parts in the reader's language; without a plan the bare ground.

    `rows`: pitch, size, board, what it offers, who stands there. `boards`: board, day, load, share from 0 to 1.
    """

    version: int
    moment: str
    quality: str
    placed: int
    street: list[dict[str, object]]
    rows: list[tuple[str, ...]]
    boards: list[tuple[str, str, str, float]]
    unplaced: list[tuple[str, str]]


def plan_shown(edition: Edition, plan: Plan | None) -> PlanShown:
    """The plan as it is shown."""
    pitches = queries.pitches_on(edition)
    assignments = queries.assignments_of(plan)
    standing = queries.occupants(assignments)
    told: dict[str, dict[str, object]] = {
        pitch.number: {"tone": "taken", "title": f"{pitch.number}: {_names(standing[pitch.id])}"}
        for pitch in pitches
        if pitch.id in standing
    }
    return PlanShown(
        version=plan.version if plan else 0,
        moment=short_moment(plan.published_at or plan.created_at) if plan else "",
        quality=str(STATUSES.get(plan.proposal.get("status", ""), "")) if plan else "",
        placed=len({assignment.application_id for assignment in assignments}),
        street=queries.street(pitches, told),
        rows=[_row(pitch, standing.get(pitch.id, [])) for pitch in pitches],
        boards=[_board(load) for load in queries.loads(edition, assignments)],
        unplaced=_unplaced(edition, plan.proposal if plan else {}),
    )


def _names(occupants: Sequence[Occupant]) -> str:
    return listed(occupant.application.organisation.name for occupant in occupants)


def _metres(centimetres: int) -> str:
    return str(format_decimal(centimetres / 100))


def _row(pitch: Pitch, occupants: Sequence[Occupant]) -> tuple[str, ...]:
    return (
        pitch.number,
        _("%(width)s x %(depth)s m", width=_metres(pitch.width_cm), depth=_metres(pitch.depth_cm)),
        pitch.board.code if pitch.board else "–",
        listed(word for name, word in OFFERS.items() if getattr(pitch, name)),
        "; ".join(
            _(
                "%(name)s (day %(days)s)",
                name=occupant.application.organisation.name,
                days=listed(occupant.days),
            )
            for occupant in occupants
        ),
    )


def _board(load: BoardLoad) -> tuple[str, str, str, float]:
    kilowatts = _(
        "%(load)s of %(capacity)s kW",
        load=format_decimal(load.watts / 1000),
        capacity=format_decimal(load.board.capacity_watts / 1000),
    )
    return load.board.code, _("Day %(number)s", number=load.day), kilowatts, load.share


def reason_of(kept: Mapping[str, Any]) -> Reason:
    """A reason as a plan keeps it."""
    return Reason(**{**kept, "misfit": Misfit(kept["misfit"]), "others": tuple(kept["others"])})


def reason_said(reason: Reason) -> str:
    """Why somebody has no place, in a sentence."""
    others = listed([*reason.others[:MOST_NAMED], *(["…"] if len(reason.others) > MOST_NAMED else [])])
    if reason.misfit is Misfit.TAKEN:
        return str(
            ngettext(
                "%(num)d place fits; it is taken by %(others)s.",
                "%(num)d places fit; they are taken by %(others)s.",
                reason.count,
                others=others,
            )
        )
    if reason.misfit is Misfit.KEEP_APART:
        return str(
            ngettext(
                "%(num)d more lies too near to %(others)s.", "%(num)d more lie too near to %(others)s.", reason.count,
                others=others,
            )
        )  # fmt: skip
    if reason.board:
        kilowatts = format_decimal(reason.lacks_watts / 1000)
        return str(
            _(
                "If board %(board)s carried %(kilowatts)s kW more, it would fit.",
                board=reason.board,
                kilowatts=kilowatts,
            )
        )
    return str(MISFITS[reason.misfit])


def proposal_told(proposal: Proposal, seconds: float) -> dict[str, object]:
    """A proposal as `flask booths propose --format json` prints it."""
    summary = proposal.summary(seconds)
    assignments = [
        {"reference": reference, "pitches": list(numbers), "days": list(proposal.days_of[reference])}
        for reference, numbers in sorted(proposal.pitches_of.items())
    ]
    unplaced = [
        {"reference": reference, "reasons": [reason_said(reason) for reason in reasons]}
        for reference, reasons in sorted(proposal.unplaced.items())
    ]
    return {"placed": summary.pop("placed"), "assignments": assignments, **summary, "unplaced": unplaced}


def _unplaced(edition: Edition, proposal: Mapping[str, Any]) -> list[tuple[str, str]]:
    there = proposal.get("unplaced", [])
    if not there:
        return []
    names = {one.reference: one.organisation.name for one in applications.all_of(edition)}
    return [
        (
            f"{entry['reference']} {names.get(entry['reference'], '')}".strip(),
            " ".join(reason_said(reason_of(reason)) for reason in entry["reasons"]),
        )
        for entry in there
    ]
