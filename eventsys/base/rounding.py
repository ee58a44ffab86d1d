"""How figures are rounded for show."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

HUNDRED = 100
DECIMALS_FROM = 200  # Under 200 answers a decimal would promise what the figure can't hold.
MOST_DECIMALS = 6


def rounded(value: Fraction, *, decimals: int = 0) -> Decimal:
    """The value as it is printed: half is rounded away from zero, as Danish statistics do."""
    scale = 10**decimals
    above = abs(value) * scale
    figures = (2 * above.numerator + above.denominator) // (2 * above.denominator)
    return Decimal(f"{figures if value >= 0 else -figures}E-{decimals}")


def percent_shown(share: Fraction, *, answers: int | None = None, threshold: Fraction | None = None) -> Decimal:
    """A share as a percentage for show.

    No decimals under 200 answers, else one; but always as many as it takes to stay on its own side of the target:
    79.6 % is never printed as the 80 % that it misses.
    """
    decimals = 0 if answers is None or answers < DECIMALS_FROM else 1
    percent = rounded(share * HUNDRED, decimals=decimals)
    if threshold is None or share == threshold:
        return percent
    while Fraction(percent) == threshold * HUNDRED and decimals < MOST_DECIMALS:
        decimals += 1
        percent = rounded(share * HUNDRED, decimals=decimals)
    return percent
