"""Why something about applications is refused."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `applications.texts`."""

    # Of an act.
    NOT_NOW = "not_now"
    STALE = "stale"
    CALL_CLOSED = "call_closed"
    REASON_MISSING = "reason_missing"
    INCOMPLETE = "incomplete"
    CONSENT_MISSING = "consent_missing"
    ADDRESS_UNCONFIRMED = "address_unconfirmed"
    KNOWN_ALREADY = "known_already"
    ANNOUNCED_ALREADY = "announced_already"
    TOO_LATE_TO_RETURN = "too_late_to_return"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_YOURS = "not_yours"
    NO_PLACE = "no_place"
    HAS_OFFER = "has_offer"
    NO_OFFER = "no_offer"
    OFFER_EXPIRED = "offer_expired"
    NOBODY_WAITS = "nobody_waits"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    # Of a field.
    MISSING = "missing"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    CVR_WRONG = "cvr_wrong"
    EMAIL_WRONG = "email_wrong"
    PHONE_WRONG = "phone_wrong"
    LANGUAGE_UNKNOWN = "language_unknown"
    KIND_UNKNOWN = "kind_unknown"
    DAY_UNKNOWN = "day_unknown"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    NOT_YES_OR_NO = "not_yes_or_no"
    MOMENT_WRONG = "moment_wrong"
    ALLERGEN_UNKNOWN = "allergen_unknown"
    ALLERGENS_CONTRADICT = "allergens_contradict"
    TOO_MANY_DISHES = "too_many_dishes"
    DIET_UNKNOWN = "diet_unknown"
    # Of a row against the others and against what is there.
    REFERENCE_TWICE = "reference_twice"
    ORGANISATION_TWICE = "organisation_twice"
    HAS_OPEN_APPLICATION = "has_open_application"
    REFERENCE_TAKEN = "reference_taken"
    SAYS_OTHERWISE = "says_otherwise"
    ROW_REFUSED = "row_refused"
    ROW_UNREADABLE = "row_unreadable"
    CELLS_DIFFER = "cells_differ"
    # Of a file.
    FILE_EMPTY = "file_empty"
    FILE_BINARY = "file_binary"
    TOO_MANY_ROWS = "too_many_rows"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_TWICE = "column_twice"
