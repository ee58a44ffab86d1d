"""Why here, why not: what an organiser is told about a place, and about having none."""

from __future__ import annotations

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.explain import Better, Reason, state_of, why_here, why_not
from eventsys.booths.rules.needs import BoardFacts, PitchFacts
from eventsys.booths.rules.problem import problem_of
from eventsys.booths.rules.rulebook import STANDARD, Rule, Rulebook, Setting
from tests.rules.booths.checker import Street, booth, proposed, row_of


def test_why_here_names_what_holds_and_what_stood_in_the_way() -> None:
    needs = [booth("A", next_to=frozenset({"B"})), booth("B"), booth("C", cuisine="thai"), booth("D", cuisine="thai")]
    pitches = [
        PitchFacts(number=n, width_cm=300, board=None, x_m=x, y_m=0)
        for n, x in (("1", 0), ("2", 40), ("3", 43), ("4", 80))
    ]
    problem = problem_of(needs, pitches, [])
    state = state_of(problem, [0, 3, 1, 2])

    apart = why_here(state, 0)
    kitchen = why_here(state, 2)

    assert [(wish.rule, wish.other, wish.is_held) for wish in apart.wishes] == [(Rule.NEAR, "B", False)]
    assert [(wish.rule, wish.other, wish.is_held) for wish in kitchen.wishes] == [(Rule.SAME_CUISINE, "D", False)]
    assert kitchen.better is not None
    assert kitchen.better.in_the_way in {("A",), ("B",)}
    assert kitchen.better.points == 4


def test_a_small_wish_for_a_part_of_the_days_is_none_to_stand_apart() -> None:
    setting = Setting(2, 10.0)
    needs = [booth("A", days=frozenset({1, 2, 3}), next_to=frozenset({"B"})), booth("B", days=frozenset({1, 2, 3}))]
    pitches = [PitchFacts(number=n, width_cm=300, board=None, x_m=x, y_m=0) for n, x in (("1", 0), ("2", 3))]
    rulebook = Rulebook({**STANDARD, Rule.NEAR: setting})

    problem = problem_of(needs, pitches, [], rulebook=rulebook, locked={"A": {1: ("1",)}})

    assert problem.pairs
    assert all(pair.weight > 0 for pair in problem.pairs)


def test_wishes_of_its_own_are_told_as_they_stand() -> None:
    needs = [booth("A", zone="stage", last_at=(3.0, 0.0)), booth("B", zone="market", had_bad_place=True)]
    pitches = [
        PitchFacts(number="1", width_cm=300, board=None, x_m=3, y_m=0, zone="stage"),
        PitchFacts(number="2", width_cm=300, board=None, x_m=90, y_m=0, zone="stage", is_remote=True),
    ]
    problem = problem_of(needs, pitches, [])

    at_home, away = (why_here(state_of(problem, at), 0).wishes for at in ([0, 1], [1, 0]))
    again = why_here(state_of(problem, [0, 1]), 1)

    assert [(wish.rule, wish.is_held) for wish in at_home] == [(Rule.ZONE, True), (Rule.LAST_PLACE, True)]
    assert [(wish.rule, wish.is_held) for wish in away] == [(Rule.ZONE, True), (Rule.LAST_PLACE, False)]
    assert [(wish.rule, wish.is_held) for wish in again.wishes] == [(Rule.ZONE, False), (Rule.TURN_TAKING, False)]
    assert again.better is not None
    assert (again.better.pitches, again.better.in_the_way) == (("1",), ("A",))


def test_of_places_that_count_as_much_the_next_better_one_wastes_less_and_who_holds_it_is_told() -> None:
    needs = [booth("A", power_watts=4_000, three_phase=True), booth("B", power_watts=4_000, three_phase=True)]
    needs.append(booth("C", power_watts=3_000, three_phase=True))
    pitches = [
        PitchFacts(number=n, width_cm=width, board=board, x_m=x, y_m=0, three_phase=True)
        for n, width, board, x in (("1", 300, "EL1", 0), ("2", 600, "EL2", 40), ("3", 300, "EL1", 80))
    ]
    boards = [BoardFacts("EL1", 6_000), BoardFacts("EL2", 9_000)]
    problem = problem_of(needs, pitches, boards)

    held = why_here(state_of(problem, [1, 0, 2]), 0).better
    lacking = why_here(state_of(problem, [1, 0, -1]), 0).better
    free = why_here(state_of(problem, [1, -1, -1]), 0).better
    none = why_here(state_of(problem, [0, 1, -1]), 0).better

    # With C on the same board, it lacks 1 kW even when B has gone.
    assert held == Better(("1",), 0, ("B",), "EL1", 1_000)
    assert lacking == Better(("1",), 0, ("B",))
    assert free == Better(("1",), 0, ())
    assert none is None


