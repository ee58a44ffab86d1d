"""The hash of what was computed from changes with the figures, and with nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from eventsys.indicators.rules.computation import evaluate
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.evaluation import as_json
from eventsys.indicators.rules.figures import Figure, Unit
from eventsys.indicators.rules.freezing import canonical_json, inputs_hash
from eventsys.indicators.rules.frozen import as_frozen
from eventsys.indicators.rules.inputs import (
    CountInputs,
    DayVisits,
    ExternalInputs,
    Inputs,
    SurveyInputs,
    VisitorsInputs,
)

CUTOFF = datetime(2011, 9, 30, tzinfo=UTC)
SHARE = {
    "measure": "survey_share",
    "population": "organisations_taking_part",
    "instrument": "evaluation",
    "item": "community",
}


def _indicator(**others: object) -> Indicator:
    written = {"key": "visitors", "name": {"da": "Besøg"}, "definition": {"measure": "visitors"}, **others}
    return Indicator.from_json(written)


DAYS = VisitorsInputs((DayVisits(1, 2, 3), DayVisits(2, 4, 5)), coverage=Fraction(1, 3))


def test_the_hash_is_over_this_text() -> None:
    assert canonical_json(_indicator(), DAYS) == (
        '{"definition":{"measure":"visitors","unit":"visits"},"form":1,'
        '"inputs":{"coverage":"1/3","days":[{"admitted":2,"day":1,"tallied":3},{"admitted":4,"day":2,"tallied":5}],'
        '"of":"VisitorsInputs","quality":"counted"},"key":"visitors","target":null}'
    )
    assert inputs_hash(_indicator(), DAYS) == "5ec8139ae72bbfdb32c4acd5576b46fdbbef698b641f3f2952419f5a96b07194"


def test_new_words_leave_the_hash() -> None:
    reworded = _indicator(name={"da": "Gæster", "en": "Guests"}, source="S2")

    assert inputs_hash(reworded, DAYS) == inputs_hash(_indicator(), DAYS)


def test_another_input_target_or_definition_changes_the_hash() -> None:
    one_more = VisitorsInputs((DayVisits(1, 2, 3), DayVisits(2, 4, 6)), coverage=Fraction(1, 3))
    aimed = _indicator(target={"value": 30_000, "unit": "visits"})
    entries = _indicator(definition={"measure": "visitors", "unit": "entries"})

    hashes = [
        inputs_hash(_indicator(), DAYS),
        inputs_hash(_indicator(), one_more),
        inputs_hash(aimed, DAYS),
        inputs_hash(entries, DAYS),
    ]
    assert len(set(hashes)) == 4


def test_dates_figures_and_nothing_at_all_are_hashed() -> None:
    outside = ExternalInputs(Fraction(173, 10), date(2015, 11, 30))
    figure = CountInputs(Figure(Fraction(66), Unit.ORGANISATIONS))

    assert '"published_on":"2015-11-30","value":"17.3"' in canonical_json(_indicator(), outside)
    assert '"unit":"organisations","value":66' in canonical_json(_indicator(), figure)
    assert '"figure":null' in canonical_json(_indicator(), CountInputs(None))


SURVEYED = SurveyInputs(60, answers=44, positive=38, no_opinion=2)
COUNTED = CountInputs(Figure(Fraction(66), Unit.ORGANISATIONS))


@pytest.mark.parametrize(
    ("written", "inputs"),
    [
        ({"definition": {"measure": "count", "population": "organisations_taking_part"}}, COUNTED),
        ({"target": {"value": 30_000, "unit": "visits"}}, DAYS),
        ({"definition": SHARE, "target": {"value": 80, "unit": "percent"}}, SURVEYED),
        ({"definition": SHARE}, SurveyInputs(None, answers=44, positive=38, no_opinion=0, is_self_selected=True)),
        ({"definition": SHARE}, SurveyInputs(60, answers=2, positive=1, no_opinion=0)),
    ],
)
def test_what_was_frozen_comes_back_as_it_was(written: dict[str, object], inputs: Inputs) -> None:
    evaluation = evaluate(_indicator(**written), inputs, cutoff=CUTOFF)

    kept = json.loads(json.dumps(as_json(evaluation)))

    assert as_json(as_frozen(kept, evaluation)) == kept
