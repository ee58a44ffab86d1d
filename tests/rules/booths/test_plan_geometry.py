"""The street on a plan: true to scale, lying level."""

from __future__ import annotations

from math import degrees, hypot, radians
from pathlib import Path

import pytest

from eventsys.booths.rules.import_pitches import read_pitches
from eventsys.booths.rules.plan_geometry import Frame, frame_of, project

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


def laid(frame: Frame, first_m: float, down_m: float, turned: float = 0.0) -> list[list[float]]:
    """A pitch of 3 x 3 m, its corner there, as a ring on the earth."""
    at = Frame(*frame.degrees((first_m, down_m)), frame.turned + radians(turned))
    return [at.degrees(corner) for corner in ((0, 0), (3, 0), (3, 3), (0, 3), (0, 0))]


def frame_by(rings: list[list[list[float]]]) -> Frame:
    return frame_of([corner for ring in rings for corner in ring[:-1]], rings[0][0], pitches=rings)


def test_a_new_row_at_one_end_neither_tilts_nor_moves_the_plan() -> None:
    drawn_so = Frame(12.55, 55.69, radians(40))
    street = [laid(drawn_so, 4.0 * n, 12.0 * side) for side in (0, 1) for n in range(25)]
    row = [laid(drawn_so, 80.0 + 4.0 * n, 40) for n in range(10)]
    askew = [laid(drawn_so, 80.0 + 4.0 * n, 60, turned=7) for n in range(8)]
    of_corners = frame_of([corner for ring in [*street, *row] for corner in ring[:-1]])
    assert abs(degrees(of_corners.turned) - 40) > 4  # What the longest direction alone would make of it.

    before = frame_by(street)

    assert degrees(before.turned) == pytest.approx(40, abs=0.01)
    for more in (row, askew, [*row, *askew]):
        after = frame_by([*street, *more])
        assert degrees(after.turned) == pytest.approx(40, abs=0.01)
        assert after.metres(street[7][2]) == pytest.approx(before.metres(street[7][2]), abs=0.01)


def test_pitches_askew_to_the_street_leave_it_lying_along_its_length() -> None:
    drawn_so = Frame(12.55, 55.69, radians(40))

    frame = frame_by([laid(drawn_so, 6.0 * n, 0, turned=45) for n in range(30)])

    assert degrees(frame.turned) == pytest.approx(40, abs=1)
