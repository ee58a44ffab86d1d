"""Where the caches and the fold of the log say different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventsys.gate.rules.fold import Fold


@dataclass(frozen=True, slots=True)
class Difference:
    """One cached figure that is not what the log comes to; None where it is missing on that side."""

    figure: str
    cached: object
    folded: object


def differences(cached: Fold, folded: Fold) -> list[Difference]:
    """Every admission and every count that differs, in order of day and place."""
    return _between("admission", cached.admissions, folded.admissions) + _between(
        "counts", cached.counts, folded.counts
    )


def _between(name: str, cached: Mapping[Any, object], folded: Mapping[Any, object]) -> list[Difference]:
    keys = sorted(cached.keys() | folded.keys(), key=repr)
    return [
        Difference(f"{name} {key}", cached.get(key), folded.get(key))
        for key in keys
        if cached.get(key) != folded.get(key)
    ]
