"""Reading gates: phones and links, counts, crews that have not arrived, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, select

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition, Gate
from eventsys.gate import caches
from eventsys.gate.models import Admission, Device, GateLink, GateRule, QuarterCount, Scan, TakenBack
from eventsys.gate.rules.admissions import Counts, Place
from eventsys.gate.rules.days import DayWindow, day_at
from eventsys.gate.rules.gates import RuleSince
from eventsys.organisations.models import Organisation
from eventsys.passes.models import Pass, Revocation
from eventsys.passes.rules.codec import PassKind

COUNTED = caches.COUNTED
_SUMS = tuple(func.coalesce(func.sum(getattr(QuarterCount, name)), 0) for name in COUNTED)
VISITING = (PassKind.GUEST.value, PassKind.VISITOR.value)


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits by day number, and over all days; `unique_passes` are guests and visitors with a pass, each once."""

    by_day: dict[int, int]
    unique_passes: int

    @property
    def total(self) -> int:
        """The edition's visits: the sum of its days."""
        return sum(self.by_day.values())


@dataclass(frozen=True, slots=True)
class Crew:
    """The crew of an application, as the gates know it: whom they wait for, and no person."""

    key: int
    code: str
    reference: str
    name: str


class Cursor(NamedTuple):
    """Up to where a phone knows what happened: numbers of revocations, of admissions, of scans taken back."""

    revoked: int = 0
    admitted: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What became known after a cursor: revoked pass ids, admissions as they stand, scans taken back; and the next cursor."""

    revoked: Sequence[str]
    # Rows with pass_id, day_number, last_at, last_gate_id, is_inside, seq.
    admitted: Sequence[Any]
    # Rows with scan_id, pass_id, day_number, is_admitted, seq.
    taken_back: Sequence[Any]
    cursor: Cursor
    has_more: bool


def gate(edition: Edition, code: str) -> Gate | None:
    """An edition's gate by its code."""
    return db.session.scalar(select(Gate).where(Gate.edition_id == edition.id, Gate.code == code))


def rules_of(gate: Gate) -> Sequence[RuleSince]:
    """Every rule that a gate ever had, in the order in which they began to count."""
    rows = db.session.scalars(select(GateRule).where(GateRule.gate_id == gate.id).order_by(GateRule.since, GateRule.id))
    return [caches.rule_of(row) for row in rows]


def latest_scan(edition: Edition) -> datetime | None:
    """The latest corrected time in the log of an edition."""
    return db.session.scalar(select(func.max(Scan.corrected_at)).where(Scan.edition_id == edition.id))


def link(secret_hash: str, *, is_typed: bool, now: datetime) -> GateLink | None:
    """The link with this token, or with these six characters while they work; locked for who means to enrol."""
    by_hash = GateLink.code_hash == secret_hash if is_typed else GateLink.token_hash == secret_hash
    query = select(GateLink).where(by_hash).with_for_update(of=GateLink)
    return db.session.scalar(query.where(GateLink.code_expires_at > now) if is_typed else query)


def find_link(edition: Edition, code: str) -> GateLink | None:
    """An edition's link by its code."""
    return db.session.scalar(
        select(GateLink).join(GateLink.gate).where(Gate.edition_id == edition.id, GateLink.code == code)
    )


def links_of(edition: Edition, *, now: datetime) -> Sequence[GateLink]:
    """Links that still take phones in, the newest first."""
    return db.session.scalars(
        select(GateLink)
        .join(GateLink.gate)
        .where(Gate.edition_id == edition.id, GateLink.revoked_at.is_(None), GateLink.valid_until > now)
        .order_by(GateLink.id.desc())
    ).all()


def devices_taken(link: GateLink) -> int:
    """How many phones that came by a link are still in use."""
    query = select(func.count()).where(Device.gate_link_id == link.id, Device.revoked_at.is_(None))
    return db.session.scalar(query) or 0


def device_with(token_hash: str) -> Device | None:
    """The phone with this token."""
    return db.session.scalar(select(Device).where(Device.token_hash == token_hash))


def find_device(edition: Edition, code: str) -> Device | None:
    """An edition's phone by its code; a desk is none."""
    return db.session.scalar(
        select(Device).join(Device.gate).where(Gate.edition_id == edition.id, Device.code == code, ~Device.is_desk)
    )


