"""Small cells: withheld where they could tell about a person, with so many others that subtraction doesn't bring them back.

A cell is an answer within a group of a split. The answers of a whole audience are no small group and are shown in full
(the seeds' own "23, 12 and 1 of 36"), unless there are fewer than five. Under five includes none: that nobody of a group
gave an answer tells about each of them; only where nobody at all gave it there is nothing left to withhold. Splits of the same answers by different things are protected one by one.
Source: Danish practice blanks cells under five (`domain.md` §5); the test for what subtraction brings back is that of
fixed margins: a cell is safe while a cycle of withheld cells can be shifted by one (Gusfield, "A graph theoretic approach
to statistical data security", SIAM Journal on Computing 17, 1988).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias, TypeVar

FEWEST = 5
# What stands in the place of a language that is let go.
UNDETERMINED = "und"

Cells: TypeAlias = tuple[int | None, ...]
Cell: TypeAlias = tuple[int, int]  # Row and column.


class Node(NamedTuple):
    """A row or a column, as the ends of a step from cell to cell."""

    kind: str
    place: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group's counts; what is withheld is None, the size too where it is small itself."""

    size: int | None
    counts: Cells


def withheld_in_row(counts: Sequence[int]) -> Cells:
    """The counts whose total is known: those under five are withheld, and the next smallest while the rest would tell."""
    hidden = {place for place, count in enumerate(counts) if count < FEWEST}
    left = sorted(set(range(len(counts))) - hidden, key=lambda place: (counts[place], place))
    while hidden and left and (len(hidden) == 1 or sum(counts[place] for place in hidden) == 0):
        hidden.add(left.pop(0))
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def withheld_in_split(groups: Sequence[Sequence[int]], *, sizes: Sequence[int]) -> tuple[Group, ...]:
    """The groups of a split whose sums over all groups are known, as they may be shown; `sizes` are their respondents.

    A group under five is withheld whole, and so is the next smallest where one alone would be left over. If even
    withholding every cell wouldn't do, the split is withheld whole.
    """
    return _withheld(groups, sizes=sizes, within=None)


@dataclass(frozen=True, slots=True)
class Within:
    """Where a split within a group stands: the groups of the split above as they are shown, their counts, and which one is split."""

    shown: tuple[Group, ...]
    counts: Sequence[Sequence[int]]
    place: int

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The answers of which the group's own count is withheld."""
        return frozenset(column for column, count in enumerate(self.shown[self.place].counts) if count is None)


def withheld_within(groups: Sequence[Sequence[int]], *, sizes: Sequence[int], within: Within) -> tuple[Group, ...]:
    """The parts of one group of a split, as they may be shown beside that split.

    Where the group's own count is withheld, so are those of all its parts: they would add up to it, and what is unsure about
    the whole must have a part to be unsure in.
    """
    if within.shown[within.place].size is None:
        return tuple(Group(None, (None,) * len(group)) for group in groups)
    return _withheld(groups, sizes=sizes, within=within)


def _withheld(groups: Sequence[Sequence[int]], *, sizes: Sequence[int], within: Within | None) -> tuple[Group, ...]:
    shown_sizes = withheld_in_row(sizes)
    shown = [list(group) for group, size in zip(groups, shown_sizes, strict=True) if size is not None]
    apart = [group for group, size in zip(groups, shown_sizes, strict=True) if size is None]
    together = [[sum(column) for column in zip(*apart, strict=True)]] if apart else []
    table = _Table(shown + together, hidden_rows=len(together), within=within)
    if not table.protect():
        return tuple(Group(None, (None,) * len(group)) for group in groups)
    protected = iter(table.cells())
    return tuple(
        Group(None, (None,) * len(group)) if size is None else Group(size, next(protected))
        for group, size in zip(groups, shown_sizes, strict=True)
    )


