"""When each vehicle drives up: at most so many at once on a kerb, and everybody who can be served is.

The order along a kerb is the program's own rule, from how a street is: vehicles come in at one end and stand while they
are unloaded, so who stands furthest in comes first, and nobody has to pass one that stands. Where somebody moves along
the kerb, the order is made right again with as few other times as possible, so that few have to be told anew. Each booth's vehicle comes
once for each of the booth's days, on that day; where a day has more vehicles than room, those furthest in come on a
day for building up before their first day instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.codes import Code

MOST_AT_ONCE = 50
MOST_SLOTS = 200
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 240

NEVER = -1
Key = tuple[str, int]  # The reference of an application, and the number of the booth's day.


class Unserved(StrEnum):
    """Why a vehicle has no time."""

    NO_KERB = "no_kerb"
    NO_SLOTS = "no_slots"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time on a kerb, with places for vehicles; `day` is the number of the day that it lies on."""

    key: int
    kerb: str
    day: int
    starts_at: datetime
    places: int


@dataclass(frozen=True, slots=True)
class Coming:
    """That a booth's vehicle must come for one of its days.

    `kerb` is empty where its pitch lies at none. `depth_cm` is how far in it stands from where vehicles drive in.
    `instead` are the days for building up on which it may come in place of the day itself.
    """

    reference: str
    day: int
    kerb: str
    depth_cm: int = 0
    instead: frozenset[int] = frozenset()

    @property
    def key(self) -> Key:
        """By which it is known."""
        return self.reference, self.day

    def may_take(self, slot: Slot) -> bool:
        """Whether a time is one for it, full or not."""
        return slot.kerb == self.kerb and (slot.day == self.day or slot.day in self.instead)


@dataclass(frozen=True, slots=True)
class Times:
    """Which time everybody has, by the key of the slot, and who has none with why."""

    slot_of: dict[Key, int]
    unserved: dict[Key, Unserved]


@dataclass(slots=True)
class _Room:
    """Free places, and who takes which day of which kerb."""

    free: dict[int, int]
    chosen: dict[tuple[str, int], list[Coming]] = field(default_factory=dict)

    def of(self, slots: Sequence[Slot], kerb: str, day: int) -> int:
        """How many more the day has room for on the kerb."""
        there = sum(self.free[slot.key] for slot in slots if (slot.kerb, slot.day) == (kerb, day))
        return there - len(self.chosen.get((kerb, day), ()))

    def take(self, coming: Coming, day: int) -> None:
        """Let it come on a day."""
        self.chosen.setdefault((coming.kerb, day), []).append(coming)


def far_first(comings: Iterable[Coming]) -> list[Coming]:
    """In the order in which they drive in: furthest in first, then by reference."""
    return sorted(comings, key=lambda one: (-one.depth_cm, one.reference, one.day))


def assign(slots: Sequence[Slot], comings: Sequence[Coming], kept: Iterable[tuple[Key, int]] = ()) -> Times:
    """A time for everybody who can have one. Who is in `kept` keeps the slot of that key, as far as it still is for them.

    The same slots, comings and kept ones give the same times, in whatever order they are given.
    """
    by_key, by_coming = {slot.key: slot for slot in slots}, {one.key: one for one in comings}
    room = _Room({slot.key: slot.places for slot in slots})
    found: dict[Key, int] = {}
    for key, slot_key in sorted(kept):
        slot, coming = by_key.get(slot_key), by_coming.get(key)
        if slot is not None and coming is not None and coming.may_take(slot) and room.free[slot_key] > 0:
            found[key] = slot_key
            room.free[slot_key] -= 1
    left = [one for one in comings if one.key not in found]
    unserved = _choose_days(room, slots, left)
    for (kerb, day), group in room.chosen.items():
        there = sorted((s for s in slots if (s.kerb, s.day) == (kerb, day)), key=lambda slot: slot.starts_at)
        places = [slot.key for slot in there for _place in range(room.free[slot.key])]
        found |= {one.key: place for one, place in zip(far_first(group), places, strict=False)}
    return Times(found, unserved)


def in_order(
    times: Times,
    slots: Sequence[Slot],
    comings: Sequence[Coming],
    *,
    had: Mapping[Key, int],
    fixed: Collection[Key] = (),
) -> Times:
    """The same people on the same days, with the order along each kerb right again.

    As few as possible get another time than they `had`. Who is `fixed` by hand stays, wherever that is in the order.
    """
    by_slot, by_coming = {slot.key: slot for slot in slots}, {one.key: one for one in comings}
    groups: dict[tuple[str, int], list[Key]] = {}
    for key, slot_key in times.slot_of.items():
        groups.setdefault((by_slot[slot_key].kerb, by_slot[slot_key].day), []).append(key)
    found = dict(times.slot_of)
    for (kerb, day), keys in groups.items():
        there = sorted((s for s in slots if (s.kerb, s.day) == (kerb, day)), key=lambda slot: slot.starts_at)
        numbers = {slot.key: n for n, slot in enumerate(there)}
        held = Counter(found[key] for key in keys if key in fixed)
        rooms = [slot.places - held[slot.key] for slot in there]
        at = {key: numbers.get(had.get(key, 0), NEVER) for key in keys if key not in fixed}
        line_ = sorted(at, key=lambda key: (-by_coming[key].depth_cm, at[key], key))
        wanted = _least_moved([at[key] for key in line_], rooms)
        found |= {key: there[n].key for key, n in zip(line_, wanted, strict=True)}
    return Times(found, times.unserved)


