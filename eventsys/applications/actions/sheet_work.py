"""What the worker does with a spreadsheet: try it, take it in, undo it, some rows a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from eventsys.applications import queries
from eventsys.applications.actions import imports, sheets, steps
from eventsys.applications.actions.trials import Trial
from eventsys.applications.models import Application, SheetImport
from eventsys.applications.rules.import_rows import read_lines
from eventsys.applications.rules.sheets import SheetState
from eventsys.applications.rules.states import Act, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.base.refusals import RowRefusal
from eventsys.editions.models import Edition

AT_ONCE = 20
# Trying writes nothing, so it holds nobody up.
TRIED_AT_ONCE = 500


class SheetWork:
    """A spreadsheet that the worker has read, for as long as it is at it.

    Taking in goes on where it was after a crash; trying begins anew, as what earlier rows said is known here alone.
    """

    def __init__(self, sheet: SheetImport) -> None:
        self._of = _mark(sheet)
        edition = db.session.get_one(Edition, sheet.edition_id)
        self._lines = read_lines(sheet.content)
        self._file = sheets.rows_of(edition, sheet, self._lines)
        self._trial = Trial(edition)
        if sheet.state is SheetState.TRYING:
            sheets.count_anew(sheet)

    def is_of(self, sheet: SheetImport) -> bool:
        """Whether this is still the work at hand: the same spreadsheet, tried or taken in, with the same columns."""
        return self._of == _mark(sheet)

    def take_step(self, sheet: SheetImport, *, now: datetime) -> None:
        """Try or take in the next rows, or end. The caller commits, so that a crash takes nothing in twice."""
        if sheet.state is SheetState.TRYING:
            self._count(sheet, self._trial.try_rows, TRIED_AT_ONCE)
            if sheet.done == sheet.total:
                sheet.state, sheet.tried_at = SheetState.WAITING, now
            return
        by = Actor("user", str(sheet.user_id))

        def take(rows: list[Any]) -> Imported:
            edition = db.session.get_one(Edition, sheet.edition_id)
            taken, codes = imports.take_rows(edition, rows, by=by, now=now)
            sheet.taken = [*sheet.taken, *codes]
            return taken

        self._count(sheet, take, AT_ONCE)
        sheet.state = SheetState.RUNNING
        if sheet.done == sheet.total:
            sheet.state, sheet.finished_at, sheet.content = SheetState.FINISHED, now, b""
            sheets.note(sheet, "sheet_taken_in", by=by, now=now)

    def _count(self, sheet: SheetImport, do: Any, most: int) -> None:
        """Do something with the next rows, and keep what came of it."""
        here = {line.number: line.cells or () for line in self._lines[1 + sheet.done : 1 + sheet.done + most]}
        taken = do([row for row in self._file.rows if row.row in here])
        refused = [*(refusal for refusal in self._file.refused if refusal.row in here), *taken.refused]
        told = [_told(refusal, here[refusal.row]) for refusal in sorted(refused, key=lambda refusal: refusal.row)]
        sheet.refused = [*sheet.refused, *told]
        sheet.accepted += taken.accepted
        sheet.unchanged += taken.unchanged
        sheet.done = min(sheet.done + most, sheet.total)


def _mark(sheet: SheetImport) -> tuple[str, bool, dict[str, str]]:
    return sheet.code, sheet.state is SheetState.TRYING, dict(sheet.columns)


def _told(refusal: RowRefusal, cells: Iterable[str]) -> dict[str, Any]:
    others = [_why(other) for other in refusal.others]
    return {
        "row": refusal.row, "reference": refusal.reference, "cells": list(cells), **_why(refusal), "others": others,
    }  # fmt: skip


def _why(refusal: RowRefusal) -> dict[str, Any]:
    values = {name: str(value) for name, value in refusal.values.items()}
    return {"field": refusal.field, "why": refusal.code.value, "values": values}


def undo_step(sheet: SheetImport, *, now: datetime) -> None:
    """Take the next applications out again, or end. The caller commits, so that a crash repeats nothing."""
    edition = db.session.get_one(Edition, sheet.edition_id)
    kind, _, key = sheet.undone_by.partition(":")
    by = Actor(kind, key)
    place = sheet.undone + len(sheet.stayed)
    here = sheet.taken[place : place + AT_ONCE]
    found = [queries.find_in(edition, code, is_locked=True) for code in here]  # Locked, then looked at.
    stay = sheets.that_stay(edition, sheet)
    for application in found:
        if application is not None and application.code not in stay:
            _take_out(application, by=by, now=now)
            sheet.undone += 1
    gone = {application.code for application in found if application is not None} - stay.keys()
    sheet.stayed = [*sheet.stayed, *({"code": code, "why": stay.get(code, "")} for code in here if code not in gone)]
    if place + len(here) == len(sheet.taken):
        sheet.state = SheetState.UNDONE
        sheets.note(sheet, "sheet_undone", by=by, now=now)


def _take_out(application: Application, *, by: Actor, now: datetime) -> None:
    """As if it had never been sent: nobody is told, as nobody was told of its coming, and the next one may have its reference.

    The history stays; so the application does.
    """
    steps.take(application, Act.WITHDRAW, to=State.WITHDRAWN, by=by, now=now)
    steps.tell(application, note="", now=now)
    application.submitted_at = application.email_confirmed_at = None
    record("applications.import_undone", "application", application.code, by=by, now=now, detail=application.reference)
    application.reference = f"{application.reference}/{application.code}"
