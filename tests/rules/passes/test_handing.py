"""What people may ask for when they take passes themselves."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.handing import (
    MOST_PEOPLE,
    check_days,
    email_of,
    names_of,
    people_of,
    places_left,
    row_keys,
    tightest_day,
)
from eventsys.passes.rules.picture import picture_of


@pytest.mark.parametrize(
    ("written", "read"),
    [("", ""), ("  ", ""), (" Noor@Example.org ", "noor@example.org"), ("a@dansk.dk", "a@dansk.dk")],
)
def test_an_address_is_read_and_may_be_left_out(written: str, read: str) -> None:
    assert email_of(written) == read


def test_what_is_no_address_is_refused_by_its_field() -> None:
    with pytest.raises(Refusal) as refused:
        email_of("noor at home")

    assert (refused.value.code, refused.value.field) == (Code.EMAIL_WRONG, "email")


def test_names_are_lines_and_fewer_than_people_are_fine() -> None:
    assert names_of("  Noor   Hansen \n\n نور \n", 3) == ("Noor Hansen", "نور")
    assert names_of("", 1) == ()


@pytest.mark.parametrize(("written", "code"), [("a\nb", Code.NAMES_TOO_MANY), ("x" * 81, Code.NAME_TOO_LONG)])
def test_more_names_than_people_and_endless_ones_are_refused(written: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        names_of(written, 1)

    assert refused.value.code is code


@given(st.text(max_size=4) | st.integers(-3, 120).map(str))
def test_people_are_one_to_six_or_refused(written: str) -> None:
    if written in {"1", "2", "3", "4", "5", "6"}:
        assert people_of(written) == int(written)
    elif not written.isdecimal() or len(written) > 2 or int(written) > MOST_PEOPLE:
        with pytest.raises(Refusal, match="people"):
            people_of(written)


@pytest.mark.parametrize(
    ("wanted", "code"), [(set(), Code.DAYS_MISSING), ({3}, Code.DAY_NOT_OFFERED), ({1, 3}, Code.DAY_NOT_OFFERED)]
)
def test_days_are_chosen_from_those_on_offer(wanted: set[int], code: Code) -> None:
    check_days({1, 2}, {1, 2})

    with pytest.raises(Refusal) as refused:
        check_days(wanted, {1, 2})

    assert refused.value.code is code


def test_left_is_never_below_nothing() -> None:
    assert [places_left(None, 9), places_left(10, 9), places_left(10, 10), places_left(5, 9)] == [None, 1, 0, 0]


@given(
    st.dictionaries(st.integers(1, 16), st.none() | st.integers(0, 9), min_size=1),
    st.integers(1, MOST_PEOPLE),
    st.data(),
)
def test_a_day_is_tight_exactly_when_it_has_not_room_for_all(
    left: dict[int, int | None], people: int, data: st.DataObject
) -> None:
    days = data.draw(st.sets(st.sampled_from(sorted(left)), min_size=1))

    tight = tightest_day(days, people, left)

    short = {day for day in days if left[day] is not None and (left[day] or 0) < people}
    assert (tight is None) == (not short)
    assert tight is None or (tight in short and all((left[tight] or 0) <= (left[day] or 0) for day in short))


@given(
    st.lists(st.tuples(st.integers(2, 3), st.integers(1, 3), st.sampled_from("aBb"), st.sampled_from(["", "x@y.dk"])))
)
def test_rows_have_keys_of_their_own_that_are_the_same_next_time(rows: list[tuple[int, int, str, str]]) -> None:
    keys = row_keys(rows)

    assert len(set(keys)) == len(rows)
    assert row_keys(rows) == keys
    assert row_keys([*rows, (2, 1, "another", "")])[: len(rows)] == keys


def test_picture_holds_every_code() -> None:
    texts = [f"TW1:PASS{number}" for number in range(MOST_PEOPLE)]

    picture = Image.open(BytesIO(picture_of([(text, "0000-0000-0016-JD") for text in texts])))

    assert sorted(found.text for found in zxingcpp.read_barcodes(picture.convert("L"))) == texts
