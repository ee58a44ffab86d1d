"""How an indicator is computed: eight measures, each with the definition that it needs, in and out of JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, TypeAlias

from eventsys.base.reading import ObjectReader, day, exact, list_of, one_of, plain, text, whole
from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import ATTENDANCE_UNITS, RESOURCE_UNITS, WHOLE_UNITS, Unit
from eventsys.indicators.rules.populations import Population, Property, refuse_uncountable
from eventsys.indicators.rules.register import (
    EntryKind,
    RegisterPart,
    part_as_json,
    refuse_half_a_part,
    refuse_without_part,
)
from eventsys.indicators.rules.sentences import Phrase, Sentence, say


class Measure(StrEnum):
    """What kind of value an indicator has."""

    COUNT = "count"
    VISITORS = "visitors"
    SHARE = "share"
    SURVEY_SHARE = "survey_share"
    FOLLOW_UP = "follow_up"
    GROWTH = "growth"
    RESOURCE = "resource"
    EXTERNAL = "external"


class Subject(StrEnum):
    """What is followed through the years, also where only a hand-kept figure is left."""

    ASSOCIATIONS = "associations"
    RESTAURANTS = "restaurants"
    VISITS = "visits"


UNIT_OF_SUBJECT = {
    Subject.ASSOCIATIONS: Unit.ORGANISATIONS,
    Subject.RESTAURANTS: Unit.ORGANISATIONS,
    Subject.VISITS: Unit.VISITS,
}
POPULATION_OF_SUBJECT = {
    Subject.ASSOCIATIONS: Population.ASSOCIATIONS_TAKING_PART,
    Subject.RESTAURANTS: Population.RESTAURANTS_TAKING_PART,
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many members a population has, or what a part of the register comes to."""

    measure: ClassVar[Measure] = Measure.COUNT
    units: ClassVar[frozenset[Unit]] = WHOLE_UNITS
    population: Population = Population.REGISTERED
    register: RegisterPart | None = None

    def __post_init__(self) -> None:
        refuse_half_a_part(self.population, self.register)
        if self.register is None:
            refuse_uncountable(self.population)
        elif self.register.kind is EntryKind.HOURS:
            raise Refusal(Code.UNIT_OF_MEASURE, field="definition.register", unit=Unit.HOURS.value)

    @classmethod
    def read(cls, reader: ObjectReader) -> Count:
        """From `{"measure": "count", "population": …}`, or with `register`, `group` and `way` instead."""
        part = RegisterPart.read(reader)
        if part is not None:
            return cls(reader.take_or("population", one_of(Population), default=Population.REGISTERED), part)
        return cls(reader.take("population", one_of(Population)))

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        if self.register is not None:
            return self.register.sentence()
        if self.population is Population.DAYS_HELD:
            return say(Phrase.DEFINED_DAYS)
        return say(Phrase.DEFINED_COUNT, population=self.population)

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {"measure": self.measure.value, "population": self.population.value, **part_as_json(self.register)}


@dataclass(frozen=True, slots=True)
class Visitors:
    """Admissions of visitors and guests plus tallies, per day and over the edition; or attendances of the register."""

    measure: ClassVar[Measure] = Measure.VISITORS
    units: ClassVar[frozenset[Unit]] = ATTENDANCE_UNITS
    unit: Unit = Unit.VISITS
    register: RegisterPart | None = None

    def __post_init__(self) -> None:
        if self.unit not in ATTENDANCE_UNITS:
            raise Refusal(Code.UNIT_OF_MEASURE, field="definition.unit", unit=self.unit.value)
        if self.register is not None and self.register.unit not in ATTENDANCE_UNITS:
            raise Refusal(Code.UNIT_OF_MEASURE, field="definition.register", unit=self.register.unit.value)

    @classmethod
    def read(cls, reader: ObjectReader) -> Visitors:
        """From `{"measure": "visitors", "unit": "visits"}`; visits unless it says otherwise."""
        return cls(reader.take_or("unit", one_of(Unit), default=Unit.VISITS), RegisterPart.read(reader))

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        if self.register is not None:
            return self.register.sentence()
        return say(Phrase.DEFINED_VISITORS, unit=self.unit)

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {"measure": self.measure.value, "unit": self.unit.value, **part_as_json(self.register)}


