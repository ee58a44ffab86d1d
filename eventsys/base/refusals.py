"""How the program says no: a code with values, never a sentence."""

from __future__ import annotations

from enum import StrEnum


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """A rule said no.

    `code` is a member of the feature's one StrEnum; `field` the form field it concerns, if any;
    `values` fill the placeholders of the sentence that the feature's `texts.py` holds for the code.
    """

    def __init__(self, code: StrEnum, field: str | None = None, **values: object) -> None:
        super().__init__(f"{code.value}{f' ({field})' if field else ''}")
        self.code = code
        self.field = field
        self.values = values
