"""Whether two names may be one organisation's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.organisations.rules.names import alike_among, is_alike, name_key


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Nørrebro Kor", "Norrebro kor"),
        ("Nørrebro Kor", "Kor, Nørrebro"),
        ("Foreningen Nordlys", "Nordlys"),
        ("Den Bosniske Klub", "Bosnisk Klub"),
        ("Somalisk Kvindeforening", "Somalisk kvinde-forening"),
        ("Forening", "Forening"),
        ("جمعية السلام", "جمعية السلام"),
    ],
)
def test_names_that_may_be_one(name: str, other: str) -> None:
    assert is_alike(name_key(name), name_key(other))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Dansk-Tyrkisk Forening", "Dansk-Kurdisk Forening"),
        ("Tingbjerg Arabisk Ungdomsforening", "Tingbjerg Bosnisk Ungdomsforening"),
        ("Foreningen 11", "Foreningen 12"),
        ("Kor 1", "Kor 2"),
        ("Nørrebro Kor", "Nørrebro Kor og Orkester"),
        ("Foreningen", "Restauranten"),
        ("جمعية السلام", "جمعية النور"),
    ],
)
def test_names_that_are_two(name: str, other: str) -> None:
    assert not is_alike(name_key(name), name_key(other))


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways(name: str, other: str) -> None:
    ours, theirs = name_key(name), name_key(other)

    assert is_alike(ours, ours)
    assert is_alike(ours, theirs) == is_alike(theirs, ours)


# Names that are near each other: few letters, one edit, words parted otherwise.
NEAR = st.lists(st.text("abå ", min_size=1, max_size=14).map(name_key), max_size=12)


@given(NEAR, NEAR)
def test_many_names_are_told_apart_as_each_pair_is(asked: list[str], others: list[str]) -> None:
    mine, theirs = dict(enumerate(asked)), dict(enumerate(others, start=len(asked) // 2))

    found = alike_among(mine, theirs)

    assert found == {
        key for key, name in mine.items() if any(other != key and is_alike(name, theirs[other]) for other in theirs)
    }


def test_thousands_of_names_of_one_sort_are_told_apart() -> None:
    names: dict[object, str] = {n: f"forening {n:04}" for n in range(5_000)} | {-1: "foreningen 0017"}

    assert alike_among(names, names) == {17, -1}
