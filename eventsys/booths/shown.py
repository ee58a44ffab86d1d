"""Rules and reasons in words: why a booth has no place, why it stands there, what it would break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.models import Plan
from eventsys.booths.rules.allocation import Proposal
from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.explain import Better, Held, Reason, state_of, why_here, why_not
from eventsys.booths.rules.placing import Broken, broken_by
from eventsys.booths.rules.problem import Problem
from eventsys.booths.texts import BROKEN, MISFITS, RULES

# Whoever stands in the way, at most so many by name.
MOST_NAMED = 6


def reason_of(kept: Mapping[str, Any] | str) -> Reason:
    """A reason as a plan keeps it; plans of the first version kept the code alone."""
    if isinstance(kept, str):
        return Reason(Misfit(kept), count=1)
    return Reason(**{**kept, "misfit": Misfit(kept["misfit"]), "others": tuple(kept["others"])})


def reason_said(reason: Reason) -> str:
    """Why somebody has no place, in a sentence."""
    others = listed([*reason.others[:MOST_NAMED], *(["…"] if len(reason.others) > MOST_NAMED else [])])
    if reason.misfit is Misfit.TAKEN and others:
        return str(
            ngettext(
                "%(num)d place fits; it is taken by %(others)s.",
                "%(num)d places fit; they are taken by %(others)s.",
                reason.count,
                others=others,
            )
        )
    if reason.misfit is Misfit.KEEP_APART and others:
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


@dataclass(frozen=True, slots=True)
class BoothShown:
    """One booth's place in words: its pitches, whether it is fixed, what speaks for the place, and what stood in the way."""

    numbers: str
    is_locked: bool
    override_reason: str
    broken: list[str]
    wishes: list[tuple[str, str]]
    better: str
    why_not: list[str]


def booth_shown(application: Application, plan: Plan | None) -> BoothShown:
    """A booth in a plan, and why there or why nowhere."""
    edition = application.edition
    standing = {one.reference: one for one in queries.standing_in(plan)}
    problem = queries.problem_of(
        edition,
        queries.pitches_on(edition),
        applications.approved_of(edition),
        locked={one.reference: one.numbers for one in standing.values() if one.override_reason},
    )
    at = places_in(problem, {reference: one.numbers for reference, one in standing.items()})
    number = next(n for n, need in enumerate(problem.booths) if need.reference == application.reference)
    own, state = standing.get(application.reference), state_of(problem, at)
    names = {one.reference: one.organisation.name for one in applications.approved_of(edition)}
    if own is None or at[number] < 0:
        reasons = [reason_said(reason) for reason in why_not(state, number)]
        return BoothShown("", is_locked=False, override_reason="", broken=[], wishes=[], better="", why_not=reasons)
    why = why_here(state, number)
    pitches = [problem.places[place].pitches if place >= 0 else () for place in at]
    broken = [one for one in broken_by(problem, pitches, number, pitches=pitches[number]) if one.is_hard]
    return BoothShown(
        numbers=listed(own.numbers),
        is_locked=own.is_locked,
        override_reason=own.override_reason,
        broken=[broken_said(one, names) for one in broken],
        wishes=[_wish_said(wish, names) for wish in why.wishes],
        better=_better_said(why.better, names) if why.better else "",
        why_not=[],
    )


def places_in(problem: Problem, standing: Mapping[str, tuple[str, ...]]) -> list[int]:
    """The place of each booth, by the numbers of the pitches on which they stand; -1 for none."""
    by_name = {
        tuple(sorted(problem.pitches[n].number for n in place.pitches)): number
        for number, place in enumerate(problem.places)
    }
    return [by_name.get(tuple(sorted(standing.get(need.reference, ()))), -1) for need in problem.booths]


def _wish_said(wish: Held, names: Mapping[str, str]) -> tuple[str, str]:
    what = str(RULES.get(wish.rule, wish.rule))
    named = f"{what}: {names.get(wish.other, wish.other)}" if wish.other else what
    return named, str(_("holds") if wish.is_held else _("doesn't hold"))


def _better_said(better: Better, names: Mapping[str, str]) -> str:
    numbers = listed(better.pitches)
    if better.board:
        kilowatts = format_decimal(better.lacks_watts / 1000)
        return str(
            _("%(numbers)s would be better, but its board %(board)s lacks %(kilowatts)s kW.", numbers=numbers, board=better.board, kilowatts=kilowatts)
        )  # fmt: skip
    if better.in_the_way:
        others = listed(names.get(one, one) for one in better.in_the_way)
        return str(_("%(numbers)s would be better, but %(others)s would have to go.", numbers=numbers, others=others))
    return str(_("%(numbers)s would be better and is free.", numbers=numbers))


def broken_said(broken: Broken, names: Mapping[str, str]) -> str:
    """A rule that is broken, in a sentence with whom it concerns, by the names of the references."""
    others = listed(names.get(one, one) for one in broken.others[:MOST_NAMED])
    if broken.misfit is None:
        what = str(RULES[broken.rule]) if broken.rule else ""
        return str(_("Doesn't hold then: %(what)s (%(others)s).", what=what, others=others))
    sentence = str(BROKEN[broken.misfit])
    if broken.board:
        kilowatts = format_decimal(broken.over_watts / 1000)
        return str(_("Board %(board)s would carry %(kilowatts)s kW too much.", board=broken.board, kilowatts=kilowatts))
    return f"{sentence} ({others})" if others else sentence
