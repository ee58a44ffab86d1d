"""The types of questions."""

from __future__ import annotations

from enum import StrEnum


class QuestionType(StrEnum):
    """What sort of answer a question takes."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    DATE = "date"
