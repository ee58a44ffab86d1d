"""Form fields that several features share: clean text, typed numbers, groups of checkboxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import wtforms
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

LONGEST_LINE = 200
LONGEST_TEXT = 2000
TOO_LONG = _("This is too long: use at most %(max)d characters.")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Persian, Hindi and others are written with these, and mixed directions are put right with them.
JOINERS_AND_MARKS = frozenset("\u200c\u200d\u200e\u200f\u061c")

if TYPE_CHECKING:

    class Form(wtforms.Form):
        """What forms inherit from, as type checkers see it."""

        def is_submitted(self) -> bool:
            """Whether it was sent."""

        def validate_on_submit(self) -> bool:
            """Whether it was sent and is sound."""

else:

    class Form(FlaskForm):
        """What forms inherit from."""

        class Meta(FlaskForm.Meta):
            """How what was sent is read."""

            def wrap_formdata(self, form, formdata):
                """What was sent, without characters that no page can hold: a field that is refused shows what was typed."""
                return _holdable(super().wrap_formdata(form, formdata))


# Controls but tab, line feed and carriage return, and codes that are no characters: HTML has no place for them.
_UNHOLDABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF]
)
_MOST_DIGITS = 15


def _holdable(sent: Any) -> Any:
    if not sent:
        return sent
    pairs = [(name, value) for name in sent for value in sent.getlist(name)]
    return MultiDict((name, value.translate(_UNHOLDABLE) if isinstance(value, str) else value) for name, value in pairs)


def _is_kept(character: str) -> bool:
    return character == "\n" or character in JOINERS_AND_MARKS or unicodedata.category(character) not in UNSEEN


def clean_line(text: str | None) -> str:
    """One line of text: composed, without unseen characters, single spaces."""
    return " ".join(clean_text(text).split())


def clean_text(text: str | None) -> str:
    """Text of several lines: composed, without unseen characters, no blank at its ends; nothing seen is nothing."""
    composed = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\t", " "))
    kept = "".join(filter(_is_kept, composed)).strip()
    return kept if kept.strip("".join(JOINERS_AND_MARKS)) else ""


class Needed:
    """Marks a field as wanted without refusing an empty one: a half-filled step is kept, sending asks for the rest."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the instance

    def __call__(self, _form: object, _field: object) -> None:
        """Take anything."""


class OneOfSeveral:
    """Marks a field of which there are several, and one is enough: none of them says that it is optional."""

    field_flags = {"one_of_several": True}  # noqa: RUF012 - WTForms reads it from the instance

    def __call__(self, _form: object, _field: object) -> None:
        """Take anything."""


def _no_longer_than(longest: int) -> Length:
    """What is too long may be typed and is told: where a browser knows the limit, it cuts what is pasted, silently."""
    check = Length(max=longest, message=TOO_LONG)
    check.field_flags = {}
    return check


def line(label: Any, *validators: Callable[..., Any], longest: int = LONGEST_LINE, **options: Any) -> Any:
    """A field for one line of clean text."""
    return StringField(label, validators=[*validators, _no_longer_than(longest)], filters=[clean_line], **options)


def text(label: Any, *validators: Callable[..., Any], longest: int = LONGEST_TEXT, **options: Any) -> Any:
    """A field for several lines of clean text; its page counts the characters."""
    return TextAreaField(
        label,
        validators=[*validators, _no_longer_than(longest)],
        filters=[clean_text],
        render_kw={"data-longest": longest},
        **options,
    )


def number(label: Any, *validators: Callable[..., Any], **options: Any) -> Any:
    """A field for a number, kept as it was typed; rules read it, with comma or point and digits of any script."""
    return StringField(label, validators=[*validators], filters=[clean_line], **options)


class WholeNumberField(IntegerField):
    """A whole number that machines can count with: one of hundreds of digits is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        super().process_formdata([word if len(word) <= _MOST_DIGITS else "" for word in valuelist])


class CheckboxesField(SelectMultipleField):
    """Several of a few, each with its checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
