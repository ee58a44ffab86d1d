"""Which passwords are good enough."""

from __future__ import annotations

import unicodedata

import pytest

from eventsys.accounts.rules import Code, check_password
from eventsys.base.refusals import Refusal

EMAIL = "katrine@example.org"


def refusal_of(password: str, name: str = "Katrine Kold") -> Code | None:
    try:
        check_password(password, email=EMAIL, name=name)
    except Refusal as refusal:
        return Code(refusal.code)
    return None


@pytest.mark.parametrize(
    "password", ["fire røde æbler", "kort-men-godt", "рыба на льду сегодня", "x7%kQ!m2Zp#1", "باب النهر الكبير"]
)
def test_long_passwords_of_any_script_are_taken(password: str) -> None:
    assert refusal_of(password) is None


def test_twelve_to_128_characters_counted_as_seen() -> None:
    assert refusal_of("åbcdefghijk") is Code.PASSWORD_LENGTH
    assert refusal_of("åbcdefghijkl") is None
    assert refusal_of(unicodedata.normalize("NFD", "åbcdefghijk")) is Code.PASSWORD_LENGTH
    assert refusal_of("abcdef" * 21 + "gh") is None
    assert refusal_of("abcdef" * 21 + "ghi") is Code.PASSWORD_LENGTH


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaa", "abababababababab", EMAIL, "Katrine Kold", "katrine123katrine"])
def test_few_letters_and_ones_own_name_are_guessable(password: str) -> None:
    assert refusal_of(password) is Code.PASSWORD_GUESSABLE


def test_short_names_do_not_spoil_a_password() -> None:
    assert refusal_of("bo bor i bogense by", name="Bo") is None
