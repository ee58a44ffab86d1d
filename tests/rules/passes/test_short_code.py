"""The short code: forgiving in reading, strict in its check symbol."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.short_code import CHECK_SYMBOLS, SYMBOLS, from_short_code, to_short_code

pass_ids = st.integers(1, 2**64 - 1).map(lambda number: f"{number:016x}")


@pytest.mark.parametrize(
    ("pass_id", "short_code"),
    [
        ("0000000000000001", "0000-0000-0000-11"),
        ("00000000000004d2", "0000-0000-0016-JD"),
        ("ffffffffffffffff", "FZZZ-ZZZZ-ZZZZ-ZB"),
    ],
)
def test_short_code_is_crockford_with_check_symbol(pass_id: str, short_code: str) -> None:
    assert to_short_code(pass_id) == short_code


@given(pass_ids)
def test_short_code_is_reversible(pass_id: str) -> None:
    assert from_short_code(to_short_code(pass_id)) == pass_id


@given(pass_ids, st.integers(0, 13), st.sampled_from(CHECK_SYMBOLS))
def test_any_single_wrong_symbol_is_refused(pass_id: str, place: int, symbol: str) -> None:
    symbols = to_short_code(pass_id).replace("-", "")
    wrong = symbols[:place] + symbol + symbols[place + 1 :]
    if wrong == symbols:
        return
    with pytest.raises(Refusal):
        from_short_code(wrong)


@given(pass_ids, st.integers(0, 11))
def test_swapped_neighbours_are_refused(pass_id: str, place: int) -> None:
    symbols = to_short_code(pass_id).replace("-", "")
    swapped = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    if swapped == symbols:
        return
    with pytest.raises(Refusal):
        from_short_code(swapped)


@pytest.mark.parametrize(
    "typed", ["0000-0000-0016-JD", "0000 0000 0016 jd", " oooo–oooo–ooL6–jd\n", "00000000001 6JD", "0000.0000.00i6.JD"]
)
def test_reading_forgives_case_spaces_dashes_and_look_alikes(typed: str) -> None:
    assert from_short_code(typed) == "00000000000004d2"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", Code.SHORT_CODE_LENGTH),
        ("0000-0000-0016-J", Code.SHORT_CODE_LENGTH),
        ("0000-0000-0016-JDD", Code.SHORT_CODE_LENGTH),
        ("0000-0000-0016-J!", Code.SHORT_CODE_SYMBOL),
        ("0000-0000-001Å-JD", Code.SHORT_CODE_SYMBOL),
        ("0000-0000-0016-JE", Code.SHORT_CODE_CHECK),
        ("0000-0000-0000-00", Code.SHORT_CODE_RANGE),
        ("G000-0000-0000-00", Code.SHORT_CODE_RANGE),
    ],
)
def test_reading_says_what_is_wrong(typed: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        from_short_code(typed)
    assert refused.value.code is code


@given(st.text())
def test_reading_any_text_gives_a_pass_id_or_a_refusal(text: str) -> None:
    try:
        pass_id = from_short_code(text)
    except Refusal:
        return
    assert from_short_code(to_short_code(pass_id)) == pass_id


def test_symbols_leave_out_the_look_alikes() -> None:
    assert set("ILOU").isdisjoint(SYMBOLS)
    assert (len(SYMBOLS), len(CHECK_SYMBOLS)) == (32, 37)
