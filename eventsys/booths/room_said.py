"""How much room the street has for a booth, in words: what each need rules out, what is left, what is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.base.i18n import apart, listed
from eventsys.booths.rules.needs import OFFERED, Need, asked_of
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.problem import offered_at
from eventsys.booths.rules.room import Room, Ruled, room_for
from eventsys.booths.rules.rulebook import Rule, Rulebook
from eventsys.booths.rules.search import State
from eventsys.booths.said import MOST_NAMED, Names, kilowatts, on_days_said
from eventsys.booths.texts import NEEDS


@dataclass(frozen=True, slots=True)
class RoomShown:
    """`heading` of the numbers, a row for each need with how many places it rules out, and what follows in sentences."""

    heading: str
    rows: list[tuple[str, str]]
    told: list[str]


def room_shown(state: State, parts: Sequence[int], names: Names) -> RoomShown:
    """The room for a booth: its needs are the same on all days, what is free is told for each part of them."""
    problem = state.problem
    need, rooms = problem.booths[parts[0]], [room_for(state, n) for n in parts]
    room = rooms[0]
    places = format_decimal(room.places)
    heading = (
        _("Neighbouring pairs of pitches that it rules out, of %(places)s", places=places)
        if room.is_double
        else _("Pitches that it rules out, of %(places)s", places=places)
    )
    rows = [
        (_need_said(ruled, need, names=names, rulebook=problem.rulebook), format_decimal(ruled.out))
        for ruled in room.ruled
    ]
    left = format_decimal(room.left)
    told = [
        _("Neighbouring pairs of pitches that have or allow all of it: %(left)s.", left=left)
        if room.is_double
        else _("Pitches that have or allow all of it: %(left)s.", left=left)
    ]
    if room.left:
        for n, one in zip(parts, rooms, strict=True):
            said = _free_said(one, is_placed=state.at[n] >= 0)
            told.append(on_days_said(said, problem.booths[n].days) if len(parts) > 1 else said)
    return RoomShown(str(heading), rows, [str(one) for one in told])


def _need_said(ruled: Ruled, need: Need, *, names: Names, rulebook: Rulebook) -> str:
    values = {
        "width": format_decimal(need.width_cm / 100),
        "kilowatts": kilowatts(need.power_watts),
        "metres": format_decimal(rulebook.of(Rule.KEEP_APART).distance_m),
        "others": listed(names.get(one, one) for one in ruled.others),
    }
    return str(NEEDS[ruled.need]) % values


def _free_said(room: Room, *, is_placed: bool) -> str:
    if room.free:
        numbers = listed(apart("+".join(one)) for one in room.free[:MOST_NAMED])
        if len(room.free) > MOST_NAMED:
            count = format_decimal(len(room.free))
            return str(
                _(
                    "Free for it now without breaking a rule: %(count)s of them; with the least that it doesn't need: %(numbers)s.",
                    count=count,
                    numbers=numbers,
                )
            )
        return str(_("Free for it now without breaking a rule: %(numbers)s.", numbers=numbers))
    if is_placed:
        return str(_("No other one of them is free for it now without breaking a rule."))
    return str(_("None of them is free for it now without breaking a rule."))


def unused_said(problem: Problem, booth: int, number: int) -> str:
    """What a place has that a booth doesn't need: a proposal leaves as little as it can."""
    need, place = problem.booths[booth], problem.places[number]
    spare, over = place.width_cm - need.width_cm, offered_at(problem, place) & ~asked_of(need)
    things = [_("%(width)s m", width=format_decimal(spare / 100))] if spare > 0 else []
    things += [str(NEEDS[misfit]) for bit, (misfit, _name) in enumerate(OFFERED) if over >> bit & 1]
    if not things:
        return str(_("Its place has nothing that it doesn't need."))
    return str(_("What its place has and it doesn't need: %(things)s.", things=listed(things)))
