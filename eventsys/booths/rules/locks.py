"""What is fixed by hand, before anything is proposed: sorted by booth and day, with what can't be as it was asked for.

A booth that is fixed on different pitches on different days, or on some of its days alone, becomes several *parts*,
each with days of its own; every other booth is one part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eventsys.booths.rules.codes import Misfit, Odd
from eventsys.booths.rules.needs import Need

# Numbers of pitches by the number of the day.
Where = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is named to the organiser: of which booths, on which pitch, day or board."""

    kind: Odd
    references: tuple[str, ...]
    pitch: str = ""
    day: int = 0
    board: str = ""
    over_watts: int = 0
    misfits: tuple[Misfit, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A booth on some of its days; `numbers` are the pitches where it is fixed, empty where it isn't.

    `share` is its part of the booth's days, as a fraction (numerator, denominator).
    """

    need: Need
    numbers: tuple[str, ...]
    share: tuple[int, int]


def everywhere(numbers: tuple[str, ...], days: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The same pitches on each day."""
    return dict.fromkeys(days, numbers)


def parts_of(
    needs: Sequence[Need], locked: Mapping[str, Where], numbers: Collection[str]
) -> tuple[list[Part], list[Trouble]]:
    """The parts of all booths by reference and first day; with the fixed places that can't hold.

    `numbers` are the pitches that there are. Of two that are fixed on one pitch on one day, the first reference keeps it.
    """
    parts: list[Part] = []
    troubles: list[Trouble] = []
    holder: dict[tuple[str, int], str] = {}
    for need in needs:
        fixed: dict[tuple[str, ...], list[int]] = {}
        for day, wanted in sorted(locked.get(need.reference, {}).items()):
            if day not in need.days or not wanted:
                continue
            trouble = _trouble_with(need.reference, wanted, day=day, numbers=numbers, holder=holder)
            if trouble is not None:
                troubles.append(trouble)
                continue
            holder.update({(number, day): need.reference for number in wanted})
            fixed.setdefault(tuple(sorted(wanted)), []).append(day)
        parts += _parts(need, fixed)
    return parts, _once(troubles)


def _trouble_with(
    reference: str, wanted: Sequence[str], *, day: int, numbers: Collection[str], holder: Mapping[tuple[str, int], str]
) -> Trouble | None:
    for number in wanted:
        if number not in numbers:
            return Trouble(Odd.LOCK_PITCH_GONE, (reference,), number)
        if (number, day) in holder:
            return Trouble(Odd.LOCK_TAKEN, (reference, holder[number, day]), number)
    return None


def _once(troubles: Iterable[Trouble]) -> list[Trouble]:
    """One line where several days have the same trouble."""
    return list(dict.fromkeys(troubles))


def _parts(need: Need, fixed: Mapping[tuple[str, ...], Sequence[int]]) -> list[Part]:
    free = need.days - {day for days in fixed.values() for day in days}
    apart = [(numbers, frozenset(days)) for numbers, days in fixed.items()]
    if free or not apart:
        apart.append(((), free))
    apart.sort(key=lambda one: min(one[1], default=0))
    whole = len(need.days)
    return [
        Part(need if days == need.days else replace(need, days=days), numbers, (len(days), whole) if whole else (1, 1))
        for numbers, days in apart
    ]


def odd_references(needs: Sequence[Need]) -> list[Trouble]:
    """Who shall stand apart from, or next to, itself or somebody who isn't in."""
    there = {need.reference for need in needs}
    asked: tuple[tuple[Odd, Odd, Callable[[Need], Collection[str]]], ...] = (
        (Odd.KEEP_APART_SELF, Odd.KEEP_APART_GONE, lambda need: need.keep_apart),
        (Odd.NEXT_TO_SELF, Odd.NEXT_TO_GONE, lambda need: need.next_to),
    )
    return [
        Trouble(itself, (need.reference,)) if other == need.reference else Trouble(gone, (need.reference, other))
        for need in needs
        for itself, gone, of in asked
        for other in sorted(of(need))
        if other == need.reference or other not in there
    ]
