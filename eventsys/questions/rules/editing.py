"""What organisers may make of a question, and when a change needs a new version."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from eventsys.base.refusals import Refusal
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.rules.asking import Asked, possible_answers
from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.types import QuestionType

NEEDED = ("da", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a question says; texts by language, options and condition as the table keeps them."""

    type: QuestionType
    kind: Kind | None
    label: dict[str, str]
    help: dict[str, str]
    options: list[dict[str, Any]]
    is_required: bool
    shown_if: dict[str, Any]


def stamp(said: Said) -> str:
    """What tells whether a question still says what a page showed."""
    return sha256(json.dumps(asdict(said), sort_keys=True).encode()).hexdigest()[:16]


def repeats(said: Said, other: Said) -> bool:
    """Whether a question says what another one does, whatever keys its options got: somebody pressed twice."""
    labels = [[option["label"] for option in one.options] for one in (said, other)]
    return labels[0] == labels[1] and replace(said, options=[]) == replace(other, options=[])


def check(said: Said) -> None:
    """Whether it can be asked at all. Refused: LABEL_MISSING, OPTIONS_MISSING, OPTION_LABEL_MISSING."""
    for language in NEEDED:
        if not said.label.get(language):
            raise Refusal(Code.LABEL_MISSING, field=f"label_{language}")
    if said.type not in {QuestionType.ONE_OF, QuestionType.SEVERAL_OF}:
        return
    if len(said.options) < 2:
        raise Refusal(Code.OPTIONS_MISSING)
    if not all(option["label"].get(language) for option in said.options for language in NEEDED):
        raise Refusal(Code.OPTION_LABEL_MISSING)


def check_order(asked: Sequence[Asked]) -> None:
    """Each condition names answers of a question that comes earlier: so there can be no circle. Refused: CONDITION_WRONG."""
    before: dict[str, tuple[str, ...]] = {}
    for one in asked:
        if one.condition and not (one.answers and one.answers <= set(before.get(one.condition, ()))):
            raise Refusal(Code.CONDITION_WRONG, field="condition")
        before[one.key] = possible_answers(one)


def hanging_on(asked: Sequence[Asked], key: str, *, staying: Collection[str] = ()) -> list[str]:
    """The keys of those that are shown only after an answer to a question; with answers that stay, after one that wouldn't."""
    return [one.key for one in asked if one.condition == key and not one.answers <= set(staying)]


def is_same(one: Said, other: Said) -> bool:
    """Whether two questions ask the same, so that an answer to one answers the other: in every language that both speak.

    Whom they are put to, and when, may differ.
    """
    keys = [option["key"] for option in one.options] == [option["key"] for option in other.options]
    pairs = [(one.label, other.label), (one.help, other.help)]
    pairs += [(mine["label"], theirs["label"]) for mine, theirs in zip(one.options, other.options, strict=False)]
    return one.type is other.type and keys and all(_agree(mine, theirs) for mine, theirs in pairs)


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    shared = one.keys() & other.keys()
    return bool(shared) == bool(one or other) and all(one[language] == other[language] for language in shared)


def is_harmless(old: Said, new: Said) -> bool:
    """Whether a change may be made under answers: it adds languages, and every word that was there stays."""
    same = (old.type, old.kind, old.is_required, old.shown_if) == (new.type, new.kind, new.is_required, new.shown_if)
    keys = [option["key"] for option in old.options] == [option["key"] for option in new.options]
    pairs = [(old.label, new.label), (old.help, new.help)]
    pairs += [(one["label"], other["label"]) for one, other in zip(old.options, new.options, strict=False)]
    return same and keys and all(_adds_only(one, other) for one, other in pairs)


def _adds_only(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    # A first help text isn't a translation: it could tell those who come later something else.
    return (bool(old) or not new) and all(new.get(language) == text for language, text in old.items())
