"""Messages from those in charge to the phones at the gates: how long one may be and stands, what phones say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from eventsys.base.refusals import Refusal
from eventsys.gate.rules.codes import Code

LONGEST_MESSAGE = 160
STANDS_FOR = timedelta(hours=12)
"""A message of yesterday must not meet the volunteers of today; what still counts is written anew."""


class ReceiptKind(StrEnum):
    """What a phone says of a message: it is there, and somebody has read it."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a phone says of one message, and when it was so."""

    message: str
    kind: ReceiptKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Service:
    """From when until when a phone is at its gate."""

    begins: datetime
    ends: datetime


def checked_text(text: str) -> str:
    """The sentence as it is sent, in one line. Refusal: MESSAGE_EMPTY, MESSAGE_LONG."""
    line = " ".join(text.split())
    if not line:
        raise Refusal(Code.MESSAGE_EMPTY, field="text")
    if len(line) > LONGEST_MESSAGE:
        raise Refusal(Code.MESSAGE_LONG, field="text", most=LONGEST_MESSAGE, length=len(line))
    return line


def stands_until(sent_at: datetime, retracted_at: datetime | None) -> datetime:
    """From when on phones no longer get a message."""
    ends = sent_at + STANDS_FOR
    return ends if retracted_at is None else min(ends, retracted_at)


def stands(sent_at: datetime, retracted_at: datetime | None, *, now: datetime) -> bool:
    """Whether phones get it now."""
    return sent_at <= now < stands_until(sent_at, retracted_at)


def is_meant(phone: Service, sent_at: datetime, retracted_at: datetime | None) -> bool:
    """Whether a phone of the message's gates was there at any time while it stood."""
    return phone.begins < stands_until(sent_at, retracted_at) and sent_at < phone.ends


def moment_of(receipt: Receipt, *, sent_at: datetime, now: datetime) -> datetime:
    """When it was so as far as that can be: a phone's clock may be off, a message is not read before it is written."""
    return max(sent_at, min(receipt.at, now))


def once(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Each thing said once, the first time it is said."""
    first: dict[tuple[str, ReceiptKind], Receipt] = {}
    for receipt in receipts:
        first.setdefault((receipt.message, receipt.kind), receipt)
    return list(first.values())
