"""The street on a plan: true to scale, lying level."""

from __future__ import annotations

from math import hypot
from pathlib import Path

import pytest

from eventsys.booths.rules.import_pitches import read_pitches
from eventsys.booths.rules.plan_geometry import project

FILES = Path(__file__).resolve().parents[3] / "examples" / "taste-the-world-2011"


def test_pitches_keep_their_size_and_the_street_lies_level() -> None:
    rows = read_pitches((FILES / "pitches.geojson").read_bytes()).rows
    plan = project({row.number: row.polygon for row in rows})

    for row in rows:
        ring = plan.rings[row.number]
        sides = sorted(hypot(a[0] - b[0], a[1] - b[1]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
        assert sides[0] == pytest.approx(min(row.width_cm, row.depth_cm) / 100, abs=0.05)
        assert sides[-1] == pytest.approx(max(row.width_cm, row.depth_cm) / 100, abs=0.05)
    _, _, width, height = plan.box
    assert width > 8 * height


def test_a_distance_along_the_kerb_is_that_of_the_file() -> None:
    rows = {row.number: row for row in read_pitches((FILES / "pitches.geojson").read_bytes()).rows}
    centres = project({row.number: row.polygon for row in rows.values()}).centres
    first, last = rows["A01"], rows["A56"]
    wanted = ((last.along_cm or 0) + last.width_cm / 2 - (first.along_cm or 0) - first.width_cm / 2) / 100

    got = hypot(centres["A01"][0] - centres["A56"][0], centres["A01"][1] - centres["A56"][1])

    assert got == pytest.approx(wanted, rel=0.01)


def test_nothing_to_draw_is_an_empty_plan() -> None:
    assert project({}).rings == {}
