"""Which questions are shown, what an answer must look like, what is still missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventsys.base.refusals import Refusal
from eventsys.base.spreadsheet import number
from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.types import QuestionType

Value = str | bool | int | float | list[str]
YES, NO = "yes", "no"
CHOICES = frozenset({QuestionType.YES_NO, QuestionType.ONE_OF, QuestionType.SEVERAL_OF})
NUMBERS_BELOW = 10**9
MOST_DECIMALS = 4
DANISH_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the rules see it. `condition` is the key of an earlier one, `answers` those that show this one."""

    key: str
    type: QuestionType
    is_required: bool = False
    options: tuple[str, ...] = ()
    condition: str = ""
    answers: frozenset[str] = frozenset()


def possible_answers(one: Asked) -> tuple[str, ...]:
    """The answers that a condition may name: yes and no, or the keys of the options; none for what is typed."""
    return (YES, NO) if one.type is QuestionType.YES_NO else one.options if one.type in CHOICES else ()


def is_shown(one: Asked, kept: Mapping[str, Value]) -> bool:
    """Whether a question is put, after the answers that were kept for those before it."""
    if not one.condition:
        return True
    return one.condition in kept and bool(chosen_of(kept[one.condition]) & one.answers)


def reachable(asked: Sequence[Asked]) -> list[Asked]:
    """Those that some answers show: what hangs on a question, or an answer, that isn't put before it is left out."""
    found: dict[str, Asked] = {}
    for one in asked:
        before = found.get(one.condition)
        if not one.condition or (before and one.answers & set(possible_answers(before))):
            found[one.key] = one
    return list(found.values())


def chosen_of(value: Value) -> frozenset[str]:
    """What was chosen: yes or no, the keys of options; for what is typed, the words themselves."""
    if isinstance(value, list):
        return frozenset(value)
    return frozenset({YES if value else NO} if isinstance(value, bool) else {str(value)})


def kept(asked: Sequence[Asked], given: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that count: those to questions that are shown. What hangs on a hidden question is hidden too.

    In whatever order they are asked: a version that is asked no more keeps the place that it had, while others moved.
    """
    found: dict[str, Value] = {}
    while more := {
        one.key: given[one.key] for one in asked if one.key in given and one.key not in found and is_shown(one, found)
    }:
        found |= more
    return {one.key: found[one.key] for one in asked if one.key in found}


def unanswered(asked: Sequence[Asked], given: Mapping[str, Value]) -> list[str]:
    """The keys of required questions that are shown and have no answer; a hidden one is never among them."""
    found = kept(asked, given)
    return [one.key for one in asked if one.is_required and one.key not in found and is_shown(one, found)]


def read(one: Asked, typed: Collection[str]) -> Value | None:
    """What somebody typed or chose, as it is kept; None for nothing. Refused: NUMBER_WRONG, DATE_WRONG, CHOICE_WRONG."""
    words = [word for word in typed if word]
    if not words:
        return None
    if one.type in CHOICES:
        return _chosen(one, words)
    if one.type is QuestionType.NUMBER:
        return _number(words[0])
    return _date(words[0]) if one.type is QuestionType.DATE else words[0]


def _chosen(one: Asked, words: list[str]) -> Value:
    if not set(words) <= set(possible_answers(one)):
        raise Refusal(Code.CHOICE_WRONG)
    if one.type is QuestionType.SEVERAL_OF:
        return [option for option in one.options if option in words]
    return words[0] == YES if one.type is QuestionType.YES_NO else words[0]


def _number(typed: str) -> Value:
    found = number(typed)
    if found is None or abs(found) >= NUMBERS_BELOW or found != round(found, MOST_DECIMALS):
        raise Refusal(Code.NUMBER_WRONG)
    return int(found) if found == found.to_integral_value() else float(found)


def _date(typed: str) -> str:
    danish, iso = DANISH_DATE.fullmatch(typed), ISO_DATE.fullmatch(typed)
    parts = danish.groups()[::-1] if danish else iso.groups() if iso else ()
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    except ValueError:
        raise Refusal(Code.DATE_WRONG) from None


def fits(one: Asked, value: Value) -> bool:
    """Whether an answer to an older version may stand in the form of this one."""
    typed = value if isinstance(value, list) else [YES if value else NO] if isinstance(value, bool) else [str(value)]
    try:
        return read(one, typed) == value
    except Refusal:
        return False
