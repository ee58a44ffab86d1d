"""JSON objects are read strictly, and exact numbers come back as they were written."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.reading import (
    ObjectReader,
    ReadingCodes,
    day,
    exact,
    flag,
    list_of,
    one_of,
    plain,
    text,
    texts,
    whole,
)
from eventsys.base.refusals import Refusal


class Code(StrEnum):
    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG = "wrong"


CODES = ReadingCodes(Code.MISSING, Code.UNKNOWN, Code.WRONG)


def test_a_reader_gives_what_is_there() -> None:
    reader = ObjectReader({"a": "x", "b": None}, codes=CODES)

    assert reader.take("a", text) == "x"
    assert reader.take_or("b", text, default="y") == "y"
    assert reader.take_or("c", whole, default=3) == 3
    reader.finish()


@pytest.mark.parametrize("data", [[], "a", None, 3])
def test_only_objects_are_read(data: object) -> None:
    with pytest.raises(Refusal) as refused:
        ObjectReader(data, codes=CODES, path="items")

    assert (refused.value.code, refused.value.field) == (Code.WRONG, "items")


def test_a_refusal_names_the_field_with_its_path() -> None:
    reader = ObjectReader({"a": 1, "z": 2, "m": 3}, codes=CODES, path="target")

    with pytest.raises(Refusal) as missing:
        reader.take("b", text)
    with pytest.raises(Refusal) as wrong:
        reader.take("a", text)
    with pytest.raises(Refusal) as unknown:
        reader.finish()

    assert (missing.value.code, missing.value.field) == (Code.MISSING, "target.b")
    assert (wrong.value.code, wrong.value.field) == (Code.WRONG, "target.a")
    assert (unknown.value.code, unknown.value.field) == (Code.UNKNOWN, "target.m")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (text, " "),
        (text, 3),
        (texts, {}),
        (texts, {"da": ""}),
        (texts, ["da"]),
        (whole, True),
        (whole, 1.0),
        (whole, "1"),
        (flag, 1),
        (flag, "true"),
        (day, "27/8/2011"),
        (exact, True),
        (exact, None),
        (exact, "many"),
        (exact, "1/0"),
        (exact, "1/x"),
        (exact, float("nan")),
        (exact, float("inf")),
        (exact, "1e999999999"),
        (one_of(Code), "other"),
        (list_of(whole), {"a": 1}),
        (list_of(whole), [1, "2"]),
    ],
)
def test_something_else_is_refused(read: object, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        read(value)  # type: ignore[operator]


def test_each_kind_of_value_is_read() -> None:
    assert texts({"da": "hej", "ar": "مرحبا"}) == {"da": "hej", "ar": "مرحبا"}
    assert flag(False) is False
    assert day("2011-08-27") == date(2011, 8, 27)
    assert one_of(Code)("wrong") is Code.WRONG
    assert list_of(whole)([1, 2]) == (1, 2)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (17, Fraction(17)),
        (17.3, Fraction(173, 10)),
        ("17.3", Fraction(173, 10)),
        ("17,3", Fraction(173, 10)),
        (" 1/3 ", Fraction(1, 3)),
        ("-0,05", Fraction(-1, 20)),
        (1e-7, Fraction(1, 10_000_000)),
    ],
)
def test_a_number_is_what_it_looks_like(written: object, number: Fraction) -> None:
    assert exact(written) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(60), 60),
        (Fraction(173, 10), "17.3"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_a_number_is_written_exactly(number: Fraction, written: object) -> None:
    assert plain(number) == written


@given(st.fractions(max_denominator=10_000).filter(lambda number: abs(number) < 10**12))
def test_what_is_written_reads_back(number: Fraction) -> None:
    assert exact(plain(number)) == number
