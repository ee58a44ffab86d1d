"""Languages: which ones there are, which one this reader has, and texts kept per language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_interval
from babel.lists import format_list
from flask import g, has_request_context, request, session
from flask_babel import Babel, format_date, format_datetime, format_decimal, format_time, get_locale, lazy_gettext

LANGUAGES = {"da": "Dansk", "en": "English", "ar": "العربية"}
DEFAULT_LANGUAGE = "da"
COOKIE = "language"

# Names of the languages that texts and people come in, beyond those of the pages.
RIGHT_TO_LEFT = frozenset({"ar", "ur", "fa", "he", "ps", "ckb", "dv"})

babel = Babel()

LANGUAGE_NAMES = {
    "da": lazy_gettext("Danish"),
    "en": lazy_gettext("English"),
    "ar": lazy_gettext("Arabic"),
}


def current_language() -> str:
    """The language code of the page or mail that is being made."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


def chosen_language() -> str:
    """What this reader chose, else what the browser asks for, else Danish."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    asked_for = (g.get("language"), request.args.get("language"))
    for candidate in (*asked_for, session.get(COOKIE), request.cookies.get(COOKIE)):
        if candidate in LANGUAGES:
            return str(candidate)
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT_LANGUAGE


def page_language(language: str) -> str:
    """The language in which pages and mails reach a reader of that one: itself where we speak it, else English."""
    return language if language in LANGUAGES else "en"


def direction_of(language: str) -> str:
    """`rtl` or `ltr`, for the `dir` of an element."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def in_language(texts: Mapping[str, str] | None, language: str | None = None) -> str:
    """A text kept per language, in this reader's language, else English, which most others read, Danish, or whatever there is."""
    if not texts:
        return ""
    for candidate in (language or current_language(), "en", DEFAULT_LANGUAGE):
        if texts.get(candidate):
            return texts[candidate]
    return next((text for text in texts.values() if text), "")


def long_date(day: date) -> str:
    """A date in words, in the reader's language: `lørdag den 27. august 2011`."""
    return str(format_date(day, "EEEE d MMMM y" if current_language() == "en" else "full"))


def date_range(first: date, last: date) -> str:
    """The days from first to last, as short as the reader's language allows: `27.–28. aug. 2011`."""
    if first == last:
        return str(format_date(first, "d. MMM y" if current_language() == "da" else "d MMM y"))
    # The day before the month in English too, as in all other dates.
    locale = "en_GB" if current_language() == "en" else get_locale() or DEFAULT_LANGUAGE
    return str(format_interval(first, last, "yMMMd", locale=locale))


MOMENTS = {"da": "d. MMM y HH:mm", "ar": "d MMM y،\u00a0HH:mm"}


def short_moment(moment: datetime) -> str:
    """A moment on Copenhagen's clocks, in the reader's language."""
    return str(format_datetime(moment, MOMENTS.get(current_language(), "d MMM y HH:mm")))


def time_range(first: datetime, last: datetime) -> str:
    """From when until when on a day, on Copenhagen's clocks; in a language from right to left the range runs so too."""
    mark = "\u200f" if direction_of(current_language()) == "rtl" else ""
    return f"{mark}{format_time(first, 'HH:mm')}–{mark}{format_time(last, 'HH:mm')}"


def plain_number(value: Decimal | float) -> str:
    """A number as the reader's language writes it and as it is typed: its own decimal sign, nothing between thousands."""
    return str(format_decimal(value, "0.######"))


def has_decimal_comma() -> bool:
    """Whether the reader's language writes a comma before decimals."""
    return plain_number(0.5) == "0,5"


def listed(words: Iterable[object]) -> str:
    """Words one after another as the reader's language lists them: `gas, open fire and loudspeakers`."""
    return str(format_list([str(word) for word in words], locale=get_locale() or DEFAULT_LANGUAGE))


def semicolon() -> str:
    """What parts phrases where a comma would not, with its blank."""
    return "؛ " if current_language() == "ar" else "; "


def told_apart(phrases: Iterable[object]) -> str:
    """Phrases one after another, by the semicolon of the reader's language."""
    return semicolon().join(str(phrase) for phrase in phrases)


# How words of others are quoted.
QUOTES = {"da": ("»", "«"), "en": ("“", "”"), "ar": ("«", "»")}


def quotes() -> tuple[str, str]:
    """The quotation marks of the reader's language."""
    return QUOTES[current_language()]


def quoted(words: object) -> str:
    """Somebody's words between the quotation marks of the reader's language."""
    before, after = quotes()
    return f"{before}{words}{after}"


def apart(value: str) -> str:
    """A value set apart from the direction of the sentence around it, where the two could differ.

    In sentences from right to left: U+2068 and U+2069, which show nothing; others are left as they are.
    """
    return f"\u2068{value}\u2069" if direction_of(current_language()) == "rtl" else value
