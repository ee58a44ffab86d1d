"""Applications out of a Danish spreadsheet: the festival's own file, and what else people save."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.fields import moment_of
from eventsys.applications.rules.import_rows import ApplicationRow, read_applications
from eventsys.base.refusals import Refusal

FILES = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"
DAYS = frozenset({1, 2})
HEADER = "reference;kind;name;email;days;width_m;power_kw;cvr;allergens"


def one(row: str, header: str = HEADER) -> ApplicationRow:
    file = read_applications(f"{header}\n{row}\n".encode(), days=DAYS)
    assert file.refused == (), file.refused
    return file.rows[0]


def refused(row: str, header: str = HEADER) -> tuple[Code, str]:
    file = read_applications(f"{header}\n{row}\n".encode(), days=DAYS)
    assert file.rows == ()
    return file.refused[0].code, file.refused[0].field  # type: ignore[return-value]


def test_the_festivals_file_gives_its_104_and_refuses_its_8() -> None:
    file = read_applications((FILES / "applications.csv").read_bytes(), days=DAYS)
    with (FILES / "applications-bad-rows.csv").open() as bad:
        wanted = [row["reference"] for row in csv.DictReader(bad)]

    assert len(file.rows) == 104
    assert [refusal.reference for refusal in file.refused] == wanted
    assert [(refusal.row, refusal.field) for refusal in file.refused] == [
        (106, "cvr"),
        (107, "cvr"),
        (108, "email"),
        (109, "email"),
        (110, "days"),
        (111, "power_kw"),
        (112, "kind"),
        (113, "name"),
    ]


def test_what_a_spreadsheet_does_to_cells_is_forgiven() -> None:
    rows = {row.reference: row for row in read_applications((FILES / "applications.csv").read_bytes(), days=DAYS).rows}

    assert rows["TW11-010"].cvr == "93232445"
    assert rows["TW11-010"].email == "kontakt@café-lotus-syd.example"
    assert rows["TW11-011"].email == "kontakt@groenlandsk-venskabsforening-i-vanloese.example"
    assert rows["TW11-001"].width_cm == 450
    assert rows["TW11-002"].days == 0b11
    assert rows["TW11-002"].phone == "+4529939749"


def test_a_cell_that_begins_with_an_equals_sign_stays_text() -> None:
    with_formula = [
        row.name + row.about.get("da", "") + row.cuisine + row.native_name
        for row in read_applications((FILES / "applications.csv").read_bytes(), days=DAYS).rows
        if row.reference in {"TW11-024", "TW11-030"}
    ]

    assert len(with_formula) == 2
    assert all('="Mad" & "kultur"' in text for text in with_formula)


def test_decimal_commas_and_excels_text_cells_are_read() -> None:
    row = one('="T-1";restaurant;Ny;a@b.dk;1;4,5;3,25;DK 13 58 56 28;')

    assert (row.reference, row.width_cm, row.power_watts, row.cvr) == ("T-1", 450, 3250, "13585628")


def test_an_empty_cell_of_allergens_is_not_none() -> None:
    assert one("1;restaurant;A;a@b.dk;1;3;0;;").allergens is None
    assert one("1;restaurant;A;a@b.dk;1;3;0;;none").allergens == []
    assert one("1;restaurant;A;a@b.dk;1;3;0;;milk,eggs").allergens == ["eggs", "milk"]


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (";association;A;a@b.dk;1;3;0;;", Code.MISSING, "reference"),
        ("1;;A;a@b.dk;1;3;0;;", Code.MISSING, "kind"),
        ("1;association;A;a@b.dk;;3;0;;", Code.MISSING, "days"),
        ("1;association;A;a@b.dk;1,x;3;0;;", Code.DAY_UNKNOWN, "days"),
        ("1;association;A;a@b.dk;1;bred;0;;", Code.NOT_A_NUMBER, "width_m"),
        ("1;association;A;a@b.dk;1;3;900000;;", Code.TOO_LARGE, "power_kw"),
        ("1;association;A;a@b.dk;1;3;0;;gold", Code.ALLERGEN_UNKNOWN, "allergens"),
        ("1;association;" + "x" * 300 + ";a@b.dk;1;3;0;;", Code.TOO_LONG, "name"),
        ("1;association;A\x07;a@b.dk;1;3;0;;", Code.CONTROL_CHARACTER, "name"),
        ("1;association;A;a@b.dk;1;3;0;;;extra", Code.CELLS_DIFFER, ""),
    ],
)
def test_a_bad_cell_is_refused_by_its_field(row: str, code: Code, field: str) -> None:
    assert refused(row) == (code, field)


def test_the_first_of_two_rows_counts() -> None:
    rows = (
        "1;association;A;a@b.dk;1;3;0;13585628;\n1;association;B;b@b.dk;1;3;0;;\n2;association;C;c@b.dk;1;3;0;13585628;"
    )
    file = read_applications(f"{HEADER}\n{rows}".encode(), days=DAYS)

    assert [row.name for row in file.rows] == ["A"]
    assert [refusal.code for refusal in file.refused] == [Code.REFERENCE_TWICE, Code.ORGANISATION_TWICE]


def test_line_numbers_are_those_of_the_file() -> None:
    content = f'{HEADER}\n\n1;association;"two\nlines";a@b.dk;1;3;0;;\n;;;;;;;;\n2;association;;b@b.dk;1;3;0;;\n'
    file = read_applications(content.encode(), days=DAYS)

    assert file.rows[0].row == 3
    assert file.refused[0].row == 6


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"\n \n", Code.FILE_EMPTY),
        (b"PK\x03\x04\x00\x00", Code.FILE_BINARY),
        (b"reference;kind;name;email\n", Code.COLUMN_MISSING),
        (HEADER.encode() + b";colour\n", Code.COLUMN_UNKNOWN),
        (HEADER.encode() + b";name\n", Code.COLUMN_TWICE),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content: bytes, code: Code) -> None:
    with pytest.raises(Refusal) as refusal:
        read_applications(content, days=DAYS)

    assert refusal.value.code is code


LIST = "kind;name;email;days;cvr"


def test_a_list_without_references_has_them_made_from_who_it_is() -> None:
    rows = {"Kor": "association;Kor;a@b.dk;1;", "Kok": "restaurant;Kok;c@d.dk;1;13585628"}

    def made(*lines: str) -> dict[str, str]:
        file = read_applications("\n".join([LIST, *lines]).encode(), days=DAYS)
        assert file.refused == ()
        return {row.name: row.reference for row in file.rows}

    first = made(*rows.values())
    assert len(set(first.values())) == 2
    assert all(re.fullmatch(r"L-[A-Z]{8}", reference) for reference in first.values())
    assert made(*reversed(rows.values())) == first, "wherever the row stands"
    assert made("association;KOR;new@b.dk;1,2;")["KOR"] == first["Kor"], "and whatever else it says"
    assert made("restaurant;Anderledes;c@d.dk;1;DK 13 58 56 28")["Anderledes"] == first["Kok"], (
        "a CVR number is who it is"
    )
    assert made("restaurant;Kor;a@b.dk;1;")["Kor"] != first["Kor"]


def test_the_same_organisation_twice_in_such_a_list_is_refused() -> None:
    file = read_applications(f"{LIST}\nassociation;Kor;a@b.dk;1;\nassociation;kor;c@d.dk;2;".encode(), days=DAYS)

    assert [row.name for row in file.rows] == ["Kor"]
    assert [(one.code, one.field, one.values) for one in file.refused] == [(Code.NAME_IN_LINE, "name", {"other": 2})]


def test_western_letters_of_windows_are_read() -> None:
    content = f"{HEADER}\n1;association;Rødgrød på Ærø;a@b.dk;1;3;0;;\n".encode("cp1252")

    assert read_applications(content, days=DAYS).rows[0].name == "Rødgrød på Ærø"


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fall(content: bytes) -> None:
    with suppress(Refusal):
        read_applications(HEADER.encode() + b"\n" + content, days=DAYS)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("05-11-2026 10:00", "2026-11-05T09:00:00+00:00"),
        ("5.7.2026 kl. 9.05", "2026-07-05T07:05:00+00:00"),
        ("31/12/2026, 23:59:58", "2026-12-31T22:59:58+00:00"),
        ("05-11-2026", "2026-11-04T23:00:00+00:00"),
        ("٠٥-١١-٢٠٢٦ ١٠:٠٠", "2026-11-05T09:00:00+00:00"),
        ("2026-11-05 10:00", "2026-11-05T09:00:00+00:00"),
        ("2026-11-05T10:00:00+00:00", "2026-11-05T10:00:00+00:00"),
    ],
)
def test_moments_as_people_and_spreadsheets_write_them(written: str, read: str) -> None:
    moment = moment_of(written, "submitted_at")
    assert moment is not None
    assert moment.astimezone(UTC).isoformat() == read


@pytest.mark.parametrize("written", ["11-31-2026 10:00", "05-11-26", "5-11-2026 25:00", "yesterday", "05-11-2026 10"])
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as no:
        moment_of(written, "submitted_at")
    assert no.value.code is Code.MOMENT_WRONG


def test_all_that_is_wrong_with_a_row_is_told_in_the_order_of_the_columns() -> None:
    file = read_applications(f"{HEADER}\n;klub;;x;9;bred;-1;123;gold\n".encode(), days=DAYS)

    [row] = file.refused
    wrong = ["reference", "kind", "name", "email", "cvr", "days", "width_m", "power_kw", "allergens"]
    assert [one.field for one in row.each()] == wrong
    assert file.row_count == 1
