"""Results of a closed survey as people read them: counts with bars, small groups withheld."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal

from eventsys.base.i18n import in_language
from eventsys.surveys import queries
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.instruments import Audience, Item, ItemKind
from eventsys.surveys.rules.results import ItemResult, result_of, split_of
from eventsys.surveys.texts import AUDIENCES

WITHHELD = "·"
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One option: its words, how many chose it, and its share of those with an opinion."""

    text: str
    count: int
    share: float | None
    is_positive: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One item's result; without lines where too few answered. `groups` are rows: audience, then a count per option."""

    question: str
    answers: int
    no_opinion: int
    missing: int
    lines: tuple[Line, ...]
    mean: str
    columns: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    is_too_few: bool


def results_of(survey: Survey) -> list[Result]:
    """Every item's result, in the order in which it was asked; free text is not shown here."""
    instrument = queries.as_rules(survey.instrument)
    return [_result(survey, item) for item in instrument.items if item.kind is not ItemKind.TEXT]


def _result(survey: Survey, item: Item) -> Result:
    asked = [audience.value for audience in Audience if item.is_asked_of(audience)]
    responses = queries.responses(survey, audiences=asked)
    found = result_of(item, queries.counts(survey, item.key), responses=responses)
    split = split_of(item, queries.counts_by_audience(survey, item.key)) if not found.is_too_few else {}
    return Result(
        question=in_language(item.text),
        answers=found.answers,
        no_opinion=found.no_opinion,
        missing=found.missing,
        lines=() if found.is_too_few else _lines(item, found),
        mean="" if found.mean is None or found.is_too_few else str(format_decimal(round(float(found.mean), 1))),
        columns=tuple(line.text for line in _lines(item, found)),
        groups=tuple(
            (
                str(AUDIENCES.get(name, name)),
                *(WITHHELD if count is None else str(count) for count in group.counts),
            )
            for name, group in split.items()
        ),
        is_too_few=found.is_too_few,
    )


def _lines(item: Item, found: ItemResult) -> tuple[Line, ...]:
    texts = {option.value: option for option in item.options}
    return tuple(
        Line(
            text=in_language(texts[counted.value].text) if counted.value in texts else counted.value,
            count=counted.count,
            share=None if counted.share is None else float(counted.share),
            is_positive=counted.value in texts and texts[counted.value].is_positive,
        )
        for counted in found.counts
    )
