"""Who is asked: lists of addresses that are read, when a survey takes answers, and whether a reminder is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Audience

MOST_REMINDERS = 2
MOST_ON_A_LIST = 5000
LONGEST_EMAIL = 254

# Who is asked as an organisation, by one link whoever of it answers; the others each by an address of their own.
ORGANISATIONS = frozenset({Audience.ASSOCIATION, Audience.RESTAURANT})
# Whose addresses stand in the edition's own data; requesters come from a list, visitors by a poster.
FROM_DATA = frozenset({*ORGANISATIONS, Audience.CREW, Audience.VOLUNTEER, Audience.GUEST})


class Phase(StrEnum):
    """Where a survey stands."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


def phase_of(opens_at: datetime, closes_at: datetime | None, *, now: datetime) -> Phase:
    """Where a survey with these times stands; the moment of closing is closed."""
    if closes_at is not None and closes_at <= now:
        return Phase.CLOSED
    return Phase.WAITING if now < opens_at else Phase.OPEN


def reminders_due(first_at: datetime | None, second_at: datetime | None, *, now: datetime) -> int:
    """How many reminders those who haven't answered should have had by now."""
    return sum(moment is not None and moment <= now for moment in (first_at, second_at))


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be asked by mail."""

    email: str
    language: str


def read_list(written: str, *, languages: Sequence[str], default: str) -> tuple[Asked, ...]:
    """A list of addresses, one a line, each with the code of a language after a blank or a comma where it isn't `default`.

    Who stands there twice is asked once. Refused: LIST_EMPTY, LIST_TOO_LONG, EMAIL_WRONG with its line.
    """
    asked: dict[str, Asked] = {}
    for number, line in enumerate(written.splitlines(), 1):
        parts = line.replace(",", " ").replace(";", " ").split()
        if not parts:
            continue
        email, language = parts[0].lower(), parts[1].lower() if len(parts) == 2 else default
        if not is_address(email) or len(parts) > 2 or language not in languages:
            raise Refusal(Code.EMAIL_WRONG, field="addresses", line=number, written=line.strip()[:60])
        asked.setdefault(email, Asked(email, language))
    if not asked:
        raise Refusal(Code.LIST_EMPTY, field="addresses")
    if len(asked) > MOST_ON_A_LIST:
        raise Refusal(Code.LIST_TOO_LONG, field="addresses", most=MOST_ON_A_LIST)
    return tuple(asked.values())


def is_address(email: str) -> bool:
    """Whether it looks like a mail address: one @, something before it, a dot after it, no blanks."""
    name, at, host = email.partition("@")
    is_short = len(email) <= LONGEST_EMAIL and email.isprintable()
    return bool(is_short and name and at and "@" not in host and "." in host.strip(".") and not email.split()[1:])
