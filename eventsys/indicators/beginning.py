"""Where a new edition's indicators come from: a template with the criteria of 2011 and 2012, or the last edition's own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from eventsys.editions.models import Edition, EventKind
from eventsys.indicators import queries
from eventsys.indicators.rules.definitions import Indicator, indicators_from_json
from eventsys.indicators.rules.measures import FollowUp, Growth, SurveyShare

FOLDER = Path(__file__).parent / "criteria"
TEMPLATES = (EventKind.INTERNATIONAL_DAYS, EventKind.RELIGIOUS_CELEBRATION)
ITS_SURVEY = "survey"  # What a template calls the questionnaire of the edition.


def of_template(kind: EventKind, *, instrument: str) -> list[Indicator]:
    """The criteria that a kind of event begins with; `instrument` is the questionnaire that will ask."""
    data = json.loads((FOLDER / f"{kind.value}.json").read_text(encoding="utf-8"))
    return [_asked_by(each, ITS_SURVEY, instrument) for each in indicators_from_json(data)]


def of_edition(earlier: Edition, *, instrument: str) -> list[Indicator]:
    """The indicators of an earlier edition; its own questionnaire becomes the new one's. Growth between past years stays there."""
    return [
        _asked_by(each, earlier.slug, instrument)
        for each in _lasting(map(queries.as_rules, queries.indicators_of(earlier)))
    ]


def _lasting(indicators: Iterable[Indicator]) -> Iterable[Indicator]:
    for each in indicators:
        if not (isinstance(each.definition, Growth) and each.definition.year is not None):
            yield each


def _asked_by(indicator: Indicator, old: str, new: str) -> Indicator:
    definition = indicator.definition
    if isinstance(definition, SurveyShare | FollowUp) and definition.instrument == old:
        return replace(indicator, definition=replace(definition, instrument=new))
    return indicator
