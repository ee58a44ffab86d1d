"""Indicators of a published edition as open data: rows for JSON and CSV, and the dictionary that explains them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Indicator
from eventsys.indicators.rules.evaluation import Evaluation, as_json
from eventsys.indicators.rules.opening import opened

# The dictionary: English, as data is read by programs and by people of many languages.
DICTIONARY = {
    "edition": "Address word of the edition.",
    "key": "Key of the indicator within its edition.",
    "name_da": "The criterion in Danish.",
    "name_en": "The criterion in English.",
    "measure": "How it is computed: count, visitors, share, survey_share, follow_up, growth, resource or external.",
    "unit": "What the value counts; percent means that value and target are fractions of one.",
    "value": "The figure. Shares and growth are fractions of one: 0.7 is 70 %.",
    "numerator": "Members or answers that count.",
    "denominator": "Members or answers with an opinion, of which they count; for growth the earlier figure.",
    "population": "How many members the population has, where that is known.",
    "answers": "Answers to the question, those without an opinion too.",
    "response_rate": "Answers of all members, as a fraction of one.",
    "interval_low": "Lower end of the exact 95 % interval: whole members where the population is known, else a fraction of one.",
    "interval_high": "Upper end of the exact 95 % interval.",
    "bounds_low": "Members that count if everybody silent said no.",
    "bounds_high": "Members that count if everybody silent said yes.",
    "target": "What was aimed at, on the scale of value.",
    "direction": "at_least or at_most: which way success lies.",
    "status": "met, probably_met, probably_not_met, not_met, too_few or no_data.",
    "cutoff": "The moment that the figure speaks of, in UTC.",
    "frozen_at": "When the figure was frozen for a report, in UTC; empty while it may still change.",
    "source": "The document that the criterion stands in.",
    "is_withheld": "Whether something is left empty because it would tell of fewer than five.",
}


def open_rows(edition: Edition, *, cutoff: datetime) -> list[dict[str, Any]]:
    """A row for each indicator: as it was frozen last, else as of now."""
    return [_row(edition, kept, evaluation) for kept, evaluation in queries.evaluated(edition, cutoff=cutoff)]


def _row(edition: Edition, kept: Indicator, evaluation: Evaluation) -> dict[str, Any]:
    measurement = queries.latest_measurement(kept)
    told: Mapping[str, Any] = as_json(evaluation) if measurement is None else measurement.evaluation
    row = opened(told, measure=evaluation.measure, unit=evaluation.unit)
    interval, bounds = row["interval"] or (None, None), row["bounds"] or (None, None)
    frozen_at = None if measurement is None else measurement.frozen_at.astimezone(UTC).isoformat(timespec="seconds")
    flat = {
        **row,
        "edition": edition.slug,
        "name_da": kept.name.get("da", ""),
        "name_en": kept.name.get("en", ""),
        "unit": evaluation.unit.value,
        "interval_low": interval[0],
        "interval_high": interval[1],
        "bounds_low": bounds[0],
        "bounds_high": bounds[1],
        "direction": None if evaluation.target is None else evaluation.target.direction.value,
        "frozen_at": frozen_at,
        "source": kept.source or None,
    }
    return {name: flat[name] for name in DICTIONARY}
