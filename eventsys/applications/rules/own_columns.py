"""An edition's own questions as columns of a spreadsheet: what a cell answers, by the words or the keys of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eventsys.applications.rules import fields
from eventsys.applications.rules.codes import Code
from eventsys.base.refusals import Refusal
from eventsys.base.spreadsheet import yes_or_no
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key
from eventsys.questions.rules.asking import Asked, Value, is_shown, read
from eventsys.questions.rules.types import QuestionType

QUESTION = "question:"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnColumn:
    """A question as it is asked now: the key of its version, to whom it is put, its answers by their folded words."""

    version_id: int
    asked: Asked
    kind: Kind | None
    # What it is called, in every language, and in the reader's.
    labels: tuple[str, ...]
    label: str
    # Folded words and keys of the answers → the key; and how they are listed for people.
    answers: Mapping[str, str]
    known: str

    @property
    def name(self) -> str:
        """What its column is called."""
        return f"{QUESTION}{self.asked.key}"


def answers_of(
    cells: Mapping[str, str], own: Mapping[str, OwnColumn], kind: Kind | None
) -> tuple[dict[int, Value], list[Refusal]]:
    """What a row answers, by the version of the question, and what is wrong with it.

    Refused: QUESTION_OF_OTHERS, QUESTION_HIDDEN, NOT_YES_OR_NO, ANSWER_UNKNOWN, TOO_LONG, CONTROL_CHARACTER, those of `asking.read`.
    """
    given: dict[str, Value] = {}
    refused = []
    for name, column in own.items():
        cell = cells.get(name, "")
        if not cell:
            continue
        try:
            if column.kind is not None and kind is not None and column.kind is not kind:
                raise Refusal(Code.QUESTION_OF_OTHERS, field=name)
            if not is_shown(column.asked, given):
                raise Refusal(Code.QUESTION_HIDDEN, field=name)
            value = _read(cell, column)
        except Refusal as no:
            refused.append(Refusal(no.code, name, **no.values))
        else:
            given.update({column.asked.key: value} if value is not None else {})
    return {column.version_id: given[column.asked.key] for column in own.values() if column.asked.key in given}, refused


def _read(cell: str, column: OwnColumn) -> Value | None:
    sort = column.asked.type
    if sort is QuestionType.YES_NO:
        answer = yes_or_no(cell)
        if answer is None:
            raise Refusal(Code.NOT_YES_OR_NO, value=cell[: fields.SHOWN])
        return answer
    if sort is QuestionType.ONE_OF:
        return _answer(cell, column)
    if sort is QuestionType.SEVERAL_OF:
        return read(column.asked, _several(cell, column))
    longest = fields.LONGEST_TEXT if sort is QuestionType.LONG_TEXT else fields.LONGEST
    return read(column.asked, [fields.line_of(cell, column.name, longest=longest)])


def _several(cell: str, column: OwnColumn) -> list[str]:
    """Answers parted by commas, semicolons or lines; one that has a comma in its own words may stand alone."""
    if name_key(cell) in column.answers:
        return [_answer(cell, column)]
    parts = cell.replace(";", ",").replace("\n", ",").split(",")
    return [_answer(part, column) for part in parts if part.strip()]


def _answer(written: str, column: OwnColumn) -> str:
    key = column.answers.get(name_key(written))
    if key is None:
        raise Refusal(Code.ANSWER_UNKNOWN, value=written.strip()[: fields.SHOWN], known=column.known)
    return key
