"""How full a place is: a step for each thing that somebody has to do about it."""

from __future__ import annotations

from enum import StrEnum

WATCH_PERCENT, PREPARE_PERCENT, FULL_PERCENT = 70, 85, 100
"""Usual steps of crowd plans: watch, prepare to hold people back, let nobody more in."""


class Crowd(StrEnum):
    """What the number of people inside asks for."""

    ROOM = "room"
    WATCH = "watch"
    PREPARE = "prepare"
    FULL = "full"


def crowd_of(inside: int, capacity: int | None) -> Crowd | None:
    """The step that is reached; None where nobody has said how many the place holds."""
    if capacity is None:
        return None
    if inside * 100 >= capacity * FULL_PERCENT:
        return Crowd.FULL
    if inside * 100 >= capacity * PREPARE_PERCENT:
        return Crowd.PREPARE
    return Crowd.WATCH if inside * 100 >= capacity * WATCH_PERCENT else Crowd.ROOM
