"""A booth in the hand: what is quick says the same as what is thorough, on every street."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.fitting import Verdict, fitting
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.placing import broken_by
from eventsys.booths.rules.problem import Problem, problem_of
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
            x_m=4.0 * n, y_m=0.0, water=draw(st.booleans()),
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

    for fit in fitting(problem, at, booth):
        assert list(fit.broken) == broken_by(problem, at, booth, pitches=fit.pitches)


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

    assert [fit.verdict for fit in fits] == [Verdict.BREAKS, Verdict.FITS, Verdict.WISHES, Verdict.BREAKS]
    assert [[one.misfit or one.rule for one in fit.broken] for fit in fits] == [
        [Misfit.TAKEN], [], [Rule.NEAR], [Misfit.WATER, Rule.NEAR],
    ]  # fmt: skip


def test_who_needs_two_gets_the_pitch_and_its_neighbour() -> None:
    pitches = [pitch("A1", 0), pitch("A2", 3), pitch("A3", 30)]
    problem = problem_of([need("A", width_cm=600)], pitches, [BoardFacts("EL1", 0)], is_bare=True)

    assert [(fit.pitches, fit.verdict) for fit in fitting(problem, [{}], 0)] == [
        ((0, 1), Verdict.FITS), ((0, 1), Verdict.FITS), ((2,), Verdict.BREAKS),
    ]  # fmt: skip
