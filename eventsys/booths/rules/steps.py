"""The steps that organisers take by hand in a draft, so that the last ones can be taken back.

A draft keeps them beside what its proposal said of itself, as plain values: how the booths of the step stood before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

KEY = "by_hand"
MOST_KEPT = 50


class Did(StrEnum):
    """What a step did."""

    PLACED = "placed"
    EXCHANGED = "exchanged"
    TAKEN_OFF = "taken_off"
    FIXED = "fixed"
    UNFIXED = "unfixed"


@dataclass(frozen=True, slots=True)
class Stood:
    """One booth on one pitch on one day before a step: by the codes and numbers that people use."""

    code: str
    number: str
    day: int
    is_locked: bool
    override_reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number in this draft, the booths that it concerned, where they went, and how they stood before.

    `days` are those that it was about; none where it was about all.
    """

    number: int
    did: Did
    codes: tuple[str, ...]
    numbers: tuple[str, ...]
    before: tuple[Stood, ...]
    days: tuple[int, ...] = ()


def steps_of(kept: Mapping[str, Any]) -> list[Step]:
    """The steps that a draft keeps, the oldest first."""
    return [
        Step(
            number=step["number"],
            did=Did(step["did"]),
            codes=tuple(step["codes"]),
            numbers=tuple(step["numbers"]),
            before=tuple(Stood(**stood) for stood in step["before"]),
            days=tuple(step.get("days", ())),
        )
        for step in kept.get(KEY, {}).get("steps", [])
    ]


def steps_taken(kept: Mapping[str, Any]) -> int:
    """How many steps the draft holds, those too that can't be taken back any more."""
    return int(kept.get(KEY, {}).get("taken", 0))


def with_step(
    kept: Mapping[str, Any],
    did: Did,
    *,
    codes: Sequence[str],
    numbers: Sequence[str],
    before: Sequence[Stood],
    days: Collection[int] = (),
) -> dict[str, Any]:
    """What a draft keeps after one more step; of very many, the oldest are forgotten."""
    mine = kept.get(KEY, {})
    step = Step(int(mine.get("last", 0)) + 1, did, tuple(codes), tuple(numbers), tuple(before), tuple(sorted(days)))
    steps = [*mine.get("steps", []), asdict(step)][-MOST_KEPT:]
    return {**kept, KEY: {"last": step.number, "taken": steps_taken(kept) + 1, "steps": steps}}


def without_last(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft keeps after its last step is taken back; numbers are never used twice."""
    mine = kept[KEY]
    return {**kept, KEY: {**mine, "taken": mine["taken"] - 1, "steps": mine["steps"][:-1]}}
