"""Answers from a spreadsheet: typed rows, or why a row is refused; one bad row never stops the others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import (
    BREAKDOWN_AUDIENCES,
    BREAKDOWN_VALUES,
    Audience,
    Breakdown,
    Instrument,
    Item,
)
from eventsys.surveys.rules.values import SHOWN_OF_WRONG_VALUE, AnswerValue, answer_of

AUDIENCE, LANGUAGE = "audience", "language"
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
UTF8_MARK = "\ufeff"
UNREADABLE = "\ufffe"  # No character: it stands in no file that people write.


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What one respondent gave. `row` is the line in the file; items left blank are not in `values`."""

    row: int
    audience: Audience
    language: str
    breakdowns: dict[str, str]
    values: dict[str, AnswerValue]


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file that was read. `digest` is the SHA-256 of its content: with the line it tells a second import from a first."""

    digest: str
    rows: tuple[AnswerRow, ...]
    refused: tuple[RowRefusal, ...]

    @property
    def row_count(self) -> int:
        """All rows of the file, taken or not; blank lines and the header are none."""
        return len(self.rows) + len(self.refused)

    def import_key(self, row: AnswerRow) -> str:
        """SHA-256 of file and line: the same for the same line of the same file, whenever it is imported."""
        return sha256(f"{self.digest}:{row.row}".encode()).hexdigest()


def read_answers(content: bytes, instrument: Instrument) -> AnswerFile:
    """Read a CSV file, with or without a byte-order mark, separated by commas, semicolons or tabs.

    Columns: audience, language, the instrument's breakdowns, and its items by their keys; every one must be there.
    Refused as a whole: NOT_UTF8, NO_ROWS, COLUMN_MISSING, COLUMN_UNKNOWN, COLUMN_TWICE; a row for what is in it.
    """
    lines = _lines(content)
    if not lines:
        raise Refusal(Code.NO_ROWS)
    columns = [cell.strip() for cell in lines[0][1]]
    _check_columns(columns, instrument)
    rows: list[AnswerRow] = []
    refused: list[RowRefusal] = []
    for number, cells in lines[1:]:
        try:
            rows.append(_row(number, _named(columns, cells), instrument=instrument))
        except Refusal as refusal:
            refused.append(RowRefusal(number, "", refusal.code, refusal.field or "", refusal.values))
    return AnswerFile(sha256(content).hexdigest(), tuple(rows), tuple(refused))


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """The lines that aren't blank, each with the number at which it begins."""
    try:
        written = content.decode("utf-8").removeprefix(UTF8_MARK)
    except UnicodeDecodeError:
        raise Refusal(Code.NOT_UTF8) from None
    first = written.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=max(",;\t", key=first.count))
    lines: list[tuple[int, list[str]]] = []
    number = 1
    while (cells := _next_cells(reader)) is not None:
        if any(cell.strip() for cell in cells):
            lines.append((number, cells))
        number = reader.line_num + 1
    return lines


def _next_cells(reader: Iterator[list[str]]) -> list[str] | None:
    """The cells of the next line; a line that can't be taken apart gives the one cell UNREADABLE; None at the end."""
    try:
        return next(reader, None)
    except csv.Error:
        return [UNREADABLE]


def columns_of(instrument: Instrument) -> tuple[str, ...]:
    """The columns that a file must have, in any order."""
    stated = (breakdown.value for breakdown in instrument.breakdowns)
    return (AUDIENCE, LANGUAGE, *stated, *(item.key for item in instrument.items))


def _check_columns(columns: Sequence[str], instrument: Instrument) -> None:
    wanted = columns_of(instrument)
    for place, column in enumerate(columns):
        if column in columns[:place]:
            raise Refusal(Code.COLUMN_TWICE, field=column, column=column)
        if column not in wanted:
            raise Refusal(Code.COLUMN_UNKNOWN, field=column, column=column)
    for column in wanted:
        if column not in columns:
            raise Refusal(Code.COLUMN_MISSING, field=column, column=column)


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by their columns; a row may be shorter than the header, and longer only by blank cells."""
    if list(cells) == [UNREADABLE]:
        raise Refusal(Code.ROW_UNREADABLE)
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise Refusal(Code.CELLS_DIFFER, cells=len(cells), columns=len(columns))
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return {column: cell.strip() for column, cell in zip(columns, padded, strict=False)}


def _row(number: int, cells: Mapping[str, str], *, instrument: Instrument) -> AnswerRow:
    audience = _audience(cells[AUDIENCE], instrument)
    values = {}
    for item in instrument.items:
        value = _value(item, cells[item.key], audience=audience)
        if value is not None:
            values[item.key] = value
    if not values:
        raise Refusal(Code.NOTHING_ANSWERED)
    breakdowns = {
        breakdown.value: kept
        for breakdown in instrument.breakdowns
        if (kept := _breakdown(breakdown, cells[breakdown.value], audience=audience))
    }
    return AnswerRow(number, audience, _language(cells[LANGUAGE]), breakdowns, values)


def _audience(written: str, instrument: Instrument) -> Audience:
    """One of those that the instrument asks anything of."""
    known = [audience for audience in Audience if instrument.items_for(audience)]
    audience = next((audience for audience in known if audience.value == written.lower()), None)
    if audience is None:
        raise Refusal(Code.AUDIENCE_UNKNOWN, field=AUDIENCE, value=written[:SHOWN_OF_WRONG_VALUE])
    return audience


def _language(written: str) -> str:
    if not LANGUAGE_TAG.fullmatch(written.lower()):
        raise Refusal(Code.LANGUAGE_UNKNOWN, field=LANGUAGE, value=written[:SHOWN_OF_WRONG_VALUE])
    return written.lower()


def _breakdown(breakdown: Breakdown, written: str, *, audience: Audience) -> str:
    """One of the breakdown's values; nothing where it isn't stated, or the audience isn't split by it."""
    value = written.lower()
    wanted = BREAKDOWN_VALUES[breakdown] if audience in BREAKDOWN_AUDIENCES[breakdown] else ()
    if value and value not in wanted:
        raise Refusal(Code.BREAKDOWN_UNKNOWN, field=breakdown.value, value=written[:SHOWN_OF_WRONG_VALUE])
    return value


def _value(item: Item, written: str, *, audience: Audience) -> AnswerValue | None:
    if item.is_asked_of(audience):
        return answer_of(item, written)
    if written:
        raise Refusal(Code.NOT_ASKED_OF_AUDIENCE, field=item.key, audience=audience.value)
    return None
