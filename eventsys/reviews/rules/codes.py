"""Why something about reviews is refused."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `reviews.texts`."""

    NAME_MISSING = "name_missing"
    SCORE_WRONG = "score_wrong"
    NOTHING_SAID = "nothing_said"
    NOT_UNDER_REVIEW = "not_under_review"
