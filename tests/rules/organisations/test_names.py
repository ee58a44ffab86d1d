"""Whether two names may be one organisation's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.organisations.rules.names import is_alike, name_key


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
