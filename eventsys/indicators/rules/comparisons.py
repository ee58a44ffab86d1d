"""Two years beside each other: growth, the same per day, and what keeps them from being compared without saying so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from eventsys.indicators.rules.figures import Figure, Quality
from eventsys.indicators.rules.sentences import Phrase


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much larger the later figure is (0.15 = 15 % more), in all and per day; empty where that has no meaning."""

    growth: Fraction | None
    growth_per_day: Fraction | None
    caveats: tuple[Phrase, ...]

    @property
    def is_alike(self) -> bool:
        """Whether both figures cover the same number of days, so that nothing but the figures differs."""
        return not {Phrase.DAYS_DIFFER, Phrase.DAYS_NOT_KNOWN} & set(self.caveats)


def compare(later: Figure, earlier: Figure) -> Comparison:
    """Set a figure beside an earlier one. Different units, or a base of zero, give no growth at all."""
    caveats = tuple(_caveats(later, earlier))
    if Phrase.UNITS_DIFFER in caveats or Phrase.BASE_IS_ZERO in caveats:
        return Comparison(None, None, caveats)
    per_day = None
    if later.per_day is not None and earlier.per_day:
        per_day = later.per_day / earlier.per_day - 1
    return Comparison(later.value / earlier.value - 1, per_day, caveats)


def _caveats(later: Figure, earlier: Figure) -> list[Phrase]:
    found = []
    if later.unit is not earlier.unit:
        found.append(Phrase.UNITS_DIFFER)
    if None in {later.day_count, earlier.day_count}:
        found.append(Phrase.DAYS_NOT_KNOWN)
    elif later.day_count != earlier.day_count:
        found.append(Phrase.DAYS_DIFFER)
    if {later.quality, earlier.quality} != {Quality.COUNTED}:
        found.append(Phrase.QUALITY_DIFFERS)
    if earlier.value == 0:
        found.append(Phrase.BASE_IS_ZERO)
    return found
