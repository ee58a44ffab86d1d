"""A street as visitors walk it: from left to right, at one scale, in boxes that fit."""

from __future__ import annotations

from typing import Any

import pytest

from eventsys.booths.rules.stretches import SIGN_M, large_enough, overview, tightened, walked


def shape(label: str, x: float, y: float = 0.0, width: float = 3.0) -> dict[str, Any]:
    points = [(x, y), (x + width, y), (x + width, y + 3), (x, y + 3)]
    return {"label": label, "at": (x + width / 2, y + 1.5), "points": points, "tone": "taken"}


def labels(stretches: list[Any]) -> list[list[str]]:
    return [[one["label"] for one in stretch["shapes"]] for stretch in stretches]


STREET = [
    {"shapes": [shape("A04", 0), shape("B02", 2, 10), shape("A03", 5)], "box": (-5, 0, 20, 20)},
    {"shapes": [shape("A01", 15), shape("A02", 11), shape("B01", 14, 10)], "box": (5, 0, 20, 20)},
]


def test_a_street_is_walked_past_from_left_to_right_on_both_sides() -> None:
    lane = {"kind": "lane", "points": [(-90, 5), (90, 5), (90, 7), (-90, 7)], "label": ""}
    walk = walked([STREET[0], {**STREET[1], "shapes": [*STREET[1]["shapes"], lane]}])

    assert labels(walk) == [["A04", "B02", "A03"], ["", "A02", "B01", "A01"]]
    assert [stretch["box"] for stretch in walk] == [stretch["box"] for stretch in STREET]
    assert walked([]) == []


def test_boxes_hold_all_that_is_drawn_at_one_scale() -> None:
    tight = tightened(STREET, margin_m=1)

    assert len({stretch["box"][2:] for stretch in tight}) == 1
    for stretch in tight:
        left, top, width, height = stretch["box"]
        for x, y in (point for one in stretch["shapes"] for point in one["points"]):
            assert left + 1 <= x <= left + width - 1
            assert top + 1 <= y <= top + height - 1
    assert tightened([], margin_m=1) == []


def test_a_box_reaches_as_far_as_a_feature_within_its_stretch() -> None:
    lane = {"kind": "lane", "points": [(-90, 5), (90, 5), (90, 7), (-90, 7)]}
    toilets = {"kind": "toilet", "points": [(20, 18), (24, 18), (24, 19), (20, 19)]}
    street = [
        {**STREET[0], "shapes": [*STREET[0]["shapes"], lane]},
        {**STREET[1], "shapes": [*STREET[1]["shapes"], lane, toilets]},
    ]

    first, second = tightened(street, margin_m=1)

    assert first["box"][2] == second["box"][2] == 22  # The stretch is 20 m long.
    assert first["box"][3] == 15
    assert second["box"][3] == 21


def test_the_whole_street_has_a_marker_where_something_is_found() -> None:
    found = [{**STREET[0], "shapes": [{**shape("A04", 0), "tone": "found"}, shape("", 20)]}, STREET[1]]

    whole = overview(found, marked={"found"})

    assert [one["tone"] for one in whole["shapes"]].count("marker") == 1
    assert len(whole["shapes"]) == 5
    assert whole["shapes"][-1]["points"][0] == (1.5, 0)


def test_what_is_too_small_for_a_sign_is_drawn_larger_in_its_place() -> None:
    tap, stage = shape("", 10, width=1), shape("", 0, width=12)
    tap["points"] = [(x, min(y, 1)) for x, y in tap["points"]]

    drawn = large_enough(tap)["points"]

    assert max(x for x, _ in drawn) - min(x for x, _ in drawn) >= SIGN_M * 0.9
    assert sum(x for x, _ in drawn) / len(drawn) == pytest.approx(tap["at"][0])
    assert large_enough(stage) == stage
