"""A booth in the hand: what is quick says the same as what is thorough, on every street."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import given
from hypothesis import strategies as st

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.exchanging import exchanged
from eventsys.booths.rules.fitting import Fit, Verdict, exchanges, fitting, hard_broken
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.placing import broken_by, broken_where
from eventsys.booths.rules.problem import problem_of
from eventsys.booths.rules.rulebook import Rule

# A problem, where each booth stands by day, and the booth in the hand.
Street = tuple[Problem, list[dict[int, tuple[int, ...]]], int]


def need(reference: str, **more: object) -> Need:
    told = {"days": frozenset({1, 2}), "width_cm": 300, "power_watts": 0, **more}
    return Need(reference=reference, **told)  # type: ignore[arg-type]


def pitch(number: str, along_m: float, **more: object) -> PitchFacts:
    return PitchFacts(number=number, width_cm=300, board="EL1", x_m=along_m, y_m=0.0, **more)  # type: ignore[arg-type]


@st.composite
def streets(draw: st.DrawFn) -> Street:
    """A street of up to eight pitches on two boards, up to seven booths with wishes, some of them placed, one in the hand."""
    pitches = [
        PitchFacts(
            number=f"A{n}", width_cm=draw(st.sampled_from([300, 600])), board=draw(st.sampled_from(["EL1", "EL2", None])),
            x_m=4.0 * n, y_m=0.0, water=draw(st.booleans()), overlaps=frozenset({f"A{n - 1}"} if draw(st.booleans()) else ()),
        )
        for n in range(draw(st.integers(1, 8)))
    ]  # fmt: skip
    names = [f"T-{n}" for n in range(draw(st.integers(1, 7)))]
    others = st.frozensets(st.sampled_from(names), max_size=2)
    needs = [
        Need(
            reference=name, days=frozenset(draw(st.sets(st.sampled_from([1, 2]), min_size=1))),
            width_cm=draw(st.sampled_from([300, 600, 900])), power_watts=draw(st.sampled_from([0, 2_000, 6_000])),
            water=draw(st.booleans()), keep_apart=draw(others) - {name}, next_to=draw(others) - {name},
            cuisine=draw(st.sampled_from(["", "thai"])),
        )
        for name in names
    ]  # fmt: skip
    boards = [BoardFacts("EL1", 7_000), BoardFacts("EL2", 4_000)]
    problem = problem_of(needs, pitches, boards, is_bare=True)
    somewhere = st.lists(st.integers(0, len(pitches) - 1), max_size=2, unique=True).map(
        lambda found: tuple(sorted(found))
    )
    at = [{day: draw(somewhere) for day in sorted(one.days)} for one in problem.booths]
    return problem, at, draw(st.integers(0, len(names) - 1))


@given(streets())
def test_looking_only_at_who_matters_misses_nothing(street: Street) -> None:
    problem, at, booth = street

    for day in (0, *sorted(problem.booths[booth].days)):
        days = sorted({day} - {0} or problem.booths[booth].days)
        for fit in fitting(problem, at, booth, days={day} - {0}):
            there = {
                n
                for n, by_day in enumerate(at)
                if n != booth and any(set(by_day.get(on, ())) & set(fit.pitches) for on in days)
            }
            assert set(fit.there) == {problem.booths[n].reference for n in there}
            if len(there) != 1:
                broken = broken_by(problem, at, booth, pitches=fit.pitches, days=days)
                assert list(fit.broken) == [one for one in broken if one.misfit is not Misfit.TAKEN]
            else:
                check_exchange(problem, at, (booth, *there), fit, day)


def check_exchange(
    problem: Problem, at: list[dict[int, tuple[int, ...]]], both: tuple[int, int], fit: Fit, day: int
) -> None:
    """An exchange weighs as if both had gone already, with everybody else where they stand."""
    one, other = both
    here, there = (
        {on: pitches for on, pitches in at[n].items() if pitches and (not day or on == day)} for n in (one, other)
    )
    now = list(at)
    for n, goes_to, first in ((one, there, min(there)), (other, here, min(here, default=0))):
        days = problem.booths[n].days & ({day} if day else problem.booths[n].days)
        now[n] = {**at[n], **{on: goes_to.get(on, goes_to.get(first, ())) for on in days}}
    judged = [
        [
            rule
            for pitches, on in grouped(now[n], problem.booths[n].days & ({day} if day else {1, 2}))
            for rule in broken_by(problem, now, n, pitches=pitches, days=on)
        ]
        for n in both
    ]

    assert [set(fit.broken), set(fit.broken_by_other)] == [set(found) for found in judged]
    assert fit.loses_place is not bool(here)


def grouped(where: dict[int, tuple[int, ...]], days: Collection[int]) -> list[tuple[tuple[int, ...], list[int]]]:
    """Pitches with the days on which somebody stands there."""
    on = sorted({pitches for day, pitches in where.items() if pitches and day in days})
    return [(pitches, [day for day in days if where.get(day) == pitches]) for pitches in on]


def test_a_bare_problem_knows_who_concerns_whom() -> None:
    needs = [need("A", next_to=frozenset({"B"}), keep_apart=frozenset({"C"})), need("B"), need("C")]

    bare, whole = (problem_of(needs, [pitch("A1", 0)], [], is_bare=is_bare) for is_bare in (True, False))

    assert (bare.apart, bare.pairs, bare.days) == (whole.apart, whole.pairs, whole.days)
    assert bare.places == []


def test_it_fits_or_loses_a_wish_or_breaks_a_rule() -> None:
    pitches = [pitch("A1", 0, water=True), pitch("A2", 5, water=True), pitch("A3", 40, water=True), pitch("A4", 45)]
    needs = [need("A", water=True, next_to=frozenset({"B"})), need("B")]
    problem = problem_of(needs, pitches, [], is_bare=True)

    fits = fitting(problem, [{}, {1: (0,), 2: (0,)}], 0)

    assert [fit.verdict for fit in fits] == [Verdict.WISHES, Verdict.FITS, Verdict.WISHES, Verdict.BREAKS]
    assert [[one.misfit or one.rule for one in fit.broken] for fit in fits] == [
        [], [], [Rule.NEAR], [Misfit.WATER, Rule.NEAR],
    ]  # fmt: skip


def test_who_changes_places_is_judged_too() -> None:
    pitches = [pitch("A1", 0), pitch("A2", 5, water=True)]
    problem = problem_of([need("A"), need("B", water=True)], pitches, [], is_bare=True)

    [_here, there] = fitting(problem, [{1: (0,), 2: (0,)}, {1: (1,), 2: (1,)}], 0)

    assert (there.there, there.broken, there.loses_place) == (("B",), (), False)
    assert [one.misfit for one in there.broken_by_other] == [Misfit.WATER]
    assert there.verdict is Verdict.BREAKS


def test_on_one_day_alone_only_who_is_there_then_changes_places() -> None:
    pitches = [pitch("A1", 0), pitch("A2", 5)]
    needs = [need("A"), need("B", days=frozenset({1})), need("C", days=frozenset({2}))]
    problem = problem_of(needs, pitches, [], is_bare=True)
    at = [{1: (0,), 2: (0,)}, {1: (1,)}, {2: (1,)}]

    assert [fit.there for fit in fitting(problem, at, 0)] == [(), ("B", "C")]
    assert [fit.there for fit in fitting(problem, at, 0, days={2})] == [(), ("C",)]
    assert fitting(problem, at, 0)[1].verdict is Verdict.BREAKS
    assert fitting(problem, at, 0, days={2})[1].verdict is Verdict.FITS


def test_a_pitch_that_lies_over_another_is_taken_with_it() -> None:
    pitches = [pitch("A1", 0), pitch("A2", 1, overlaps=frozenset({"A1"})), pitch("A3", 9)]
    problem = problem_of([need("A"), need("B")], pitches, [], is_bare=True)

    fits = fitting(problem, [{}, {1: (0,)}], 0)

    assert [[one.misfit for one in fit.broken] for fit in fits] == [[], [Misfit.OVERLAP], []]
    assert fits[1].broken[0].others == ("B",)


def test_who_needs_two_gets_the_pitch_and_its_neighbour() -> None:
    pitches = [pitch("A1", 0), pitch("A2", 3), pitch("A3", 30)]
    problem = problem_of([need("A", width_cm=600)], pitches, [BoardFacts("EL1", 0)], is_bare=True)

    assert [(fit.pitches, fit.verdict) for fit in fitting(problem, [{}], 0)] == [
        ((0, 1), Verdict.FITS), ((0, 1), Verdict.FITS), ((2,), Verdict.BREAKS),
    ]  # fmt: skip


@given(streets())
def test_what_each_breaks_where_it_stands_is_what_is_found_by_looking_at_all(drawn: Street) -> None:
    problem, at, _booth = drawn

    found = hard_broken(problem, at)

    for n, where in enumerate(at):
        assert found[n] == [one for one in broken_where(problem, at, n, where=where) if one.is_hard]


@given(streets())
def test_what_an_exchange_breaks_is_what_both_break_once_they_stand_there(drawn: Street) -> None:
    problem, at, booth = drawn
    at = [
        {day: pitches for day, pitches in where.items() if pitches} or {min(where): (0,)} if n == booth else where
        for n, where in enumerate(at)
    ]

    found = exchanges(problem, at, booth)

    assert found.keys() == {n for n, where in enumerate(at) if n != booth and any(where.values())}
    for other, both in found.items():
        goes, comes = exchanged(
            at[booth], at[other], days=problem.booths[booth].days, days_of_other=problem.booths[other].days
        )
        then = [*at]
        then[booth], then[other] = {**at[booth], **goes}, {**at[other], **comes}
        assert both == (
            broken_where(problem, then, booth, where=goes),
            broken_where(problem, then, other, where=comes),
        )
