"""Times for vehicles: never over the limit, everybody who can be served, furthest in first, fixed ones stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.booths.rules.arrivals import Coming, Key, Slot, Times, Unserved, assign, in_order, line, overlaps, windows
from eventsys.booths.rules.codes import Code

START = datetime(2026, 8, 29, 4, tzinfo=UTC)
EARLY, BUILD_UP = 4, 3  # Days for building up, before day 1 and before day 2.
DATES = {EARLY: 0, 1: 2, BUILD_UP: 3, 2: 4}


def slot(key: int, *, kerb: str = "A", day: int = 1, places: int = 1) -> Slot:
    return Slot(key, kerb, day, START + timedelta(days=DATES[day], minutes=key), places)


def coming(number: int, *, day: int = 1, kerb: str = "A", depth: int = 0, instead: set[int] | None = None) -> Coming:
    return Coming(f"T-{number:03d}", day, kerb, depth, frozenset(instead or set()))


def test_who_stands_furthest_in_comes_first() -> None:
    near, far, middle = coming(1, depth=100), coming(2, depth=9000), coming(3, depth=4000)

    times = assign([slot(2), slot(1), slot(3)], [near, far, middle])

    assert times == Times({far.key: 1, middle.key: 2, near.key: 3}, {})
    assert line(middle, [near, far, middle]) == (2, 3)


def test_as_many_at_once_as_the_time_has_places() -> None:
    comings = [coming(n) for n in range(5)]

    times = assign([slot(1, places=2), slot(2, places=2)], comings)

    assert list(times.slot_of.values()) == [1, 1, 2, 2]
    assert times.unserved == {comings[4].key: Unserved.FULL}


def test_nobody_without_a_time_goes_without_a_reason() -> None:
    comings = [coming(1, kerb=""), coming(2, kerb="B"), coming(3, day=2)]

    assert assign([slot(1)], comings).unserved == {
        comings[0].key: Unserved.NO_KERB, comings[1].key: Unserved.NO_SLOTS, comings[2].key: Unserved.NO_SLOTS,
    }  # fmt: skip


def test_a_full_day_sends_those_furthest_in_to_the_day_before() -> None:
    far, near = coming(1, depth=900, instead={EARLY}), coming(2, depth=10, instead={EARLY})

    times = assign([slot(1, day=EARLY, places=9), slot(2)], [far, near])

    assert times.slot_of == {far.key: 1, near.key: 2}


def test_who_can_only_come_on_the_day_itself_comes_then() -> None:
    """On day 2 the one who was there on day 1 has no other day; the new one has."""
    again, new = coming(1, day=2, depth=10), coming(2, day=2, depth=5, instead={BUILD_UP})

    times = assign([slot(1, day=2), slot(2, day=BUILD_UP)], [again, new])

    assert times.slot_of == {again.key: 1, new.key: 2}


def test_fixed_ones_stay_and_the_rest_goes_around_them() -> None:
    far, near = coming(1, depth=900), coming(2, depth=10)

    times = assign([slot(1), slot(2)], [far, near], [(near.key, 1)])

    assert times.slot_of == {near.key: 1, far.key: 2}


def test_what_no_longer_holds_is_not_kept() -> None:
    """Another kerb, a time that is gone, somebody who is out, a place too many."""
    moved, other, third = coming(1, kerb="B"), coming(2), coming(3)
    gone = ("T-009", 1)

    times = assign(
        [slot(1), slot(2, kerb="B"), slot(3)],
        [moved, other, third],
        [(moved.key, 1), (other.key, 1), (third.key, 1), (gone, 3)],
    )

    assert times.slot_of == {other.key: 1, moved.key: 2, third.key: 3}


def test_who_moved_along_the_kerb_comes_in_its_turn_and_as_few_as_possible_are_told_anew() -> None:
    far, middle, near = coming(1, depth=900), coming(2, depth=500), coming(3, depth=10)
    slots = [slot(1), slot(2), slot(3), slot(4)]
    had = {far.key: 4, middle.key: 1, near.key: 2}

    times = in_order(assign(slots, [far, middle, near], had.items()), slots, [far, middle, near], had=had)

    assert times.slot_of == {far.key: 1, middle.key: 2, near.key: 3}
    back = coming(1, depth=1)
    kept = in_order(times, slots, [back, middle, near], had=times.slot_of)
    assert kept.slot_of == {middle.key: 2, near.key: 3, back.key: 4}  # Only who moved.
    held = in_order(times, slots, [back, middle, near], had=times.slot_of, fixed=[back.key])
    assert held.slot_of == times.slot_of


SLOTS = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(sorted(DATES)), st.integers(1, 3)), max_size=8)
COMINGS = st.lists(
    st.tuples(st.sampled_from(["A", "B", ""]), st.integers(0, 5), st.sampled_from(["1", "2", "12"])), max_size=12
)


def made(slots: list[tuple[str, int, int]], comings: list[tuple[str, int, str]]) -> tuple[list[Slot], list[Coming]]:
    before = {1: {EARLY}, 2: {EARLY, BUILD_UP}}
    return (
        [slot(n, kerb=kerb, day=day, places=places) for n, (kerb, day, places) in enumerate(slots)],
        [
            coming(n, day=int(day), kerb=kerb, depth=depth, instead=before[int(day)] if day == days[0] else None)
            for n, (kerb, depth, days) in enumerate(comings)
            for day in days
        ],
    )


def most(slots: list[Slot], comings: list[Coming]) -> int:
    """How many can be served at most: augmenting paths, one place after the other."""
    places = [one for one in slots for _place in range(one.places)]
    holder: dict[int, Coming] = {}

    def seat(one: Coming, seen: set[int]) -> bool:
        for n, place in enumerate(places):
            if n not in seen and one.may_take(place):
                seen.add(n)
                if n not in holder or seat(holder[n], seen):
                    holder[n] = one
                    return True
        return False

    return sum(seat(one, set()) for one in comings)


@given(SLOTS, COMINGS)
def test_never_over_the_limit_and_everybody_who_can_be_served_is(
    slots: list[tuple[str, int, int]], comings: list[tuple[str, int, str]]
) -> None:
    there, wanted = made(slots, comings)
    by_key, by_coming = {one.key: one for one in there}, {one.key: one for one in wanted}

    times = assign(there, wanted)

    assert all(list(times.slot_of.values()).count(one.key) <= one.places for one in there)
    assert all(by_coming[key].may_take(by_key[found]) for key, found in times.slot_of.items())
    assert times.slot_of.keys() | times.unserved.keys() == by_coming.keys()
    assert not times.slot_of.keys() & times.unserved.keys()
    assert len(times.slot_of) == most(there, wanted)


@given(SLOTS, COMINGS)
def test_nobody_passes_one_who_stands(slots: list[tuple[str, int, int]], comings: list[tuple[str, int, str]]) -> None:
    there, wanted = made(slots, comings)
    by_key, by_coming = {one.key: one for one in there}, {one.key: one for one in wanted}
    found = [(by_coming[key], by_key[place]) for key, place in assign(there, wanted).slot_of.items()]

    for one, at in found:
        for other, then in found:
            if (at.kerb, at.day) == (then.kerb, then.day) and one.depth_cm > other.depth_cm:
                assert at.starts_at <= then.starts_at


@given(SLOTS, COMINGS, st.data())
def test_the_order_of_telling_changes_nothing_and_what_is_assigned_can_be_kept(
    slots: list[tuple[str, int, int]], comings: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    there, wanted = made(slots, comings)
    times = assign(there, wanted)

    again = assign(data.draw(st.permutations(there)), data.draw(st.permutations(wanted)))
    kept: list[tuple[Key, int]] = list(times.slot_of.items())

    assert (again.slot_of, again.unserved) == (times.slot_of, times.unserved)
    assert assign(there, wanted, kept).slot_of == times.slot_of


def test_times_of_equal_length_leave_out_what_is_left() -> None:
    found = windows(START, START + timedelta(minutes=50), 15)

    assert [start - START for start, _end in found] == [timedelta(minutes=n) for n in (0, 15, 30)]
    assert found[-1][1] - START == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("length", "minutes", "code"), [(-5, 15, Code.SLOTS_BACKWARDS), (10, 15, Code.SLOTS_BACKWARDS), (5000, 5, Code.SLOTS_TOO_MANY)]
)  # fmt: skip
def test_times_that_can_not_be(length: int, minutes: int, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        windows(START, START + timedelta(minutes=length), minutes)

    assert refused.value.code is code


def test_times_that_touch_do_not_overlap() -> None:
    half = timedelta(minutes=30)
    assert not overlaps([(START, START + half)], [(START + half, START + 2 * half)])
    assert overlaps([(START, START + half)], [(START + half / 2, START + 2 * half)])


@given(SLOTS, COMINGS, st.data())
def test_the_order_along_the_kerb_is_right_again_and_stays_so(
    told: list[tuple[str, int, int]], come: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    slots, comings = made(told, come)
    own = {one.key: [slot.key for slot in slots if one.may_take(slot)] for one in comings}
    at = {key: data.draw(st.sampled_from(keys)) for key, keys in own.items() if keys}
    before = assign(slots, comings, at.items())
    fixed = [key for key in before.slot_of if data.draw(st.booleans())]

    times = in_order(before, slots, comings, had=at, fixed=fixed)

    by_slot, depth = {slot.key: slot for slot in slots}, {one.key: one.depth_cm for one in comings}
    assert times.slot_of.keys() == before.slot_of.keys() and times.unserved == before.unserved
    assert all(times.slot_of[key] == before.slot_of[key] for key in fixed)
    assert all(list(times.slot_of.values()).count(slot.key) <= slot.places for slot in slots)
    free = [(by_slot[times.slot_of[key]], key) for key in times.slot_of if key not in fixed]
    for mine, key in free:
        old = by_slot[before.slot_of[key]]
        assert (mine.kerb, mine.day) == (old.kerb, old.day)
        deeper = [
            other for other, one in free if depth[one] > depth[key] and (other.kerb, other.day) == (old.kerb, old.day)
        ]
        assert all(other.starts_at <= mine.starts_at for other in deeper)
    again = in_order(times, slots, comings, had=times.slot_of, fixed=fixed)
    assert again.slot_of == times.slot_of
