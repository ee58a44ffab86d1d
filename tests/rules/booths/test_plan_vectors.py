"""What the editor computes in the browser is what the server computes: both read `tests/vectors/plan-vectors.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventsys.booths.rules.background import similarity
from eventsys.booths.rules.plan_geometry import Frame

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "plan-vectors.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["frames"])
def test_positions_lie_where_the_vectors_say(vector: dict[str, Any]) -> None:
    frame = Frame(**vector["frame"])

    for point in vector["points"]:
        assert frame.metres(point["position"]) == pytest.approx(point["metres"], abs=1e-6)
        assert frame.degrees((point["metres"][0], point["metres"][1])) == pytest.approx(point["position"], abs=1e-11)


@pytest.mark.parametrize("vector", VECTORS["similarities"])
def test_pictures_are_laid_as_the_vectors_say(vector: dict[str, Any]) -> None:
    pixels, metres = ([(one[0], one[1]) for one in vector[name]] for name in ("pixels", "metres"))

    laid = similarity((pixels[0], pixels[1]), (metres[0], metres[1])).laid

    also = vector["also"]
    assert laid((also["pixel"][0], also["pixel"][1])) == pytest.approx(also["metres"], abs=1e-6)
