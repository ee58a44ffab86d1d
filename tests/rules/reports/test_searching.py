"""Finding by words: any order, no accents, the pages' languages, near misses; never a number for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.reports.rules.searching import folded, search, telling

BOOTHS = (
    "Somalisk Kvindeforening i Nørrebro Ururka Nørrebro association A05",
    "Somalisk Teaterforening association B12",
    "Tyrkisk Kvindeforening Türk Kadın Derneği association A1",
    "Café Granatæble restaurant persisk halal vegan Safranris A12",
    "Gadekøkken Mango restaurant thai B05",
    "جمعية الشباب association C3",
)
WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), min_size=1, max_size=5)


def found(written: str) -> list[int]:
    return sorted(search(written, BOOTHS).places)


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("where is the Somali women's association?", [0]),
        ("Hvor er den somaliske kvindeforening", [0]),
        ("kvindeforening SOMALISK", [0]),
        ("أين جمعية النساء الصومالية", [0]),
        ("norrebro", [0]),
        ("NØRREBRO", [0]),
        ("noerrebro", [0]),
        ("turk kadin", [2]),
        ("مطعم", [3, 4]),
        ("شباب", [5]),
        ("granataeble", [3]),
        ("a5", [0]),
        ("A05", [0]),
        ("A1", [2]),
        ("B1", []),
        ("mangi", [4]),
        ("tango", []),
        ("safran", [3]),
        ("somali women thai", []),
        ("hvor er", []),
        ("?!", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_who_is_asked_for_is_found(written: str, places: list[int]) -> None:
    assert found(written) == places


@pytest.mark.parametrize("written", ["somalsik", "kvindforening", "teatherforening", "granatebla"])
def test_a_slip_of_the_finger_is_forgiven_and_told(written: str) -> None:
    result = search(written, BOOTHS)

    assert result.places
    assert result.guessed == (written,)


def test_what_somebody_is_called_is_never_taken_for_another() -> None:
    assert search("mango", ("Mango", "Tango")).places == {0}
    assert search("tango", ("Mango", "Tango")).guessed == ()


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others() -> None:
    assert telling("hvor er den somaliske") == ["somaliske"]
    assert telling("hvor er") == ["hvor", "er"]


@given(WORDS.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_everybody_is_found_by_their_own_words_in_any_order_and_case(said: tuple[list[str], list[str]]) -> None:
    words, shuffled = said
    written = " ".join(word.swapcase() for word in shuffled)
    held = set(folded(" ".join(words)))

    if all(set(folded(word.swapcase())) <= held for word in words):  # "ŉ" has no capital that folds back to it.
        result = search(written, ["somebody else", " ".join(words)])
        assert 1 in result.places
        assert result.guessed == ()


@given(WORDS, WORDS, st.lists(WORDS, max_size=4))
def test_one_word_more_never_finds_more(words: list[str], more: list[str], texts: list[list[str]]) -> None:
    held = [" ".join(text) for text in texts]
    few, many = telling(" ".join(words)), telling(" ".join([*words, *more]))

    if set(few) <= set(many):
        assert search(" ".join(many), held).places <= search(" ".join(few), held).places
