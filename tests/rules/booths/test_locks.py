"""What is fixed by hand: per day, kept as it is, and named where it can't be."""

from __future__ import annotations

from dataclasses import replace

from eventsys.booths.rules.allocation import Assigned, Status, Watching, propose
from eventsys.booths.rules.codes import Misfit, Odd
from eventsys.booths.rules.locks import Trouble
from eventsys.booths.rules.needs import BoardFacts
from eventsys.booths.rules.points import how_many_placed
from eventsys.booths.rules.problem import problem_of
from tests.rules.booths.checker import Street, booth, plan_of, proposed, row_of

BOTH = frozenset({1, 2})


def test_a_booth_may_stand_elsewhere_on_each_day() -> None:
    street = Street([booth("A", days=BOTH), booth("B", days=BOTH)], row_of(3), locked={"A": {1: ("1",), 2: ("2",)}})

    proposal = proposed(street)

    assert [one for one in proposal.assignments if one.reference == "A"] == [
        Assigned("A", ("1",), (1,)),
        Assigned("A", ("2",), (2,)),
    ]
    assert plan_of(proposal)["B"] == {1: ("3",), 2: ("3",)}
    assert (proposal.placed, proposal.objective, proposal.status) == (2, 200, Status.OPTIMAL)


def test_fixed_on_one_day_it_finds_a_place_on_the_other() -> None:
    street = Street([booth("A", days=BOTH), booth("B")], row_of(2), locked={"A": {2: ("1",)}, "B": {1: ("1",)}})

    proposal = proposed(street)

    assert plan_of(proposal)["A"] == {1: ("2",), 2: ("1",)}
    assert proposal.objective == 200


def test_a_day_without_a_place_is_told_although_the_other_has_one() -> None:
    street = Street([booth("A", days=BOTH), booth("B")], row_of(1), locked={"A": {2: ("1",)}, "B": {1: ("1",)}})

    proposal = proposed(street)

    assert proposal.placed == 1
    assert plan_of(proposal)["A"] == {2: ("1",)}
    assert [reason.misfit for reason in proposal.unplaced["A"]] == [Misfit.TAKEN]
    assert proposal.objective == 150


def test_who_must_keep_apart_must_do_so_on_the_days_that_they_share() -> None:
    needs = [booth("A", days=BOTH, keep_apart=frozenset({"B"})), booth("B", days=frozenset({2}))]
    street = Street(needs, row_of(9), locked={"A": {1: ("1",), 2: ("9",)}})

    assert plan_of(proposed(street))["B"][2][0] in {"1", "2", "3", "4", "5"}


def test_two_fixed_on_pitches_that_lie_over_each_other_stay_and_are_named() -> None:
    one, other, third = row_of(3)
    pitches = [one, replace(other, overlaps=frozenset({"1", "3"})), third]
    street = Street([booth("A"), booth("B"), booth("C")], pitches, locked={"A": {1: ("1",)}, "B": {1: ("2",)}})

    proposal = proposed(street)

    assert plan_of(proposal) == {"A": {1: ("1",)}, "B": {1: ("2",)}}
    assert proposal.troubles == (Trouble(Odd.LOCK_OVERLAP, ("A", "B"), "1"),)
    assert (proposal.objective, proposal.bound) == (200, 200)


def test_of_two_fixed_on_one_pitch_one_is_let_go_and_named() -> None:
    street = Street([booth("A"), booth("B")], row_of(2), locked={"A": {1: ("1",)}, "B": {1: ("1",)}})

    proposal = proposed(street)

    assert plan_of(proposal) == {"A": {1: ("1",)}, "B": {1: ("2",)}}
    assert proposal.troubles == (Trouble(Odd.LOCK_TAKEN, ("B", "A"), "1"),)


def test_fixed_on_a_pitch_that_is_gone_it_is_placed_anew_and_named() -> None:
    street = Street([booth("A", days=BOTH)], row_of(1), locked={"A": {1: ("99",), 2: ("99",)}})

    proposal = proposed(street)

    assert plan_of(proposal) == {"A": {1: ("1",), 2: ("1",)}}
    assert proposal.troubles == (Trouble(Odd.LOCK_PITCH_GONE, ("A",), "99"),)


