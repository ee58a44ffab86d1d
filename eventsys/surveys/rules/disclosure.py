"""Small cells: withheld where they could tell about a person, with so many others that subtraction doesn't bring them back.

A cell is an answer within a group of a split. The answers of a whole audience are no small group and are shown in full
(the seeds' own "23, 12 and 1 of 36"), unless there are fewer than five. Under five includes none: that nobody of a group
gave an answer tells about each of them; only where nobody at all gave it there is nothing left to withhold. Splits of the same answers by different things are protected one by one.
Source: Danish practice blanks cells under five (`domain.md` §5); the test for what subtraction brings back is that of
fixed margins: a cell is safe while a cycle of withheld cells can be shifted by one (Gusfield, "A graph theoretic approach
to statistical data security", SIAM Journal on Computing 17, 1988).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5

Cells = tuple[int | None, ...]


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
    shown_sizes = withheld_in_row(sizes)
    shown = [list(group) for group, size in zip(groups, shown_sizes, strict=True) if size is not None]
    apart = [group for group, size in zip(groups, shown_sizes, strict=True) if size is None]
    together = [[sum(column) for column in zip(*apart, strict=True)]] if apart else []
    table = _Table(shown + together, hidden_rows=len(together))
    if not table.protect():
        return tuple(Group(None, (None,) * len(group)) for group in groups)
    protected = iter(table.cells())
    return tuple(
        Group(None, (None,) * len(group)) if size is None else Group(size, next(protected))
        for group, size in zip(groups, shown_sizes, strict=True)
    )


class _Table:
    """Counts with known sums of rows and columns. The last `hidden_rows` rows are withheld from the start."""

    def __init__(self, rows: list[list[int]], *, hidden_rows: int) -> None:
        self._rows = rows
        self._open_columns = [place for place, column in enumerate(zip(*rows, strict=True)) if sum(column) > 0]
        first_hidden = len(rows) - hidden_rows
        self._hidden = {
            (row, column)
            for row, counts in enumerate(rows)
            for column in self._open_columns
            if counts[column] < FEWEST or row >= first_hidden
        }

    def cells(self) -> list[Cells]:
        """The rows with what is withheld as None."""
        return [
            tuple(None if (row, column) in self._hidden else count for column, count in enumerate(counts))
            for row, counts in enumerate(self._rows)
        ]

    def protect(self) -> bool:
        """Withhold more cells until none under five can be told by subtraction; False when all of them don't suffice."""
        while (told := self._told()) is not None:
            beside = self._visible_beside(told)
            if beside is None:
                return False
            self._hidden.add(beside)
        return True

    def _told(self) -> tuple[int, int] | None:
        """A withheld cell under five that has only one possible value."""
        small = sorted(cell for cell in self._hidden if self._count(cell) < FEWEST)
        return next((cell for cell in small if not self._can_differ(cell)), None)

    def _visible_beside(self, told: tuple[int, int]) -> tuple[int, int] | None:
        """The smallest cell that is still shown, in the same row or column if there is one."""
        row, column = told
        visible = [
            cell
            for cell in ((row, column) for row in range(len(self._rows)) for column in self._open_columns)
            if cell not in self._hidden
        ]
        near = [cell for cell in visible if cell[0] == row or cell[1] == column]
        return min(near or visible, key=lambda cell: (self._count(cell), cell), default=None)

    def _count(self, cell: tuple[int, int]) -> int:
        return self._rows[cell[0]][cell[1]]

    def _can_differ(self, cell: tuple[int, int]) -> bool:
        """Whether some other table with the same sums and the same cells shown has another count here."""
        row, column = ("row", cell[0]), ("column", cell[1])
        if self._reaches(column, row, without=cell):
            return True
        return self._count(cell) > 0 and self._reaches(row, column, without=cell)

    def _reaches(self, start: tuple[str, int], end: tuple[str, int], *, without: tuple[int, int]) -> bool:
        """Whether one can be shifted from start to end: from a row to a column by adding, back by taking away."""
        seen, waiting = {start}, [start]
        while waiting:
            kind, place = waiting.pop()
            for cell in self._hidden - {without}:
                if cell[kind == "column"] != place or (kind == "column" and self._count(cell) == 0):
                    continue
                onward = ("column", cell[1]) if kind == "row" else ("row", cell[0])
                if onward not in seen:
                    seen.add(onward)
                    waiting.append(onward)
        return end in seen
