"""Tables for spreadsheets: nothing runs, and what is written is read back."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.sheets import FORMULA_SIGNS, Sheet, as_csv, as_xlsx
from eventsys.base.spreadsheet import lines_of, number

MOMENT = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)


def read_back(*cells: str) -> tuple[str, ...]:
    [_header, line] = lines_of(as_csv(Sheet("test", ["a", "b"], [["first", *cells]])))
    assert line.cells is not None
    return line.cells[1:]


@pytest.mark.parametrize("formula", ["=1+1", "+45 12", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_formula_stays_text_and_is_read_back(formula: str) -> None:
    content = as_csv(Sheet("test", ["a"], [[formula]])).decode("utf-8-sig")

    assert not any(f";{sign}" in f";{content.splitlines()[1]}" for sign in FORMULA_SIGNS)
    assert read_back(formula) == (formula,)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(Sheet("test", ["a"], [[formula]]))))
    cell = book.active["A2"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == ("s", formula), "a text by its type, whatever it begins with"


def test_phone_stays_as_people_write_it() -> None:
    content = as_csv(Sheet("test", ["a", "b"], [["first", "+45 30 50 11 05"]])).decode("utf-8-sig")

    assert content.splitlines()[1] == "first; +45 30 50 11 05"
    assert read_back("+45 30 50 11 05") == ("+45 30 50 11 05",)


def test_numbers_moments_and_answers_are_written_as_danish_spreadsheets_do() -> None:
    row = [Decimal("4.5"), 12, True, False, None, MOMENT, 'Å; "ø"']
    content = as_csv(Sheet("test", list("abcdefg"), [row]))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == '4,5;12;yes;no;;2026-07-01T12:30;"Å; ""ø"""'
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(Sheet("test", list("abcdefg"), [row]))))
    values = [cell.value for cell in book.active[2]]  # type: ignore[index]
    assert values[:3] == [4.5, 12, "yes"]
    assert values[5] == datetime(2026, 7, 1, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones


def test_the_same_for_readers_who_write_a_decimal_point() -> None:
    content = as_csv(Sheet("test", ["a", "b"], [[Decimal("4.5"), "1,2"]]), has_decimal_comma=False)

    assert content.decode("utf-8-sig").splitlines() == ["a,b", '4.5,"1,2"']
    [_header, line] = lines_of(content)
    assert line.cells == ("4.5", "1,2")
    assert number("4.5") == number("4,5") == Decimal("4.5")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_is_read_back(text: str) -> None:
    assert read_back(text, "end") == (text.strip(), "end") or text.strip()[:1] == "'" or text.strip().startswith('="')
