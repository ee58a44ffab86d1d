"""What is fixed by hand, laid into a problem: it stands where it is, whatever else holds, and what it breaks is named.

And what would rather stay where it stands in the plan that counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventsys.booths.rules.codes import Misfit, Odd
from eventsys.booths.rules.locks import Part, Trouble, Where
from eventsys.booths.rules.needs import misfits
from eventsys.booths.rules.places import Problem, joined
from eventsys.booths.rules.rulebook import Rule


def lock(problem: Problem, parts: Sequence[Part]) -> None:
    """Let what is fixed stand where it is, whatever else holds; it has no other place. What it breaks is named."""
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    by_pitches = {place.pitches: number for number, place in enumerate(problem.places)}
    for booth, part in enumerate(parts):
        if not part.numbers:
            continue
        pitches = tuple(sorted(number_of[number] for number in part.numbers))
        if pitches not in by_pitches:
            by_pitches[pitches] = len(problem.places)
            problem.places.append(joined(problem, pitches))
        place = by_pitches[pitches]
        if place not in problem.fits[booth]:
            problem.troubles.append(_unfit(problem, booth, pitches))
        problem.locked[booth] = place
        problem.fits[booth] = [place]
    _let_overlap(problem)
    _let_be_near(problem)
    _let_be_drawn(problem)


def _unfit(problem: Problem, booth: int, pitches: tuple[int, ...]) -> Trouble:
    need, boards = problem.booths[booth], {board.code: board for board in problem.boards}
    parts = [problem.pitches[n] for n in pitches]
    is_wide_enough = need.width_cm <= sum(part.width_cm for part in parts)
    found = [
        misfit
        for part in parts
        for misfit in misfits(need, part, boards.get(part.board or ""), is_wide_enough=is_wide_enough)
    ]
    if not found:
        found = [Misfit.TWO_PITCHES]  # It would fit, were it on two side by side.
    numbers = ", ".join(part.number for part in parts)
    return Trouble(Odd.LOCK_UNFIT, (need.reference,), numbers, misfits=tuple(dict.fromkeys(found)))


def _let_overlap(problem: Problem) -> None:
    """Two that are fixed on pitches which lie over each other: they stay, and it is named."""
    holders: dict[int, list[int]] = {}
    for booth, place in sorted(problem.locked.items()):
        for pitch in problem.places[place].pitches:
            holders.setdefault(pitch, []).append(booth)
    for one, place in sorted(problem.locked.items()):
        for pitch in problem.places[place].ground:
            for other in holders.get(pitch, ()):
                is_there = problem.days[one] & problem.days[other]
                if other > one and is_there and pitch not in problem.places[place].pitches:
                    both = problem.booths[one].reference, problem.booths[other].reference
                    problem.troubles.append(Trouble(Odd.LOCK_OVERLAP, both, problem.places[place].name))


def _let_be_near(problem: Problem) -> None:
    """Two that must keep apart and are fixed too near: they stay, and it is named."""
    near = problem.near(problem.rulebook.of(Rule.KEEP_APART).distance_m)
    for one, place in sorted(problem.locked.items()):
        for other in sorted(problem.apart[one]):
            if other > one and problem.locked.get(other, -1) in near[place]:
                problem.apart[one].discard(other)
                problem.apart[other].discard(one)
                both = problem.booths[one].reference, problem.booths[other].reference
                problem.troubles.append(Trouble(Odd.LOCK_TOO_NEAR, both))


def _let_be_drawn(problem: Problem) -> None:
    """Fixed booths that draw more than their board carries: they stay, nobody else is fed there, and it is named."""
    drawn: dict[tuple[int, int], list[int]] = {}
    for booth, place in sorted(problem.locked.items()):
        board = problem.places[place].board
        for day in range(problem.days[booth].bit_length()):
            if board >= 0 and problem.booths[booth].power_watts and problem.days[booth] >> day & 1:
                drawn.setdefault((board, day), []).append(booth)
    for (board, day), booths in sorted(drawn.items()):
        over = sum(problem.booths[n].power_watts for n in booths) - problem.capacity[board][day]
        if over > 0:
            problem.capacity[board][day] += over
            who = tuple(problem.booths[n].reference for n in booths)
            code = problem.boards[board].code
            problem.troubles.append(Trouble(Odd.LOCK_OVERLOAD, who, day=day + 1, board=code, over_watts=over))


def like_before(problem: Problem, before: Mapping[str, Where]) -> None:
    """Points for staying where a booth stands now, each day its share: a late change moves as few others as it can."""
    weight = problem.rulebook.of(Rule.STAY).weight
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    by_pitches = {place.pitches: number for number, place in enumerate(problem.places)}
    for booth, need in enumerate(problem.booths if weight else ()):
        stays: dict[int, int] = {}
        for day, numbers in before.get(need.reference, {}).items():
            place = by_pitches.get(tuple(sorted(number_of.get(number, -1) for number in numbers)), -1)
            if day in need.days and place in problem.fits[booth]:
                stays[place] = stays.get(place, 0) + 1
        for place, days in stays.items():
            points = weight * days // problem.whole_days[booth].bit_count()
            problem.liking[booth][place] = problem.liking[booth].get(place, 0) + points
