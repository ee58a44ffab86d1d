"""Arabic on paper: joined letters, in the order in which they are drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.bidi import broken, drawn, has_right_to_left, isolated, joined

SALAM, NUR = "سلام", "النور"


def test_letters_take_the_shape_that_their_neighbours_ask_for() -> None:
    assert joined(SALAM) == "\ufeb3\ufefc\ufee1"  # Seen at the beginning, lam with alef at the end, meem alone.
    assert joined("ب") == "\ufe8f"
    assert joined("ببب") == "\ufe91\ufe92\ufe90"
    assert joined("دب") == "\ufea9\ufe8f"  # Dal reaches over to nobody.


def test_vowel_signs_part_nobody() -> None:
    assert joined("بَب") == "\ufe91\u064e\ufe90"


def test_a_line_is_drawn_from_its_left_end() -> None:
    assert drawn(SALAM) == joined(SALAM)[::-1]
    assert drawn(f"{SALAM} 2011") == f"2011 {joined(SALAM)[::-1]}"
    assert drawn(f"Kor {SALAM} Nord") == f"Kor {joined(SALAM)[::-1]} Nord"
    assert drawn(f"{SALAM} Kor") == f"Kor {joined(SALAM)[::-1]}"


def test_times_and_decimals_run_from_left_to_right_in_any_line() -> None:
    assert drawn(f"{SALAM} \u206814:00–15:30\u2069") == f"14:00–15:30 {joined(SALAM)[::-1]}"
    assert drawn(f"{SALAM} 3,5") == f"3,5 {joined(SALAM)[::-1]}"


def test_brackets_go_with_what_they_hold_and_open_the_right_way() -> None:
    assert drawn(f"{SALAM} ({NUR})") == f"({joined(NUR)[::-1]}) {joined(SALAM)[::-1]}"
    assert drawn(f"A1: {SALAM} (day 1)") == f"A1: {joined(SALAM)[::-1]} (day 1)"
    assert drawn(f"({SALAM} ({NUR}))") == f"(({joined(NUR)[::-1]}) {joined(SALAM)[::-1]})"
    assert drawn(f"(Kor ({SALAM}))") == f"(Kor ({joined(SALAM)[::-1]}))"


def test_the_words_of_one_stay_together_beside_those_of_another() -> None:
    names = "; ".join(isolated(name) for name in (f"{SALAM} (dag 1)", "Kor (dag 2)"))

    assert drawn(names) == f"(dag 1) {joined(SALAM)[::-1]}; Kor (dag 2)"
    assert drawn(isolated("Kor")) == "Kor"


def test_marks_that_nobody_sees_are_left_out() -> None:
    assert drawn(f"\u2068{SALAM}\u2069") == drawn(SALAM)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_other_scripts_stay_as_they_are(text: str) -> None:
    assert drawn(text) == text
    assert not has_right_to_left(text)


def test_lines_break_in_the_order_of_reading() -> None:
    text = f"{SALAM} {NUR} Kor"

    assert broken(text, width=5, measure=len) == [SALAM, NUR, "Kor"]
    assert broken(text, width=99, measure=len) == [text]
