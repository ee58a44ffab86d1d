"""What the fold makes of scans: classes, admissions, duplicates, and counts by gate, day and quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import add, attrgetter, sub

from eventsys.gate.rules.verdicts import Verdict
from eventsys.passes.rules.codec import PassKind


class State(StrEnum):
    """Where the bearer of a pass is on a day; each day starts outside."""

    OUTSIDE = "outside"
    INSIDE = "inside"


class Note(StrEnum):
    """What a human should know beside the verdict."""

    VOIDED = "voided"
    WITHOUT_ENTRY = "without_entry"
    NO_FAULT = "no_fault"
    LET_IN_AGAINST = "let_in_against"


@dataclass(frozen=True, slots=True)
class Judged:
    """The class of one scan on a day (0: outside all days); no verdict for a tally, a void and what was voided."""

    scan_id: str
    verdict: Verdict | None
    day: int
    notes: frozenset[Note] = frozenset()


@dataclass(frozen=True, slots=True)
class Admission:
    """A bearer is (or was) in on a day. Exists once the pass was admitted that day; `gate` is where, first."""

    pass_id: str
    day: int
    kind: PassKind
    state: State
    first_in_at: datetime
    gate: str
    last_at: datetime
    last_gate: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A pass that came in again without an exit, and the entry before. `is_no_fault` ones are listed apart."""

    scan_id: str
    pass_id: str
    day: int
    at: datetime
    gate: str
    before_scan_id: str
    before_at: datetime
    before_gate: str
    is_no_fault: bool


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody went in against the verdict; `pass_id` None for a code that is no pass."""

    scan_id: str
    day: int
    at: datetime
    gate: str
    pass_id: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where and when something is counted: a gate, a day (0: outside all days), a quarter of an hour."""

    gate: str
    day: int
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened at a place. `*_admitted` counts a pass once a day; coming in again after an exit is `returned`.

    `left` are passes that were inside; `let_in_against` are people let in against the class of their scan.
    """

    crew_admitted: int = 0
    volunteers_admitted: int = 0
    guests_admitted: int = 0
    visitors_admitted: int = 0
    returned: int = 0
    left: int = 0
    let_in_against: int = 0
    tallied_in: int = 0
    tallied_out: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, _counted(self), _counted(other)))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*map(sub, _counted(self), _counted(other)))

    def __bool__(self) -> bool:
        return any(_counted(self))

    @property
    def admitted(self) -> int:
        """Passes of every kind."""
        return self.crew_admitted + self.volunteers_admitted + self.guests_admitted + self.visitors_admitted

    @property
    def visits(self) -> int:
        """Guests and visitors with a pass, and people counted by hand. Crews and volunteers are counted apart."""
        return self.guests_admitted + self.visitors_admitted + self.tallied_in

    @property
    def came_in(self) -> int:
        """Everybody who came in: with a pass for the first time or again after an exit, and counted by hand."""
        return self.admitted + self.returned + self.tallied_in

    @property
    def went_out(self) -> int:
        """Everybody who went out: with a pass that was inside, and counted by hand."""
        return self.left + self.tallied_out

    @property
    def inside(self) -> int:
        """Who came in and did not go out: meaningful as the sum of a whole day, every gate."""
        return self.came_in - self.went_out


_counted = attrgetter(*(part.name for part in fields(Counts)))

NOTHING = Counts()
"""No change to what is counted."""

ADMITTED = {
    PassKind.BOOTH_CREW: Counts(crew_admitted=1),
    PassKind.VOLUNTEER: Counts(volunteers_admitted=1),
    PassKind.GUEST: Counts(guests_admitted=1),
    PassKind.VISITOR: Counts(visitors_admitted=1),
}
"""One admission of each kind."""


def plus(counts: Mapping[Place, Counts], others: Mapping[Place, Counts]) -> dict[Place, Counts]:
    """Both counts together, place by place; places where nothing is left to count disappear."""
    places = dict.fromkeys([*counts, *others])
    sums = {place: counts.get(place, NOTHING) + others.get(place, NOTHING) for place in places}
    return {place: counted for place, counted in sums.items() if counted}


def less(counts: Mapping[Place, Counts], others: Mapping[Place, Counts]) -> dict[Place, Counts]:
    """The first counts without the others: how a cache changes is `less(after, before)`."""
    return plus(counts, {place: NOTHING - counted for place, counted in others.items()})


def total(counts: Mapping[Place, Counts], *, day: int | None = None, gate: str | None = None) -> Counts:
    """The sum over places, of one day or one gate if given. `total(counts, day=2).visits` are the visits of day 2."""
    return sum_of(
        counted for place, counted in counts.items() if day in {None, place.day} and gate in {None, place.gate}
    )


def sum_of(parts: Iterable[Counts]) -> Counts:
    """Counts added up."""
    result = NOTHING
    for part in parts:
        result += part
    return result
