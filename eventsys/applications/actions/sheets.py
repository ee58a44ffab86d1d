"""A spreadsheet of applications, brought in by an organiser: its columns named, tried, then taken in by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eventsys.accounts.models import User
from eventsys.applications import queries
from eventsys.applications.actions import imports
from eventsys.applications.models import SheetImport
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.import_rows import ApplicationFile, read_lines, read_rows
from eventsys.applications.rules.sheets import SheetState, chosen, headings_of, proposed
from eventsys.audit.actions import Actor, record
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import Line
from eventsys.editions.models import DayKind, Edition

GO_ON = "applications.go_on_with_sheets"
AT_ONCE = 20
LONGEST_NAME = 200


def bring(edition: Edition, content: bytes, name: str, *, by: User, now: datetime) -> SheetImport:
    """Keep a spreadsheet for looking at, its columns proposed from its headings and from what they were the last time.

    Refusal: FILE_BINARY, FILE_EMPTY, TOO_MANY_ROWS.
    """
    lines = read_lines(content)
    columns = proposed(headings_of(lines[0].cells or ()), queries.columns_before(edition))
    sheet = SheetImport(
        edition_id=edition.id, user_id=by.id, name=name[:LONGEST_NAME], content=content, columns=columns,
        total=len(lines) - 1, made_at=now, state=SheetState.WAITING,
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()  # The audit entry names its code.
    _record("sheet_brought", sheet, by=Actor("user", str(by.id)), now=now)
    return sheet


def name_columns(sheet: SheetImport, columns: Mapping[str, str]) -> None:
    """Say which column of ours each heading is. Refusal(NOT_NOW) once it is on its way in."""
    _check_is_waiting(sheet)
    sheet.columns = {heading: columns.get(heading, "") for heading in _headings(sheet)}


def attempt(edition: Edition, sheet: SheetImport) -> Imported:
    """What taking it in would do; nothing is written. Refusal: COLUMN_MISSING, COLUMN_TWICE."""
    file = _read(edition, sheet)
    taken = imports.try_rows(edition, file.rows)
    refused = sorted((*file.refused, *taken.refused), key=lambda refusal: refusal.row)
    return Imported(file.row_count, taken.accepted, taken.unchanged, tuple(refused))


def start(edition: Edition, sheet: SheetImport, *, by: User, now: datetime) -> None:
    """Let the worker take it in. Refusal: NOT_NOW, COLUMN_MISSING, COLUMN_TWICE."""
    _check_is_waiting(sheet)
    _read(edition, sheet)
    sheet.state = SheetState.QUEUED
    _record("sheet_started", sheet, by=Actor("user", str(by.id)), now=now)
    jobs.after_commit(db.session(), GO_ON)


def drop(sheet: SheetImport, *, by: Actor, now: datetime) -> None:
    """Forget a spreadsheet that waits, or the rows of one that is in. Refusal(NOT_NOW) while it is on its way."""
    if sheet.state in {SheetState.QUEUED, SheetState.RUNNING}:
        raise Refusal(Code.NOT_NOW)
    _record("sheet_dropped", sheet, by=by, now=now)
    db.session.delete(sheet)


def take_step(sheet: SheetImport, *, now: datetime) -> None:
    """Take in the next rows, or end. The caller commits, so that a crash repeats nothing."""
    edition = db.session.get_one(Edition, sheet.edition_id)
    by = Actor("user", str(sheet.user_id))
    lines, file = _lines(sheet), _read(edition, sheet)
    here = {line.number for line in lines[1 + sheet.done : 1 + sheet.done + AT_ONCE]}
    taken = imports.import_rows(edition, [row for row in file.rows if row.row in here], by=by, now=now)
    refused = [*(refusal for refusal in file.refused if refusal.row in here), *taken.refused]
    cells = {line.number: list(line.cells or ()) for line in lines}
    told = [_told(refusal, cells[refusal.row]) for refusal in sorted(refused, key=lambda refusal: refusal.row)]
    sheet.refused = [*sheet.refused, *told]
    sheet.accepted += taken.accepted
    sheet.unchanged += taken.unchanged
    sheet.done, sheet.state = min(sheet.done + AT_ONCE, sheet.total), SheetState.RUNNING
    if sheet.done == sheet.total:
        sheet.state, sheet.finished_at, sheet.content = SheetState.FINISHED, now, b""
        _record("sheet_taken_in", sheet, by=by, now=now)


def _told(refusal: RowRefusal, cells: list[str]) -> dict[str, Any]:
    values = {name: str(value) for name, value in refusal.values.items()}
    return {
        "row": refusal.row, "reference": refusal.reference, "field": refusal.field, "why": refusal.code.value,
        "values": values, "cells": cells,
    }  # fmt: skip


def _lines(sheet: SheetImport) -> list[Line]:
    return read_lines(sheet.content)


def _headings(sheet: SheetImport) -> list[str]:
    return headings_of(_lines(sheet)[0].cells or ())


def _read(edition: Edition, sheet: SheetImport) -> ApplicationFile:
    lines = _lines(sheet)
    columns = chosen(headings_of(lines[0].cells or ()), sheet.columns)
    open_days = frozenset(day.number for day in edition.days if day.kind is DayKind.OPEN)
    return read_rows(lines, columns, days=open_days)


def _check_is_waiting(sheet: SheetImport) -> None:
    if sheet.state is not SheetState.WAITING:
        raise Refusal(Code.NOT_NOW)


def _record(done: str, sheet: SheetImport, *, by: Actor, now: datetime) -> None:
    detail = f"{sheet.accepted} {sheet.unchanged} {len(sheet.refused)} {sheet.total}"
    record(f"applications.{done}", "sheet", sheet.code, by=by, now=now, detail=detail)
