"""Numbers along a street, as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(.*?)(\d*)\Z", re.DOTALL)


def spans(numbers: Iterable[str]) -> list[str]:
    """From which to which the numbers of each row go: A01, A02, A03, B07 are `A01–A03` and `B07`."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for number in numbers:
        row, digits = _NUMBER.fullmatch(number).groups()  # type: ignore[union-attr]  # It takes any text.
        rows.setdefault(row, []).append((int(digits or 0), number))
    ends = [(min(row)[1], max(row)[1]) for _name, row in sorted(rows.items())]
    return [first if first == last else f"{first}–{last}" for first, last in ends]
