"""An indicator: a success criterion as an object, checked as a whole, in and out of JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, count

from eventsys.base.reading import ObjectReader, list_of, one_of, text, texts
from eventsys.base.refusals import Refusal
from eventsys.base.rounding import HUNDRED
from eventsys.indicators.rules.codes import READING, Code
from eventsys.indicators.rules.figures import RATIO_UNITS, Unit
from eventsys.indicators.rules.measures import (
    Count,
    Definition,
    External,
    FollowUp,
    Growth,
    Measure,
    Resource,
    Share,
    SurveyShare,
    Visitors,
)
from eventsys.indicators.rules.populations import Population
from eventsys.indicators.rules.targets import Target

DEFINITIONS: dict[Measure, type[Definition]] = {
    kind.measure: kind for kind in (Count, Visitors, Share, SurveyShare, FollowUp, Growth, Resource, External)
}
DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Pages that stand where an indicator's own would, so that none may be called so.
NO_KEYS = frozenset({"add", "begin", "freeze", "years"})
LONGEST_KEY = 40
TOTAL_LOSS = -HUNDRED


def definition_from_json(data: object) -> Definition:
    """The definition of whichever measure `data` names. Refused with the field: FIELD_MISSING, _UNKNOWN, _WRONG and others."""
    reader = ObjectReader(data, codes=READING, path="definition")
    definition = DEFINITIONS[reader.take("measure", one_of(Measure))].read(reader)
    reader.finish()
    return definition


def unit_of(definition: Definition, target: Target | None) -> Unit:
    """What an indicator's value counts: a count in its target's unit, shares and growth in percent."""
    if isinstance(definition, Visitors | Resource | External):
        return definition.unit
    if isinstance(definition, Count):
        if definition.register is not None:
            return definition.register.unit
        if definition.population is Population.DAYS_HELD:
            return Unit.DAYS
        return target.unit if target else Unit.ORGANISATIONS
    return Unit.PERCENT


def key_of(name: str, taken: Collection[str]) -> str:
    """A key made of a name, unlike those that are taken."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(DANISH)).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_KEY].strip("-")
    stem = words if KEY.fullmatch(words) else f"indicator-{words}".strip("-")
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(key for key in chain([stem], numbered) if key not in taken and key not in NO_KEYS)


def check_target(definition: Definition, target: Target) -> None:
    """Refuse a target that its measure can't have: TARGET_UNIT, TARGET_NOT_POSITIVE, TARGET_ABOVE_HUNDRED."""
    if target.unit not in definition.units or target.unit is not unit_of(definition, target):
        raise Refusal(Code.TARGET_UNIT, field="target.unit", unit=target.unit.value, measure=definition.measure.value)
    if isinstance(definition, Growth):
        if target.value <= TOTAL_LOSS:
            raise Refusal(Code.FIELD_WRONG, field="target.value")
        return
    if target.unit is Unit.PERCENTAGE_POINTS:
        return
    if target.value <= 0:
        raise Refusal(Code.TARGET_NOT_POSITIVE, field="target.value")
    if target.unit in RATIO_UNITS and target.value > HUNDRED:
        raise Refusal(Code.TARGET_ABOVE_HUNDRED, field="target.value")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A success criterion: its words per language, how it is computed, and what was aimed at.

    `source` names the document that the criterion stands in.
    """

    key: str
    name: dict[str, str]
    definition: Definition
    target: Target | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise Refusal(Code.FIELD_WRONG, field="key")
        if self.target is not None:
            check_target(self.definition, self.target)

    @property
    def measure(self) -> Measure:
        """What kind of value it has."""
        return self.definition.measure

    @property
    def unit(self) -> Unit:
        """What its value counts."""
        return unit_of(self.definition, self.target)

    @classmethod
    def from_json(cls, data: object) -> Indicator:
        """Read `{"key", "name", "definition", "target", "source"}`; the last two may be absent."""
        reader = ObjectReader(data, codes=READING)
        indicator = cls(
            reader.take("key", text),
            reader.take("name", texts),
            reader.take("definition", definition_from_json),
            reader.take_or("target", Target.from_json, default=None),
            reader.take_or("source", text, default=""),
        )
        reader.finish()
        return indicator

    def to_json(self) -> dict[str, object]:
        """The form that `from_json` reads."""
        return {
            "key": self.key,
            "name": dict(self.name),
            "definition": self.definition.to_json(),
            "target": None if self.target is None else self.target.to_json(),
            "source": self.source or None,
        }


def indicators_from_json(data: object) -> tuple[Indicator, ...]:
    """Read `{"indicators": […]}`, in the order in which they are shown. Refused: KEY_TWICE, and what one of them is refused for."""
    reader = ObjectReader(data, codes=READING)
    indicators = reader.take("indicators", list_of(Indicator.from_json))
    reader.finish()
    seen: set[str] = set()
    for indicator in indicators:
        if indicator.key in seen:
            raise Refusal(Code.KEY_TWICE, field="key", key=indicator.key)
        seen.add(indicator.key)
    return indicators
