"""What no allocation can exceed: proven by counting, at any size."""

from __future__ import annotations

from collections.abc import Sequence

from eventsys.booths.rules.places import Pair, Problem


def upper_bound(problem: Problem, at: Sequence[int]) -> int:
    """Points that no allocation exceeds: as many placed as pitches and boards allow on a day, and every wish that can hold.

    `at` is an allocation that was found; counting goes on from it.
    """
    placed = sum(place >= 0 for place in at)
    counts = sorted((problem.points[n] for n, fits in enumerate(problem.fits) if fits), reverse=True)
    most = placed if placed == len(counts) else min(len(counts), _most_placed(problem, at))
    liked = sum(max(likes.values(), default=0) for likes in problem.liking)
    wished = sum(pair.weight for pair in problem.pairs if pair.weight > 0 and _can_hold(problem, pair))
    return sum(counts[:most]) + liked + wished


def _can_hold(problem: Problem, pair: Pair) -> bool:
    near, theirs = problem.near(pair.distance_m), set(problem.fits[pair.other])
    if pair.other in problem.apart[pair.one]:
        return False
    return any(not theirs.isdisjoint(near[place] - {place}) for place in problem.fits[pair.one])


def _most_placed(problem: Problem, at: Sequence[int]) -> int:
    """No more than can be matched to pitches, or fed by the boards, on any one day; and those who come on others alone."""
    days = {day for mask in problem.days for day in range(mask.bit_length()) if mask >> day & 1}
    found = []
    for day in sorted(days):
        present = [n for n, mask in enumerate(problem.days) if mask >> day & 1 and problem.fits[n]]
        absent = sum(1 for n, mask in enumerate(problem.days) if not mask >> day & 1 and problem.fits[n])
        found.append(absent + min(_matched(problem, present, at), _fed(problem, present, day)))
    return min(found, default=0)


def _fed(problem: Problem, present: Sequence[int], day: int) -> int:
    """How many could draw their power if all boards were one."""
    watts, left = sorted(problem.booths[n].power_watts for n in present), sum(each[day] for each in problem.capacity)
    count = 0
    for each in watts:
        left -= each
        if left < 0 and each > 0:
            break
        count += 1
    return count


def _matched(problem: Problem, present: Sequence[int], at: Sequence[int]) -> int:
    """The size of a largest matching of booths to pitches, by augmenting paths from what was found (Berge, Kuhn)."""
    first = [place.pitches[0] for place in problem.places]
    options = {n: sorted({first[place] for place in problem.fits[n]}) for n in present}
    holder: dict[int, int] = {}
    free = []
    for n in present:
        if at[n] >= 0 and first[at[n]] not in holder:
            holder[first[at[n]]] = n
        else:
            free.append(n)
    for n in free:
        _augment(n, options, holder)
    return len(holder)


def _augment(booth: int, options: dict[int, list[int]], holder: dict[int, int]) -> bool:
    """Find a pitch for one more by letting others go on: breadth first, so that no depth is too deep."""
    came_from: dict[int, int] = {}
    queue = [booth]
    for current in queue:
        for pitch in options[current]:
            if pitch in came_from:
                continue
            came_from[pitch] = current
            if pitch not in holder:
                _shift(pitch, booth, came_from=came_from, holder=holder)
                return True
            queue.append(holder[pitch])
    return False


def _shift(pitch: int, booth: int, *, came_from: dict[int, int], holder: dict[int, int]) -> None:
    """Go back along the path: each takes the pitch that it found, and gives up the one that it held."""
    held = {n: p for p, n in holder.items()}
    while True:
        current = came_from[pitch]
        left = held.get(current)
        holder[pitch] = current
        if current == booth or left is None:
            return
        pitch = left