def _least_moved(at: Sequence[int], rooms: Sequence[int]) -> list[int]:
    """Times for people in a line, none before the one ahead, with as many as possible where they are; the earlier the better.

    `at` is where each is (NEVER: nowhere yet), `rooms` how many each time takes; there is room for all.
    """
    count = len(at)
    # best[n]: how many of the first n stay where the times so far take them all; takes[slot][n]: how many the slot takes then.
    best: list[int | None] = [0] + [None] * count
    takes: list[list[int]] = []
    for slot, room in enumerate(rooms):
        stays = [0]
        for one in at:
            stays.append(stays[-1] + (one == slot))
        now, taken = list[int | None](), list[int]()
        for n in range(count + 1):
            options = [
                (had + stays[n] - stays[n - k], -k) for k in range(min(room, n) + 1) if (had := best[n - k]) is not None
            ]
            most, fewest = max(options, default=(None, 0))
            now.append(most)
            taken.append(-fewest)
        best = now
        takes.append(taken)
    found: list[int] = []
    for slot in range(len(rooms) - 1, -1, -1):
        found += [slot] * takes[slot][count - len(found)]
    return found[::-1]


def _choose_days(room: _Room, slots: Sequence[Slot], left: Sequence[Coming]) -> dict[Key, Unserved]:
    """Give everybody a day; returns who gets none.

    Days for building up before an earlier day lie before a later one too. So where the days with the fewest of them
    choose first, none takes a place from another who has no other.
    """
    groups: dict[tuple[str, int], list[Coming]] = {}
    for one in left:
        groups.setdefault((one.kerb, one.day), []).append(one)
    unserved: dict[Key, Unserved] = {}
    for (kerb, day), group in sorted(groups.items(), key=lambda item: (_choices(item[1]), item[0])):
        excess = len(group) - room.of(slots, kerb, day)
        moved = _move(room, slots, [one for one in far_first(group) if one.instead], most=excess)
        rest = [one for one in far_first(group) if one.key not in moved]
        stays = max(0, room.of(slots, kerb, day))
        for one in rest[:stays]:
            room.take(one, day)
        unserved |= {one.key: _why(one, slots) for one in rest[stays:]}
    return unserved


def _choices(group: Sequence[Coming]) -> int:
    return max(len(one.instead) for one in group)


def _move(room: _Room, slots: Sequence[Slot], movable: Sequence[Coming], *, most: int) -> set[Key]:
    """Let at most so many come on a day for building up, the latest that has room."""
    latest = {slot.day: slot.starts_at for slot in sorted(slots, key=lambda slot: slot.starts_at)}
    moved: set[Key] = set()
    for one in movable[: max(0, most)]:
        days = [day for day in one.instead if day in latest and room.of(slots, one.kerb, day) > 0]
        if days:
            room.take(one, max(days, key=lambda day: latest[day]))
            moved.add(one.key)
    return moved


def _why(coming: Coming, slots: Sequence[Slot]) -> Unserved:
    if not coming.kerb:
        return Unserved.NO_KERB
    return Unserved.FULL if any(coming.may_take(slot) for slot in slots) else Unserved.NO_SLOTS


def windows(starts_at: datetime, ends_at: datetime, minutes: int) -> list[tuple[datetime, datetime]]:
    """Times of equal length one after another; what is left at the end is left out.

    Refusal: SLOTS_BACKWARDS (not even one fits), SLOTS_TOO_MANY.
    """
    length = timedelta(minutes=minutes)
    count = int((ends_at - starts_at) / length)
    if count < 1:
        raise Refusal(Code.SLOTS_BACKWARDS, field="until")
    if count > MOST_SLOTS:
        raise Refusal(Code.SLOTS_TOO_MANY, field="minutes", most=MOST_SLOTS)
    return [(starts_at + n * length, starts_at + (n + 1) * length) for n in range(count)]


def overlaps(one: Iterable[tuple[datetime, datetime]], other: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether a time of one shares a moment with a time of the other: then more than the limit could stand there."""
    there = list(other)
    return any(start < end and begins < until for start, until in one for begins, end in there)


def line(coming: Coming, comings: Iterable[Coming]) -> tuple[int, int]:
    """Which one it is from the far end of its kerb on its day, and of how many."""
    order = [one.key for one in far_first(c for c in comings if (c.kerb, c.day) == (coming.kerb, coming.day))]
    return order.index(coming.key) + 1, len(order)
