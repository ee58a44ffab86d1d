"""Form fields that several features share: clean text, numbers as Danes write them, groups of checkboxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from eventsys.base.spreadsheet import number

LONGEST_LINE = 200
LONGEST_TEXT = 2000
TOO_LONG = _("This is too long: use at most %(max)d characters.")
NOT_A_NUMBER = _("Write a number, such as 2,5.")
NOT_WHOLE = _("Write a whole number, such as 12.")
ARABIC_COMMA, MINUS = "\u066b", "\u2212"


def _is_kept(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}


def clean_line(text: str | None) -> str:
    """One line of text: composed, without control characters, single spaces."""
    return " ".join(clean_text(text).split())


def clean_text(text: str | None) -> str:
    """Text of several lines: composed, without control characters, no blank at its ends."""
    composed = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\t", " "))
    return "".join(filter(_is_kept, composed)).strip()


class Needed:
    """Marks a field as wanted without refusing an empty one: a half-filled step is kept, sending asks for the rest."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the instance

    def __call__(self, _form: object, _field: object) -> None:
        """Take anything."""


def line(label: Any, *validators: Callable[..., Any], longest: int = LONGEST_LINE, **options: Any) -> Any:
    """A field for one line of clean text."""
    return StringField(
        label, validators=[*validators, Length(max=longest, message=TOO_LONG)], filters=[clean_line], **options
    )


def text(label: Any, *validators: Callable[..., Any], longest: int = LONGEST_TEXT, **options: Any) -> Any:
    """A field for several lines of clean text."""
    return TextAreaField(
        label, validators=[*validators, Length(max=longest, message=TOO_LONG)], filters=[clean_text], **options
    )


class CheckboxesField(SelectMultipleField):
    """Several of a few, each with its checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def number_in(typed: str) -> Decimal | None:
    """The number that was typed, with a comma or a point, in digits of any script; None for nothing. ValueError."""
    packed = clean_line(typed).replace(ARABIC_COMMA, ",").replace(MINUS, "-")
    if not packed:
        return None
    found = number(packed)
    if found is None:
        raise ValueError(str(NOT_A_NUMBER))
    return found


class DecimalField(Field):
    """A number as people write it; `data` is a Decimal or None."""

    widget = TextInput()
    data: Decimal | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format(self.data.normalize(), "f").replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; ValueError with a sentence when it is no number."""
        self.data = None
        if valuelist:
            self.data = number_in(valuelist[0])


class WholeField(Field):
    """A whole number; `data` is an int or None."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; ValueError with a sentence when it is no whole number."""
        self.data = None
        found = number_in(valuelist[0]) if valuelist else None
        if found is None:
            return
        if found != found.to_integral_value():
            raise ValueError(str(NOT_WHOLE))
        self.data = int(found)
