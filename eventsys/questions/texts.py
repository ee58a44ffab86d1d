"""The sentences for the codes of `rules`, and the words for types."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.questions.rules.codes import Code
from eventsys.questions.rules.types import QuestionType

TEXTS: dict[StrEnum, Any] = {
    Code.LABEL_MISSING: _("Write the question in Danish and in English."),
    Code.OPTIONS_MISSING: _("Write at least two answers to choose from."),
    Code.OPTION_LABEL_MISSING: _("Write each answer in Danish and in English."),
    Code.CONDITION_WRONG: _("A condition names answers of one question that comes earlier and that has these answers."),
    Code.CONDITION_KIND: _("The question that it hangs on isn't put to all who are asked this one."),
    Code.CONDITION_GONE: _(
        "It is shown only after certain answers to %(questions)s, which is asked no more, or no longer has these answers."
    ),
    Code.IN_USE: _(
        "These are shown only after certain answers to this question: %(questions)s. First change when they are shown, or take them away."
    ),
    Code.ANSWERS_IN_USE: _(
        "These are shown only after answers that this question would no longer have: %(questions)s. First change when they are shown."
    ),
    Code.KIND_IN_USE: _(
        "These are shown only after certain answers to this question, and would be put to more than it: %(questions)s. First change whom they are put to."
    ),
    Code.ORDER_WRONG: _("A question comes after the one whose answers show it: %(questions)s."),
    Code.RETIRED: _("There is a newer version of this question, or it is asked no more."),
    Code.CHANGED_SINCE: _(
        "Somebody has changed this question since you opened it. Look at it in another window; what you keep now takes the place of that."
    ),
    Code.NUMBER_WRONG: _("Write a number, such as 3 or 3,5."),
    Code.DATE_WRONG: _("Write a date, such as 27.8.2027."),
    Code.CHOICE_WRONG: _("Choose one of the answers on the page."),
}
TYPES = {
    QuestionType.SHORT_TEXT: _("A line of text"),
    QuestionType.LONG_TEXT: _("A longer text"),
    QuestionType.NUMBER: _("A number"),
    QuestionType.YES_NO: _("Yes or no"),
    QuestionType.ONE_OF: _("One of several answers"),
    QuestionType.SEVERAL_OF: _("Any of several answers"),
    QuestionType.DATE: _("A date"),
}
