"""Figures of earlier years, kept by hand because no system was there to count."""

from __future__ import annotations

from dataclasses import dataclass

from eventsys.base.reading import ObjectReader, list_of, one_of, text, whole
from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import READING, Code
from eventsys.indicators.rules.figures import Quality
from eventsys.indicators.rules.measures import Subject


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many associations, restaurants or visits there were in a year, over how many days, and who says so."""

    year: int
    subject: Subject
    value: int
    day_count: int | None
    quality: Quality
    source: str

    def __post_init__(self) -> None:
        if self.value < 0:
            raise Refusal(Code.FIELD_WRONG, field="figures.value")
        if self.day_count is not None and self.day_count < 1:
            raise Refusal(Code.FIELD_WRONG, field="figures.day_count")

    @classmethod
    def from_json(cls, data: object) -> Recorded:
        """Read `{"year", "subject", "value", "day_count", "quality", "source"}`; days and quality may be absent."""
        reader = ObjectReader(data, codes=READING, path="figures")
        figure = cls(
            reader.take("year", whole),
            reader.take("subject", one_of(Subject)),
            reader.take("value", whole),
            reader.take_or("day_count", whole, default=None),
            reader.take_or("quality", one_of(Quality), default=Quality.COUNTED),
            reader.take("source", text),
        )
        reader.finish()
        return figure


def figures_from_json(data: object) -> tuple[Recorded, ...]:
    """Read `{"figures": […]}`."""
    reader = ObjectReader(data, codes=READING)
    figures = reader.take("figures", list_of(Recorded.from_json))
    reader.finish()
    return figures
