"""What was put right of a day, by phones and by the desks of gates: read from the log, with the reasons beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.gate.models import Device, Scan, ScanReason
from eventsys.gate.rules.days import DayWindow

_Voided = aliased(Scan)
_Void = aliased(Scan)


@dataclass(frozen=True, slots=True)
class Correction:
    """A count that was put right, or a scan that takes another one back (`voided`, None where it hasn't arrived)."""

    scan: Scan
    device: Device
    reason: ScanReason | None
    voided: Scan | None
    is_taken_back: bool


def of_day(edition: Edition, day: DayWindow, *, first: int, most: int) -> list[Correction]:
    """Corrections of a day, those that became known last first; a scan taken back belongs to the day that it was scanned on."""
    rows = db.session.execute(
        _whole(edition)
        .where(Scan.scan_id.in_(_ids_of_day(edition, day)))
        .order_by(Scan.received_at.desc(), Scan.corrected_at.desc(), Scan.scan_id.desc())
        .offset(first)
        .limit(most)
    )
    return [Correction(*row) for row in rows]


def counted_of_day(edition: Edition, day: DayWindow) -> tuple[int, int]:
    """How many corrections a day has, and for how many of them nobody has said why."""
    ids = _ids_of_day(edition, day).subquery()
    row = db.session.execute(
        select(func.count(), func.count(ScanReason.scan_id))
        .select_from(ids)
        .outerjoin(ScanReason, ScanReason.scan_id == ids.c.scan_id)
    ).one()
    return row[0], row[0] - row[1]


def find(edition: Edition, scan_id: str) -> Correction | None:
    """A correction of an edition by its scan id."""
    row = db.session.execute(_whole(edition).where(Scan.scan_id == scan_id, _is_correction())).first()
    return Correction(*row) if row else None


def saved_together(scan: Scan) -> Sequence[Scan]:
    """The counts that a desk took in at the same moment as one of its own, this one too, as far as they stand."""
    return db.session.scalars(
        select(Scan)
        .where(
            Scan.device_id == scan.device_id,
            Scan.received_at == scan.received_at,
            Scan.tally.is_not(None),
            ~_is_taken_back(),
        )
        .order_by(Scan.corrected_at, Scan.scan_id)
    ).all()


def _whole(edition: Edition) -> Select[Scan, Device, ScanReason, Scan, bool]:
    is_voided = and_(_Voided.scan_id == Scan.voids, _Voided.edition_id == Scan.edition_id)
    return (
        select(Scan, Device, ScanReason, _Voided, _is_taken_back())
        .join(Device, Device.id == Scan.device_id)
        .outerjoin(ScanReason, ScanReason.scan_id == Scan.scan_id)
        .outerjoin(_Voided, is_voided)
        .where(Scan.edition_id == edition.id)
    )


def _is_taken_back() -> ColumnElement[bool]:
    return exists().where(_Void.voids == Scan.scan_id, _Void.edition_id == Scan.edition_id).correlate(Scan)


def _is_correction() -> ColumnElement[bool]:
    return or_(Scan.voids.is_not(None), and_(Scan.tally.is_not(None), or_(Scan.tally < 0, Device.is_desk)))


def _ids_of_day(edition: Edition, day: DayWindow) -> CompoundSelect[Any]:
    """In two parts, so that each goes by an index: counts by their time, voids by that of what they take back."""
    counts = (
        select(Scan.scan_id)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.edition_id == edition.id, _within(Scan.corrected_at, day))
        .where(Scan.tally.is_not(None), or_(Scan.tally < 0, Device.is_desk))
    )
    at = func.coalesce(_Voided.corrected_at, Scan.corrected_at)
    voids = (
        select(Scan.scan_id)
        .outerjoin(_Voided, and_(_Voided.scan_id == Scan.voids, _Voided.edition_id == Scan.edition_id))
        .where(Scan.edition_id == edition.id, Scan.voids.is_not(None), _within(at, day))
    )
    return union_all(counts, voids)


def _within(at: Any, day: DayWindow) -> ColumnElement[bool]:
    return and_(at >= day.opens_at, at < day.until)
