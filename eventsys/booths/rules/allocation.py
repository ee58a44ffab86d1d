"""The proposal: who stands where. Searched, bounded by counting, and proven by HiGHS where the street is small enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from eventsys.booths.rules import bound, exact
from eventsys.booths.rules.explain import Reason, state_of, why_not
from eventsys.booths.rules.locks import Trouble
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.points import worth
from eventsys.booths.rules.search import search

WITHIN = 0.01
STEPS = 60_000
# The proof works in nodes and in rounds, one of each for so many steps of work.
STEPS_A_NODE, STEPS_A_ROUND = 100, 600


class Status(StrEnum):
    """How good a proposal is known to be."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within_gap"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Assigned:
    """A booth on one pitch, or on two neighbouring ones, on some days."""

    reference: str
    pitches: tuple[str, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who stands where on which days; why the others have no place; and how good it is.

    `objective` = 100 for each placed booth and the weights of the wishes that hold, less those of the distances that
    don't; `bound` is a number that no allocation of these booths exceeds; gap = (bound - objective) / bound.
    `troubles` are what couldn't be as it was asked for.
    """

    assignments: tuple[Assigned, ...]
    unplaced: Mapping[str, tuple[Reason, ...]]
    objective: int
    bound: int
    troubles: tuple[Trouble, ...] = ()

    @property
    def pitches_of(self) -> dict[str, tuple[str, ...]]:
        """The numbers of all pitches of each booth, whatever the day."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.assignments:
            found[one.reference] = tuple(dict.fromkeys((*found.get(one.reference, ()), *one.pitches)))
        return found

    @property
    def placed(self) -> int:
        """How many have a place on all of their days."""
        return len(self.pitches_of.keys() - self.unplaced.keys())

    def summary(self, seconds: float) -> dict[str, object]:
        """What is kept of a proposal beside its assignments: how good it is, and why the others have no place."""
        return {
            "placed": self.placed,
            "unplaced": [
                {"reference": reference, "reasons": [asdict(reason) for reason in reasons]}
                for reference, reasons in sorted(self.unplaced.items())
            ],
            "objective": self.objective,
            "bound": self.bound,
            "gap": round(self.gap, 6),
            "seconds": round(seconds, 3),
            "status": self.status.value,
        }

    @property
    def gap(self) -> float:
        """How far from the bound, as a share of it; 0 where there was nothing to place."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    @property
    def status(self) -> Status:
        """Proven optimal, within one per cent of the bound, or just the best found."""
        if self.objective == self.bound:
            return Status.OPTIMAL
        return Status.WITHIN_GAP if self.gap <= WITHIN else Status.STOPPED


@dataclass(frozen=True, slots=True)
class Watching:
    """How somebody follows a search: whether to stop, and what to be told (points, placed, bound)."""

    is_stopped: Callable[[], bool] = lambda: False
    tell: Callable[[int, int, int], None] = lambda _points, _placed, _bound: None


def propose(
    problem: Problem, *, work: int = STEPS, start: Sequence[int] | None = None, watching: Watching | None = None
) -> Proposal:
    """Place everybody who can be placed, then as well as can be. `work` are steps; the same give the same result.

    `start` is an allocation to go on from.
    """
    watching = watching or Watching()
    watching.tell(0, 0, 0)  # Whoever follows lets others write from here on.
    ceiling = bound.upper_bound(problem, [0 if fits else -1 for fits in problem.fits])
    at = search(
        problem,
        work=work,
        start=start,
        bound=ceiling,
        is_stopped=watching.is_stopped,
        tell=lambda points, placed: watching.tell(points, placed, ceiling),
    )
    ceiling = bound.upper_bound(problem, at)
    if worth(problem, at) < ceiling and exact.is_small_enough(problem) and not watching.is_stopped():
        effort = exact.Effort(max(1, work // STEPS_A_NODE), max(1, work // STEPS_A_ROUND))
        at, proven = exact.prove(problem, at, effort=effort, is_stopped=watching.is_stopped)
        ceiling = min(ceiling, proven) if proven >= 0 else ceiling
    return told(problem, at, ceiling)


def told(problem: Problem, at: Sequence[int], ceiling: int) -> Proposal:
    """An allocation in the words of the field."""
    state = state_of(problem, at)
    days_on: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    for need, place in zip(problem.booths, at, strict=True):
        if place >= 0:
            numbers = tuple(problem.pitches[n].number for n in problem.places[place].pitches)
            days_on.setdefault((need.reference, numbers), set()).update(need.days)
    return Proposal(
        assignments=tuple(Assigned(*where, tuple(sorted(days))) for where, days in days_on.items()),
        unplaced={problem.booths[n].reference: why_not(state, n) for n, place in enumerate(at) if place < 0},
        objective=worth(problem, at),
        bound=max(ceiling, worth(problem, at)),
        troubles=tuple(problem.troubles),
    )
