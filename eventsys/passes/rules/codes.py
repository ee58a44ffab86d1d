"""Why something about passes is refused."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `passes.texts`."""

    PASS_FIELD_RANGE = "pass_field_range"  # noqa: S105 - a pass of the festival, no password
    SHORT_CODE_LENGTH = "short_code_length"
    SHORT_CODE_SYMBOL = "short_code_symbol"
    SHORT_CODE_CHECK = "short_code_check"
    SHORT_CODE_RANGE = "short_code_range"
    KEY_FILE_MALFORMED = "key_file_malformed"
    KEY_LENGTH = "key_length"
    KEYS_EXHAUSTED = "keys_exhausted"
    KEY_MISMATCH = "key_mismatch"
    KEY_UNKNOWN = "key_unknown"
    KEY_SIGNS = "key_signs"
    KEYS_FROM_ENVIRONMENT = "keys_from_environment"
    DAY_UNKNOWN = "day_unknown"
    COUNT = "count"
    NOT_APPROVED = "not_approved"
    NO_SUCH_PASS = "no_such_pass"  # noqa: S105 - a pass of the festival, no password
    ALREADY_REVOKED = "already_revoked"
    VECTORS_MALFORMED = "vectors_malformed"
    EMAIL_WRONG = "email_wrong"
    EMAIL_MISSING = "email_missing"
    NAMES_TOO_MANY = "names_too_many"
    NAME_TOO_LONG = "name_too_long"
    PEOPLE = "people"
    DAYS_MISSING = "days_missing"
    DAY_NOT_OFFERED = "day_not_offered"
    DAY_FULL = "day_full"
    DAY_NEARLY_FULL = "day_nearly_full"
    SIGN_UP_CLOSED = "sign_up_closed"
    LIMIT = "limit"
    LIST_UNREADABLE = "list_unreadable"
    COLUMN_MISSING = "column_missing"
    ROWS = "rows"
    KIND_UNKNOWN = "kind_unknown"
    HAS_OTHER_DAYS = "has_other_days"
    LINK_OVER = "link_over"
    LINK_EMPTY = "link_empty"
