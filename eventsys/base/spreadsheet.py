"""Files as spreadsheets save them, CSV and XLSX: marks, encodings, separators, decimal commas, formulas that must stay text."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

BYTE_ORDER_MARK = "\ufeff"
ZIP = b"PK\x03\x04"
# What an honest workbook of these sizes stays below.
MOST_UNPACKED, MOST_LINES, MOST_CELLS = 200_000_000, 50_000, 200
SEPARATORS = ";,\t"
GUARDED = frozenset({"'=", "'+", "'-", "'@"})  # How `base.sheets` keeps a cell from being run.
AS_TEXT = re.compile(r'^="((?:[^"]|"")*)"$')  # How Excel keeps a cell from being read as a number.


class NotText(ValueError):  # noqa: N818 - it says what the file is
    """The file is neither a text nor a workbook."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: the number of the line in the file at which it begins, and its cells; None when it can't be read."""

    number: int
    cells: tuple[str, ...] | None


def lines_of(content: bytes) -> list[Line]:
    """The lines that aren't blank, the header first: of a workbook's first sheet, or of a CSV file.

    CSV is UTF-8 with or without mark, else Windows' western letters. Raises NotText for a file that is neither.
    """
    if content.startswith(ZIP):
        return _lines_of_workbook(content)
    if b"\0" in content:
        raise NotText
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    text = text.removeprefix(BYTE_ORDER_MARK)
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=header.count))
    return [line for line in _read(reader) if line.cells is None or any(cell.strip() for cell in line.cells)]


def _lines_of_workbook(content: bytes) -> list[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise NotText
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = islice(book.worksheets[0].iter_rows(max_col=MOST_CELLS, values_only=True), MOST_LINES)
        lines = [Line(number, tuple(map(_as_written, row))) for number, row in enumerate(rows, start=1)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError):
        raise NotText from None
    # A workbook's rows are as long as its longest one.
    used = max((place for line in lines for place, cell in enumerate(line.cells or (), start=1) if cell), default=0)
    return [Line(line.number, (line.cells or ())[:used]) for line in lines if any(line.cells or ())]


def _as_written(cell: object) -> str:
    """What a person would have typed into a cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return plain(str(cell))


def _read(reader: Iterator[list[str]]) -> Iterator[Line]:
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(begins, None)
        else:
            yield Line(begins, tuple(plain(cell) for cell in cells))
        begins = reader.line_num + 1  # type: ignore[attr-defined]  # csv.reader knows it


def plain(cell: str) -> str:
    """A cell's text without blanks around; `="…"` is unwrapped, our own guard taken off; any other formula stays the text that it is."""
    stripped = cell.strip()
    found = AS_TEXT.match(stripped)
    if found:
        return found[1].replace('""', '"').strip()
    return stripped[1:] if stripped[:2] in GUARDED else stripped


# Marks of direction: they come along when something is copied out of a text from right to left.
MARKS = frozenset("\u200e\u200f\u061c")


def western(written: str) -> str:
    """A text with its digits, of whatever script, as 0 to 9, and without marks of direction."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in written if sign not in MARKS)


# How other keyboards write the comma and the minus of a number.
NUMBER_SIGNS = str.maketrans({"\u066b": ",", "\u2212": "-"})


def number(written: str) -> Decimal | None:
    """A number with decimal comma or point and digits of any script; None when it is none.

    Separators of thousands are none: they are guesses.
    """
    compact = western(written).replace(" ", "").replace("\u00a0", "").translate(NUMBER_SIGNS)
    if not re.fullmatch(r"[+-]?\d{1,12}([.,]\d{1,6})?", compact):
        return None
    try:
        return Decimal(compact.replace(",", "."))
    except InvalidOperation:  # pragma: no cover - the pattern lets none through
        return None


YES, NO = frozenset({"yes", "ja", "y", "j", "true", "1", "x"}), frozenset({"no", "nej", "n", "false", "0", ""})


def yes_or_no(written: str) -> bool | None:
    """What a cell with yes or no says, in English or Danish; empty is no; None when it says neither."""
    word = written.casefold()
    return True if word in YES else False if word in NO else None
