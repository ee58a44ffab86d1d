"""What people may ask for when they take passes themselves: days, how many, names, room on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count as counting_from
from itertools import islice

from eventsys.applications.rules import fields
from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codes import Code

MOST_PEOPLE = 6
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: numbers of days, for how many people, where to mail it (empty for nowhere), names for badges."""

    days: frozenset[int]
    people: int
    language: str
    email: str = ""
    names: tuple[str, ...] = ()


def email_of(written: str) -> str:
    """A mail address in small letters; empty where nobody gave one. Refusal(EMAIL_WRONG)."""
    if not written.strip():
        return ""
    try:
        return fields.email_of(written)
    except Refusal:
        raise Refusal(Code.EMAIL_WRONG, field="email", value=written.strip()[: fields.SHOWN]) from None


def names_of(written: str, people: int) -> tuple[str, ...]:
    """The names on the badges, a line each; fewer than people is fine. Refusal(NAMES_TOO_MANY | NAME_TOO_LONG)."""
    names = tuple(name for line in written.splitlines() if (name := " ".join(line.split())))
    if len(names) > people:
        raise Refusal(Code.NAMES_TOO_MANY, field="names", names=len(names), people=people)
    for name in names:
        if len(name) > LONGEST_NAME:
            raise Refusal(Code.NAME_TOO_LONG, field="names", name=name[:20], most=LONGEST_NAME)
    return names


def people_of(written: str) -> int:
    """For how many people, 1 to 6. Refusal(PEOPLE)."""
    if not (written.isdecimal() and len(written) < 3 and 1 <= int(written) <= MOST_PEOPLE):
        raise Refusal(Code.PEOPLE, field="people", most=MOST_PEOPLE)
    return int(written)


def check_days(wanted: Collection[int], offered: Collection[int]) -> None:
    """Whether there is a day at all, and each is on offer. Refusal(DAYS_MISSING | DAY_NOT_OFFERED)."""
    if not wanted:
        raise Refusal(Code.DAYS_MISSING, field="days")
    if not set(wanted) <= set(offered):
        raise Refusal(Code.DAY_NOT_OFFERED, field="days")


def places_left(most: int | None, taken: int) -> int | None:
    """How many more passes a day bears; None without a limit. Never below nothing, also where the limit was lowered."""
    return None if most is None else max(0, most - taken)


def tightest_day(days: Collection[int], people: int, left: Mapping[int, int | None]) -> int | None:
    """Of the days that have no room for so many people the one with the least, the first of equals; None when all have."""
    short = [(room, day) for day in days if (room := left.get(day)) is not None and room < people]
    return min(short)[1] if short else None


def row_keys(rows: Sequence[tuple[int, int, str, str]]) -> list[str]:
    """By what each row of a list (kind, days, name, email) is known again; equal rows are told apart by their number."""
    seen: dict[str, int] = {}
    keys = []
    for kind, days, name, email in rows:
        said = "\x1f".join((str(kind), str(days), name.casefold(), email.casefold()))
        seen[said] = seen.get(said, 0) + 1
        keys.append(hashlib.sha256(f"{said}\x1f{seen[said]}".encode()).hexdigest())
    return keys


def free_numbers(taken: Collection[int], count: int) -> list[int]:
    """The lowest numbers from 1 on that nobody has."""
    return list(islice((number for number in counting_from(1) if number not in taken), count))
