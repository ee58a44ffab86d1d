"""The form that applicants answer, made from an edition's questions, and the words for its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField

from eventsys.base import fields
from eventsys.base.fields import CheckboxesField, Form, Needed
from eventsys.base.i18n import in_language, listed, long_date, plain_number, quoted
from eventsys.base.refusals import Refusal
from eventsys.questions.models import Question
from eventsys.questions.queries import asked
from eventsys.questions.rules.asking import CHOICES, Value, is_shown, possible_answers, reachable, read
from eventsys.questions.rules.types import QuestionType
from eventsys.questions.texts import TEXTS

WORDS = {"yes": _("Yes"), "no": _("No")}


def answer_words(question: Question) -> dict[str, str]:
    """What the answers to choose from are called, in the reader's language, by key."""
    own = {option["key"]: in_language(option["label"]) for option in question.options}
    return own if question.options else {key: str(WORDS[key]) for key in possible_answers(asked(question))}


def question_label(question: Question) -> str:
    """What a question is called, with the number of its version where there was another one."""
    label = in_language(question.label)
    if question.version == 1:
        return label
    return str(gettext("%(question)s (version %(number)s)", question=label, number=question.version))


def answer_said(question: Question, value: Value | None) -> str:
    """An answer in the reader's words; empty for none."""
    words = answer_words(question)
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, list):
        return listed(words[key] for key in value)
    if isinstance(value, int | float):
        return str(format_decimal(value))
    if value and question.type is QuestionType.DATE:
        return long_date(date.fromisoformat(value))
    return words.get(value or "", value or "")


class AnswersForm(Form):
    """One field for each question; `given` has what counts once it is valid."""

    questions: tuple[Question, ...] = ()

    def answer_fields(self) -> list[Any]:
        """The fields in the order of the questions."""
        return [self[named(question)] for question in self.questions]

    def hanging_fields(self) -> list[tuple[Any, str, list[str]]]:
        """The fields in their order, each with the name of the field that it hangs on (empty for none) and its answers."""
        names = {question.key: named(question) for question in self.questions}
        return [
            (self[named(one)], names.get(one.shown_if.get("key", ""), ""), one.shown_if.get("answers", []))
            for one in self.questions
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every answer that is asked for; what hangs on another answer that wasn't given is passed over."""
        super().validate(extra_validators)
        self.given: dict[str, Value] = {}
        for question in self.questions:
            field, one = self[named(question)], asked(question)
            if not is_shown(one, self.given):
                field.errors = []
                continue
            try:
                value = read(one, field.data if isinstance(field.data, list) else [field.data or ""])
            except Refusal as refusal:
                field.errors = [*field.errors, TEXTS[refusal.code]]
            else:
                if value is not None:
                    self.given[question.key] = value
        return not self.errors

    def told(self) -> dict[str, Value]:
        """The answers by the key of their question."""
        return self.given


def named(question: Question) -> str:
    """The name of a question's field: by version, so that no answer gets to words that weren't read."""
    return f"q_{question.code}"


def answers_form(questions: Iterable[Question], kept: Mapping[str, Value]) -> AnswersForm:
    """The form for these questions, with what was answered before, by key."""
    every = tuple(questions)
    shown = {one.key for one in reachable([asked(one) for one in every])}
    # Put to an application as it was sent, a question may hang on what came later: its form never could show it.
    put = tuple(one for one in every if one.key in shown)
    made = {named(question): _field(question, put) for question in put}
    kind: Any = type("AnswersFormHere", (AnswersForm,), {**made, "questions": put})
    return kind(data={named(one): _typed(kept[one.key]) for one in put if one.key in kept})  # type: ignore[no-any-return]


def _typed(value: Value) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return plain_number(value)
    return value


def _field(question: Question, put: Sequence[Question]) -> Any:
    label, hint = (
        in_language(question.label),
        " ".join(filter(None, [in_language(question.help), _when(question, put)])),
    )
    checks = [Needed()] if question.is_required else []
    if question.type is QuestionType.LONG_TEXT:
        return fields.text(label, *checks, description=hint)
    if question.type not in CHOICES:
        return fields.line(label, *checks, description=hint)
    choices = list(answer_words(question).items())
    if question.type is QuestionType.SEVERAL_OF:
        return CheckboxesField(label, checks, choices=choices, description=hint, validate_choice=False)
    if not question.is_required:
        choices.append(("", gettext("No answer")))
    return RadioField(label, checks, choices=choices, description=hint, validate_choice=False)


def _when(question: Question, put: Sequence[Question]) -> str:
    before = next((one for one in put if one.key == question.shown_if.get("key")), None)
    if before is None:
        return ""
    words = answer_words(before)
    answers = listed(quoted(words[key]) for key in question.shown_if["answers"] if key in words)
    sentence: str = gettext(
        "Only if you answered %(answers)s to “%(question)s”.", answers=answers, question=in_language(before.label)
    )
    return sentence
