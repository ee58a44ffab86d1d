"""The register: what is read from a cell, which entries a figure is made of, and what a second import adds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.definitions import definition_from_json
from eventsys.indicators.rules.figures import Quality, Unit
from eventsys.indicators.rules.months import months_after
from eventsys.indicators.rules.register import (
    Entry,
    EntryKind,
    RegisterPart,
    Way,
    amount_written,
    date_written,
    figure_of,
    new_among,
    thousandths_written,
)


def entry(
    kind: EntryKind = EntryKind.EVENT, group: str = "", amount: int = 1, quality: Quality = Quality.COUNTED
) -> Entry:
    return Entry(kind, group, None, amount * 100, quality)


def test_amounts_of_a_group_are_added_and_what_is_expected_is_not() -> None:
    entries = [entry(group="A", amount=3), entry(group="a", amount=2), entry(group="B"), entry(EntryKind.PLAN, "A", 9)]
    entries.append(entry(group="A", amount=7, quality=Quality.EXPECTED))

    figure = figure_of(RegisterPart(EntryKind.EVENT, "A"), entries)

    assert figure is not None
    assert (figure.value, figure.unit, figure.quality) == (5, Unit.EVENTS, Quality.COUNTED)


def test_names_are_counted_once_each_and_none_is_no_name() -> None:
    entries = [
        entry(group="A", amount=3),
        entry(group="a"),
        entry(group="B"),
        entry(group=""),
        entry(group="C", amount=0),
    ]

    figure = figure_of(RegisterPart(EntryKind.EVENT, way=Way.GROUPS), entries)

    assert figure is not None
    assert figure.value == 2


def test_a_figure_is_as_sure_as_its_least_sure_entry() -> None:
    figure = figure_of(
        RegisterPart(EntryKind.EVENT), [entry(), entry(quality=Quality.ESTIMATED), entry(quality=Quality.SAMPLED)]
    )

    assert figure is not None
    assert figure.quality is Quality.ESTIMATED
    assert figure_of(RegisterPart(EntryKind.EVENT), [entry(EntryKind.PLAN)]) is None


@pytest.mark.parametrize(
    ("written", "hundredths"), [("7", 700), ("7,25", 725), ("0", 0), ("1000000", 100_000_000), ("٧٫٥", 750)]
)
def test_amounts_are_read(written: str, hundredths: int) -> None:
    assert amount_written(written) == hundredths


@pytest.mark.parametrize(("written", "code"), [
    ("", Code.AMOUNT_UNREADABLE), ("1.234", Code.AMOUNT_UNREADABLE), ("x", Code.AMOUNT_UNREADABLE),
    ("-1", Code.AMOUNT_OUT_OF_BOUNDS), ("1000001", Code.AMOUNT_OUT_OF_BOUNDS),
])  # fmt: skip
def test_what_is_no_amount_is_refused(written: str, code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        amount_written(written)
    assert refused.value.code is code


def test_only_hours_have_decimals() -> None:
    assert Entry(EntryKind.HOURS, "", None, 725).amount == Fraction(29, 4)
    with pytest.raises(Refusal) as refused:
        Entry(EntryKind.PERSON, "", None, 725)
    assert refused.value.code is Code.AMOUNT_NOT_WHOLE


@pytest.mark.parametrize("written", ["2011-08-27", "27.8.2011", "27-08-2011", "27/8/2011"])
def test_dates_are_read(written: str) -> None:
    assert date_written(written) == date(2011, 8, 27)


@pytest.mark.parametrize("written", ["2011", "2011-02-30", "yesterday", "27.8.11", "1-1-99999", "2011-08-27-1"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        date_written(written)
    assert refused.value.code is Code.DATE_UNREADABLE


def test_a_published_figure_may_lie_below_zero() -> None:
    assert thousandths_written("-5,5") == -5500
    with pytest.raises(Refusal):
        thousandths_written("1.2345")


@pytest.mark.parametrize("written", [
    {"measure": "count", "register": "hours"},
    {"measure": "count", "population": "registered"},
    {"measure": "count", "population": "associations_taking_part", "register": "event"},
    {"measure": "count", "population": "associations_taking_part", "group": "A"},
    {"measure": "visitors", "register": "plan"},
    {"measure": "survey_share", "population": "registered", "instrument": "a", "item": "b"},
])  # fmt: skip
def test_half_a_definition_is_refused(written: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        definition_from_json(written)


ENTRIES = st.lists(st.builds(entry, group=st.sampled_from("ab"), amount=st.integers(0, 2)), max_size=8)


@given(ENTRIES, ENTRIES)
def test_a_second_import_adds_nothing_and_a_longer_file_its_own(file: list[Entry], more: list[Entry]) -> None:
    assert new_among(file, file) == []
    assert sorted(map(repr, new_among([*file, *more], file))) == sorted(map(repr, more))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
