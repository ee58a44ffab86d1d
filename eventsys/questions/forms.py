"""The form that applicants answer, made from an edition's questions, and the one in which organisers write a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField

from eventsys.base import fields
from eventsys.base.fields import CheckboxesField, Form, Needed
from eventsys.base.i18n import LANGUAGES, in_language, listed
from eventsys.base.ids import new_code
from eventsys.base.refusals import Refusal
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY
from eventsys.questions.models import Question
from eventsys.questions.queries import asked
from eventsys.questions.rules.asking import CHOICES, Value, is_shown, possible_answers, read
from eventsys.questions.rules.editing import Said
from eventsys.questions.rules.types import QuestionType
from eventsys.questions.texts import TEXTS, TYPES

MOST_OPTIONS = 30
EMPTY_ROWS = 3
WORDS = {"yes": _("Yes"), "no": _("No")}


def answer_words(question: Question) -> dict[str, str]:
    """What the answers to choose from are called, in the reader's language, by key."""
    own = {option["key"]: in_language(option["label"]) for option in question.options}
    return own if question.options else {key: str(WORDS[key]) for key in possible_answers(asked(question))}


class AnswersForm(Form):
    """One field for each question; `given` has what counts once it is valid."""

    questions: tuple[Question, ...] = ()

    def answer_fields(self) -> list[Any]:
        """The fields in the order of the questions."""
        return [self[named(question)] for question in self.questions]

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
    put = tuple(questions)
    made = {named(question): _field(question, put) for question in put}
    kind: Any = type("AnswersFormHere", (AnswersForm,), {**made, "questions": put})
    return kind(data={named(one): _typed(kept[one.key]) for one in put if one.key in kept})  # type: ignore[no-any-return]


def _typed(value: Value) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, list) else str(value)


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
    answers = listed(f"“{words[key]}”" for key in question.shown_if["answers"] if key in words)
    sentence: str = gettext(
        "Only if you answered %(answers)s to “%(question)s”.", answers=answers, question=in_language(before.label)
    )
    return sentence


class OptionForm(wtforms.Form):
    key = HiddenField()
    da = fields.line(_("Danish"))
    en = fields.line(_("English"))
    ar = fields.line(_("Arabic"))


class QuestionForm(Form):
    label_da = fields.line(_("Question in Danish"), Needed())
    label_en = fields.line(_("Question in English"), Needed())
    label_ar = fields.line(_("Question in Arabic"))
    help_da = fields.text(_("Help in Danish"), longest=500)
    help_en = fields.text(_("Help in English"), longest=500)
    help_ar = fields.text(_("Help in Arabic"), longest=500)
    type = SelectField(_("Sort of answer"), choices=list(TYPES.items()))
    kind = SelectField(_("Put to"), validate_choice=False)
    is_required = BooleanField(_("It must be answered before sending"))
    options = FieldList(FormField(OptionForm), max_entries=MOST_OPTIONS)
    condition = CheckboxesField(
        _("Shown only after one of these answers"),
        validate_choice=False,
        description=_("Leave all empty to show it always. Choose answers of one question only."),
    )

    def offer(self, earlier: Iterable[Question]) -> None:
        """Set the choices, with the answers of the questions that come earlier."""
        self.kind.choices = [("", str(_("all"))), *((key.value, str(word)) for key, word in KINDS_OF_MANY.items())]
        self.condition.choices = [
            (f"{one.key}={key}", f"{in_language(one.label)}: {word}")
            for one in earlier
            for key, word in answer_words(one).items()
        ]

    def told(self) -> Said:
        """What was written; rows without any word are left out."""
        kind = self.type.data
        return Said(
            type=QuestionType(kind),
            kind=Kind(self.kind.data) if self.kind.data in list(Kind) else None,
            label=_by_language(self, "label_"),
            help=_by_language(self, "help_"),
            options=self._options() if kind in {QuestionType.ONE_OF, QuestionType.SEVERAL_OF} else [],
            is_required=self.is_required.data,
            shown_if=self._condition(),
        )

    def _options(self) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for row in self.options:
            label = _by_language(row.form, "")
            key = row.form.key.data
            if label:
                fresh = new_code().lower()
                key = key if key and key.isalnum() and len(key) < MOST_OPTIONS and key not in found else fresh
                found[key] = {"key": key, "label": label}
        return list(found.values())

    def _condition(self) -> dict[str, Any]:
        pairs = [chosen.partition("=") for chosen in self.condition.data or []]
        keys = {key for key, _sign, _answer in pairs}
        if not pairs:
            return {}
        # Answers of two questions name no question: the rules refuse it.
        return {"key": keys.pop() if len(keys) == 1 else "?", "answers": [answer for _key, _sign, answer in pairs]}


def _by_language(form: Any, start: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := form[f"{start}{code}"].data)}


def question_form(question: Question | None, earlier: Iterable[Question]) -> QuestionForm:
    """The form with what a question says, or an empty one."""
    form = QuestionForm(data=_said(question) if question else {"kind": ""})
    form.offer(earlier)
    if not form.is_submitted():
        for _row in range(EMPTY_ROWS):
            form.options.append_entry()
    return form


def _said(question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {f"label_{code}": text for code, text in question.label.items()}
    said |= {f"help_{code}": text for code, text in question.help.items()}
    said["options"] = [{"key": option["key"], **option["label"]} for option in question.options]
    condition = question.shown_if
    said["condition"] = [f"{condition['key']}={answer}" for answer in condition["answers"]] if condition else []
    return {**said, "type": question.type.value, "kind": question.kind or "", "is_required": question.is_required}
