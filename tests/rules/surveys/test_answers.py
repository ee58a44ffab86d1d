"""Answers: one by one, and from files as spreadsheets save them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.surveys.rules.answers import AnswerFile, read_answers
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience, Instrument, Item, ItemKind
from eventsys.surveys.rules.options import AGREEMENT_SCALE, YES_NO
from eventsys.surveys.rules.values import LONGEST_TEXT, answer_of, from_stored, stored

FOLDER = Path(__file__).parents[3] / "examples" / "taste-the-world-2011"
FESTIVAL = Instrument.from_json(json.loads((FOLDER / "instrument.json").read_text(encoding="utf-8")))
WORDS = {"da": "Ord"}
SCALE = Item("visible", ItemKind.SCALE, WORDS, AGREEMENT_SCALE)
SEVERAL = Item("which", ItemKind.MULTIPLE, WORDS, YES_NO)
RATING = Item("rating", ItemKind.RATING, WORDS)
NUMBER = Item("members", ItemKind.NUMBER, WORDS, lowest=1, highest=500)
REQUIRED = Item("must", ItemKind.SINGLE, WORDS, YES_NO, is_required=True)
FREE = Item("words", ItemKind.TEXT, WORDS)
HEADER = "audience,minority_association,language,visible,community,again,visitors_rating"
GOOD = "association,yes,da,i høj grad,i nogen grad,ja,8"


def _read(*lines: str) -> AnswerFile:
    return read_answers("\n".join((HEADER, *lines)).encode(), FESTIVAL)


@pytest.mark.parametrize(
    ("item", "written", "value"),
    [
        (SCALE, "high_degree", "high_degree"),
        (SCALE, " I  HØJ grad ", "high_degree"),
        (SCALE, "to a lesser degree", "lesser_degree"),
        (SCALE, "لا أعرف", "dont_know"),
        (SCALE, "i ho\u0338j grad".replace("o\u0338", "ø"), "high_degree"),
        (SCALE, "  ", None),
        (SEVERAL, "nej| ja |NEJ", ("yes", "no")),
        (SEVERAL, ["no", "yes"], ("yes", "no")),
        (SEVERAL, " | ", None),
        (SEVERAL, [], None),
        (SCALE, [], None),
        (RATING, "10", 10),
        (RATING, "0", 0),
        (NUMBER, "+45", 45),
        (FREE, " Tak!\r\nOg\x00 =SUM(A1)\x1b ", "Tak!\nOg =SUM(A1)"),
        (FREE, "\x00", None),
        (REQUIRED, "ja", "yes"),
    ],
)
def test_an_answer_is_read(item: Item, written: str | list[str], value: object) -> None:
    assert answer_of(item, written) == value


@pytest.mark.parametrize(
    ("item", "written", "code"),
    [
        (SCALE, "meget", Code.OPTION_UNKNOWN),
        (SCALE, "=1+1", Code.OPTION_UNKNOWN),
        (SEVERAL, "ja|måske", Code.OPTION_UNKNOWN),
        (RATING, "11", Code.NUMBER_OUT_OF_RANGE),
        (RATING, "-1", Code.NUMBER_OUT_OF_RANGE),
        (RATING, "7,5", Code.NOT_A_NUMBER),
        (RATING, "٧", Code.NOT_A_NUMBER),
        (NUMBER, "9" * 5000, Code.NOT_A_NUMBER),
        (FREE, "x" * (LONGEST_TEXT + 1), Code.TEXT_TOO_LONG),
        (REQUIRED, "", Code.ANSWER_REQUIRED),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_its_item(item: Item, written: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        answer_of(item, written)

    assert (refused.value.code, refused.value.field) == (code, item.key)


def test_a_wrong_value_is_repeated_only_in_part() -> None:
    with pytest.raises(Refusal) as refused:
        answer_of(SCALE, "x" * 5_000_000)

    assert refused.value.values == {"value": "x" * 60}


@pytest.mark.parametrize(
    ("item", "value"), [(SCALE, "high_degree"), (SEVERAL, ("yes", "no")), (RATING, 10), (FREE, "Tak!\n[1]")]
)
def test_what_is_stored_reads_back(item: Item, value: str | int | tuple[str, ...]) -> None:
    assert from_stored(item, stored(value)) == value


def test_the_answers_of_the_festival_are_all_taken() -> None:
    read = read_answers((FOLDER / "answers.csv").read_bytes(), FESTIVAL)

    assert (len(read.rows), read.refused, read.row_count) == (81, (), 81)
    first, restaurant = read.rows[0], read.rows[10]
    assert (first.row, first.audience, first.language) == (2, Audience.ASSOCIATION, "pl")
    assert first.breakdowns == {"minority_association": "yes"}
    assert first.values == {
        "visible": "high_degree",
        "community": "some_degree",
        "again": "yes",
        "visitors_rating": 8,
    }
    assert (restaurant.row, restaurant.audience, restaurant.breakdowns) == (12, Audience.RESTAURANT, {})
    assert set(restaurant.values) == {"community", "again", "visitors_rating"}


def test_a_danish_spreadsheet_gives_the_same_rows() -> None:
    plain = _read(GOOD, "restaurant,,EN,,,nej,")
    lines = (HEADER, GOOD, "Restaurant,,en,,,NEJ,")
    danish = read_answers(("\ufeff" + "\r\n".join(lines)).replace(",", ";").encode() + b"\r\n\r\n", FESTIVAL)

    assert danish.rows == plain.rows
    assert plain.digest != danish.digest


def test_columns_may_stand_in_any_order() -> None:
    content = "again\tvisible\tlanguage\tcommunity\tvisitors_rating\taudience\tminority_association\n"
    read = read_answers((content + "ja\t\tda\t\t\tassociation\t\n").encode(), FESTIVAL)

    assert [(row.values, row.breakdowns) for row in read.rows] == [({"again": "yes"}, {})]


def test_one_bad_row_never_stops_the_others() -> None:
    read = _read(
        GOOD,
        "sponsor,,da,,i høj grad,ja,8",
        "visitor,,da,,i høj grad,ja,8",
        "",
        "restaurant,,da,i høj grad,i høj grad,ja,8",
        "restaurant,yes,da,,i høj grad,ja,8",
        "association,måske,da,,i høj grad,ja,8",
        "association,yes,dansk sprog,,i høj grad,ja,8",
        "association,yes,da,meget,i høj grad,ja,8",
        "association,yes,da,,,,",
        GOOD + ",mere",
        "association,yes,da",
        'association,no,da,"ved\nikke",,,',
        "restaurant,,da,,i høj grad,ja,11",
        GOOD + ",,",
    )

    assert [row.row for row in read.rows] == [2, 14, 17]
    assert [(bad.row, bad.code, bad.field) for bad in read.refused] == [
        (3, Code.AUDIENCE_UNKNOWN, "audience"),
        (4, Code.AUDIENCE_UNKNOWN, "audience"),
        (6, Code.NOT_ASKED_OF_AUDIENCE, "visible"),
        (7, Code.BREAKDOWN_UNKNOWN, "minority_association"),
        (8, Code.BREAKDOWN_UNKNOWN, "minority_association"),
        (9, Code.LANGUAGE_UNKNOWN, "language"),
        (10, Code.OPTION_UNKNOWN, "visible"),
        (11, Code.NOTHING_ANSWERED, ""),
        (12, Code.CELLS_DIFFER, ""),
        (13, Code.NOTHING_ANSWERED, ""),
        (16, Code.NUMBER_OUT_OF_RANGE, "visitors_rating"),
    ]
    assert read.refused[-1] == RowRefusal(
        16, "", Code.NUMBER_OUT_OF_RANGE, "visitors_rating", {"value": 11, "lowest": 0, "highest": 10}
    )


def test_a_cell_of_five_million_letters_is_one_bad_row() -> None:
    read = _read(GOOD, f"association,yes,da,{'x' * 5_000_000},,,", GOOD)

    assert [row.row for row in read.rows] == [2, 4]
    assert [(bad.row, bad.code) for bad in read.refused] == [(3, Code.ROW_UNREADABLE)]


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (b"", Code.NO_ROWS, None),
        (b"\xef\xbb\xbf\r\n \r\n", Code.NO_ROWS, None),
        ("audience,forældre".encode("latin-1"), Code.NOT_UTF8, None),
        (HEADER.replace("again,", "").encode(), Code.COLUMN_MISSING, "again"),
        (HEADER.replace("audience,", "").encode(), Code.COLUMN_MISSING, "audience"),
        (f"{HEADER},email".encode(), Code.COLUMN_UNKNOWN, "email"),
        (f"{HEADER},again".encode(), Code.COLUMN_TWICE, "again"),
        (b"x" * 200_000, Code.COLUMN_UNKNOWN, "\ufffe"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(content: bytes, code: Code, field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        read_answers(content, FESTIVAL)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_line_keeps_its_import_key() -> None:
    once, again, other = _read(GOOD, GOOD), _read(GOOD, GOOD), _read(GOOD)
    keys = [once.import_key(row) for row in once.rows]

    assert keys == [again.import_key(row) for row in again.rows]
    assert len({*keys, other.import_key(other.rows[0])}) == 3
    assert all(len(key) == 64 for key in keys)


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_text_breaks_the_reading(content: str) -> None:
    read = _read(content)

    assert all(row.values for row in read.rows)
    assert all(bad.row >= 2 for bad in read.refused)


@given(st.lists(st.sampled_from([GOOD, "restaurant,,da,,i høj grad,ja,4", "nobody,,,,,,"]), max_size=20))
def test_every_line_is_taken_or_refused_once(lines: list[str]) -> None:
    read = _read(*lines)

    assert sorted([row.row for row in read.rows] + [bad.row for bad in read.refused]) == list(range(2, len(lines) + 2))
