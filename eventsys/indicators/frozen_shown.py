"""A frozen figure beside the one of now: what differs is pointed out, and neither takes the other's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from eventsys.indicators import queries
from eventsys.indicators.models import Holder, Indicator, Measurement
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.frozen import as_frozen
from eventsys.indicators.shown import number_shown, shown


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the two: what, as frozen, as of now."""

    what: str
    then: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the two read otherwise."""
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was frozen last of an indicator, and whether it was made of other data than the figure of now."""

    figure: str
    frozen_at: datetime
    has_changed: bool


def frozen_of(holder: Holder, found: list[tuple[Indicator, Evaluation, str]]) -> dict[str, Frozen]:
    """What was frozen of a holder's indicators, by key; `found` holds each with its value and hash of now."""
    measurements = queries.latest_measurements(holder)
    return {
        kept.key: Frozen(
            shown(kept, as_frozen(measurement.evaluation, evaluation)).figure,
            measurement.frozen_at,
            measurement.inputs_hash != inputs_hash,
        )
        for kept, evaluation, inputs_hash in found
        if (measurement := measurements.get(kept.id))
    }


def compared(kept: Indicator, measurement: Measurement, now: Evaluation) -> list[Compared]:
    """Line by line what was frozen and what is computed now; lines that are empty on both sides are left out."""
    then = as_frozen(measurement.evaluation, now)
    one, other = shown(kept, then), shown(kept, now)
    lines = [
        Compared(_("Figure"), one.figure, other.figure),
        Compared(_("Made of"), _made_of(then), _made_of(now)),
        Compared(_("Interval"), one.interval, other.interval),
        Compared(_("Response"), one.response, other.response),
        Compared(_("Target"), one.target, other.target),
        Compared(_("Status"), one.status, other.status),
    ]
    return [line for line in lines if line.then or line.now]


def _made_of(evaluation: Evaluation) -> str:
    if evaluation.numerator is None or evaluation.denominator is None:
        return ""
    part, whole = number_shown(evaluation.numerator), number_shown(evaluation.denominator)
    return str(_("%(part)s of %(whole)s", part=part, whole=whole))
