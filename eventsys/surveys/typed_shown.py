"""The page on which forms on paper are typed in: all questions of an audience at once, with the keys that choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eventsys.base.refusals import Refusal
from eventsys.surveys import queries
from eventsys.surveys.building_shown import condition_of
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.answering import Given, read_form
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.rules.paper import breakdowns_of
from eventsys.surveys.rules.values import AnswerValue
from eventsys.surveys.sheet_shown import Choice, Question, question_of
from eventsys.surveys.texts import BREAKDOWN_WORDS, BREAKDOWNS


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """A question with what it hangs on: in words, and as the item and the answers that lead to it."""

    question: Question
    condition: str
    shown_if: str
    answers: str


@dataclass(frozen=True, slots=True)
class Typing:
    """A form as it stands on the page, and what it comes to."""

    questions: tuple[TypedQuestion, ...]
    stated_questions: tuple[Question, ...]
    values: dict[str, AnswerValue]
    stated: dict[str, str]
    refused: dict[str, Refusal]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered, so that there is nothing to take in."""
        return not self.values and not self.refused


def typing_of(survey: Survey, audience: Audience, given: Given) -> Typing:
    """The page for an audience with what was typed."""
    instrument = queries.as_rules(survey.instrument)
    items = instrument.items_for(audience)
    reading = read_form(items, given)
    questions = tuple(
        TypedQuestion(
            question_of(item, given),
            condition_of(instrument, item),
            item.shown_if.item if item.shown_if else "",
            " ".join(item.shown_if.values) if item.shown_if else "",
        )
        for item in items
    )
    breakdowns = breakdowns_of(instrument, audience)
    stated = {one.value: _said(given, one.value) for one in breakdowns}
    return Typing(
        questions,
        tuple(_stated_question(one.value, stated[one.value]) for one in breakdowns),
        reading.values,
        {name: word for name, word in stated.items() if word},
        reading.refused,
    )


def what_is_wrong(typing: Typing) -> Mapping[str, Refusal]:
    """Why a form can't be taken in, by the question's key; empty where it can."""
    if typing.is_empty and typing.questions:
        return {typing.questions[0].question.key: Refusal(Code.NOTHING_ANSWERED)}
    return typing.refused


def _said(given: Given, name: str) -> str:
    word = (given.get(name) or ("",))[0]
    return word if word in BREAKDOWN_WORDS else ""


def _stated_question(name: str, said: str) -> Question:
    choices = tuple(Choice(value, str(word), value == said, is_apart=False) for value, word in BREAKDOWN_WORDS.items())
    return Question(name, "single", str(BREAKDOWNS[name]), "", choices, "", is_required=False)
