"""A split beside the split of one of its groups: of all small tables, no withheld count comes back by subtraction.

Five is lowered to two, so that "all small tables" is a number that can be gone through; nothing else hangs on it. Whoever
looks knows more here than the page says: how many answered of every group, also of those that are withheld whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import pytest

from eventsys.surveys.rules import disclosure
from eventsys.surveys.rules.disclosure import Group, Within, withheld_in_split, withheld_within

FEWEST = 2
HIGHEST = 3
Table = tuple[tuple[int, ...], ...]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "FEWEST", FEWEST)


def kinds(table: Table) -> Table:
    """The first two rows are parts of the first kind; each other row is a kind."""
    return (tuple(map(sum, zip(*table[:2], strict=True))), *table[2:])


def shown(table: Table) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    whole = kinds(table)
    above = withheld_in_split(whole, sizes=[sum(row) for row in whole])
    parts = table[:2]
    below = withheld_within(parts, sizes=[sum(row) for row in parts], within=Within(above, whole, 0))
    return above, below


@cache
def rows_of(size: int, width: int) -> tuple[tuple[int, ...], ...]:
    """All ways in which so many answers go into so many columns."""
    if width == 1:
        return ((size,),)
    return tuple((first, *rest) for first in range(size + 1) for rest in rows_of(size - first, width - 1))


def agrees(row: Sequence[int], group: Group) -> bool:
    return all(seen is None or seen == count for seen, count in zip(group.counts, row, strict=True))


def possible(table: Table, above: Sequence[Group], below: Sequence[Group]) -> Iterator[Table]:
    """Every table that fits all that is shown, and how many answered of each group."""
    sums = tuple(map(sum, zip(*table, strict=True)))
    width = len(sums)
    choices = [
        [row for row in rows_of(sum(kept), width) if agrees(row, group)]
        for kept, group in zip(table[:2], below, strict=True)
    ]
    choices += [
        [row for row in rows_of(sum(kept), width) if agrees(row, group)]
        for kept, group in zip(table[2:], above[1:], strict=True)
    ]
    for found in product(*choices):
        if tuple(map(sum, zip(*found, strict=True))) == sums and agrees(kinds(found)[0], above[0]):
            yield found


def told(table: Table) -> list[tuple[str, int, int]]:
    """The small counts that can have one value alone."""
    above, below = shown(table)
    fits = list(possible(table, above, below))
    assert table in fits
    sums = tuple(map(sum, zip(*table, strict=True)))
    found = []
    for name, view in (("part", lambda one: one[:2]), ("kind", kinds)):
        for row, counts in enumerate(view(table)):
            for column, count in enumerate(counts):
                if (
                    count < FEWEST
                    and sums[column]
                    and sum(counts)
                    and len({view(one)[row][column] for one in fits}) == 1
                ):
                    found.append((name, row, column))
    return found


def tables(rows: int, columns: int, highest: int) -> Iterator[Table]:
    """All tables up to this count, with somebody in each row, where not everybody gave the same answer: the whole says that."""
    line = [row for row in product(range(highest + 1), repeat=columns) if any(row)]
    for table in product(line, repeat=rows):
        if sum(map(any, zip(*table, strict=True))) > 1:
            yield table


SHAPES = [(3, 2, HIGHEST), *([(4, 2, HIGHEST), (3, 3, 2)] if "EVENTSYS_LONG" in os.environ else [])]


@pytest.mark.parametrize(("rows", "columns", "highest"), SHAPES)
@pytest.mark.long
def test_no_small_count_comes_back_from_both_splits_together(rows: int, columns: int, highest: int) -> None:
    failed = {table: found for table in tables(rows, columns, highest) if (found := told(table))}

    assert failed == {}


def test_something_is_left_to_be_shown() -> None:
    above, below = shown(((9, 8), (7, 6), (5, 4)))

    assert above == (Group(30, (16, 14)), Group(9, (5, 4)))
    assert below == (Group(17, (9, 8)), Group(13, (7, 6)))


def test_what_is_withheld_of_a_group_is_withheld_of_its_parts() -> None:
    above, below = shown(((5, 5, 9), (5, 6, 9), (9, 1, 9)))

    assert above == (Group(39, (None, None, 18)), Group(19, (None, None, 9)))
    assert below == (Group(19, (None, None, 9)), Group(20, (None, None, 9)))


def test_parts_of_a_group_that_is_withheld_whole_are_withheld() -> None:
    _above, below = shown(((1, 0), (0, 0), (9, 9)))

    assert below == (Group(None, (None, None)), Group(None, (None, None)))


def test_counts_withheld_of_two_other_groups_do_not_hide_a_part() -> None:
    """The other kinds hide each other; the first kind's sums are shown, so its parts must hide each other too."""
    table = ((2, 2, 3), (3, 0, 3), (1, 3, 3), (1, 2, 2))
    above, below = shown(table)

    assert above[0] == Group(13, (5, 2, 6))
    assert None in above[1].counts
    assert [group.counts[:2] for group in below] == [(None, None), (None, None)]
    assert told(table) == []


def test_sizes_of_parts_do_not_add_up_to_one_that_is_withheld() -> None:
    above, below = shown(((2, 1), (1, 2), (1, 0), (9, 9)))

    assert [group.size for group in above] == [None, None, 18]
    assert [group.size for group in below] == [None, None]


def test_without_the_split_above_the_parts_alone_would_tell() -> None:
    """Why the two are looked at together: each by itself is safe, and they subtract."""
    table = ((5, 5, 9), (5, 6, 9), (9, 1, 9))
    alone = withheld_in_split(table[:2], sizes=[19, 20])
    above, _below = shown(table)

    assert alone[0].counts[1] is not None
    assert alone[1].counts[1] is not None
    assert above[1].counts[1] is None, "and yet: all less these two is what is withheld here"
