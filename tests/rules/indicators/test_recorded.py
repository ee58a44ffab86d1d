"""Figures kept by hand: read from JSON, nonsense refused."""

from __future__ import annotations

from typing import Any

import pytest

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import Quality
from eventsys.indicators.rules.measures import Subject
from eventsys.indicators.rules.recorded import Recorded, figures_from_json

FIGURE: dict[str, Any] = {"year": 2010, "subject": "visits", "value": 20_000, "source": "Status 2010"}


def test_a_figure_is_read_with_its_usual_values() -> None:
    assert figures_from_json({"figures": [FIGURE, FIGURE | {"day_count": 1, "quality": "estimated"}]}) == (
        Recorded(2010, Subject.VISITS, 20_000, None, Quality.COUNTED, "Status 2010"),
        Recorded(2010, Subject.VISITS, 20_000, 1, Quality.ESTIMATED, "Status 2010"),
    )


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"value": -1}, Code.FIELD_WRONG, "figures.value"),
        ({"day_count": 0}, Code.FIELD_WRONG, "figures.day_count"),
        ({"subject": "balloons"}, Code.FIELD_WRONG, "figures.subject"),
        ({"source": None}, Code.FIELD_MISSING, "figures.source"),
        ({"mood": "good"}, Code.FIELD_UNKNOWN, "figures.mood"),
    ],
)
def test_nonsense_is_refused(changed: dict[str, Any], code: Code, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        figures_from_json({"figures": [FIGURE | changed]})

    assert (refused.value.code, refused.value.field) == (code, field)
