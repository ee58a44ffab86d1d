"""Which column of a sheet is which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.import_rows import NEEDED
from eventsys.applications.rules.sheets import COLUMNS, chosen, headings_of, proposed
from eventsys.base.refusals import Refusal


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("reference", "reference"), ("Nummer", "reference"), ("E-mail", "email"), ("Mailadresse", "email"),
        ("CVR-nr.", "cvr"), ("Foreningens navn", "name"), ("Strøm (kW)", "power_kw"), ("Åben ild", "open_fire"),
        ("Bydel ", "area"), ("Telefonnumer", "phone"), ("Yndlingsfarve", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_that_people_write_are_known(heading: str, column: str) -> None:
    assert proposed([heading], {}) == {heading: column}


def test_what_a_heading_was_the_last_time_counts_first_and_each_column_once() -> None:
    assert proposed(["Navn", "Forening"], {"Forening": "native_name"}) == {"Navn": "name", "Forening": "native_name"}
    assert proposed(["Navn", "Forening"], {}) == {"Navn": "name", "Forening": ""}


def test_headings_are_told_apart() -> None:
    assert headings_of(["Navn", "", "Navn", ""]) == ["Navn", "(2)", "Navn (3)", "(4)"]


@given(st.lists(st.text(max_size=6), max_size=8))
def test_any_headings_get_columns_of_ours_each_once(cells: list[str]) -> None:
    headings = headings_of(cells)
    found = proposed(headings, {})

    assert len(set(headings)) == len(cells)
    assert list(found) == headings
    used = [column for column in found.values() if column]
    assert len(used) == len(set(used))
    assert set(used) <= set(COLUMNS)


def test_what_is_needed_must_be_chosen() -> None:
    headings = list(NEEDED)
    assert chosen(headings, {one: one for one in headings}) == headings
    with pytest.raises(Refusal) as refused:
        chosen(headings, {one: one for one in headings[1:]})
    assert refused.value.code is Code.COLUMN_MISSING
    with pytest.raises(Refusal) as twice:
        chosen(headings, dict.fromkeys(headings, "name"))
    assert twice.value.code is Code.COLUMN_TWICE
