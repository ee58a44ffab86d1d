"""Where the caches and the fold of the log say different things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from eventsys.gate.rules.admissions import Duplicate, LetIn, Place
from eventsys.gate.rules.fold import Fold


@dataclass(frozen=True, slots=True)
class Difference:
    """One cached figure that is not what the log comes to; None on the side where there is nothing at all."""

    figure: str
    cached: object
    folded: object


def differences(cached: Fold, folded: Fold) -> list[Difference]:
    """Every figure of an admission, a count or a remark that differs, in order of day, place and scan."""
    return [
        *_between(cached.admissions, folded.admissions, name_of=_admission),
        *_between(cached.counts, folded.counts, name_of=_place),
        *_between(_by_scan(cached.duplicates), _by_scan(folded.duplicates), name_of=_scan),
        *_between(_by_scan(cached.let_in), _by_scan(folded.let_in), name_of=_scan),
    ]


def _by_scan(found: Iterable[Duplicate | LetIn]) -> dict[str, Duplicate | LetIn]:
    return {one.scan_id: one for one in found}


def _scan(scan_id: str) -> str:
    return f"scan {scan_id}"


def _admission(key: tuple[int, str]) -> str:
    day, pass_id = key
    return f"pass {pass_id} on day {day}"


def _place(place: Place) -> str:
    return f"gate {place.gate} on day {place.day} from {place.starts_at:%Y-%m-%dT%H:%MZ}"


def _between(
    cached: Mapping[Any, Any], folded: Mapping[Any, Any], *, name_of: Callable[[Any], str]
) -> list[Difference]:
    found = []
    for key in sorted(cached.keys() | folded.keys()):
        here, there = cached.get(key), folded.get(key)
        either: Any = there if here is None else here
        found += [
            Difference(f"{name_of(key)}: {part.name}", getattr(here, part.name, None), getattr(there, part.name, None))
            for part in fields(either)
            if getattr(here, part.name, None) != getattr(there, part.name, None)
        ]
    return found
