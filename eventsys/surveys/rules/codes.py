"""Why something about surveys is refused."""

from __future__ import annotations

from enum import StrEnum

from eventsys.base.reading import ReadingCodes


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `surveys.texts`."""

    # Of an instrument.
    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_WRONG = "field_wrong"
    KEY_TWICE = "key_twice"
    NO_ITEMS = "no_items"
    OPTIONS_MISSING = "options_missing"
    OPTIONS_NOT_WANTED = "options_not_wanted"
    NOTHING_POSITIVE = "nothing_positive"
    POSITIVE_WITHOUT_OPINION = "positive_without_opinion"
    RANGE_EMPTY = "range_empty"
    TEXT_OF_LANGUAGE_MISSING = "text_of_language_missing"
    SHOWN_IF_UNKNOWN = "shown_if_unknown"
    PUBLISHED_NEVER_CHANGES = "published_never_changes"
    NOT_PUBLISHED = "not_published"
    # Of building one.
    KEY_WRONG = "key_wrong"
    KEY_RESERVED = "key_reserved"
    KEY_TAKEN = "key_taken"
    NAME_MISSING = "name_missing"
    TEXT_MISSING = "text_missing"
    OPTIONS_IN_USE = "options_in_use"
    IN_USE = "in_use"
    ORDER_WRONG = "order_wrong"
    CONDITION_OF_TWO = "condition_of_two"
    CONDITION_GONE = "condition_gone"
    CHANGED_SINCE = "changed_since"
    DRAFT_THERE = "draft_there"
    NONE_CHOSEN = "none_chosen"
    # Of an answer.
    OPTION_UNKNOWN = "option_unknown"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    TEXT_TOO_LONG = "text_too_long"
    ANSWER_REQUIRED = "answer_required"
    NOT_ASKED_OF_AUDIENCE = "not_asked_of_audience"
    NOTHING_ANSWERED = "nothing_answered"
    # Of a file of answers.
    NOT_UTF8 = "not_utf8"
    NO_ROWS = "no_rows"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_TWICE = "column_twice"
    ROW_UNREADABLE = "row_unreadable"
    CELLS_DIFFER = "cells_differ"
    AUDIENCE_UNKNOWN = "audience_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"
    BREAKDOWN_UNKNOWN = "breakdown_unknown"
    ROWS_ARE_BAD = "rows_are_bad"
    NO_FILE = "no_file"
    FILE_TOO_LARGE = "file_too_large"
    # Of forms on paper.
    NOT_TYPED_NOW = "not_typed_now"
    ORGANISATION_MISSING = "organisation_missing"
    ORGANISATION_ANSWERED = "organisation_answered"
    # Of asking.
    CLOSED = "closed"
    NOT_OPEN = "not_open"
    NOTHING_TO_ASK = "nothing_to_ask"
    ANONYMITY_STAYS = "anonymity_stays"
    ORDER_OF_TIMES = "order_of_times"
    ORDER_OF_REMINDERS = "order_of_reminders"
    REMINDERS_USED = "reminders_used"
    REMINDED_LATELY = "reminded_lately"
    EMAIL_WRONG = "email_wrong"
    NOBODY_THERE = "nobody_there"
    NOT_BY_NAME = "not_by_name"
    NOT_FROM_A_LIST = "not_from_a_list"
    LIST_EMPTY = "list_empty"
    LIST_TOO_LONG = "list_too_long"
    # Of a tag.
    TAG_EMPTY = "tag_empty"
    TAG_TOO_LONG = "tag_too_long"
    # Of how sure a figure is.
    POPULATION_EMPTY = "population_empty"
    NO_ANSWERS = "no_answers"
    COUNTS_DISAGREE = "counts_disagree"
    # Of a command.
    NO_SUCH_INSTRUMENT = "no_such_instrument"
    NO_SUCH_SURVEY = "no_such_survey"


READING = ReadingCodes(missing=Code.FIELD_MISSING, unknown=Code.FIELD_UNKNOWN, wrong=Code.FIELD_WRONG)
