"""Reading the street: pitches, boards, plans, and who stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.booths.models import Assignment, Board, Pitch, Plan, PlanState, ProposalRun, Site, StreetRule
from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts
from eventsys.booths.rules.plan_geometry import Projected, project
from eventsys.booths.rules.problem import Problem
from eventsys.booths.rules.problem import problem_of as numbered
from eventsys.booths.rules.rulebook import STANDARD, Rulebook, Setting
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers
from eventsys.organisations.rules.kinds import Kind

STRETCH_M = 75.0  # What still shows a pitch of three metres with its number.
OVERLAP_M = 5.0  # A pitch belongs to one stretch and may reach beyond its end.
DEFAULT_WIDTH_CM = 300  # Who tells no width gets the smallest pitch that councils draw.


@dataclass(frozen=True, slots=True)
class Occupant:
    """Who stands on a pitch, and on which days."""

    application: Application
    days: tuple[int, ...]


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


def site_of(edition: Edition) -> Site | None:
    """The ground of an edition, once it has one."""
    return db.session.scalar(select(Site).where(Site.edition_id == edition.id))


def pitches_on(edition: Edition) -> Sequence[Pitch]:
    """The pitches of an edition in order of their numbers."""
    return db.session.scalars(
        select(Pitch).join(Site, Site.id == Pitch.site_id).where(Site.edition_id == edition.id).order_by(Pitch.number)
    ).all()


def boards_on(edition: Edition) -> Sequence[Board]:
    """The electric boards of an edition in order of their codes."""
    return db.session.scalars(
        select(Board).join(Site, Site.id == Board.site_id).where(Site.edition_id == edition.id).order_by(Board.code)
    ).all()


def plan(edition: Edition, state: PlanState) -> Plan | None:
    """The newest plan of an edition in a state."""
    return db.session.scalar(
        select(Plan)
        .join(Site, Site.id == Plan.site_id)
        .where(Site.edition_id == edition.id, Plan.state == state)
        .order_by(Plan.version.desc())
    )


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


def occupants(assignments: Sequence[Assignment]) -> dict[int, list[Occupant]]:
    """Who stands on each pitch, by the pitch's key."""
    days: dict[tuple[int, int], list[int]] = {}
    by_id = {assignment.application_id: assignment.application for assignment in assignments}
    for assignment in assignments:
        days.setdefault((assignment.pitch_id, assignment.application_id), []).append(assignment.day.number)
    found: dict[int, list[Occupant]] = {}
    for (pitch_id, application_id), numbers in days.items():
        found.setdefault(pitch_id, []).append(Occupant(by_id[application_id], tuple(sorted(numbers))))
    return found


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


def how_many_placed(edition: Edition) -> tuple[int, int]:
    """How many of those that are in have a place in the published plan, and how many are in."""
    places = pitches_of(edition)
    wanted = applications.approved_of(edition)
    return sum(application.id in places for application in wanted), len(wanted)


def loads(edition: Edition, assignments: Sequence[Assignment]) -> list[BoardLoad]:
    """What each board carries on each open day."""
    watts: dict[tuple[int, int], int] = {}
    for assignment in assignments:
        if assignment.pitch.board_id is not None:
            key = (assignment.pitch.board_id, assignment.day.number)
            watts[key] = watts.get(key, 0) + (assignment.application.power_watts or 0)
    return [
        BoardLoad(board, day.number, watts.get((board.id, day.number), 0))
        for board in boards_on(edition)
        for day in edition.open_days
    ]


def projected(pitches: Sequence[Pitch]) -> Projected:
    """The pitches on the plan, in metres, by their numbers."""
    return project({pitch.number: pitch.polygon for pitch in pitches})


def need_of(application: Application) -> Need:
    """What an application needs of a pitch."""
    return Need(
        reference=application.reference,
        days=frozenset(day_numbers(application.days)),
        width_cm=application.width_cm or DEFAULT_WIDTH_CM,
        power_watts=application.power_watts or 0,
        three_phase=application.needs_three_phase,
        water=application.needs_water,
        gas=application.uses_gas,
        open_fire=application.uses_open_fire,
        amplified_sound=application.plays_amplified_sound,
        vehicle_access=application.needs_vehicle_access,
        step_free=application.needs_step_free,
        keep_apart=frozenset(application.keep_apart),
        next_to=frozenset(application.next_to),
        is_restaurant=application.organisation.kind is Kind.RESTAURANT,
        cuisine=application.cuisine.strip().casefold(),
        area=application.organisation.area.strip().casefold(),
    )


