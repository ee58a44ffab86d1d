"""One booth in a plan, as its own page shows it: where it stands, why there, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import listed
from eventsys.booths import queries
from eventsys.booths.models import Plan
from eventsys.booths.queries import Standing
from eventsys.booths.room_said import RoomShown, room_shown, unused_said
from eventsys.booths.rules.explain import Better, Held, WhyHere, state_of, why_here, why_not
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.placing import At, broken_by
from eventsys.booths.rules.rulebook import Rulebook
from eventsys.booths.said import Names, broken_said, kilowatts, on_days_said, places_said, reason_said
from eventsys.booths.texts import rule_called
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers


@dataclass(frozen=True, slots=True)
class BoothShown:
    """One booth's place in words: its pitches, whether it is fixed, what speaks for the place, and what stood in the way.

    `by_hand` says that an organiser chose the place, if so; `unused` what the place has that the booth doesn't need.
    """

    numbers: str
    is_locked: bool
    by_hand: str
    override_reason: str
    broken: list[str]
    wishes: list[tuple[str, str]]
    unused: list[str]
    better: str
    why_not: list[str]
    room: RoomShown


def booth_shown(application: Application, plan: Plan | None) -> BoothShown:
    """A booth in a plan, and why there or why nowhere."""
    wanted = applications.approved_of(application.edition)
    names = {one.reference: one.organisation.name for one in wanted}
    standing = {one.reference: one for one in queries.standing_in(plan)}
    problem, at = _as_it_stands(application.edition, wanted, standing)
    state, own = state_of(problem, at), standing.get(application.reference)
    parts = [n for n, need in enumerate(problem.booths) if need.reference == application.reference]
    why = [(n, why_here(state, n)) for n in parts if at[n] >= 0]
    where: At = [
        dict.fromkeys(need.days, problem.places[place].pitches) if place >= 0 else {}
        for need, place in zip(problem.booths, at, strict=True)
    ]
    broken = [
        one
        for n, _here in why
        for one in broken_by(problem, where, n, pitches=problem.places[at[n]].pitches)
        if one.is_hard
    ]
    return BoothShown(
        numbers=places_said(own.by_day) if own else "",
        is_locked=bool(own and own.is_locked),
        by_hand=_by_hand_said(own) if own else "",
        override_reason=own.override_reason if own else "",
        broken=list(dict.fromkeys(broken_said(one, names, problem.rulebook) for one in broken)),
        wishes=[
            _on_days(problem, n, _wish_said(wish, names, problem.rulebook), is_part=len(parts) > 1)
            for n, here in why
            for wish in here.wishes
        ],
        unused=list(dict.fromkeys(unused_said(problem, n, at[n]) for n, _here in why)),
        better=_betters_said(problem, why, names),
        why_not=[reason_said(reason, names) for n in parts if at[n] < 0 for reason in why_not(state, n)],
        room=room_shown(state, parts, names),
    )


def _by_hand_said(own: Standing) -> str:
    """That it was an organiser who chose the place, and for which days; nothing where a proposal did."""
    if not own.is_locked:
        return ""
    if own.override_reason:
        return str(_("An organiser has placed it here by hand against a rule; why is told above."))
    if own.locked_days < own.by_day.keys():
        days = listed(sorted(own.locked_days))
        return str(
            _("An organiser has fixed it by hand on day %(days)s; on its other days a proposal may move it.", days=days)
        )
    return str(_("An organiser has fixed it here by hand."))


def _on_days(problem: Problem, part: int, said: tuple[str, str], *, is_part: bool) -> tuple[str, str]:
    """With the days of the part of a booth, where it has several."""
    if not is_part:
        return said
    return on_days_said(said[0], problem.booths[part].days), said[1]


def _as_it_stands(
    edition: Edition, wanted: Sequence[Application], standing: Mapping[str, Standing]
) -> tuple[Problem, list[int]]:
    """The problem with everybody where they stand, also where no proposal would have put them."""
    pitches = queries.pitches_on(edition)
    days = {one.reference: set(day_numbers(one.days)) for one in wanted}
    kept = {r for r, one in standing.items() if one.override_reason or one.is_apart or set(one.by_day) != days.get(r)}
    while True:
        problem = queries.problem_of(edition, pitches, wanted, locked={r: standing[r].by_day for r in kept})
        at = places_in(problem, standing)
        nowhere = {need.reference for need, place in zip(problem.booths, at, strict=True) if place < 0}
        if not (nowhere & standing.keys()) - kept:
            return problem, at
        kept |= nowhere & standing.keys()


def places_in(problem: Problem, standing: Mapping[str, Standing]) -> list[int]:
    """The place of each booth, by the numbers of the pitches on which it stands; -1 for none."""
    by_name = {
        tuple(sorted(problem.pitches[n].number for n in place.pitches)): number
        for number, place in enumerate(problem.places)
    }
    found = []
    for need in problem.booths:
        own = standing.get(need.reference)
        numbers = own.by_day.get(min(need.days, default=0), ()) if own else ()
        found.append(by_name.get(tuple(sorted(numbers)), -1))
    return found


def _wish_said(wish: Held, names: Mapping[str, str], rulebook: Rulebook) -> tuple[str, str]:
    what = rule_called(wish.rule, is_turned=rulebook.is_turned(wish.rule))
    named = f"{what}: {names.get(wish.other, wish.other)}" if wish.other else what
    return named, str(_("holds") if wish.is_held else _("doesn't hold"))


def _betters_said(problem: Problem, why: Sequence[tuple[int, WhyHere]], names: Names) -> str:
    """The next better place of each part; that there is none, or that none was weighed."""
    said = " ".join(_better_said(here.better, names) for _n, here in why if here.better)
    if said or not why:
        return said
    if any(n in problem.locked for n, _here in why):
        return str(_("It is fixed there: no other place was weighed."))
    return str(
        _(
            "No other place is better: none counts more for it, and none that counts as much has less that it doesn't need."
        )
    )


def _better_said(better: Better, names: Names) -> str:
    """Which place would be better, by how much, and who or what stands in the way."""
    numbers, others = listed(better.pitches), listed(names.get(one, one) for one in better.in_the_way)
    if better.points:
        what = ngettext(
            "%(numbers)s would count %(num)d point more for it.", "%(numbers)s would count %(num)d points more for it.",
            better.points, numbers=numbers,
        )  # fmt: skip
    else:
        what = _("%(numbers)s would count as much for it and have less that it doesn't need.", numbers=numbers)
    said = [what]
    if others:
        said.append(_("In the way: %(others)s.", others=others))
    if better.board:
        lacks = kilowatts(better.lacks_watts)
        said.append(_("Its board %(board)s lacks %(kilowatts)s kW.", board=better.board, kilowatts=lacks))
    if len(said) == 1:
        said.append(_("It is free."))
    return " ".join(said)
