"""Small cells stay withheld, whatever is subtracted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eventsys.surveys.rules.disclosure import (
    FEWEST,
    UNDETERMINED,
    Cells,
    Group,
    languages_let_go,
    withheld_in_row,
    withheld_in_split,
)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([23, 12, 11], (23, 12, 11)),
        ([23, 12, 1], (23, None, None)),
        ([19, 15, 9, 5, 4], (19, 15, 9, None, None)),
        ([20, 3, 2], (20, None, None)),
        ([22, 0, 0], (None, None, None)),
        ([22, 8, 0], (22, None, None)),
        ([4], (None,)),
        ([0, 0], (None, None)),
        ([6, 7, 6, 2], (None, 7, 6, None)),
        ([], ()),
    ],
)
def test_the_next_smallest_is_withheld_where_the_total_would_tell(counts: list[int], shown: Cells) -> None:
    assert withheld_in_row(counts) == shown


def test_a_split_hides_the_same_columns_in_two_groups() -> None:
    shown = withheld_in_split([[30, 12, 10], [9, 2, 20]], sizes=[52, 31])

    assert shown == (Group(52, (30, None, None)), Group(31, (9, None, None)))


def test_a_small_group_is_withheld_whole_with_the_next_smallest() -> None:
    shown = withheld_in_split([[40, 30], [20, 10], [2, 1]], sizes=[70, 30, 3])

    assert shown == (Group(70, (40, 30)), Group(None, (None, None)), Group(None, (None, None)))


def test_two_small_groups_are_withheld_together() -> None:
    shown = withheld_in_split([[40, 30], [2, 1], [1, 2]], sizes=[70, 3, 3])

    assert [group.size for group in shown] == [70, None, None]
    assert shown[0].counts == (None, None)


def test_an_answer_that_nobody_gave_is_no_secret() -> None:
    assert withheld_in_split([[40, 0], [20, 0]], sizes=[40, 20]) == (Group(40, (40, 0)), Group(20, (20, 0)))


def test_two_empty_cells_do_not_protect_each_other() -> None:
    shown = withheld_in_split([[0, 9, 0], [6, 7, 8]], sizes=[9, 21])

    assert shown[0] == Group(9, (None, None, None))


def test_a_count_that_can_only_be_smaller_is_protected_too() -> None:
    assert withheld_in_split([[3, 20], [0, 21]], sizes=[23, 21]) == (
        Group(23, (None, None)),
        Group(21, (None, None)),
    )


def test_a_split_that_cannot_be_protected_is_withheld_whole() -> None:
    # One group alone is everybody: its cells are the sums that are shown anyway.
    assert withheld_in_split([[40, 2]], sizes=[42]) == (Group(None, (None, None)),)


def test_a_split_of_nothing_is_nothing() -> None:
    assert withheld_in_split([], sizes=[]) == ()
    assert withheld_in_split([[], []], sizes=[9, 8]) == (Group(9, ()), Group(8, ()))


@given(st.lists(st.integers(0, 12), max_size=5))
def test_no_small_count_of_a_row_comes_back_by_subtraction(counts: list[int]) -> None:
    shown = withheld_in_row(counts)
    hidden = [place for place, cell in enumerate(shown) if cell is None]

    assert all(cell == count for cell, count in zip(shown, counts, strict=True) if cell is not None)
    assert all(cell is None or cell >= FEWEST for cell in shown)
    assume(sum(counts) >= FEWEST and len(counts) > 1)
    rest = sum(counts) - sum(cell for cell in shown if cell is not None)
    possible = [fill for fill in product(range(rest + 1), repeat=len(hidden)) if sum(fill) == rest]
    for index, place in enumerate(hidden):
        assert len({fill[index] for fill in possible}) > 1, (counts, shown, place)


def _tables(row_sums: Sequence[int], column_sums: Sequence[int], shown: Sequence[Cells]) -> Iterator[list[list[int]]]:
    """All tables with these sums that hold what is shown."""
    if not row_sums:
        if not any(column_sums):
            yield []
        return
    choices = (
        range(column_sum + 1) if cell is None else (cell,)
        for cell, column_sum in zip(shown[0], column_sums, strict=True)
    )
    for row in product(*choices):
        left = [total - count for total, count in zip(column_sums, row, strict=True)]
        if sum(row) == row_sums[0] and min(left) >= 0:
            for rest in _tables(row_sums[1:], left, shown[1:]):
                yield [list(row), *rest]


tables = st.integers(2, 3).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=3)
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_small_cell_of_a_split_comes_back_by_subtraction(groups: list[list[int]]) -> None:
    sizes = [sum(group) for group in groups]
    assume(min(sizes) > 0)
    shown = withheld_in_split(groups, sizes=sizes)
    column_sums = [sum(column) for column in zip(*groups, strict=True)]
    # Groups whose size is withheld can only be told together: that is what an attacker works with.
    kept = [place for place, group in enumerate(shown) if group.size is not None]
    apart = [place for place, group in enumerate(shown) if group.size is None]
    if not kept:
        return
    rows = [shown[place].counts for place in kept]
    row_sums = [sizes[place] for place in kept]
    if apart:
        rows.append(tuple(None if total else 0 for total in column_sums))
        row_sums.append(sum(sizes) - sum(row_sums))
    assert len(apart) != 1
    possible = list(_tables(row_sums, column_sums, rows))
    for row, place in enumerate(kept):
        for column, count in enumerate(groups[place]):
            if count < FEWEST and column_sums[column]:
                assert rows[row][column] is None
                assert len({table[row][column] for table in possible}) > 1, (groups, shown)


@given(tables)
def test_what_is_shown_of_a_split_is_true(groups: list[list[int]]) -> None:
    sizes = [sum(group) for group in groups]
    for group, size, shown in zip(groups, sizes, withheld_in_split(groups, sizes=sizes), strict=True):
        assert shown.size in {None, size}
        assert all(cell in {None, count} for cell, count in zip(shown.counts, group, strict=True))


@given(st.dictionaries(st.sampled_from(["da", "en", "ar", "so", UNDETERMINED]), st.integers(1, 12)))
def test_a_language_that_is_let_go_hides_among_five(counts: dict[str, int]) -> None:
    gone = languages_let_go(counts)

    kept = {language: count for language, count in counts.items() if language not in {*gone, UNDETERMINED}}
    together = sum(counts.values()) - sum(kept.values())
    assert all(count >= FEWEST for count in kept.values())
    assert together == 0 or together >= FEWEST or not kept
    assert gone or together == counts.get(UNDETERMINED, 0)
