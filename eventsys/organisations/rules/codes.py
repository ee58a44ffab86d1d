"""Why something about organisations is refused."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `organisations.texts`."""

    CVR_TAKEN = "cvr_taken"