@dataclass(frozen=True, slots=True)
class Share:
    """Members with a property, of all members of a population.

    `announced` is the number that the target spoke of ("40 % of these 60"): the share of it stands beside.
    """

    measure: ClassVar[Measure] = Measure.SHARE
    units: ClassVar[frozenset[Unit]] = frozenset({Unit.PERCENT})
    population: Population
    having: Property
    announced: int | None = None

    def __post_init__(self) -> None:
        refuse_uncountable(self.population)
        if self.announced is not None and self.announced < 1:
            raise Refusal(Code.POPULATION_EMPTY, field="definition.announced")

    @classmethod
    def read(cls, reader: ObjectReader) -> Share:
        """From `{"measure": "share", "population": …, "having": …, "announced": 60}`; the last may be absent."""
        return cls(
            reader.take("population", one_of(Population)),
            reader.take("having", one_of(Property)),
            reader.take_or("announced", whole, default=None),
        )

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        return say(Phrase.DEFINED_SHARE, having=self.having, population=self.population)

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {
            "measure": self.measure.value,
            "population": self.population.value,
            "having": self.having.value,
            "announced": self.announced,
        }


@dataclass(frozen=True, slots=True)
class SurveyShare:
    """Positive answers, of the answers with an opinion, to one item, from one population.

    `counted` names other options than the item's own positive ones, for the share of a single answer;
    `screening` an item, with the options after which somebody is asked at all.
    """

    measure: ClassVar[Measure] = Measure.SURVEY_SHARE
    units: ClassVar[frozenset[Unit]] = frozenset({Unit.PERCENT})
    population: Population
    instrument: str
    item: str
    counted: tuple[str, ...] = ()
    screening_item: str | None = None
    screening_values: tuple[str, ...] = ()
    register: RegisterPart | None = None

    def __post_init__(self) -> None:
        refuse_without_part(self.population, self.register)
        if (self.screening_item is None) != (not self.screening_values):
            raise Refusal(Code.FIELD_MISSING, field="definition.screening_values")

    @classmethod
    def read(cls, reader: ObjectReader) -> SurveyShare:
        """From `{"measure": "survey_share", "population": …, "instrument": …, "item": …}` and the optional fields."""
        return cls(
            reader.take("population", one_of(Population)),
            reader.take("instrument", text),
            reader.take("item", text),
            reader.take_or("counted", list_of(text), default=()),
            reader.take_or("screening_item", text, default=None),
            reader.take_or("screening_values", list_of(text), default=()),
            RegisterPart.read(reader),
        )

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        values = {"population": self.population, "instrument": self.instrument, "item": self.item}
        if self.counted:
            return Sentence(Phrase.DEFINED_SURVEY_OPTIONS, {**values, "counted": ", ".join(self.counted)})
        return Sentence(Phrase.DEFINED_SURVEY_SHARE, values)

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {
            "measure": self.measure.value,
            "population": self.population.value,
            "instrument": self.instrument,
            "item": self.item,
            "counted": list(self.counted),
            "screening_item": self.screening_item,
            "screening_values": list(self.screening_values),
            **part_as_json(self.register),
        }


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A survey's share measured again some months later; the share of everybody, the silent too, stands beside."""

    measure: ClassVar[Measure] = Measure.FOLLOW_UP
    units: ClassVar[frozenset[Unit]] = frozenset({Unit.PERCENT})
    population: Population
    instrument: str
    item: str
    months: int
    register: RegisterPart | None = None

    def __post_init__(self) -> None:
        refuse_without_part(self.population, self.register)
        if self.months < 1:
            raise Refusal(Code.FIELD_WRONG, field="definition.months")

    @classmethod
    def read(cls, reader: ObjectReader) -> FollowUp:
        """From `{"measure": "follow_up", "population": …, "instrument": …, "item": …, "months": 6}`."""
        return cls(
            reader.take("population", one_of(Population)),
            reader.take("instrument", text),
            reader.take("item", text),
            reader.take("months", whole),
            RegisterPart.read(reader),
        )

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        return say(
            Phrase.DEFINED_FOLLOW_UP,
            population=self.population,
            instrument=self.instrument,
            item=self.item,
            months=self.months,
        )

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {
            "measure": self.measure.value,
            "population": self.population.value,
            "instrument": self.instrument,
            "item": self.item,
            "months": self.months,
            **part_as_json(self.register),
        }


