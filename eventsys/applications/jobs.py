"""What the worker does for applications."""

from __future__ import annotations

from eventsys.applications import queries
from eventsys.applications.actions import announcing, batches, places, sheet_work, sheets
from eventsys.applications.actions.sheet_work import SheetWork
from eventsys.applications.rules.batches import BatchAct
from eventsys.applications.rules.sheets import SheetState
from eventsys.base import clock, jobs
from eventsys.base.db import db

EXPIRE = "applications.expire_offers"


@jobs.job(EXPIRE)
def expire_offers() -> None:
    """End the offers whose time is over, one a transaction."""
    while overdue := queries.overdue_offers(clock.now(), most=1):
        places.expire(overdue[0], now=clock.now())
        db.session.commit()
    db.session.rollback()


jobs.every_minute(EXPIRE)


@jobs.job(batches.GO_ON)
def go_on_with_batches() -> None:
    """Work through what is queued, one application a transaction (announcing: some): after a crash it goes on where it was."""
    while (batch := queries.next_batch()) is not None:
        take_step = announcing.take_step if batch.act is BatchAct.ANNOUNCE else batches.take_step
        take_step(batch, now=clock.now())
        db.session.commit()
    db.session.rollback()


jobs.every_minute(batches.GO_ON)


@jobs.job(sheets.GO_ON)
def go_on_with_sheets() -> None:
    """Try spreadsheets, take them in, undo them, some rows a transaction: after a crash it goes on where it was."""
    work: SheetWork | None = None  # Read once for all its steps.
    while (sheet := queries.next_sheet()) is not None:
        if sheet.state is SheetState.UNDOING:
            sheet_work.undo_step(sheet, now=clock.now())
        else:
            work = work if work is not None and work.is_of(sheet) else SheetWork(sheet)
            work.take_step(sheet, now=clock.now())
        db.session.commit()
    db.session.rollback()


jobs.every_minute(sheets.GO_ON)
