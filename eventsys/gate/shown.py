"""The control room's figures, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eventsys.base.clock import local
from eventsys.editions import queries as editions
from eventsys.editions.models import Day, DayKind, Edition
from eventsys.gate import queries
from eventsys.gate.queries import Crew
from eventsys.gate.rules.admissions import Counts, Place, sum_of

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an hour: people who came in at each gate, in the order of the gates, and over all."""

    starts_at: datetime
    by_gate: tuple[int, ...]

    @property
    def came(self) -> int:
        """People who came in, over all gates."""
        return sum(self.by_gate)


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day at the gates. `is_now` while its window runs; `crews_here` are applications with crew admitted that day,
    `missing` those whose crew is expected and has not come.
    """

    number: int
    on: date
    is_now: bool
    is_build_up: bool
    counts: Counts
    quarters: tuple[Quarter, ...]
    missing: tuple[Crew, ...]
    crews_here: int

    @property
    def highest(self) -> int:
        """People in the fullest quarter of an hour; 1 when nobody came, so that it can divide."""
        return max([quarter.came for quarter in self.quarters] + [1])


def day_shown(edition: Edition, day: Day, *, now: datetime) -> DayShown:
    """A day of the edition with everything that the control room tells of it."""
    places = queries.quarter_counts(edition, day=day.number)
    running = queries.day_now(edition, now=now)
    here = queries.crews_of_day(edition, day=day.number)
    return DayShown(
        number=day.number,
        on=local(day.opens_at).date(),
        is_now=running is not None and running.number == day.number,
        is_build_up=day.kind is DayKind.BUILD_UP,
        counts=sum_of(places.values()),
        quarters=_quarters(places, [gate.code for gate in editions.gates_of(edition)]),
        missing=tuple(crew for crew in queries.crews_expected(edition, day=day.number) if crew.key not in here),
        crews_here=len(here),
    )


def day_to_show(edition: Edition, *, wanted: int | None, now: datetime) -> Day | None:
    """The day that is asked for, else the one that runs now, else the last that has begun, else the first."""
    chosen = next((day for day in edition.days if day.number == wanted), None)
    if chosen is not None or not edition.days:
        return chosen
    in_time = sorted(edition.days, key=lambda day: day.opens_at)
    return next((day for day in reversed(in_time) if day.opens_at <= now), in_time[0])


def _quarters(places: dict[Place, Counts], gates: list[str]) -> tuple[Quarter, ...]:
    came = {place: counts.admitted + counts.tallied_in for place, counts in places.items()}
    times = sorted({place.starts_at for place, people in came.items() if people})
    if not times:
        return ()
    number = next(iter(places)).day
    steps = (times[-1] - times[0]) // QUARTER + 1
    return tuple(
        Quarter(at, tuple(came.get(Place(gate, number, at), 0) for gate in gates))
        for at in (times[0] + step * QUARTER for step in range(steps))
    )
