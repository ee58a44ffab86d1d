"""Tables as files for spreadsheets: CSV as the reader's Excel opens it, and XLSX. No cell of ours is a formula.

In a workbook a text is a text, whatever it begins with. In CSV a spreadsheet decides anew, so what begins like a formula gets an
apostrophe before it; a phone number, which is digits alone, gets a blank, so that people see it as it is written.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from eventsys.base import clock
from eventsys.base.spreadsheet import BYTE_ORDER_MARK

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How a cell begins that a spreadsheet would take for a formula (OWASP, CSV injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# What makes it text again; readers of ours forgive it (`base.spreadsheet.plain`).
GUARD = "'"

PHONE = re.compile(r"\+\d[\d ]*")

Cell = str | int | Decimal | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name. Moments are aware; empty cells are None."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(sheet: Sheet, *, has_decimal_comma: bool = True) -> bytes:
    """The table with byte order mark: semicolons and decimal commas, or commas and decimal points, as the reader's spreadsheet has it."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if has_decimal_comma else ",", lineterminator="\r\n")
    writer.writerow([harmless(column) for column in sheet.columns])
    writer.writerows([[_as_text(cell, has_decimal_comma=has_decimal_comma) for cell in row] for row in sheet.rows])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """The table as a workbook with one sheet, its heading frozen; text stays text."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        page = book.add_worksheet(sheet.name[:31])
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.freeze_panes(1, 0)
        page.write_row(0, 0, sheet.columns, bold)
        for number, row in enumerate(sheet.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(number, place, clock.local(cell).replace(tzinfo=None), moment)
                elif isinstance(cell, bool | str):
                    page.write_string(number, place, _as_plain(cell))
                elif cell is not None:
                    page.write_number(number, place, cell)
        page.autofilter(0, 0, max(1, len(sheet.rows)), max(0, len(sheet.columns) - 1))
    return content.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet runs when it reads CSV: one that begins like a formula gets something before it."""
    if PHONE.fullmatch(text):
        return f" {text}"
    return GUARD + text if text.startswith(FORMULA_SIGNS) else text


def _as_text(cell: Cell, *, has_decimal_comma: bool) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", "," if has_decimal_comma else ".")
    return _as_plain(cell)


def _as_plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return clock.local(cell).strftime("%Y-%m-%dT%H:%M")
    return str(cell)
