"""How questions say no."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Each has its sentence in `texts`."""

    LABEL_MISSING = "label_missing"
    OPTIONS_MISSING = "options_missing"
    OPTION_LABEL_MISSING = "option_label_missing"
    CONDITION_WRONG = "condition_wrong"
    CONDITION_KIND = "condition_kind"
    CONDITION_GONE = "condition_gone"
    IN_USE = "in_use"
    ANSWERS_IN_USE = "answers_in_use"
    KIND_IN_USE = "kind_in_use"
    ORDER_WRONG = "order_wrong"
    RETIRED = "retired"
    CHANGED_SINCE = "changed_since"
    NUMBER_WRONG = "number_wrong"
    DATE_WRONG = "date_wrong"
    CHOICE_WRONG = "choice_wrong"
