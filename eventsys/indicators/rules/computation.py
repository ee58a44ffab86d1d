"""From a definition and its inputs to a value, with status: what isn't a survey. Surveys are in `survey_shares`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from eventsys.base.reading import plain
from eventsys.base.refusals import Refusal
from eventsys.base.rounding import HUNDRED, percent_shown, rounded
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.comparisons import Comparison, compare
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.figures import Figure, Quality, Unit
from eventsys.indicators.rules.inputs import (
    CountInputs,
    ExternalInputs,
    GrowthInputs,
    Inputs,
    ResourceInputs,
    ShareInputs,
    SurveyInputs,
    VisitorsInputs,
)
from eventsys.indicators.rules.measures import External, FollowUp, Measure, Resource, Share
from eventsys.indicators.rules.sentences import Phrase, Sentence, say
from eventsys.indicators.rules.survey_shares import compute_survey_share, sentence_of_need
from eventsys.indicators.rules.targets import (
    Direction,
    Status,
    Target,
    status_of_estimate,
    status_of_range,
    status_of_value,
)


def evaluate(indicator: Indicator, inputs: Inputs, *, cutoff: datetime) -> Evaluation:
    """The indicator's value at the cut-off, with numerator and denominator, how sure it is, and its status.

    Missing data is an answer (`no_data`), not an error. Refused: INPUTS_OF_OTHER_MEASURE.
    """
    kind, compute = COMPUTED[indicator.measure]
    if not isinstance(inputs, kind):
        raise Refusal(Code.INPUTS_OF_OTHER_MEASURE, measure=indicator.measure.value, inputs=type(inputs).__name__)
    blank = Evaluation(
        indicator.key,
        indicator.measure,
        indicator.unit,
        indicator.target,
        cutoff,
        sentences=(indicator.definition.sentence(),),
    )
    return compute(blank, inputs, indicator.definition)


def status_of_figure(value: Fraction, target: Target | None, *, quality: Quality) -> Status | None:
    """A complete count is met or not; sampled or estimated it is only probable; what is expected hasn't happened yet."""
    if quality is Quality.EXPECTED:
        return Status.NO_DATA
    if target is None:
        return None
    return status_of_value(value, target) if quality is Quality.COUNTED else status_of_estimate(value, target)


def status_of_floor(value: Fraction, target: Target | None) -> Status | None:
    """Of a count with gaps: there were at least so many."""
    if target is None:
        return None
    if target.is_reached_by(value) is (target.direction is Direction.AT_LEAST):
        return status_of_value(value, target)
    return status_of_estimate(value, target)


def _without_figure(blank: Evaluation, *reasons: Sentence) -> Evaluation:
    return replace(blank, notes=(*blank.notes, say(Phrase.NO_DATA), *reasons))


def _count(blank: Evaluation, inputs: CountInputs, _definition: object) -> Evaluation:
    figure = inputs.figure
    if figure is None:
        return _without_figure(blank)
    return replace(
        blank,
        value=figure.value,
        numerator=figure.value,
        population=int(figure.value),
        per_day=figure.per_day,
        status=status_of_figure(figure.value, blank.target, quality=figure.quality),
        sentences=(
            *blank.sentences,
            say(Phrase.COUNTED, value=plain(figure.value), unit=blank.unit),
            *_sentences_per_day(figure, blank.unit),
        ),
        notes=_notes_on_quality(figure.quality),
    )


