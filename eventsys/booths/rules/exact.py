"""The proof: the same problem as a mixed-integer programme, solved by HiGHS, for streets that are small enough.

Variables x[i, p]: booth i stands on place p. A wish between two booths to stand near gets a variable for each place of
the first that is no larger than x there and than what stands near it; a wish to stand apart one that is as large as both
together less one. Deterministic: one thread, a fixed seed, and limits of nodes and of rounds (how often the solver asks whether to
go on, which it does at fixed points of its work) rather than of time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import highspy
import numpy as np

from eventsys.booths.rules.places import Pair, Problem
from eventsys.booths.rules.rulebook import Rule

MOST_CHOICES = 15_000
SEED = 2011
ROUNDED = 1e-6


def is_small_enough(problem: Problem) -> bool:
    """Whether a proof is worth trying: by the number of choices."""
    wished = sum(len(problem.fits[pair.one]) for pair in problem.pairs)
    return sum(map(len, problem.fits)) + wished <= MOST_CHOICES


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a proof may work: the same gives the same result on any machine."""

    nodes: int
    rounds: int


def prove(
    problem: Problem, at: Sequence[int], *, effort: Effort, is_stopped: Callable[[], bool] = lambda: False
) -> tuple[list[int], int]:
    """A better allocation, or the one given, and points that none exceeds."""
    programme = _Programme(problem)
    solver = programme.solver
    solver.setOptionValue("mip_max_nodes", effort.nodes)

    rounds = count(1)

    def look(event: Any) -> None:
        if next(rounds) > effort.rounds or is_stopped():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(look)
    programme.begin_with(at)
    solver.run()
    info = solver.getInfo()
    bound = int(np.floor(info.mip_dual_bound + ROUNDED)) if np.isfinite(info.mip_dual_bound) else -1
    return (programme.found() if info.primal_solution_status == 2 else list(at)), bound


class _Programme:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the library tells no types
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", SEED), ("mip_rel_gap", 0.0)):
            self.solver.setOptionValue(option, value)
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.choice: dict[tuple[int, int], int] = {}
        self.count = 0
        for booth, fits in enumerate(problem.fits):
            for place in fits:
                self.choice[booth, place] = self._variable(
                    problem.points[booth] + problem.liking[booth].get(place, 0), is_whole=True
                )
        self._one_place_each()
        self._one_booth_a_pitch()
        self._boards()
        self._between_booths()

    def _between_booths(self) -> None:
        for booth, others in enumerate(self.problem.apart):
            for other in sorted(others):
                if booth < other:
                    self._keep_apart(booth, other)
        for pair in self.problem.pairs:
            if pair.weight > 0:
                self._near(pair)
            elif pair.weight < 0:
                self._far(pair)

    def _variable(self, points: float, *, is_whole: bool = False) -> int:
        self.solver.addVar(0.0, 1.0)
        self.solver.changeColCost(self.count, float(points))
        if is_whole:
            self.solver.changeColIntegrality(self.count, highspy.HighsVarType.kInteger)
        self.count += 1
        return self.count - 1

    def _at_most(self, most: float, parts: Sequence[tuple[int, float]]) -> None:
        columns = np.array([column for column, _ in parts], dtype=np.int32)
        values = np.array([value for _, value in parts], dtype=np.float64)
        self.solver.addRow(-highspy.kHighsInf, most, len(parts), columns, values)

    def _one_place_each(self) -> None:
        for booth, fits in enumerate(self.problem.fits):
            if fits:
                self._at_most(1, [(self.choice[booth, place], 1.0) for place in fits])
        for key in self.problem.locked.items():
            self.solver.changeColBounds(self.choice[key], 1.0, 1.0)

    def _one_booth_a_pitch(self) -> None:
        problem = self.problem
        there: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for (booth, place), column in self.choice.items():
            for day in range(problem.days[booth].bit_length()):
                if problem.days[booth] >> day & 1:
                    for pitch in problem.places[place].pitches:
                        there.setdefault((pitch, day), []).append((column, 1.0))
        for _key, parts in sorted(there.items()):
            if len(parts) > 1:
                self._at_most(1, parts)
        self._nobody_over_another(there)

    def _nobody_over_another(self, there: Mapping[tuple[int, int], Sequence[tuple[int, float]]]) -> None:
        """Of two pitches that lie over each other one is taken at most, unless both are fixed by hand."""
        fixed = {self.choice[key] for key in self.problem.locked.items()}
        for (pitch, day), parts in sorted(there.items()):
            for other in sorted(self.problem.over[pitch]):
                both = dict([*parts, *there.get((other, day), ())])
                if other > pitch and len(fixed.intersection(both)) < 2:
                    self._at_most(1, list(both.items()))

    def _boards(self) -> None:
        problem = self.problem
        drawn: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for (booth, place), column in self.choice.items():
            board, watts = problem.places[place].board, problem.booths[booth].power_watts
            for day in range(problem.days[booth].bit_length()):
                if board >= 0 and watts and problem.days[booth] >> day & 1:
                    drawn.setdefault((board, day), []).append((column, float(watts)))
        for (board, day), parts in sorted(drawn.items()):
            self._at_most(problem.capacity[board][day], parts)

    def _standing(self, booth: int, near: frozenset[int]) -> list[tuple[int, float]]:
        return [(self.choice[booth, place], 1.0) for place in self.problem.fits[booth] if place in near]

    def _keep_apart(self, one: int, other: int) -> None:
        near = self.problem.near(self.problem.rulebook.of(Rule.KEEP_APART).distance_m)
        for place in self.problem.fits[one]:
            others = self._standing(other, near[place])
            if others:
                self._at_most(1, [(self.choice[one, place], 1.0), *others])

    def _near(self, pair: Pair) -> None:
        near = self.problem.near(pair.distance_m)
        for place in self.problem.fits[pair.one]:
            others = self._standing(pair.other, near[place])
            if others:
                held = self._variable(pair.weight)
                self._at_most(0, [(held, 1.0), (self.choice[pair.one, place], -1.0)])
                self._at_most(0, [(held, 1.0), *((column, -1.0) for column, _ in others)])

    def _far(self, pair: Pair) -> None:
        near, broken = self.problem.near(pair.distance_m), -1
        for place in self.problem.fits[pair.one]:
            others = self._standing(pair.other, near[place])
            if others:
                broken = self._variable(pair.weight) if broken < 0 else broken
                self._at_most(1, [(self.choice[pair.one, place], 1.0), *others, (broken, -1.0)])

    def begin_with(self, at: Sequence[int]) -> None:
        """Let the solver start from an allocation; it completes what hangs on it."""
        columns = list(self.choice.values())
        values = [float(at[booth] == place) for booth, place in self.choice]
        self.solver.setSolution(len(columns), np.array(columns, dtype=np.int32), np.array(values, dtype=np.float64))

    def found(self) -> list[int]:
        """The place of each booth in the solver's best solution."""
        values = self.solver.getSolution().col_value
        at = [-1] * len(self.problem.booths)
        for (booth, place), column in self.choice.items():
            if values[column] > 0.5:
                at[booth] = place
        return at
