"""Numbers as people write them: with the unit behind them, in digits of any script."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.fields import KILOWATTS, METRES, PIECES, Unit, amount_of, cvr_of
from eventsys.base.refusals import Refusal

MOST = 500_000


@pytest.mark.parametrize(
    ("written", "unit", "kept"),
    [
        ("9,5 kW", KILOWATTS, 9500),
        ("9.5kw.", KILOWATTS, 9500),
        ("٩٫٥ كيلوواط", KILOWATTS, 9500),
        ("9,5", KILOWATTS, 9500),
        ("4,5 m", METRES, 450),
        ("3 meter", METRES, 300),
        ("٣ م", METRES, 300),
        ("\u200f٤\u200f", PIECES, 4),
    ],
)
def test_a_unit_behind_the_number_is_forgiven(written: str, unit: Unit, kept: int) -> None:
    assert amount_of(written, "field", most=MOST, unit=unit) == kept


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("9500 W", KILOWATTS),
        ("9,5 kW", METRES),
        ("450 cm", METRES),
        ("4 m", PIECES),
        ("kW", KILOWATTS),
        ("9 kW 5", KILOWATTS),
        ("en masse", METRES),
    ],
)
def test_another_unit_is_no_number_and_an_example_is_given(written: str, unit: Unit) -> None:
    with pytest.raises(Refusal) as refused:
        amount_of(written, "field", most=MOST, unit=unit)

    assert refused.value.code is Code.NOT_A_NUMBER
    assert refused.value.values["example"] == unit.example


@given(st.decimals(0, 400, places=1, allow_nan=False), st.sampled_from([KILOWATTS, METRES]))
def test_with_or_without_its_unit_a_number_is_the_same(number: Decimal, unit: Unit) -> None:
    for sign in unit.signs:
        assert amount_of(f"{number} {sign}", "field", most=MOST, unit=unit) == number * unit.scale


@pytest.mark.parametrize("unit", [PIECES, METRES, KILOWATTS])
def test_every_example_is_taken(unit: Unit) -> None:
    assert amount_of(str(unit.example), "field", most=MOST, unit=unit) == unit.example * unit.scale


@pytest.mark.parametrize("written", ["25313763", "٢٥٣١٣٧٦٣", "۲۵۳۱۳۷۶۳", "DK ٢٥ ٣١ ٣٧ ٦٣", "\u200f٢٥٣١٣٧٦٣\u200e"])
def test_a_company_number_is_read_in_digits_of_any_script(written: str) -> None:
    assert cvr_of(written) == "25313763"
