"""The form in which organisers write a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField

from eventsys.base import fields
from eventsys.base.fields import CheckboxesField, Form, Needed
from eventsys.base.i18n import LANGUAGES, in_language
from eventsys.base.ids import new_code
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY
from eventsys.questions.models import Question
from eventsys.questions.queries import said_by
from eventsys.questions.rules.editing import Said, stamp
from eventsys.questions.rules.types import QuestionType
from eventsys.questions.shown import answer_words
from eventsys.questions.texts import TYPES

MOST_OPTIONS = 30
EMPTY_ROWS = 3


class OptionForm(wtforms.Form):
    key = HiddenField()
    da = fields.line(_("Danish"), Needed())
    en = fields.line(_("English"), Needed())
    ar = fields.line(_("Arabic"))


class QuestionForm(Form):
    # The stamp of what the question said when the page was opened.
    seen = HiddenField()
    label_da = fields.line(_("Question in Danish"), Needed())
    label_en = fields.line(_("Question in English"), Needed())
    label_ar = fields.line(_("Question in Arabic"))
    help_da = fields.text(_("Help in Danish"), longest=500)
    help_en = fields.text(_("Help in English"), longest=500)
    help_ar = fields.text(_("Help in Arabic"), longest=500)
    type = SelectField(_("Sort of answer"), choices=list(TYPES.items()))
    kind = SelectField(_("Put to"), validate_choice=False)
    is_required = BooleanField(_("It must be answered before sending"))
    options = FieldList(FormField(OptionForm), _("Answers to choose from"), max_entries=MOST_OPTIONS)
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

    def rearrange(self, pressed: Mapping[str, str]) -> bool:
        """Add a row of an answer, or take one away, where a button for that was pressed; whether one was. All typed stays."""
        rows = self.options.entries
        if "add_row" in pressed:
            if self.has_room:
                self.options.append_entry()
        elif "remove_row" in pressed:
            rows[:] = [row for row in rows if row.name != pressed["remove_row"]]
        else:
            return False
        return True

    @property
    def blank(self) -> OptionForm:
        """A row without words, which the page's script copies; it puts the number of the row where ROW stands."""
        return OptionForm(prefix="options-ROW-")

    @property
    def has_room(self) -> bool:
        """Whether one more row of an answer can be added."""
        return len(self.options.entries) < MOST_OPTIONS

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
        for _row in range(min(EMPTY_ROWS, MOST_OPTIONS - len(form.options.entries))):
            form.options.append_entry()
    return form


def _said(question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {"seen": stamp(said_by(question))}
    said |= {f"label_{code}": text for code, text in question.label.items()}
    said |= {f"help_{code}": text for code, text in question.help.items()}
    said["options"] = [{"key": option["key"], **option["label"]} for option in question.options]
    condition = question.shown_if
    said["condition"] = [f"{condition['key']}={answer}" for answer in condition["answers"]] if condition else []
    return {**said, "type": question.type.value, "kind": question.kind or "", "is_required": question.is_required}
