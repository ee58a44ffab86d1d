"""JSON objects read strictly: every field named, nothing left over, a refusal that names the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from eventsys.base.refusals import Refusal

T = TypeVar("T")
D = TypeVar("D")
E = TypeVar("E", bound=StrEnum)

LARGEST_EXPONENT = 18  # "1e999999999" would fill the memory.


@dataclass(frozen=True, slots=True)
class ReadingCodes:
    """The feature's own refusals: a field is missing, one is unknown, one holds something else than it should."""

    missing: StrEnum
    unknown: StrEnum
    wrong: StrEnum


class ObjectReader:
    """Takes the fields of one JSON object, one by one; `finish` refuses what nobody took."""

    def __init__(self, data: object, *, codes: ReadingCodes, path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise Refusal(codes.wrong, field=path or "object")
        self._data = data
        self._codes = codes
        self._path = path
        self._taken: set[str] = set()

    def take(self, name: str, read: Callable[[object], T]) -> T:
        """A field that must be there."""
        if self._data.get(name) is None:
            raise Refusal(self._codes.missing, field=self.path_of(name))
        return self._read(name, read)

    def take_or(self, name: str, read: Callable[[object], T], *, default: D) -> T | D:
        """A field that may be absent or null."""
        if self._data.get(name) is None:
            self._taken.add(name)
            return default
        return self._read(name, read)

    def finish(self) -> None:
        """Refuse the first field, in order of the alphabet, that nobody took."""
        left = sorted(str(name) for name in self._data if name not in self._taken)
        if left:
            raise Refusal(self._codes.unknown, field=self.path_of(left[0]))

    def path_of(self, name: str) -> str:
        """The field's name with the names of the objects around it: `items.2.key`."""
        return f"{self._path}.{name}" if self._path else name

    def _read(self, name: str, read: Callable[[object], T]) -> T:
        self._taken.add(name)
        try:
            return read(self._data[name])
        except (TypeError, ValueError):
            raise Refusal(self._codes.wrong, field=self.path_of(name)) from None


def text(value: object) -> str:
    """A text that isn't blank."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("no text")
    return value


def texts(value: object) -> dict[str, str]:
    """A text per language code, at least one."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError("no texts")
    return {text(language): text(sentence) for language, sentence in value.items()}


def whole(value: object) -> int:
    """A whole number; `true` is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("no whole number")
    return value


def flag(value: object) -> bool:
    """True or false, nothing that is only taken for it."""
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def day(value: object) -> date:
    """A date as ISO 8601 writes it."""
    return date.fromisoformat(text(value))


def exact(value: object) -> Fraction:
    """A number as an exact fraction: 17, 17.3, "17.3", "17,3" and "1/3" say what they look like."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("no number")
    written = str(value).strip().replace(",", ".")
    if "/" in written:
        above, _, below = written.partition("/")
        if int(below) == 0:
            raise ValueError("nothing can be divided by zero")
        return Fraction(int(above), int(below))
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise ValueError("no number") from None
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        raise ValueError("no finite number")
    return Fraction(number)


def one_of(kind: type[E]) -> Callable[[object], E]:
    """Reads a member of an enumeration by its value."""
    return lambda value: kind(text(value))


def list_of(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """Reads a list whose entries are all read the same way."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError("no list")
        return tuple(read(entry) for entry in value)

    return read_all


def plain(number: Fraction) -> int | str:
    """How an exact number is written in JSON: whole, as a decimal where one says it exactly, else as a fraction.

    Read back by `exact`.
    """
    if number.denominator == 1:
        return number.numerator
    below = number.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below != 1:
        return f"{number.numerator}/{number.denominator}"
    digits = 1
    while (number * 10**digits).denominator != 1:
        digits += 1
    shifted = (number * 10**digits).numerator
    sign, figures = ("-" if shifted < 0 else ""), f"{abs(shifted):0{digits + 1}d}"
    return f"{sign}{figures[:-digits]}.{figures[-digits:]}"
