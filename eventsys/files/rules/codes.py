"""Why a file is refused."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `files.texts`. The values differ from those of features that list them."""

    FILE_MISSING = "sent_file_missing"
    FILE_EMPTY = "sent_file_empty"
    FILE_TOO_LARGE = "file_too_large"
    KIND_UNKNOWN = "file_kind_unknown"
    PICTURE_BROKEN = "picture_broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    PDF_BROKEN = "pdf_broken"
    PDF_LOCKED = "pdf_locked"
    PDF_ACTIVE = "pdf_active"
    NOT_A_PICTURE = "not_a_picture"
