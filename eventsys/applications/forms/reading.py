"""What forms share: rules as validators, labels, names of languages. What something means is asked of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from eventsys.applications.texts import TEXTS
from eventsys.base.fields import Form
from eventsys.base.i18n import plain_number
from eventsys.base.refusals import Refusal
from eventsys.base.web.writes import sentence_of

CHOOSE_ONE = _("Choose one of the answers.")
# Languages that texts for visitors often come in beside Danish and English; more by the one of the application.
OWN_LANGUAGES = (
    "ar", "bs", "de", "es", "fa", "fr", "hi", "it", "kl", "ku", "pl", "ps", "pt", "ro", "ru", "so", "sq", "sr", "sw",
    "ta", "th", "ti", "tl", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip


class Read:
    """A validator that lets a rule read the field, and shows its refusal by it."""

    def __init__(
        self, read: Callable[..., object], *arguments: object, may_be_empty: bool = False, **more: object
    ) -> None:
        self._read: Callable[[str], object] = lambda written: (
            None if may_be_empty and not written else read(written, *arguments, **more)
        )

    def __call__(self, _form: Form, field: Any) -> None:
        try:
            self._read(field.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence_of(refusal, TEXTS)) from None


class OneOf:
    """A validator: one of the choices, said in our words. WTForms' own sentence isn't there in Danish."""

    def __init__(self, *, may_be_empty: bool = False) -> None:
        self._may_be_empty = may_be_empty
        self.field_flags = {} if may_be_empty else {"required": True}

    def __call__(self, _form: Form, field: Any) -> None:
        known = {str(key) for key, _label in field.choices}
        given = field.data if isinstance(field.data, list) else [field.data] if field.data else []
        if not {str(one) for one in given} <= known or not (given or self._may_be_empty):
            raise ValidationError(str(CHOOSE_ONE))


def labelled(items: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices with their words in the reader's language."""
    return [(key, str(label)) for key, label in items]


def plain_decimal(amount: int, scale: int) -> str:
    """An amount as it is typed in the reader's language: 2300 with scale 1000 is `2,3` in Danish, `2.3` in English."""
    return plain_number(Decimal(amount) / scale)


def language_choices(more: Iterable[str | None] = ()) -> list[tuple[str, str]]:
    """Languages by their names in the reader's language; with those in use already, if they are languages."""
    named = {code: name for code in {*OWN_LANGUAGES, *more} if code and (name := language_name(code))}
    return sorted(named.items(), key=lambda item: item[1].casefold())


def language_name(code: str) -> str:
    """What a language is called in the reader's language; empty for what is none."""
    try:
        name = Locale.parse(code).get_language_name(get_locale()) or ""
        return name[:1].upper() + name[1:]
    except (UnknownLocaleError, ValueError, TypeError):
        return ""