def test_a_free_place_is_named_before_a_thriftier_one_that_is_held() -> None:
    pitches = [
        PitchFacts(number=n, width_cm=w, board=None, x_m=0, y_m=0) for n, w in (("1", 300), ("2", 450), ("3", 900))
    ]
    problem = problem_of([booth("A"), booth("B")], pitches, [])

    assert why_here(state_of(problem, [2, 0]), 0).better == Better(("2",), 0, ())


def test_who_finds_all_taken_is_told_by_whom() -> None:
    proposal = proposed(Street([booth("A"), booth("B")], row_of(1)))

    [(reason,)] = proposal.unplaced.values()
    [there] = proposal.pitches_of
    assert reason == Reason(Misfit.TAKEN, 1, (there,), width_cm=300)


def test_the_fewest_needs_that_leave_no_other_place_are_named() -> None:
    wide = [
        PitchFacts(number=n, width_cm=900, board=None, x_m=x, y_m=0, water=True, three_phase=three_phase)
        for n, x, three_phase in (("7", 50, True), ("8", 70, True), ("9", 90, False))
    ]
    asks = {"width_cm": 900, "three_phase": True, "water": True}
    proposal = proposed(Street([booth(r, **asks) for r in "ABC"], [*row_of(5, three_phase=True), *wide]))

    [(reference, (reason,))] = proposal.unplaced.items()
    assert reason.misfit is Misfit.TAKEN
    assert (reason.count, set(reason.others)) == (2, {*"ABC"} - {reference})
    assert (reason.needs, reason.width_cm) == ((Misfit.WIDTH, Misfit.THREE_PHASE), 900)


def test_a_board_is_never_overloaded_and_says_how_much_it_lacks() -> None:
    needs = [booth(r, power_watts=2_000, three_phase=True) for r in "AB"]
    proposal = proposed(Street(needs, row_of(2, board="EL", three_phase=True), [BoardFacts("EL", 3_000)]))

    [(reason, lacking)] = proposal.unplaced.values()
    assert len(proposal.pitches_of) == 1
    assert reason.misfit is Misfit.TAKEN
    assert lacking == Reason(Misfit.BOARD_CAPACITY, 1, board="EL", lacks_watts=1_000)


def test_the_fewest_things_that_lack_are_named() -> None:
    pitches = [*row_of(2), PitchFacts(number="9", width_cm=300, board=None, x_m=90, y_m=0, water=True)]

    proposal = proposed(Street([booth("A", water=True, gas=True)], pitches))

    assert proposal.unplaced["A"] == (Reason(Misfit.GAS, 1, needs=(Misfit.GAS,), width_cm=300),)


def test_what_is_nowhere_together_is_named_with_what_the_nearest_lack() -> None:
    pitches = [
        PitchFacts(number=n, width_cm=300, board=None, x_m=x, y_m=0, water=x < 10, gas=x > 10)
        for n, x in (("1", 0), ("2", 20), ("3", 40))
    ]
    proposal = proposed(Street([booth("A", water=True, gas=True)], pitches))

    together, nearest = proposal.unplaced["A"]
    assert (together.misfit, together.needs) == (Misfit.TOGETHER, (Misfit.WATER, Misfit.GAS))
    assert (nearest.misfit, nearest.needs, nearest.count) == (Misfit.NEAREST, (Misfit.WATER,), 2)


def test_who_must_keep_apart_is_told_from_whom() -> None:
    proposal = proposed(Street([booth("A", keep_apart=frozenset({"B"})), booth("B")], row_of(2)))

    [(taken, near)] = proposal.unplaced.values()
    [there] = proposal.pitches_of
    assert (taken.misfit, near) == (Misfit.TAKEN, Reason(Misfit.KEEP_APART, 1, (there,)))


def test_who_asks_for_two_where_there_are_no_two_is_told_so() -> None:
    proposal = proposed(Street([booth("A", wants_two=True)], row_of(1)))

    assert proposal.unplaced["A"] == (Reason(Misfit.TWO_PITCHES),)


def test_each_hard_need_that_lacks_has_its_word() -> None:
    needs = {
        Misfit.PHASE_CAPACITY: booth("A", power_watts=4_000),
        Misfit.QUIET_ZONE: booth("A", amplified_sound=True),
        Misfit.BOARD_CAPACITY: booth("A", power_watts=9_500, three_phase=True),
    }
    row = row_of(2, board="EL", three_phase=True, amplified_sound=True)

    for misfit, need in needs.items():
        problem = problem_of([need], row, [BoardFacts("EL", 9_000)], quiet={"1", "2"})
        assert [reason.misfit for reason in why_not(state_of(problem, [-1]), 0)] == [misfit]
