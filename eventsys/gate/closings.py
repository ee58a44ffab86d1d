"""The end of a day: what is still open, its closing with frozen figures, and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, or_, select

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Day, Edition
from eventsys.gate import caches, queries
from eventsys.gate.models import DayClosing, Device, Scan
from eventsys.gate.rules import closing as rules
from eventsys.gate.rules.admissions import NOTHING, Counts
from eventsys.gate.rules.clock import MOST_DOUBT_MS, ClockClaim, corrected
from eventsys.gate.rules.closing import Closing, Figures
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.days import DayWindow


@dataclass(frozen=True, slots=True)
class OfPhone:
    """Scans of one phone that somebody should know of: how many, of what time, and when the last of them arrived."""

    device: Device
    scans: int
    first_at: datetime
    last_at: datetime
    received_at: datetime


def closings_of(edition: Edition) -> dict[int, Closing]:
    """The closing that counts for each closed day of an edition."""
    rows = db.session.scalars(select(DayClosing).where(DayClosing.edition_id == edition.id))
    return rules.in_force(Closing(row.day_number, row.closed_at, rules.read(row.figures)) for row in rows)


def figures_now(edition: Edition, day: int) -> Figures:
    """What a day comes to by the log as it is now."""
    gates: dict[str, Counts] = {}
    for place, counts in queries.quarter_counts(edition, day=day).items():
        gates[place.gate] = gates.get(place.gate, NOTHING) + counts
    return Figures(gates, queries.crews_of_day(edition, day=day))


def unsent(edition: Edition) -> Sequence[Device]:
    """Phones that said they still hold scans when they last sent some."""
    return [device for device in queries.devices_of(edition) if device.queued]


def doubtful(edition: Edition, day: int) -> list[OfPhone]:
    """Scans of a day by phones that did not know their clock to a minute, or whose clock told a time that can't be.

    Their quarter of an hour may be wrong.
    """
    window = queries.window_of(edition, day)
    if window is None:
        return []
    # Only a scan that was brought within its bounds stands exactly at one of them.
    may_be = or_(
        Scan.clock_doubt_ms > MOST_DOUBT_MS,
        Scan.corrected_at == Scan.received_at,
        Scan.corrected_at == Device.enrolled_at,
    )
    rows = db.session.execute(
        select(Device, Scan)
        .join(Scan, Scan.device_id == Device.id)
        .where(Scan.edition_id == edition.id, _within(window), may_be)
        .order_by(Device.id, Scan.corrected_at)
    )
    found: list[OfPhone] = []
    for device, group in groupby((row for row in rows if _is_doubtful(*row)), key=lambda row: row[0]):
        scans = [scan for _, scan in group]
        received_at = max(scan.received_at for scan in scans)
        found.append(OfPhone(device, len(scans), scans[0].corrected_at, scans[-1].corrected_at, received_at))
    return found


def _is_doubtful(device: Device, scan: Scan) -> bool:
    claim = ClockClaim(scan.captured_at, scan.clock_offset_ms, scan.clock_doubt_ms)
    return corrected(claim, received_at=scan.received_at, enrolled_at=device.enrolled_at).is_doubtful


def late(edition: Edition, closing: Closing) -> list[OfPhone]:
    """Scans of a closed day that arrived after its closing."""
    return _by_phone(edition, closing.day, Scan.received_at > closing.closed_at)


def close_day(edition: Edition, day: Day, *, by: Actor, now: datetime) -> Closing:
    """Freeze a day's figures as the log has them now; of a closed day, accept what has come since.

    Refusal: DAY_RUNS before the day's closing hour, NOTHING_LATE when a closed day's figures are what they were.
    """
    if now < day.closes_at:
        raise Refusal(Code.DAY_RUNS, day=day.number)
    caches.lock(edition.id)
    old, figures = closings_of(edition).get(day.number), figures_now(edition, day.number)
    if old is not None and not rules.since(old.figures, figures) and old.figures.crews == figures.crews:
        raise Refusal(Code.NOTHING_LATE, day=day.number)
    db.session.add(
        DayClosing(edition_id=edition.id, day_number=day.number, closed_at=now, figures=rules.written(figures))
    )
    act = "gate.day_closed" if old is None else "gate.late_accepted"
    record(act, "edition", edition.slug, by=by, now=now, detail=str(day.number))
    return Closing(day.number, now, figures)


def _by_phone(edition: Edition, day: int, condition: ColumnElement[bool]) -> list[OfPhone]:
    window = queries.window_of(edition, day)
    if window is None:
        return []
    rows = db.session.execute(
        select(
            Device,
            func.count(),
            func.min(Scan.corrected_at),
            func.max(Scan.corrected_at),
            func.max(Scan.received_at),
        )
        .join(Scan, Scan.device_id == Device.id)
        .where(Scan.edition_id == edition.id, _within(window), condition)
        .group_by(Device.id)
        .order_by(Device.id)
    )
    return [OfPhone(*row) for row in rows]


def _within(window: DayWindow) -> ColumnElement[bool]:
    return and_(Scan.corrected_at >= window.opens_at, Scan.corrected_at < window.until)
