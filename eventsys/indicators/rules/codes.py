"""Why something about indicators is refused."""

from __future__ import annotations

from enum import StrEnum

from eventsys.base.reading import ReadingCodes


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `indicators.texts`."""

    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_WRONG = "field_wrong"
    POPULATION_EMPTY = "population_empty"
    NO_ANSWERS = "no_answers"
    COUNTS_DISAGREE = "counts_disagree"
    TARGET_NOT_POSITIVE = "target_not_positive"
    TARGET_ABOVE_HUNDRED = "target_above_hundred"
    TARGET_NOT_WHOLE = "target_not_whole"
    TARGET_UNIT = "target_unit"
    UNIT_OF_MEASURE = "unit_of_measure"
    POPULATION_NOT_KNOWN = "population_not_known"
    BASE_YEAR_SAME = "base_year_same"
    INPUTS_OF_OTHER_MEASURE = "inputs_of_other_measure"
    KEY_TWICE = "key_twice"
    NO_SUCH_INDICATOR = "no_such_indicator"
    NOT_AN_INTERVAL = "not_an_interval"
    ITEM_GONE = "item_gone"
    NUMBER_UNREADABLE = "number_unreadable"
    IS_FROZEN = "is_frozen"
    FIELD_NEEDED = "field_needed"
    AMOUNT_OUT_OF_BOUNDS = "amount_out_of_bounds"
    AMOUNT_NOT_WHOLE = "amount_not_whole"
    AMOUNT_UNREADABLE = "amount_unreadable"
    TOO_LONG = "too_long"
    FILE_NOT_TEXT = "file_not_text"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    ROW_UNREADABLE = "row_unreadable"
    KIND_UNKNOWN = "kind_unknown"
    QUALITY_UNKNOWN = "quality_unknown"
    DATE_UNREADABLE = "date_unreadable"
    YEAR_OUT_OF_BOUNDS = "year_out_of_bounds"


READING = ReadingCodes(missing=Code.FIELD_MISSING, unknown=Code.FIELD_UNKNOWN, wrong=Code.FIELD_WRONG)
