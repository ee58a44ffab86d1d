"""The small map: a PNG that is small, shows the own pitch marked, and is the same each time."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from eventsys.booths.rules.map_picture import MINE, WIDTH, map_png
from eventsys.booths.rules.plan_geometry import Projected, project

STEP = 0.00006
LIMIT = 40_000


def street(count: int, rows: int = 2) -> Projected:
    return project({
        f"{chr(65 + row)}{n + 1}": square(12.55 + n * STEP, 55.69 + row * 0.0002) for n in range(count) for row in range(rows)
    })  # fmt: skip


def square(west: float, south: float) -> list[list[float]]:
    east, north = west + STEP * 0.8, south + 0.00003
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def marked(content: bytes) -> int:
    image = Image.open(BytesIO(content)).convert("RGB")
    assert (image.format or "PNG", image.width) == ("PNG", WIDTH)
    return sum(count for count, colour in image.getcolors(100_000) or [] if near(colour, ImageColor.getrgb(MINE)))


def near(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("count", [1, 5, 60, 500])
@pytest.mark.parametrize("rows", [1, 2, 40])
def test_the_map_is_small_and_marks_the_own_pitch(count: int, rows: int) -> None:
    content = map_png(street(count, rows), ["A1"])

    assert content.startswith(b"\x89PNG")
    assert len(content) <= LIMIT
    assert marked(content) > 500


def test_both_of_two_pitches_are_marked() -> None:
    plan = street(60)

    assert marked(map_png(plan, ["A30", "A31"])) > marked(map_png(plan, ["A30"])) * 1.3


def test_the_same_street_gives_the_same_picture() -> None:
    assert map_png(street(30), ["A7"]) == map_png(street(30), ["A7"])
    assert map_png(street(30), ["A7"]) != map_png(street(30), ["A8"])


def test_a_pitch_that_is_not_drawn_has_no_map() -> None:
    assert map_png(street(3), ["Z9"]) == b""
    assert map_png(project({}), ["A1"]) == b""