def devices_of(edition: Edition) -> Sequence[Device]:
    """The phones of an edition, and no desk: those in use first, by gate and time of coming."""
    return db.session.scalars(
        select(Device)
        .join(Device.gate)
        .where(Gate.edition_id == edition.id, ~Device.is_desk)
        .order_by(Device.revoked_at.is_not(None), Gate.code, Device.id)
    ).all()


def desk_of(gate: Gate) -> Device | None:
    """What stands in the log for those who put a gate's counts right, once somebody has."""
    return db.session.scalar(select(Device).where(Device.gate_id == gate.id, Device.is_desk))


def edition_of(of: Device | GateLink) -> Edition:
    """The edition that a phone works for, or that a link leads to."""
    return db.session.get_one(Edition, of.gate.edition_id)


def day_now(edition: Edition, *, now: datetime) -> DayWindow | None:
    """The day whose window holds a moment."""
    return day_at(caches.ground_of(edition.id).days, now)


def window_of(edition: Edition, day: int) -> DayWindow | None:
    """The window of a numbered day."""
    return next((window for window in caches.ground_of(edition.id).days if window.number == day), None)


def quarter_counts(edition: Edition, *, day: int | None = None) -> dict[Place, Counts]:
    """What happened at each gate in each quarter of an hour; of one day where given. Places without anything are left out."""
    query = (
        select(QuarterCount, Gate.code)
        .join(Gate, Gate.id == QuarterCount.gate_id)
        .where(QuarterCount.edition_id == edition.id)
        .order_by(QuarterCount.starts_at, Gate.code)
    )
    rows = db.session.execute(query if day is None else query.where(QuarterCount.day_number == day))
    found = {
        Place(code, row.day_number, row.starts_at): Counts(**{name: getattr(row, name) for name in COUNTED})
        for row, code in rows
    }
    return {place: counts for place, counts in found.items() if counts}


def counts_by_day(edition: Edition) -> dict[int, Counts]:
    """What each day comes to, over all gates; day 0 holds what was scanned outside every day's window."""
    rows = db.session.execute(
        select(QuarterCount.day_number, *_SUMS)
        .where(QuarterCount.edition_id == edition.id)
        .group_by(QuarterCount.day_number)
        .order_by(QuarterCount.day_number)
    )
    return {row[0]: Counts(*map(int, row[1:])) for row in rows}


def counts_of_gate(gate: Gate, *, day: int) -> Counts:
    """What a day at one gate comes to."""
    row = db.session.execute(
        select(*_SUMS).where(
            QuarterCount.edition_id == gate.edition_id, QuarterCount.gate_id == gate.id, QuarterCount.day_number == day
        )
    ).one()
    return Counts(*map(int, row))


def visits(edition: Edition) -> Visits:
    """Visits of each open day that has any (docs/gate-protocol.md): guests and visitors admitted, and people counted by hand."""
    open_days = {day.number for day in edition.open_days}
    unique = db.session.scalar(
        select(func.count(func.distinct(Admission.pass_id))).where(
            Admission.edition_id == edition.id, Admission.kind.in_(VISITING), Admission.day_number.in_(open_days)
        )
    )
    by_day = {day: counts.visits for day, counts in counts_by_day(edition).items() if day in open_days}
    return Visits(by_day, unique or 0)


def taking_part(edition: Edition) -> frozenset[int]:
    """Keys of the applications of which at least one of the crew was admitted, on any day."""
    return frozenset(
        db.session.scalars(
            select(Pass.application_id)
            .join(Admission, Admission.pass_id == Pass.pass_id)
            .where(Admission.edition_id == edition.id, Pass.kind == PassKind.BOOTH_CREW.value)
            .distinct()
        )
    )


def crews_of_day(edition: Edition, *, day: int) -> frozenset[int]:
    """Keys of the applications of which at least one of the crew was admitted on a day."""
    # From the few passes of crews to their admissions, not through all who came in that day.
    came_in = exists().where(
        Admission.edition_id == edition.id, Admission.day_number == day, Admission.pass_id == Pass.pass_id
    )
    return frozenset(
        db.session.scalars(
            select(Pass.application_id)
            .where(Pass.edition_id == edition.id, Pass.kind == PassKind.BOOTH_CREW.value, came_in)
            .distinct()
        )
    )


