"""Fields of an application as people write them: read, put right, or refused with the field's name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from eventsys.applications.rules.codes import Code
from eventsys.base.clock import from_local
from eventsys.base.refusals import Refusal
from eventsys.base.spreadsheet import number, western, yes_or_no
from eventsys.organisations.rules.names import company_number

LONGEST = 200
LONGEST_TEXT = 2000
MOST_CREW = 500
WIDEST_CM = 5_000
MOST_WATTS = 500_000
SHOWN = 60
DANISH_MOMENT = re.compile(
    r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:,?[ T]+(?:kl\.? *)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?", re.IGNORECASE
)
THOUSANDS = re.compile(r"[.,\u066b]\d{3}\s*$")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

# Regulation (EU) 1169/2011, annex II.
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts",
    "celery", "mustard", "sesame", "sulphites", "lupin", "molluscs",
)  # fmt: skip
DIETS = ("halal", "kosher", "vegetarian", "vegan")


def line_of(written: str, field: str, *, longest: int = LONGEST) -> str:
    """A text of one line, as it is. Refused: TOO_LONG, CONTROL_CHARACTER."""
    if len(written) > longest:
        raise Refusal(Code.TOO_LONG, field=field, length=len(written), longest=longest)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for sign in written):
        raise Refusal(Code.CONTROL_CHARACTER, field=field)
    return " ".join(written.split()) if longest == LONGEST else written.strip()


def name_of(written: str, field: str = "name") -> str:
    """A name. Refused: MISSING, TOO_LONG, CONTROL_CHARACTER."""
    name = line_of(written, field)
    if not name:
        raise Refusal(Code.MISSING, field=field)
    return name


def email_of(written: str, field: str = "email") -> str:
    """A mail address in small letters, its domain spelled as people read it. Refused: MISSING, EMAIL_WRONG."""
    address = written.strip().lower()
    if not address:
        raise Refusal(Code.MISSING, field=field)
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        raise Refusal(Code.EMAIL_WRONG, field=field, value=address[:SHOWN]) from None


def cvr_of(written: str, field: str = "cvr") -> str | None:
    """A company number of eight digits, or None when there is none. Refused: CVR_WRONG."""
    try:
        return company_number(written)
    except ValueError:
        raise Refusal(Code.CVR_WRONG, field=field, value=written[:SHOWN]) from None


def phone_of(written: str, field: str = "phone") -> str:
    """A phone number in the international form (E.164), Danish where no country is given; empty stays empty. Refused: PHONE_WRONG."""
    if not written.strip():
        return ""
    try:
        parsed = phonenumbers.parse(written, "DK")
    except phonenumbers.NumberParseException:
        raise Refusal(Code.PHONE_WRONG, field=field, value=written[:SHOWN]) from None
    if not phonenumbers.is_possible_number(parsed):
        raise Refusal(Code.PHONE_WRONG, field=field, value=written[:SHOWN])
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def language_of(written: str, field: str = "language") -> str:
    """A language's code; Danish when empty. Refused: LANGUAGE_UNKNOWN."""
    code = written.strip().lower()
    if not code:
        return "da"
    if not LANGUAGE.fullmatch(code):
        raise Refusal(Code.LANGUAGE_UNKNOWN, field=field, value=written[:SHOWN])
    return code


@dataclass(frozen=True, slots=True)
class Unit:
    """What a field counts: how many of the kept ones it is, what people write behind the number, a number as it is written."""

    scale: int
    signs: tuple[str, ...]
    example: Decimal


PIECES = Unit(1, (), Decimal(4))
METRES = Unit(100, ("m", "meter", "metre", "metres", "متر", "م"), Decimal("4.5"))
KILOWATTS = Unit(1000, ("kw", "kilowatt", "كيلوواط", "كيلو واط", "ك.و"), Decimal("9.5"))


def amount_of(written: str, field: str, *, most: int, unit: Unit = PIECES) -> int | None:
    """A number of zero or more times the unit's scale, whole (3,5 m is 350); None when empty. The unit behind it is forgiven.

    Refused: NOT_A_NUMBER, NEGATIVE, TOO_LARGE (over `most`, after scaling).
    """
    if not written.strip():
        return None
    found = number(_bare(written, unit))
    if found is None:
        raise Refusal(Code.NOT_A_NUMBER, field=field, value=written[:SHOWN], example=unit.example)
    if found < 0:
        raise Refusal(Code.NEGATIVE, field=field, value=written[:SHOWN])
    scaled = found * unit.scale
    # Whether 1.000 is one or a thousand, only who wrote it knows.
    is_open = unit.scale == 1 and THOUSANDS.search(written)
    if is_open or scaled != scaled.to_integral_value():
        raise Refusal(Code.NOT_A_NUMBER, field=field, value=written[:SHOWN], example=unit.example)
    if scaled > most:
        raise Refusal(Code.TOO_LARGE, field=field, value=written[:SHOWN], most=Decimal(most) / unit.scale)
    return int(scaled)


def _bare(written: str, unit: Unit) -> str:
    """What stands before the unit."""
    text = written.strip().casefold().removesuffix(".")
    sign = next((sign for sign in unit.signs if text.endswith(sign)), "")
    return text.removesuffix(sign) if sign else written


def answer_of(written: str, field: str) -> bool:
    """Yes or no. Refused: NOT_YES_OR_NO."""
    answer = yes_or_no(written)
    if answer is None:
        raise Refusal(Code.NOT_YES_OR_NO, field=field, value=written[:SHOWN])
    return answer


def choices_of(written: str, field: str, *, known: tuple[str, ...], code: Code) -> list[str]:
    """Keys parted by commas, each once, in the order in which they are known. Refused: `code`."""
    given = [part.strip().lower() for part in written.split(",") if part.strip()]
    for part in given:
        if part not in known:
            raise Refusal(code, field=field, value=part[:SHOWN])
    return [key for key in known if key in given]


def words_of(written: str) -> list[str]:
    """Words parted by commas, in the order given, each once."""
    return list(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))


def days_of(written: str, known: frozenset[int], field: str = "days") -> int:
    """Day numbers parted by commas as a bit mask, bit 0 for day 1. Refused: MISSING, DAY_UNKNOWN."""
    parts = words_of(written)
    if not parts:
        raise Refusal(Code.MISSING, field=field)
    for part in parts:
        if not part.isdecimal() or int(part) not in known:
            days = ", ".join(str(day) for day in sorted(known))
            raise Refusal(Code.DAY_UNKNOWN, field=field, value=part[:SHOWN], days=days)
    return sum(1 << (int(part) - 1) for part in {str(int(part)) for part in parts})


def moment_of(written: str, field: str) -> datetime | None:
    """A moment as `01-03-2011 08:34` (day first, as Danes write) or `2011-03-01T08:34`; None when empty. Refused: MOMENT_WRONG.

    On Copenhagen's clocks unless it names its zone; without a time, the day's beginning.
    """
    said = western(written).strip()
    if not said:
        return None
    danish = DANISH_MOMENT.fullmatch(said)
    try:
        if danish:
            day, month, year, hour, minute, second = (int(part or 0) for part in danish.groups())
            moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - given its zone below
        else:
            moment = datetime.fromisoformat(said)
    except ValueError:
        raise Refusal(Code.MOMENT_WRONG, field=field, value=written[:SHOWN]) from None
    return from_local(moment) if moment.tzinfo is None else moment
