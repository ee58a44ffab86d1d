"""An evaluation as people read it: on the page, in the overview and in the report alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.base.i18n import in_language
from eventsys.base.rounding import percent_shown, rounded
from eventsys.indicators.models import Indicator, RecordedFigure
from eventsys.indicators.rules import definitions as rules
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.figures import RATIO_UNITS
from eventsys.indicators.rules.measures import Measure
from eventsys.indicators.rules.sentences import Sentence, Value
from eventsys.indicators.rules.targets import Direction, Target
from eventsys.indicators.texts import QUALITIES, STATUSES, SUBJECTS, TONES, UNITS, spoken
from eventsys.surveys import queries as surveys

HUNDRED = 100
SHARES = frozenset({Measure.SHARE, Measure.SURVEY_SHARE, Measure.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a bar shows, each from 0 to 1 of its length: the value, the interval's ends, the target."""

    value: float
    target: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator in the reader's language; `bar` is empty where no figure may be shown."""

    key: str
    name: str
    figure: str
    target: str
    interval: str
    response: str
    status: str
    tone: str
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    bar: Drawn | None

    @property
    def in_words(self) -> str:
        """Figure, interval and target in one line, for who can't see the bar."""
        parts = [self.figure, self.interval, _("target %(target)s", target=self.target) if self.target else ""]
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an indicator that is being built stands for: the sentence, the target, what it comes to now, and what is amiss."""

    sentence: str
    target: str
    figure: str
    notes: tuple[str, ...]


def meant(indicator: rules.Indicator, evaluation: Evaluation) -> Meant:
    """An indicator in words, before it is kept."""
    return Meant(
        sentence=said(indicator.definition.sentence()),
        target=_target(indicator.target),
        figure=_figure(evaluation),
        notes=tuple(said(note) for note in evaluation.notes),
    )


def shown(kept: Indicator, evaluation: Evaluation) -> Shown:
    """The indicator as it is shown."""
    status = evaluation.status
    return Shown(
        key=kept.key,
        name=in_language(kept.name),
        figure=_figure(evaluation),
        target=_target(evaluation.target),
        interval=_interval(evaluation),
        response=_response(evaluation),
        status=str(STATUSES[status]) if status else _("no target"),
        tone=TONES[status] if status else "neutral",
        sentences=tuple(said(sentence) for sentence in evaluation.sentences),
        notes=tuple(said(note) for note in evaluation.notes),
        bar=_bar(evaluation),
    )


def said(sentence: Sentence) -> str:
    """A sentence in the reader's language; an item is quoted as it was asked, not by its key."""
    instrument, item = sentence.values.get("instrument"), sentence.values.get("item")
    asked = None if instrument is None or item is None else surveys.item(str(instrument), str(item))
    if asked is None:
        return spoken(sentence)
    words: dict[str, Value] = {**sentence.values, "item": in_language(asked.text)}
    if "counted" in words:
        options = {option["value"]: in_language(option["text"]) for option in asked.options}
        words["counted"] = ", ".join(options.get(one, one) for one in str(words["counted"]).split(", "))
    return spoken(replace(sentence, values=words))


def number_shown(value: Fraction) -> str:
    """A number as the language writes it, with at most one decimal."""
    return str(format_decimal(rounded(value) if value.denominator == 1 else rounded(value, decimals=1)))


def _percent(share: Fraction, *, answers: int | None = None, threshold: Fraction | None = None) -> str:
    return f"{format_decimal(percent_shown(share, answers=answers, threshold=threshold))} %"


def _figure(evaluation: Evaluation) -> str:
    if evaluation.value is None:
        return "–"
    threshold = evaluation.target.threshold if evaluation.target else None
    if evaluation.measure in SHARES or evaluation.measure is Measure.GROWTH:
        sign = "+" if evaluation.measure is Measure.GROWTH and evaluation.value > 0 else ""
        return sign + _percent(evaluation.value, answers=evaluation.answers, threshold=threshold)
    if evaluation.unit in RATIO_UNITS:
        return f"{number_shown(evaluation.value)} %"
    return number_shown(evaluation.value)


def _target(target: Target | None) -> str:
    if target is None:
        return ""
    unit = "%" if target.unit in RATIO_UNITS else str(UNITS[target.unit])
    value = f"{number_shown(target.value)} {unit}"
    if target.direction is Direction.AT_LEAST:
        return str(_("at least %(value)s", value=value))
    return str(_("at most %(value)s", value=value))


def _interval(evaluation: Evaluation) -> str:
    interval = evaluation.interval
    if interval is None:
        return ""
    if interval.members is not None:
        low, high = (number_shown(Fraction(end)) for end in interval.members)
        return str(_("%(low)s to %(high)s of %(population)s", low=low, high=high, population=evaluation.population))
    return str(_("%(low)s to %(high)s", low=_percent(interval.low), high=_percent(interval.high)))


def _response(evaluation: Evaluation) -> str:
    if evaluation.response_rate is None:
        return ""
    return str(
        _(
            "%(answers)s of %(population)s answered (%(share)s)",
            answers=evaluation.answers,
            population=evaluation.population,
            share=_percent(evaluation.response_rate),
        )
    )


def _bar(evaluation: Evaluation) -> Drawn | None:
    value = evaluation.value
    threshold = evaluation.target.threshold if evaluation.target else None
    if value is None or value < 0 or (threshold is None and evaluation.measure not in SHARES):
        return None  # Without a target or a whole, a bar has no length.
    if evaluation.measure in SHARES:
        length = Fraction(1)
    else:
        length = max(value, threshold or value) * Fraction(6, 5) or Fraction(1)
    interval = evaluation.interval
    return Drawn(
        value=float(value / length),
        target=None if threshold is None else float(threshold / length),
        low=None if interval is None else float(interval.low / length),
        high=None if interval is None else float(interval.high / length),
    )


def earlier_rows(figures: list[RecordedFigure]) -> list[tuple[str, str, str, str, str]]:
    """Hand-kept figures as rows: year, what, value, days, how it came about with its source."""
    return [
        (
            str(figure.year),
            str(SUBJECTS[figure.subject]),
            str(format_decimal(figure.value)),
            str(figure.day_count or "–"),
            f"{QUALITIES[figure.quality]} · {figure.source}",
        )
        for figure in figures
    ]
