"""The headings of the review list: each orders it by its column, and the other way round when pressed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from eventsys.applications.queries import Choice
from eventsys.applications.rules.listing import DESCENDING, SORTED_BY, Sort, written_sort


class Heading(NamedTuple):
    """Where a heading leads, and how the list is ordered by it now: `ascending`, `descending`, or empty for not."""

    url: str
    direction: str


def headings_of(
    choice: Choice, columns: Sequence[str], *, here: str, values: Mapping[str, str]
) -> list[Heading | None]:
    """The headings of the name and of these columns; None for what can't be ordered by."""

    def heading(sort: Sort) -> Heading:
        word, direction = _now(sort, choice)
        return Heading(f"{here}?{urlencode({**values, 'sort': word})}", direction)

    sorts = (Sort.NAME, *(SORTED_BY.get(column) for column in columns))
    return [heading(sort) if sort else None for sort in sorts]


def _now(sort: Sort, choice: Choice) -> tuple[str, str]:
    """What pressing a heading asks for, and how the list is ordered by it now."""
    if sort is not choice.sort:
        return written_sort(sort, is_turned=False), ""
    is_down = (sort in DESCENDING) != choice.is_turned
    return written_sort(sort, is_turned=not choice.is_turned), "descending" if is_down else "ascending"
