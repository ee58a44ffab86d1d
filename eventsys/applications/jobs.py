"""What the worker does for applications."""

from __future__ import annotations

from eventsys.applications import queries
from eventsys.applications.actions import batches, places, sheets
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
    """Work through what is queued, one application a transaction: after a crash it goes on where it was."""
    while (batch := queries.next_batch()) is not None:
        batches.take_step(batch, now=clock.now())
        db.session.commit()
    db.session.rollback()


jobs.every_minute(batches.GO_ON)


@jobs.job(sheets.GO_ON)
def go_on_with_sheets() -> None:
    """Take spreadsheets in, some rows a transaction: after a crash it goes on where it was."""
    while (sheet := queries.next_sheet()) is not None:
        sheets.take_step(sheet, now=clock.now())
        db.session.commit()
    db.session.rollback()


jobs.every_minute(sheets.GO_ON)