def _visitors(blank: Evaluation, inputs: VisitorsInputs | CountInputs, definition: object) -> Evaluation:
    if isinstance(inputs, CountInputs):  # Attendances as the register has them.
        return replace(_count(blank, inputs, definition), population=None)
    if not inputs.days:
        return _without_figure(blank)
    day_values = tuple(day.visits for day in inputs.days)
    figure = Figure(Fraction(sum(day_values)), blank.unit, inputs.quality, len(day_values), day_values)
    has_gaps = inputs.coverage is not None and inputs.coverage < 1 and inputs.quality is Quality.COUNTED
    status = (
        status_of_floor(figure.value, blank.target)
        if has_gaps
        else status_of_figure(figure.value, blank.target, quality=inputs.quality)
    )
    counted = say(
        Phrase.ADMITTED_AND_TALLIED,
        value=plain(figure.value),
        unit=blank.unit,
        admitted=sum(day.admitted for day in inputs.days),
        tallied=sum(day.tallied for day in inputs.days),
        day_count=len(day_values),
    )
    return replace(
        blank,
        value=figure.value,
        numerator=figure.value,
        per_day=figure.per_day,
        status=status,
        sentences=(*blank.sentences, counted, *_sentences_per_day(figure, blank.unit)),
        notes=(*_notes_on_quality(inputs.quality), *_notes_on_coverage(inputs.coverage)),
    )


def _share(blank: Evaluation, inputs: ShareInputs, definition: Share) -> Evaluation:
    if inputs.population is None:
        return _without_figure(blank)
    if inputs.population == 0:
        return _without_figure(replace(blank, population=0), say(Phrase.POPULATION_EMPTY))
    share = Fraction(inputs.having, inputs.population)
    sentences = [*blank.sentences, _sentence_of_members(blank, inputs.having, of=inputs.population)]
    if definition.announced is not None:
        announced = percent_shown(Fraction(inputs.having, definition.announced), answers=definition.announced)
        sentences.append(
            say(Phrase.OF_ANNOUNCED, numerator=inputs.having, announced=definition.announced, percent=announced)
        )
    return replace(
        blank,
        value=share,
        numerator=Fraction(inputs.having),
        denominator=Fraction(inputs.population),
        population=inputs.population,
        status=status_of_figure(share, blank.target, quality=Quality.COUNTED),
        sentences=(*sentences, *sentence_of_need(blank.target, inputs.population)),
    )


def _growth(blank: Evaluation, inputs: GrowthInputs, _definition: object) -> Evaluation:
    if inputs.current is None or inputs.base is None:
        return _without_figure(blank)
    comparison = compare(inputs.current, inputs.base)
    caveats = tuple(say(caveat) for caveat in comparison.caveats)
    if comparison.growth is None:
        return _without_figure(blank, *caveats)
    sentences = [
        *blank.sentences,
        say(
            Phrase.GROWN,
            current=plain(inputs.current.value),
            base=plain(inputs.base.value),
            percent=rounded(comparison.growth * HUNDRED, decimals=1),
        ),
    ]
    if comparison.growth_per_day is not None:
        sentences.append(say(Phrase.GROWN_PER_DAY, percent=rounded(comparison.growth_per_day * HUNDRED, decimals=1)))
    return replace(
        blank,
        value=comparison.growth,
        numerator=inputs.current.value,
        denominator=inputs.base.value,
        per_day=comparison.growth_per_day,
        status=_status_of_growth(comparison, blank.target, inputs=inputs),
        sentences=tuple(sentences),
        notes=caveats,
    )


def _status_of_growth(comparison: Comparison, target: Target | None, *, inputs: GrowthInputs) -> Status | None:
    """Over different numbers of days it is as sure as growth in all and growth per day agree."""
    growth, per_day = comparison.growth, comparison.growth_per_day
    qualities = {figure.quality for figure in (inputs.current, inputs.base) if figure is not None}
    if Quality.EXPECTED in qualities:
        return Status.NO_DATA
    if target is None or growth is None:
        return None
    if per_day is not None and not comparison.is_alike:
        low, high = sorted((growth, per_day))
        return status_of_range(low, high, estimate=per_day, target=target)
    if comparison.is_alike and qualities == {Quality.COUNTED}:
        return status_of_value(growth, target)
    return status_of_estimate(growth, target)


