"""How the program says no: a code with values, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """A rule said no.

    `code` is a member of the feature's one StrEnum; `field` the form field it concerns, if any;
    `values` fill the placeholders of the sentence that the feature's `texts.py` holds for the code.
    """

    def __init__(self, code: StrEnum, field: str | None = None, **values: object) -> None:
        super().__init__(f"{code.value}{f' ({field})' if field else ''}")
        self.code = code
        self.field = field
        self.values = values
        # What else is wrong with the same row of a file; empty elsewhere.
        self.others: tuple[Refusal, ...] = ()


def all_of(refusals: Sequence[Refusal]) -> Refusal:
    """Several refusals of one row as one: the first, which knows the others."""
    first, *rest = refusals
    first.others = tuple(rest)
    return first


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A rule said no to one row of a file; the other rows go on.

    `row` is the line number in the file, the first line being 1; `reference` what the row calls itself, if it does;
    `field` the column, empty when the row as a whole is meant; `values` fill the sentence of the code; `others` is what else
    is wrong with the row.
    """

    row: int
    reference: str
    code: StrEnum
    field: str
    values: Mapping[str, object]
    others: tuple[RowRefusal, ...] = ()

    @classmethod
    def of(cls, row: int, reference: str, no: Refusal) -> RowRefusal:
        """What a row was refused for, with all else that is wrong with it."""
        others = tuple(cls.of(row, reference, other) for other in no.others)
        return cls(row, reference, no.code, no.field or "", no.values, others)

    def each(self) -> tuple[RowRefusal, ...]:
        """All that is wrong with the row, one by one."""
        return (self, *self.others)
