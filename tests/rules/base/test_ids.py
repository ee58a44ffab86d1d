"""Codes, tokens, ids of scans, address words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base import ids
from eventsys.base.web.address import SlugConverter


def test_codes_are_random_and_easy_to_read_out() -> None:
    codes = {ids.new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert all(re.fullmatch(f"[{ids.ALPHABET}]{{8}}", code) for code in codes)
    assert not set(ids.ALPHABET) & set("01ILO")
    assert len(ids.new_code(10)) == 10


def test_tokens_are_long_and_kept_as_their_hash() -> None:
    token = ids.new_token()

    assert len(token) == 43
    assert ids.new_token() != token
    assert ids.hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=16))
def test_scan_ids_are_version_seven_and_hold_their_time(milliseconds: int, entropy: bytes) -> None:
    made = ids.uuid7(milliseconds, entropy)

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == milliseconds


@given(st.integers(0, 2**48 - 2), st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_scan_ids_sort_by_time(milliseconds: int, one: bytes, other: bytes) -> None:
    assert ids.uuid7(milliseconds, one) < ids.uuid7(milliseconds + 1, other)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("㎊ og Ω", "pf-og"),
        ("Taste the World", "taste-the-world"),
        ("Ørestad på kryds", "oerestad-paa-kryds"),
        ("Straße & Çarşı 2026!", "strasse-carsi-2026"),
        ("  --  ", ""),
        ("عيد", ""),
    ],
)
def test_names_become_address_words(name: str, slug: str) -> None:
    assert ids.slug_of(name) == slug


@given(st.text(max_size=40))
def test_what_becomes_of_a_name_is_an_address_word_or_nothing(name: str) -> None:
    slug = ids.slug_of(name)

    assert slug == "" or re.fullmatch(SlugConverter.regex, slug)
    assert ids.slug_of(slug) == slug