@dataclass(frozen=True, slots=True)
class Growth:
    """This edition's figure over an earlier year's, less one. With `year`, both ends are earlier years."""

    measure: ClassVar[Measure] = Measure.GROWTH
    units: ClassVar[frozenset[Unit]] = frozenset({Unit.PERCENT})
    subject: Subject
    base_year: int
    year: int | None = None

    def __post_init__(self) -> None:
        if self.year == self.base_year:
            raise Refusal(Code.BASE_YEAR_SAME, field="definition.base_year", year=self.base_year)

    @classmethod
    def read(cls, reader: ObjectReader) -> Growth:
        """From `{"measure": "growth", "subject": "associations", "base_year": 2008}`, with `year` for an earlier one."""
        return cls(
            reader.take("subject", one_of(Subject)),
            reader.take("base_year", whole),
            reader.take_or("year", whole, default=None),
        )

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        if self.year is None:
            return say(Phrase.DEFINED_GROWTH, subject=self.subject, base_year=self.base_year)
        return say(Phrase.DEFINED_GROWTH_BETWEEN, subject=self.subject, base_year=self.base_year, year=self.year)

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {
            "measure": self.measure.value,
            "subject": self.subject.value,
            "base_year": self.base_year,
            "year": self.year,
        }


@dataclass(frozen=True, slots=True)
class Resource:
    """Hours spent against a norm: so many hours make a full-time equivalent, so many weeks a year's hours a week."""

    measure: ClassVar[Measure] = Measure.RESOURCE
    units: ClassVar[frozenset[Unit]] = RESOURCE_UNITS
    unit: Unit
    norm: Fraction = Fraction(1)
    group: str = ""

    def __post_init__(self) -> None:
        if self.unit not in RESOURCE_UNITS:
            raise Refusal(Code.UNIT_OF_MEASURE, field="definition.unit", unit=self.unit.value)
        if self.norm <= 0:
            raise Refusal(Code.FIELD_WRONG, field="definition.norm")

    @classmethod
    def read(cls, reader: ObjectReader) -> Resource:
        """From `{"measure": "resource", "unit": "fte", "norm": 1924, "group": "Plans"}`; the group of hours may be absent."""
        return cls(
            reader.take("unit", one_of(Unit)),
            reader.take_or("norm", exact, default=Fraction(1)),
            reader.take_or("group", text, default=""),
        )

    @property
    def part(self) -> RegisterPart:
        """The hours of the register that count."""
        return RegisterPart(EntryKind.HOURS, self.group)

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        if self.group:
            return say(Phrase.DEFINED_RESOURCE_GROUP, unit=self.unit, norm=plain(self.norm), group=self.group)
        return say(Phrase.DEFINED_RESOURCE, unit=self.unit, norm=plain(self.norm))

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        group = {"group": self.group} if self.group else {}
        return {"measure": self.measure.value, "unit": self.unit.value, "norm": plain(self.norm), **group}


@dataclass(frozen=True, slots=True)
class External:
    """A figure published by somebody else, with where it began and when the goal falls due."""

    measure: ClassVar[Measure] = Measure.EXTERNAL
    units: ClassVar[frozenset[Unit]] = frozenset(Unit)
    source: str
    unit: Unit
    baseline: Fraction | None = None
    baseline_on: date | None = None
    due_on: date | None = None
    # The hand-kept strand of published figures that it reads; see `PublishedFigure`.
    strand: str = ""

    @classmethod
    def read(cls, reader: ObjectReader) -> External:
        """From `{"measure": "external", "source": …, "unit": "percent", "baseline": 21.3, "baseline_on": …, "due_on": …}`."""
        return cls(
            reader.take("source", text),
            reader.take("unit", one_of(Unit)),
            reader.take_or("baseline", exact, default=None),
            reader.take_or("baseline_on", day, default=None),
            reader.take_or("due_on", day, default=None),
            reader.take_or("strand", text, default=""),
        )

    def sentence(self) -> Sentence:
        """What it counts, in one sentence."""
        return say(Phrase.DEFINED_EXTERNAL, source=self.source)

    def to_json(self) -> dict[str, object]:
        """The form that `read` takes."""
        return {
            "measure": self.measure.value,
            "source": self.source,
            "unit": self.unit.value,
            "baseline": None if self.baseline is None else plain(self.baseline),
            "baseline_on": None if self.baseline_on is None else self.baseline_on.isoformat(),
            "due_on": None if self.due_on is None else self.due_on.isoformat(),
            **({"strand": self.strand} if self.strand else {}),
        }


Definition: TypeAlias = Count | Visitors | Share | SurveyShare | FollowUp | Growth | Resource | External