def crews_expected(edition: Edition, *, day: int) -> Sequence[Crew]:
    """Applications with valid crew passes for a day, by reference."""
    bit = 1 << (day - 1)
    is_revoked = exists().where(Revocation.pass_id == Pass.pass_id)
    holders = select(Pass.application_id).where(
        Pass.edition_id == edition.id,
        Pass.kind == PassKind.BOOTH_CREW.value,
        Pass.days.op("&")(bit) != 0,
        ~is_revoked,
    )
    rows = db.session.execute(
        select(Application.id, Application.code, Application.reference, Organisation.name)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(
            Application.edition_id == edition.id,
            Application.announced_state == State.APPROVED,
            Application.days.op("&")(bit) != 0,
            Application.id.in_(holders),
        )
        .order_by(Application.reference)
    )
    return [Crew(*row) for row in rows]


def crew_to_reach(edition: Edition, code: str) -> Application | None:
    """An application whose crew has been given passes, by its code: whoever is in charge of the gates may reach it."""
    holds_pass = exists().where(Pass.application_id == Application.id, Pass.kind == PassKind.BOOTH_CREW.value)
    return db.session.scalar(
        select(Application).where(
            Application.edition_id == edition.id,
            Application.code == code,
            Application.announced_state == State.APPROVED,
            holds_pass,
        )
    )


def inside_now(edition: Edition, *, now: datetime) -> int:
    """Passes that came in and did not go out, and people counted in less those counted out, on the day that runs now."""
    day = day_now(edition, now=now)
    return counts_by_day(edition).get(day.number, Counts()).inside if day else 0


def changes(edition: Edition, *, since: Cursor, most: int) -> Changes:
    """What was revoked, admitted and taken back after sequence numbers; a number never appears below one that was told.

    The counters stay locked until their transaction commits, so a lower number is always visible before a higher one.
    """
    revoked = db.session.execute(
        select(Revocation.seq, Revocation.pass_id)
        .where(Revocation.edition_id == edition.id, Revocation.seq > since.revoked)
        .order_by(Revocation.seq)
        .limit(most + 1)
    ).all()
    # Before admissions: whoever comes in again in between is told as in.
    taken_back = _taken_back(edition, after=since.taken_back, most=most + 1)
    # Columns, not objects: a phone's first load is all of a day, three times faster.
    admitted = db.session.execute(
        select(
            Admission.pass_id,
            Admission.day_number,
            Admission.last_at,
            Admission.last_gate_id,
            Admission.is_inside,
            Admission.seq,
        )
        .where(Admission.edition_id == edition.id, Admission.seq > since.admitted)
        .order_by(Admission.seq)
        .limit(most + 1)
    ).all()
    has_more = max(len(revoked), len(admitted), len(taken_back)) > most
    revoked, admitted, taken_back = revoked[:most], admitted[:most], taken_back[:most]
    cursor = Cursor(
        revoked[-1].seq if revoked else since.revoked,
        admitted[-1].seq if admitted else since.admitted,
        taken_back[-1].seq if taken_back else since.taken_back,
    )
    return Changes([row.pass_id for row in revoked], admitted, taken_back, cursor, has_more)


def _taken_back(edition: Edition, *, after: int, most: int) -> Sequence[Any]:
    """Scans taken back, and whether the pass is admitted on the day by another one all the same."""
    is_same = and_(
        Admission.edition_id == TakenBack.edition_id,
        Admission.day_number == TakenBack.day_number,
        Admission.pass_id == TakenBack.pass_id,
    )
    return db.session.execute(
        select(
            TakenBack.scan_id,
            TakenBack.pass_id,
            TakenBack.day_number,
            Admission.pass_id.is_not(None).label("is_admitted"),
            TakenBack.seq,
        )
        .outerjoin(Admission, is_same)
        .where(TakenBack.edition_id == edition.id, TakenBack.seq > after)
        .order_by(TakenBack.seq)
        .limit(most)
    ).all()
