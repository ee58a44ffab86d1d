"""How much room there is for a booth: what each need rules out, what is left, what is free of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.explain import state_of
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.problem import problem_of
from eventsys.booths.rules.room import Room, Ruled, room_for
from eventsys.booths.rules.search import State
from tests.rules.booths.checker import Street, booth, misplaced, row_of, violations


def test_each_need_says_how_many_pitches_it_rules_out() -> None:
    row = [
        PitchFacts(number=n, width_cm=width, board=board, x_m=x, y_m=0, water=water, amplified_sound=True)
        for n, width, board, x, water in (
            ("1", 300, "EL", 0, True), ("2", 600, "EL", 40, True), ("3", 600, None, 80, True), ("4", 900, "EL", 120, False),
        )
    ]  # fmt: skip
    asks = {"width_cm": 450, "water": True, "amplified_sound": True, "power_watts": 2_000}
    problem = problem_of([booth("A", **asks)], row, [BoardFacts("EL", 9_000)], quiet={"2"})

    room = room_for(state_of(problem, [-1]), 0)

    assert room == Room(
        is_double=False,
        places=4,
        ruled=(
            Ruled(Misfit.WIDTH, 1),
            Ruled(Misfit.WATER, 1),
            Ruled(Misfit.AMPLIFIED_SOUND, 1),
            Ruled(Misfit.BOARD_CAPACITY, 1),
        ),
        left=0,
        free=(),
    )


def test_who_takes_two_pitches_is_told_of_pairs() -> None:
    problem = problem_of([booth("A", wants_two=True), booth("B")], row_of(4), [])

    alone, beside = (room_for(state_of(problem, [-1, at]), 0) for at in (-1, 0))

    assert (alone.is_double, alone.places, alone.left) == (True, 3, 3)
    assert beside.free == (("2", "3"), ("3", "4"))


def test_whom_it_keeps_apart_from_rules_out_what_is_near_to_where_they_stand() -> None:
    row = [PitchFacts(number=n, width_cm=300, board=None, x_m=x, y_m=0) for n, x in (("1", 0), ("2", 5), ("3", 50))]
    problem = problem_of([booth("A", keep_apart=frozenset({"B"})), booth("B")], row, [])

    room = room_for(state_of(problem, [-1, 0]), 0)

    assert room.ruled[-1] == Ruled(Misfit.KEEP_APART, 2, ("B",))
    assert room.free == (("3",),)


def test_a_board_that_a_fixed_booth_overloads_feeds_nobody_more() -> None:
    needs = [booth("A", power_watts=4_000, three_phase=True), booth("B", power_watts=3_000, three_phase=True)]
    row = row_of(3, board="EL", three_phase=True)
    problem = problem_of(needs, row, [BoardFacts("EL", 5_000)], locked={"A": {1: ("1",)}, "B": {1: ("2",)}})

    assert room_for(state_of(problem, [0, 1]), 0).free == ()


@st.composite
def streets(draw: st.DrawFn) -> tuple[Street, list[int]]:
    """A small street with booths that stand where they may, or nowhere."""
    flags = st.fixed_dictionaries({name: st.booleans() for name in ("water", "three_phase", "gas")})
    pitches = [
        PitchFacts(
            number=str(n), width_cm=draw(st.sampled_from((300, 450, 600))), board=draw(st.sampled_from(("EL", None))),
            x_m=n * 20, y_m=0, **draw(flags),
        )
        for n in range(1, 6)
    ]  # fmt: skip
    needs = [
        booth(
            r, width_cm=draw(st.sampled_from((300, 450))), power_watts=draw(st.sampled_from((0, 2_000))), **draw(flags)
        )
        for r in "ABC"
    ]
    return Street(needs, pitches, [BoardFacts("EL", 9_000)]), draw(st.permutations(range(5)))


@given(streets())
def test_what_is_free_and_only_that_breaks_no_rule_of_the_independent_checker(drawn: tuple[Street, list[int]]) -> None:
    street, order = drawn
    problem = problem_of(*street.parts)
    state = State(problem)
    for one, place in enumerate(order[:3]):
        if place in problem.fits[one] and state.is_free_for(one, place):
            state.put(one, place)

    for one, need in enumerate(problem.booths):
        room = room_for(state, one)
        fits = [pitch for pitch in street.pitches if not misplaced(need, [pitch], street)]
        assert room.left == len(fits)
        assert set(room.free) == {(pitch.number,) for pitch in fits if _may_move(state, one, pitch.number, street)}
        narrow = sum(pitch.width_cm < need.width_cm for pitch in street.pitches)
        assert room.ruled[0] == Ruled(Misfit.WIDTH, narrow)


def _may_move(state: State, one: int, number: str, street: Street) -> bool:
    problem = state.problem
    if state.at[one] >= 0 and problem.places[state.at[one]].name == number:
        return False
    plan = {
        need.reference: _days(need, problem.places[at].name)
        for need, at in zip(problem.booths, state.at, strict=True)
        if at >= 0
    }
    plan[problem.booths[one].reference] = _days(problem.booths[one], number)
    return violations(plan, street) == []


def _days(need: Need, number: str) -> dict[int, tuple[str, ...]]:
    return dict.fromkeys(need.days, (number,))
