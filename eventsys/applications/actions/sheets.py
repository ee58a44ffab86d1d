"""A spreadsheet of applications, brought in by an organiser: its columns named, tried, taken in by the worker, undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eventsys.accounts.models import User
from eventsys.applications import panels, queries
from eventsys.applications.actions.trials import Trial
from eventsys.applications.models import SheetImport
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.import_rows import ApplicationFile, read_lines, read_rows
from eventsys.applications.rules.sheets import (
    MOST_TRIED_AT_ONCE,
    ON_ITS_WAY,
    SheetState,
    Stays,
    chosen,
    headings_of,
    proposed,
)
from eventsys.audit.actions import Actor, record
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal
from eventsys.base.spreadsheet import Line
from eventsys.editions.models import DayKind, Edition

GO_ON = "applications.go_on_with_sheets"
LONGEST_NAME = 200


def bring(edition: Edition, content: bytes, name: str, *, by: User, now: datetime) -> SheetImport:
    """Keep a spreadsheet for looking at, its columns proposed from its headings and from what they were the last time.

    Refusal: FILE_BINARY, FILE_EMPTY, TOO_MANY_ROWS.
    """
    lines = read_lines(content)
    headings, own = headings_of(lines[0].cells or ()), queries.own_columns_of(edition)
    columns = proposed(headings, queries.columns_before(edition), own)
    sheet = SheetImport(
        edition_id=edition.id, user_id=by.id, name=name[:LONGEST_NAME], content=content, columns=columns,
        total=len(lines) - 1, made_at=now, state=SheetState.WAITING,
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()  # The audit entry names its code.
    note(sheet, "sheet_brought", by=Actor("user", str(by.id)), now=now)
    return sheet


def name_columns(sheet: SheetImport, columns: Mapping[str, str]) -> None:
    """Say which column of ours each heading is; what was tried before no longer counts. Refusal(NOT_NOW) once it is on its way."""
    _check_is_waiting(sheet)
    named = {heading: columns.get(heading, "") for heading in headings_of(read_lines(sheet.content)[0].cells or ())}
    if named != sheet.columns:
        sheet.columns, sheet.tried_at = named, None


def must_be_tried(sheet: SheetImport) -> bool:
    """Whether the worker has to try it before it is taken in: it has more rows than are tried while somebody waits."""
    return sheet.total > MOST_TRIED_AT_ONCE and sheet.tried_at is None


def attempt(edition: Edition, sheet: SheetImport) -> Imported:
    """What taking in a spreadsheet of few rows would do; nothing is written. Refusal: COLUMN_MISSING, COLUMN_TWICE."""
    file = rows_of(edition, sheet, read_lines(sheet.content))
    taken = Trial(edition).try_rows(file.rows)
    refused = sorted((*file.refused, *taken.refused), key=lambda refusal: refusal.row)
    return Imported(file.row_count, taken.accepted, taken.unchanged, tuple(refused))


def let_try(sheet: SheetImport, *, by: User, now: datetime) -> None:
    """Let the worker try it. Refusal: NOT_NOW, COLUMN_MISSING, COLUMN_TWICE."""
    _check_is_waiting(sheet)
    columns_of(sheet, read_lines(sheet.content))
    count_anew(sheet)
    sheet.state, sheet.tried_at = SheetState.TRYING, None
    note(sheet, "sheet_tried", by=Actor("user", str(by.id)), now=now)
    jobs.after_commit(db.session(), GO_ON)


def stop_trying(sheet: SheetImport) -> None:
    """Back to naming its columns; nothing happens to one that isn't tried just now."""
    if sheet.state is SheetState.TRYING:
        count_anew(sheet)
        sheet.state = SheetState.WAITING


def start(sheet: SheetImport, *, by: User, now: datetime) -> None:
    """Let the worker take it in. Refusal: NOT_NOW, COLUMN_MISSING, COLUMN_TWICE, NOT_TRIED."""
    _check_is_waiting(sheet)
    columns_of(sheet, read_lines(sheet.content))
    if must_be_tried(sheet):
        raise Refusal(Code.NOT_TRIED)
    count_anew(sheet)
    sheet.state = SheetState.QUEUED
    note(sheet, "sheet_started", by=Actor("user", str(by.id)), now=now)
    jobs.after_commit(db.session(), GO_ON)


def drop(sheet: SheetImport, *, by: Actor, now: datetime) -> None:
    """Forget a spreadsheet that waits or is tried, or the rows of one that is in. Refusal(NOT_NOW) while it is on its way."""
    if sheet.state in ON_ITS_WAY:
        raise Refusal(Code.NOT_NOW)
    note(sheet, "sheet_dropped", by=by, now=now)
    db.session.delete(sheet)


def that_stay(edition: Edition, sheet: SheetImport) -> dict[str, Stays]:
    """Which of the applications that came in by it would stay if it were undone, by their codes, and why."""
    return queries.stays_of(edition, sheet.taken, judged=panels.judged_of(edition))


def undo(edition: Edition, sheet: SheetImport, *, by: User, now: datetime) -> None:
    """Let the worker take what came in by it out again, but for what somebody touched. Refusal: NOT_NOW, NOTHING_TO_UNDO."""
    if sheet.state is not SheetState.FINISHED:
        raise Refusal(Code.NOT_NOW)
    if len(that_stay(edition, sheet)) == len(sheet.taken):
        raise Refusal(Code.NOTHING_TO_UNDO)
    actor = Actor("user", str(by.id))
    sheet.state, sheet.undone_by = SheetState.UNDOING, str(actor)
    note(sheet, "sheet_undoing", by=actor, now=now)
    jobs.after_commit(db.session(), GO_ON)


def count_anew(sheet: SheetImport) -> None:
    """Nothing is done yet."""
    sheet.done = sheet.accepted = sheet.unchanged = 0
    sheet.refused = []


def columns_of(sheet: SheetImport, lines: list[Line]) -> list[str]:
    """The columns of ours in the order of its headings. Refusal: COLUMN_MISSING, COLUMN_TWICE, COLUMN_UNKNOWN."""
    own = queries.own_columns_of(db.session.get_one(Edition, sheet.edition_id))
    return chosen(headings_of(lines[0].cells or ()), sheet.columns, own)


def rows_of(edition: Edition, sheet: SheetImport, lines: list[Line]) -> ApplicationFile:
    """Its rows as its columns are named. Refusal: COLUMN_MISSING, COLUMN_TWICE."""
    open_days = frozenset(day.number for day in edition.days if day.kind is DayKind.OPEN)
    return read_rows(lines, columns_of(sheet, lines), days=open_days, own=queries.own_columns_of(edition))


def _check_is_waiting(sheet: SheetImport) -> None:
    if sheet.state is not SheetState.WAITING:
        raise Refusal(Code.NOT_NOW)


def note(sheet: SheetImport, done: str, *, by: Actor, now: datetime) -> None:
    """Take down what was done with it, and how many rows came of it."""
    detail = f"{sheet.accepted} {sheet.unchanged} {len(sheet.refused)} {sheet.total}"
    record(f"applications.{done}", "sheet", sheet.code, by=by, now=now, detail=detail)
