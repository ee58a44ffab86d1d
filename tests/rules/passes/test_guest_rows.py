"""A list of volunteers and guests, as spreadsheets hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.guest_rows import KIND_WORDS, GuestRow, read_guests

DAYS = frozenset({1, 2, 3})


def read(*rows: str, header: str = "kind;days;name;email") -> list[GuestRow]:
    return list(read_guests("\n".join([header, *rows]).encode(), days=DAYS).rows)


@pytest.mark.parametrize(
    ("written", "days"),
    [("1", {1}), ("1,2", {1, 2}), ("1 + 3", {1, 3}), ("2/2", {2}), ("all", {1, 2, 3}), ("Alle", {1, 2, 3})],
)
def test_days_are_read_as_people_write_them(written: str, days: set[int]) -> None:
    [row] = read(f"guest;{written};;")

    assert row.days == days


@pytest.mark.parametrize("written", ["", "4", "1,4", "Saturday", "0", "1,x", "-"])
def test_days_that_the_edition_has_not_are_refused(written: str) -> None:
    file = read_guests(f"kind;days\nguest;{written}".encode(), days=DAYS)

    assert [(one.row, one.field, one.code) for one in file.refused] == [(2, "days", Code.DAY_UNKNOWN)]


def test_columns_stand_in_any_order_and_language_and_others_are_passed_over() -> None:
    [row] = read("1;Noor  Hansen;x;FRIVILLIG;N@e.dk", header="Dage;NAVN;sko;Art;E-mail")

    assert (row.kind, row.days, row.name, row.email) == (PassKind.VOLUNTEER, {1}, "Noor Hansen", "n@e.dk")


@pytest.mark.parametrize(("header", "code"), [("kind;name", Code.COLUMN_MISSING), ("", Code.COLUMN_MISSING)])
def test_without_its_columns_a_list_is_refused(header: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        read_guests(header.encode(), days=DAYS)

    assert refused.value.code is code


cells = st.sampled_from(["", "guest", "volunteer", "kok", "1", "1,2", "9", "Noor", "n@e.dk", "@", "ø" * 81])


@given(st.lists(st.tuples(cells, cells, cells, cells)))
def test_every_row_is_taken_or_refused_by_its_line(rows: list[tuple[str, str, str, str]]) -> None:
    file = read_guests("\n".join(["kind;days;name;email", *(";".join(row) for row in rows)]).encode(), days=DAYS)

    seen = sorted([row.number for row in file.rows] + [one.row for one in file.refused])
    assert seen == [number for number, row in enumerate(rows, start=2) if any(row)]
    assert all(row.kind in KIND_WORDS.values() and row.days <= DAYS for row in file.rows)
    assert len({row.key for row in file.rows}) == len(file.rows)