def _resource(blank: Evaluation, inputs: ResourceInputs, definition: Resource) -> Evaluation:
    if inputs.hours is None:
        return _without_figure(blank)
    value = inputs.hours / definition.norm
    spent = say(Phrase.SPENT, hours=plain(inputs.hours), value=rounded(value, decimals=2), unit=blank.unit)
    return replace(
        blank,
        value=value,
        numerator=inputs.hours,
        denominator=definition.norm,
        status=status_of_figure(value, blank.target, quality=Quality.COUNTED),
        sentences=(*blank.sentences, spent),
    )


def _external(blank: Evaluation, inputs: ExternalInputs, definition: External) -> Evaluation:
    if inputs.value is None:
        return _without_figure(blank)
    value = inputs.value / HUNDRED if definition.unit is Unit.PERCENT else inputs.value
    published = {"value": plain(inputs.value), "unit": definition.unit}
    sentences = [
        *blank.sentences,
        say(Phrase.PUBLISHED, **published)
        if inputs.published_on is None
        else say(Phrase.PUBLISHED_ON, date=inputs.published_on.isoformat(), **published),
    ]
    progress = progress_of(inputs.value, definition, target=blank.target)
    if progress is not None and definition.baseline is not None:
        percent = rounded(progress * HUNDRED)
        sentences.append(say(Phrase.PROGRESS, percent=percent, baseline=plain(definition.baseline)))
    notes = []
    if definition.due_on and inputs.published_on and inputs.published_on < definition.due_on:
        notes.append(say(Phrase.NOT_DUE, date=definition.due_on.isoformat()))
    return replace(
        blank,
        value=value,
        status=status_of_figure(value, blank.target, quality=Quality.COUNTED),
        sentences=tuple(sentences),
        notes=tuple(notes),
    )


def progress_of(value: Fraction, definition: External, *, target: Target | None) -> Fraction | None:
    """How much of the way from the baseline to the target has been gone: (v0 - v) / (v0 - v*)."""
    if target is None or definition.baseline is None or definition.baseline == target.value:
        return None
    return (definition.baseline - value) / (definition.baseline - target.value)


def _sentence_of_members(blank: Evaluation, numerator: int, *, of: int) -> Sentence:
    threshold = blank.target.threshold if blank.target else None
    percent = percent_shown(Fraction(numerator, of), answers=of, threshold=threshold)
    return say(Phrase.OF_MEMBERS, numerator=numerator, population=of, percent=percent)


def _sentences_per_day(figure: Figure, unit: Unit) -> tuple[Sentence, ...]:
    if figure.per_day is None:
        return ()
    return (say(Phrase.PER_DAY, value=rounded(figure.per_day), unit=unit),)


def _notes_on_quality(quality: Quality) -> tuple[Sentence, ...]:
    return () if quality is Quality.COUNTED else (say(Phrase.NOT_COUNTED, quality=quality),)


def _notes_on_coverage(coverage: Fraction | None) -> tuple[Sentence, ...]:
    if coverage is None:
        return (say(Phrase.COVERAGE_NOT_KNOWN),)
    return () if coverage == 1 else (say(Phrase.COVERAGE, percent=rounded(coverage * HUNDRED)),)


def _survey_share(blank: Evaluation, inputs: SurveyInputs, definition: object) -> Evaluation:
    return compute_survey_share(blank, inputs, is_follow_up=isinstance(definition, FollowUp))


COMPUTED: dict[
    Measure, tuple[type[Inputs] | tuple[type[Inputs], ...], Callable[[Evaluation, Any, Any], Evaluation]]
] = {
    Measure.COUNT: (CountInputs, _count),
    Measure.VISITORS: ((VisitorsInputs, CountInputs), _visitors),
    Measure.SHARE: (ShareInputs, _share),
    Measure.SURVEY_SHARE: (SurveyInputs, _survey_share),
    Measure.FOLLOW_UP: (SurveyInputs, _survey_share),
    Measure.GROWTH: (GrowthInputs, _growth),
    Measure.RESOURCE: (ResourceInputs, _resource),
    Measure.EXTERNAL: (ExternalInputs, _external),
}
