"""The proposal on the example's street and on larger ones like it, against first come, first served and plain greed.

`--plot FILE` draws points and seconds by size as an SVG picture.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.streets import street
from eventsys.booths.rules.allocation import propose
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.problem import problem_of
from eventsys.booths.rules.search import State, fill
from tests.rules.booths.checker import Street, example, plan_of, violations

# Booths, pitches, steps of work; the last ones for the picture of growth alone.
SIZES = ((90, 99, 60_000), (300, 330, 150_000), (1_000, 1_100, 300_000), (1_000, 5_000, 60_000))
GROWTH = (50, 100, 200, 400, 700, 1_000)


def first_come_first_served(problem: Problem) -> int:
    """Each takes the thriftiest pitch that is free, in the order of the references."""
    state = State(problem)
    for booth, fits in enumerate(problem.fits):
        free = next((place for place in fits if state.is_free_for(booth, place)), -1)
        if free >= 0:
            state.put(booth, free)
    return state.points


def greedy_with_ejection(problem: Problem) -> int:
    """The hardest first, driving others out where nothing is free; no wish is looked at."""
    state = State(problem)
    fill(state, steps=100 * len(problem.booths))
    return state.points


def measured(name: str, of: Street, work: int) -> tuple[int, float, float]:
    """Print one street's figures; the number of booths, seconds of computing, and gap."""
    began, computed = time.perf_counter(), time.process_time()
    problem = problem_of(*of.parts)
    built = time.perf_counter() - began
    built_in = time.process_time() - computed
    plain = first_come_first_served(problem)
    greedy = greedy_with_ejection(problem)
    began, computed = time.perf_counter(), time.process_time()
    proposal = propose(problem, work=work)
    seconds = built + time.perf_counter() - began
    computed = built_in + time.process_time() - computed
    assert not violations(plan_of(proposal), of)
    print(
        f"  {name:18} {proposal.placed} of {len(problem.booths)} placed, {proposal.objective} of at most "
        f"{proposal.bound} points ({proposal.gap:.3%} below), {proposal.status}, {seconds:.2f} s "
        f"({computed:.2f} s of computing)"
    )
    print(
        f"  {'':18} first come, first served {plain / proposal.objective:.3f}, greedy with ejection "
        f"{greedy / proposal.objective:.3f} of its points"
    )
    return len(problem.booths), computed, proposal.gap


def drawn(points: list[tuple[int, float, float]]) -> str:
    """Seconds (line) and gap in per mille (dots) by size, as SVG."""
    most = max(size for size, _, _ in points)
    longest = max(seconds for _, seconds, _ in points)
    x = {size: 60 + 500 * size / most for size, _, _ in points}
    line = " ".join(f"{x[size]:.0f},{320 - 260 * seconds / longest:.0f}" for size, seconds, _ in points)
    ticks = "".join(
        f'<text x="{x[size]:.0f}" y="340" text-anchor="middle">{size}</text>'
        f'<text x="{x[size]:.0f}" y="{310 - 260 * seconds / longest:.0f}" text-anchor="end">{seconds:.1f} s, {gap:.2%}</text>'
        for size, seconds, gap in points
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 360" font-family="sans-serif" font-size="12">'
        '<text x="60" y="24">Seconds of computing for the proposal, and how far below the proven bound, by number of booths</text>'
        f'<path d="M60 40V320H580" fill="none" stroke="#888"/><polyline points="{line}" fill="none" stroke="#1b5a6b" '
        f'stroke-width="2"/>{ticks}</svg>\n'
    )


def main() -> None:
    measured("the example", example(), 60_000)
    for booths, pitches, work in SIZES:
        measured(f"{booths} on {pitches}", Street(*street(booths, pitches)), work)
    print(f"  at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB of memory")
    if "--plot" in sys.argv:
        points = [
            measured(f"{size} on {size * 11 // 10}", Street(*street(size, size * 11 // 10, seed=7)), 300 * size)
            for size in GROWTH
        ]
        Path(sys.argv[sys.argv.index("--plot") + 1]).write_text(drawn(points))


main()