def test_two_fixed_that_must_keep_apart_stay_and_are_named() -> None:
    needs = [booth("A", keep_apart=frozenset({"B"})), booth("B"), booth("C")]
    street = Street(needs, row_of(3), locked={"A": {1: ("1",)}, "B": {1: ("2",)}})

    proposal = proposed(street)

    assert plan_of(proposal) == {"A": {1: ("1",)}, "B": {1: ("2",)}, "C": {1: ("3",)}}
    assert proposal.troubles == (Trouble(Odd.LOCK_TOO_NEAR, ("A", "B")),)
    assert proposal.status is Status.OPTIMAL


def test_fixed_ones_that_overload_a_board_stay_and_nobody_else_is_fed_there() -> None:
    needs = [booth(r, power_watts=900) for r in "AB"] + [booth("C", power_watts=1), booth("D")]
    street = Street(
        needs, row_of(4, board="EL"), [BoardFacts("EL", 1_000, 1)], locked={"A": {1: ("1",)}, "B": {1: ("2",)}}
    )

    proposal = proposed(street)

    assert proposal.pitches_of.keys() == {"A", "B", "D"}
    assert proposal.troubles == (Trouble(Odd.LOCK_OVERLOAD, ("A", "B"), day=1, board="EL", over_watts=800),)
    assert proposal.unplaced["C"][-1].lacks_watts == 1


def test_fixed_where_it_does_not_fit_it_stays_and_what_lacks_is_named() -> None:
    street = Street([booth("A", width_cm=600, water=True)], row_of(2), locked={"A": {1: ("2",)}})

    proposal = proposed(street)

    assert plan_of(proposal) == {"A": {1: ("2",)}}
    assert proposal.troubles == (Trouble(Odd.LOCK_UNFIT, ("A",), "2", misfits=(Misfit.WIDTH, Misfit.WATER)),)


def test_fixed_it_stays_although_two_others_would_count_more() -> None:
    needs = [booth("A", keep_apart=frozenset({"B", "C"})), booth("B"), booth("C")]
    street = Street(needs, row_of(3), locked={"A": {1: ("2",)}})

    assert plan_of(proposed(street)) == {"A": {1: ("2",)}}


def test_who_is_to_have_two_and_is_fixed_on_one_is_named() -> None:
    proposal = proposed(Street([booth("A", wants_two=True)], row_of(2), locked={"A": {1: ("1",)}}))

    assert plan_of(proposal) == {"A": {1: ("1",)}}
    assert proposal.troubles == (Trouble(Odd.LOCK_UNFIT, ("A",), "1", misfits=(Misfit.TWO_PITCHES,)),)


def test_fixed_on_several_pitches_it_keeps_them_all() -> None:
    street = Street([booth("A"), booth("B")], row_of(4), locked={"A": {1: ("1", "2", "3")}})

    assert plan_of(proposed(street)) == {"A": {1: ("1", "2", "3")}, "B": {1: ("4",)}}


def test_wishes_about_oneself_or_somebody_who_is_not_in_are_named_and_left_out() -> None:
    needs = [booth("A", keep_apart=frozenset({"A", "X"}), next_to=frozenset({"A", "Y"})), booth("B")]

    proposal = proposed(Street(needs, row_of(2)))

    assert proposal.placed == 2
    assert proposal.troubles == (
        Trouble(Odd.KEEP_APART_SELF, ("A",)),
        Trouble(Odd.KEEP_APART_GONE, ("A", "X")),
        Trouble(Odd.NEXT_TO_SELF, ("A",)),
        Trouble(Odd.NEXT_TO_GONE, ("A", "Y")),
    )


def test_a_lock_of_somebody_who_is_not_in_or_not_there_that_day_is_nothing() -> None:
    street = Street([booth("A")], row_of(1), locked={"X": {1: ("1",)}, "A": {2: ("1",)}})

    proposal = proposed(street)

    assert plan_of(proposal) == {"A": {1: ("1",)}}
    assert proposal.troubles == ()


def test_who_stands_elsewhere_on_each_day_is_counted_once_while_it_is_searched() -> None:
    needs = [
        booth("A", days=BOTH),
        booth("B", days=BOTH),
        booth("C", days=BOTH, cuisine="thai"),
        booth("D", cuisine="thai"),
    ]
    problem = problem_of(needs, row_of(4), [], locked={"A": {1: ("1",), 2: ("2",)}, "B": {1: ("2",)}})
    heard: list[int] = []

    proposal = propose(
        problem, work=5_000, watching=Watching(tell=lambda _points, placed, _bound: heard.append(placed))
    )

    assert proposal.placed == 4
    assert max(heard) == 4
    assert how_many_placed(problem, [-1] * len(problem.booths)) == 0