class _Table:
    """Counts with known sums of rows and columns. The last `hidden_rows` rows are withheld from the start.

    Of a split within a group, the other groups' withheld counts stand below: an answer of which the group's own count is
    withheld has one sum over all of them, the others have a sum of their own.
    """

    def __init__(self, rows: list[list[int]], *, hidden_rows: int, within: Within | None) -> None:
        self._own = len(rows)
        self._rows = rows + ([list(one) for one in _others(within, within.counts)] if within else [])
        self._linked = within.hidden_columns if within else frozenset()
        open_columns = [place for place, column in enumerate(zip(*self._rows, strict=True)) if sum(column) > 0]
        first_hidden = self._own - hidden_rows
        self._all = {(row, column) for row in range(self._own) for column in open_columns}
        self._hidden = {cell for cell in self._all if self._is_hidden(cell, first_hidden)}
        if within:
            outside = {
                (self._own + row, column)
                for row, group in enumerate(_others(within, within.shown))
                for column, count in enumerate(group.counts)
                if count is None and column in open_columns
            }
            self._all |= outside
            self._hidden |= outside

    def _is_hidden(self, cell: Cell, first_hidden: int) -> bool:
        row, column = cell
        if column in self._linked or row >= first_hidden:
            return True
        return self._count(cell) < FEWEST and any(self._rows[other][column] for other in range(self._own))

    def cells(self) -> list[Cells]:
        """The rows with what is withheld as None."""
        return [
            tuple(None if (row, column) in self._hidden else count for column, count in enumerate(counts))
            for row, counts in enumerate(self._rows[: self._own])
        ]

    def protect(self) -> bool:
        """Withhold more cells until none under five can be told by subtraction; False when all of them don't suffice."""
        while (told := self._told()) is not None:
            cycle = self._cycle(told, through=self._all)
            if cycle is None:
                return False
            self._hidden |= cycle
        return True

    def _told(self) -> Cell | None:
        """A withheld cell under five that has only one possible value: no cycle of withheld cells leads through it."""
        small = sorted(cell for cell in self._hidden if cell[0] < self._own and self._count(cell) < FEWEST)
        return next((cell for cell in small if self._cycle(cell, through=self._hidden) is None), None)

    def _cycle(self, cell: Cell, *, through: AbstractSet[Cell]) -> set[Cell] | None:
        """The cells of a cycle through this one, along which one can be shifted: those that withhold the smallest counts.

        Going round, ones are added and taken away by turns, which leaves every sum; nothing is taken from an empty cell.
        """
        row, column = Node("row", cell[0]), self._sum_over(cell)
        found = self._way(column, row, through=through - {cell})
        if found is None and self._count(cell) > 0:
            found = self._way(row, column, through=through - {cell})
        return found

    def _way(self, start: Node, end: Node, *, through: AbstractSet[Cell]) -> set[Cell] | None:
        """The cheapest way over cells from start to end (Dijkstra); a cell that is withheld already costs nothing."""
        waiting: list[tuple[int, Node, tuple[Cell, ...]]] = [(0, start, ())]
        seen: set[Node] = set()
        while waiting:
            cost, node, way = heappop(waiting)
            if node == end:
                return set(way)
            if node in seen:
                continue
            seen.add(node)
            for cell, onward in self._steps(node, through):
                price = 0 if cell in self._hidden else self._count(cell)
                heappush(waiting, (cost + price, onward, (*way, cell)))
        return None

    def _steps(self, node: Node, through: AbstractSet[Cell]) -> Iterator[tuple[Cell, Node]]:
        """Over which cells a row or a column is left: a row by adding one, a column by taking one away."""
        for cell in through:
            row, column = Node("row", cell[0]), self._sum_over(cell)
            if node == row:
                yield cell, column
            if node == column and self._count(cell) > 0:
                yield cell, row

    def _sum_over(self, cell: Cell) -> Node:
        """The sum down the column that a cell goes into: the group's own, or with the other groups where it is withheld."""
        is_own = cell[0] < self._own and cell[1] not in self._linked
        return Node("part" if is_own else "column", cell[1])

    def _count(self, cell: Cell) -> int:
        return self._rows[cell[0]][cell[1]]


T = TypeVar("T")


def _others(within: Within, groups: Sequence[T]) -> list[T]:
    """The groups beside the one that is split."""
    return [group for place, group in enumerate(groups) if place != within.place]


def languages_let_go(counts: Mapping[str, int]) -> frozenset[str]:
    """The languages of an audience that are no longer told apart: each that under five answered in, and, while all those
    together are under five still, the next smallest one. What is left of one language alone would tell whose it was.
    """
    gone = {language for language, count in counts.items() if count < FEWEST and language != UNDETERMINED}
    together = sum(counts[language] for language in gone) + counts.get(UNDETERMINED, 0)
    rest = sorted(counts.keys() - gone - {UNDETERMINED}, key=lambda language: (counts[language], language))
    while rest and 0 < together < FEWEST:
        smallest = rest.pop(0)
        gone.add(smallest)
        together += counts[smallest]
    return frozenset(gone)
