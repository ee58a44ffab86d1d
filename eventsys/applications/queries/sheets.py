"""Spreadsheets that organisers brought in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from eventsys.applications.models import SheetImport
from eventsys.applications.rules.sheets import SheetState
from eventsys.base.db import db
from eventsys.editions.models import Edition


def sheets_of(edition: Edition, most: int = 10) -> Sequence[SheetImport]:
    """The latest spreadsheets of an edition."""
    return db.session.scalars(
        select(SheetImport).where(SheetImport.edition_id == edition.id).order_by(SheetImport.id.desc()).limit(most)
    ).all()


def sheet(edition: Edition, code: str, *, is_locked: bool = False) -> SheetImport | None:
    """One spreadsheet; locked until the transaction ends for who means to change it."""
    query = select(SheetImport).where(SheetImport.edition_id == edition.id, SheetImport.code == code)
    return db.session.scalar(query.with_for_update(of=SheetImport) if is_locked else query)


def next_sheet() -> SheetImport | None:
    """The oldest spreadsheet on its way in, locked for this worker where the database can."""
    return db.session.scalar(
        select(SheetImport)
        .where(SheetImport.state.in_((SheetState.QUEUED, SheetState.RUNNING)))
        .order_by(SheetImport.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=SheetImport)
    )


def columns_before(edition: Edition) -> dict[str, str]:
    """What the headings of the last spreadsheet that was taken in were, at this event's editions; empty ones left out."""
    last = db.session.scalar(
        select(SheetImport)
        .join(Edition, SheetImport.edition_id == Edition.id)
        .where(Edition.event_id == edition.event_id, SheetImport.state == SheetState.FINISHED)
        .order_by(SheetImport.id.desc())
        .limit(1)
    )
    return {heading: column for heading, column in (last.columns if last else {}).items() if column}
