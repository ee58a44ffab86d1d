"""Plans: who stands where, on which days, and what that draws from the boards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.booths.models import Assignment, Board, Pitch, Plan, PlanState, Site
from eventsys.booths.queries.ground import boards_on
from eventsys.editions.models import Day, Edition
from eventsys.editions.rules import day_numbers
from eventsys.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class BoardLoad:
    """What is drawn from a board on a day."""

    board: Board
    day: int
    watts: int

    @property
    def share(self) -> float:
        """Of what it can carry."""
        return self.watts / self.board.capacity_watts if self.board.capacity_watts else 0.0


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One booth on one pitch on one day, by the keys of application and board."""

    number: str
    board_id: int | None
    application_id: int
    reference: str
    day: int
    is_locked: bool
    override_reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a plan: the numbers of the pitches each day, which days are fixed, against a rule with why."""

    reference: str
    application_id: int
    by_day: Mapping[int, tuple[str, ...]]
    locked_days: frozenset[int]
    override_reason: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of all pitches, whatever the day."""
        return tuple(sorted({number for numbers in self.by_day.values() for number in numbers}))

    @property
    def is_locked(self) -> bool:
        """Whether it is fixed by hand, on whatever day."""
        return bool(self.locked_days)

    @property
    def is_apart(self) -> bool:
        """Whether it stands on different pitches on different days."""
        return len(set(self.by_day.values())) > 1

    @property
    def fixed(self) -> dict[int, tuple[str, ...]]:
        """Where it is fixed, by day."""
        return {day: numbers for day, numbers in self.by_day.items() if day in self.locked_days}


def plan(edition: Edition, state: PlanState, *, is_locked: bool = False) -> Plan | None:
    """The newest plan of an edition in a state; locked until the transaction ends for who means to change it."""
    query = (
        select(Plan)
        .join(Site, Site.id == Plan.site_id)
        .where(Site.edition_id == edition.id, Plan.state == state)
        .order_by(Plan.version.desc())
        .limit(1)
    )
    if is_locked:
        query = query.with_for_update(of=Plan).execution_options(populate_existing=True)
    return db.session.scalar(query)


def plan_at_work(edition: Edition) -> Plan | None:
    """The plan that is worked on: the draft, else the one that counts, from which a draft would be made."""
    return plan(edition, PlanState.DRAFT) or plan(edition, PlanState.PUBLISHED)


def newest_version(site: Site) -> int:
    """The number of the newest plan, 0 before the first."""
    return db.session.scalar(select(func.max(Plan.version)).where(Plan.site_id == site.id)) or 0


def assignments_of(plan_: Plan | None) -> Sequence[Assignment]:
    """Who stands where in a plan, by pitch and day."""
    if plan_ is None:
        return []
    return db.session.scalars(
        select(Assignment)
        .join(Assignment.pitch)
        .where(Assignment.plan_id == plan_.id)
        .order_by(Pitch.number, Assignment.day_id)
    ).all()


def assignment_rows(plan_: Plan | None) -> list[AssignmentRow]:
    """Who stands where in a plan, by pitch and day: bare rows, for pages about everybody."""
    if plan_ is None:
        return []
    rows = db.session.execute(
        select(
            Pitch.number, Pitch.board_id, Assignment.application_id, Application.reference, Day.number, Assignment.is_locked,
            Assignment.override_reason,
        )
        .join(Pitch, Pitch.id == Assignment.pitch_id)
        .join(Application, Application.id == Assignment.application_id)
        .join(Day, Day.id == Assignment.day_id)
        .where(Assignment.plan_id == plan_.id)
        .order_by(Pitch.number, Day.number, Assignment.id)
    )  # fmt: skip
    return [AssignmentRow(*row) for row in rows]


def pitches_of(edition: Edition) -> dict[int, list[tuple[str, tuple[int, ...]]]]:
    """Pitch numbers with day numbers in the published plan, by the application's key."""
    rows = db.session.execute(
        select(Assignment.application_id, Pitch.number, Assignment.day_id)
        .join(Pitch, Pitch.id == Assignment.pitch_id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(Site, Site.id == Plan.site_id)
        .where(Site.edition_id == edition.id, Plan.state == PlanState.PUBLISHED)
        .order_by(Pitch.number)
    )
    numbers = {day.id: day.number for day in edition.days}
    days: dict[tuple[int, str], list[int]] = {}
    for application_id, number, day_id in rows:
        days.setdefault((application_id, number), []).append(numbers[day_id])
    found: dict[int, list[tuple[str, tuple[int, ...]]]] = {}
    for (application_id, number), on in days.items():
        found.setdefault(application_id, []).append((number, tuple(sorted(on))))
    return found


def where_on(application: Application) -> dict[int, tuple[str, ...]]:
    """The pitch numbers of a booth in the published plan, by day."""
    found: dict[int, list[str]] = {}
    for number, days in pitches_of(application.edition).get(application.id, []):
        for day in days:
            found.setdefault(day, []).append(number)
    return {day: tuple(numbers) for day, numbers in sorted(found.items())}


def how_many_placed(edition: Edition) -> tuple[int, int]:
    """How many of those that are in have a place in the published plan, and how many are in."""
    places = pitches_of(edition)
    wanted = applications.approved_of(edition)
    return sum(application.id in places for application in wanted), len(wanted)


def loads(edition: Edition, assignments: Sequence[AssignmentRow], watts_of: Mapping[int, int]) -> list[BoardLoad]:
    """What each board carries on each open day; `watts_of` are by the applications' keys."""
    watts: dict[tuple[int, int], int] = {}
    for one in assignments:
        if one.board_id is not None:
            key = (one.board_id, one.day)
            watts[key] = watts.get(key, 0) + watts_of.get(one.application_id, 0)
    return [
        BoardLoad(board, day.number, watts.get((board.id, day.number), 0))
        for board in boards_on(edition)
        for day in edition.open_days
    ]


def own_days(application: Application) -> list[Day]:
    """The open days for which somebody is in, in their order."""
    asked = day_numbers(application.days)
    return [day for day in application.edition.open_days if day.number in asked]


def standing_in(plan_: Plan | None) -> list[Standing]:
    """Everybody in a plan, by reference."""
    return standing_by(assignment_rows(plan_))


def standing_by(rows: Iterable[AssignmentRow]) -> list[Standing]:
    """Everybody of whom these are the assignments, by reference."""
    found: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(row)
    return sorted((_standing(own) for own in found.values()), key=lambda one: one.reference)


def _standing(own: Sequence[AssignmentRow]) -> Standing:
    by_day: dict[int, list[str]] = {}
    for one in own:
        by_day.setdefault(one.day, []).append(one.number)
    return Standing(
        reference=own[0].reference,
        application_id=own[0].application_id,
        by_day={day: tuple(sorted(numbers)) for day, numbers in sorted(by_day.items())},
        locked_days=frozenset(one.day for one in own if one.is_locked),
        override_reason=next((one.override_reason for one in own if one.override_reason), ""),
    )


def names_of(edition: Edition) -> dict[str, str]:
    """The organisations that are in, by the references of their applications."""
    rows = db.session.execute(
        select(Application.reference, Organisation.name)
        .join(Application.organisation)
        .where(Application.edition_id == edition.id, Application.announced_state == State.APPROVED)
    )
    return dict(rows.all())
