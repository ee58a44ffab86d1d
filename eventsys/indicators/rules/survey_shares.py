"""The share of positive answers: with response rate, interval, hard bounds, and nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from eventsys.base.rounding import HUNDRED, percent_shown, rounded
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.inputs import SurveyInputs
from eventsys.indicators.rules.sentences import Phrase, Sentence, say
from eventsys.indicators.rules.targets import Status, Target, need, status_of_range
from eventsys.surveys.rules.intervals import Bounds, Interval, bounds, exact_interval, wilson_interval

FEWEST_ANSWERS = 5  # Under so many, no figure is shown.


def compute_survey_share(blank: Evaluation, inputs: SurveyInputs, *, is_follow_up: bool) -> Evaluation:
    """Complete a blank evaluation: `no_data` without answers or with more answers than members, `too_few` under five opinions."""
    asked = replace(
        blank,
        population=inputs.population,
        answers=inputs.answers,
        response_rate=Fraction(inputs.answers, inputs.population) if inputs.population else None,
        notes=_notes(inputs),
    )
    if inputs.answers == 0:
        return replace(asked, notes=(*asked.notes, say(Phrase.NO_DATA)))
    if inputs.eligible is not None and inputs.answers + inputs.missing > inputs.eligible:
        surplus = say(
            Phrase.MORE_ANSWERS_THAN_MEMBERS,
            answers=inputs.answers + inputs.missing,
            population=inputs.eligible,
        )
        return replace(asked, response_rate=None, notes=(*asked.notes, say(Phrase.NO_DATA), surplus))
    if inputs.opinions < FEWEST_ANSWERS:
        few = say(Phrase.TOO_FEW, fewest=FEWEST_ANSWERS)
        return replace(asked, status=Status.TOO_FEW, notes=(*asked.notes, few))
    return _with_figure(asked, inputs, is_follow_up=is_follow_up)


def _with_figure(asked: Evaluation, inputs: SurveyInputs, *, is_follow_up: bool) -> Evaluation:
    share = Fraction(inputs.positive, inputs.opinions)
    certain = None
    if inputs.eligible is None:
        interval = wilson_interval(inputs.opinions, positive=inputs.positive)
    else:
        interval = exact_interval(inputs.eligible, inputs.opinions, positive=inputs.positive)
        certain = bounds(inputs.eligible, inputs.opinions, positive=inputs.positive)
    status = None
    if asked.target is not None:
        status = status_of_range(interval.low, interval.high, estimate=share, target=asked.target)
    return replace(
        asked,
        value=share,
        numerator=Fraction(inputs.positive),
        denominator=Fraction(inputs.opinions),
        interval=interval,
        bounds=certain,
        status=status,
        sentences=(
            *asked.sentences,
            _sentence_of_share(inputs, asked.target),
            _sentence_of_interval(interval, inputs),
            *_sentences_of_bounds(certain),
            *_sentences_of_everybody(inputs, is_follow_up=is_follow_up),
            *_sentences_of_response(inputs, asked.response_rate),
            *_sentences_of_the_rest(inputs),
            *sentence_of_need(asked.target, inputs.eligible),
        ),
    )


def sentence_of_need(target: Target | None, population: int | None) -> tuple[Sentence, ...]:
    """How many members the target comes to, where the population's size is known."""
    if target is None or population is None:
        return ()
    percent = rounded(target.value, decimals=1)
    return (say(Phrase.NEED, need=need(target, population), population=population, percent=percent),)


def _sentence_of_share(inputs: SurveyInputs, target: Target | None) -> Sentence:
    threshold = target.threshold if target else None
    share = Fraction(inputs.positive, inputs.opinions)
    percent = percent_shown(share, answers=inputs.opinions, threshold=threshold)
    return say(Phrase.OF_OPINIONS, positive=inputs.positive, opinions=inputs.opinions, percent=percent)


def _sentence_of_interval(interval: Interval, inputs: SurveyInputs) -> Sentence:
    if interval.members is not None and interval.population is not None:
        low, high = interval.members
        return say(Phrase.BETWEEN_MEMBERS, low=low, high=high, population=interval.population)
    low_percent, high_percent = (percent_shown(end, answers=inputs.opinions) for end in (interval.low, interval.high))
    return say(Phrase.BETWEEN_SHARES, low=low_percent, high=high_percent)


def _sentences_of_bounds(certain: Bounds | None) -> tuple[Sentence, ...]:
    if certain is None:
        return ()
    low, high = certain.shares
    return (
        say(
            Phrase.SILENT,
            low=certain.low,
            high=certain.high,
            population=certain.population,
            low_percent=percent_shown(low, answers=certain.population),
            high_percent=percent_shown(high, answers=certain.population),
        ),
    )


def _sentences_of_everybody(inputs: SurveyInputs, *, is_follow_up: bool) -> tuple[Sentence, ...]:
    """A follow-up names the share of everybody too: those lost on the way are the story."""
    if not is_follow_up or inputs.eligible is None:
        return ()
    share = Fraction(inputs.positive, inputs.eligible)
    percent = percent_shown(share, answers=inputs.eligible)
    return (say(Phrase.OF_EVERYBODY, positive=inputs.positive, population=inputs.eligible, percent=percent),)


def _sentences_of_response(inputs: SurveyInputs, rate: Fraction | None) -> tuple[Sentence, ...]:
    if rate is None or inputs.population is None:
        return ()
    percent = rounded(rate * HUNDRED)
    return (say(Phrase.RESPONSE, answers=inputs.answers, population=inputs.population, percent=percent),)


def _sentences_of_the_rest(inputs: SurveyInputs) -> tuple[Sentence, ...]:
    """Those who left the denominator, never silently."""
    rest = (
        (Phrase.NO_OPINION, inputs.no_opinion),
        (Phrase.LEFT_BLANK, inputs.missing),
        (Phrase.SCREENED_OUT, inputs.screened_out),
    )
    return tuple(say(phrase, count=count) for phrase, count in rest if count)


def _notes(inputs: SurveyInputs) -> tuple[Sentence, ...]:
    notes = []
    if inputs.is_self_selected:
        notes.append(say(Phrase.SELF_SELECTED))
    if inputs.population is None:
        notes.append(say(Phrase.POPULATION_NOT_KNOWN))
    elif inputs.population == 0:
        notes.append(say(Phrase.POPULATION_EMPTY))
    return tuple(notes)