def problem_of(
    edition: Edition,
    pitches: Sequence[Pitch],
    wanted: Sequence[Application],
    *,
    locked: Mapping[str, tuple[str, ...]] | None = None,
    before: Mapping[str, tuple[str, ...]] | None = None,
) -> Problem:
    """The allocation of an edition as numbers, by its own rules; see `rules.problem.problem_of`."""
    needs = [need_of(application) for application in wanted]
    return numbered(
        needs, facts_of(pitches), board_facts(boards_on(edition)), rulebook=rulebook_of(edition), locked=locked,
        before=before,
    )  # fmt: skip


def rulebook_of(edition: Edition) -> Rulebook:
    """The rules of an edition: its own settings, else the usual ones."""
    own = {one.rule: Setting(one.weight, one.distance_cm / 100) for one in own_rules(edition)}
    return Rulebook({**STANDARD, **own})


def own_rules(edition: Edition) -> Sequence[StreetRule]:
    """The rules that an edition has settings of its own for."""
    return db.session.scalars(select(StreetRule).where(StreetRule.edition_id == edition.id)).all()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a plan: the numbers of the pitches, fixed or not, and against which rule with why."""

    reference: str
    application_id: int
    numbers: tuple[str, ...]
    is_locked: bool
    override_reason: str


def standing_in(plan_: Plan | None) -> list[Standing]:
    """Everybody in a plan, by reference."""
    found: dict[int, list[Assignment]] = {}
    for assignment in assignments_of(plan_):
        found.setdefault(assignment.application_id, []).append(assignment)
    standing = [
        Standing(
            reference=own[0].application.reference,
            application_id=own[0].application_id,
            numbers=tuple(sorted({one.pitch.number for one in own})),
            is_locked=any(one.is_locked for one in own),
            override_reason=next((one.override_reason for one in own if one.override_reason), ""),
        )
        for own in found.values()
    ]
    return sorted(standing, key=lambda one: one.reference)


def open_run(edition: Edition) -> ProposalRun | None:
    """The proposal that is being made."""
    return db.session.scalar(
        select(ProposalRun).where(ProposalRun.edition_id == edition.id, ProposalRun.finished_at.is_(None))
    )


def run(edition: Edition, code: str) -> ProposalRun | None:
    """One run of an edition."""
    return db.session.scalar(select(ProposalRun).where(ProposalRun.edition_id == edition.id, ProposalRun.code == code))


def next_run() -> ProposalRun | None:
    """The oldest run that isn't finished, locked for this worker where the database can."""
    return db.session.scalar(
        select(ProposalRun)
        .where(ProposalRun.finished_at.is_(None))
        .order_by(ProposalRun.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=ProposalRun)
    )


def facts_of(pitches: Sequence[Pitch]) -> list[PitchFacts]:
    """What the pitches offer, and where their middles are."""
    middles = projected(pitches).centres
    return [
        PitchFacts(
            number=pitch.number,
            width_cm=pitch.width_cm,
            board=pitch.board.code if pitch.board else None,
            x_m=middles[pitch.number][0],
            y_m=middles[pitch.number][1],
            three_phase=pitch.has_three_phase,
            water=pitch.has_water,
            gas=pitch.allows_gas,
            open_fire=pitch.allows_open_fire,
            amplified_sound=pitch.allows_amplified_sound,
            vehicle_access=pitch.has_vehicle_access,
            step_free=pitch.is_step_free,
            is_remote=pitch.is_remote,
        )
        for pitch in pitches
    ]


def board_facts(boards: Sequence[Board]) -> list[BoardFacts]:
    """What the boards carry."""
    return [BoardFacts(board.code, board.capacity_watts) for board in boards]


def street(pitches: Sequence[Pitch], told: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """The street for `components/map.html`, in stretches that can be read: each with shapes and box, all to one scale.

    `told` gives title, url and tone by pitch number.
    """
    if not pitches:
        return []
    plan_ = projected(pitches)
    left, top, width, height = plan_.box
    count = max(1, round(width / STRETCH_M))
    length = width / count
    stretches: list[list[dict[str, object]]] = [[] for _ in range(count)]
    for pitch in pitches:
        x, y = plan_.centres[pitch.number]
        stretches[min(count - 1, int((x - left) / length))].append(
            {
                "points": plan_.rings[pitch.number],
                "at": (x, y),
                "label": pitch.number,
                **told.get(pitch.number, {}),
            }
        )
    return [
        {
            "shapes": shapes,
            "box": tuple(round(p, 2) for p in (left + n * length - OVERLAP_M, top, length + 2 * OVERLAP_M, height)),
        }
        for n, shapes in enumerate(stretches)
        if shapes
    ]
