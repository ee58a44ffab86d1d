"""Messages to the phones at the gates: which stand, sending one, taking it back, and what phones say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Select, Table, or_, select

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition, Gate
from eventsys.gate import queries
from eventsys.gate.models import Device, GateMessage, GateMessageReceipt, GateMessageRetraction
from eventsys.gate.raw import insert_into
from eventsys.gate.rules import messages as rules
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.intake import Status
from eventsys.gate.rules.messages import STANDS_FOR, Receipt, ReceiptKind

RECEIPTS = cast("Table", GateMessageReceipt.__table__)
EVERY_GATE = "every gate"


@dataclass(frozen=True, slots=True)
class MessageSaid:
    """A message as somebody writes it; `gate` by code, empty for every gate; `code` tells a second press from a second message."""

    text: str
    gate: str
    code: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The answer to a receipt: stored, known, or refused because the phone never got such a message."""

    receipt: Receipt
    status: Status


def standing_for(device: Device, *, now: datetime) -> Sequence[GateMessage]:
    """What a phone shows now: to its gate or to all, neither old nor taken back; in order of sending."""
    found = db.session.scalars(
        _to(device)
        .where(GateMessage.sent_at > now - STANDS_FOR, GateMessage.sent_at <= now)
        .order_by(GateMessage.sent_at, GateMessage.id)
    )
    return [message for message in found if message.retraction is None]


def of_edition(edition: Edition, *, most: int, since: datetime | None = None) -> Sequence[GateMessage]:
    """The latest messages of an edition, those that were taken back too."""
    query = select(GateMessage).where(GateMessage.edition_id == edition.id)
    if since is not None:
        query = query.where(GateMessage.sent_at > since)
    return db.session.scalars(query.order_by(GateMessage.sent_at.desc(), GateMessage.id.desc()).limit(most)).all()


def receipts_of(messages: Sequence[GateMessage]) -> Sequence[GateMessageReceipt]:
    """What phones have said of some messages."""
    keys = [message.id for message in messages]
    return db.session.scalars(select(GateMessageReceipt).where(GateMessageReceipt.message_id.in_(keys))).all()


def find(edition: Edition, code: str) -> GateMessage | None:
    """An edition's message by its code."""
    return db.session.scalar(select(GateMessage).where(GateMessage.edition_id == edition.id, GateMessage.code == code))


def checked(edition: Edition, said: MessageSaid) -> tuple[str, Gate | None]:
    """The sentence and the gate of a message that may be sent. Refusal: MESSAGE_EMPTY, MESSAGE_LONG, MESSAGE_GATE."""
    text = rules.checked_text(said.text)
    gate = queries.gate(edition, said.gate) if said.gate else None
    if said.gate and gate is None:
        raise Refusal(Code.MESSAGE_GATE, field="gate", wanted=said.gate)
    return text, gate


def send(edition: Edition, said: MessageSaid, *, by: Actor, now: datetime) -> GateMessage:
    """Let phones show a sentence with their next contact; the one that is there when its code was sent already.

    Refusal: as `checked`.
    """
    text, gate = checked(edition, said)
    sent = find(edition, said.code)
    if sent is not None:
        return sent
    message = GateMessage(code=said.code, edition_id=edition.id, gate=gate, text=text, sent_at=now)
    db.session.add(message)
    record("gate.message_sent", "gate_message", said.code, by=by, now=now, detail=gate.code if gate else EVERY_GATE)
    return message


def retract(message: GateMessage, *, by: Actor, now: datetime) -> None:
    """Let phones forget a message with their next contact; it stays in the history. Refusal(MESSAGE_RETRACTED)."""
    if message.retraction is not None:
        raise Refusal(Code.MESSAGE_RETRACTED)
    message.retraction = GateMessageRetraction(message_id=message.id, retracted_at=now)
    record("gate.message_retracted", "gate_message", message.code, by=by, now=now)


def note(device: Device, receipts: Sequence[Receipt], *, now: datetime) -> list[Noted]:
    """Keep what a phone says of its messages, each thing once; the first time that it says so counts. Safe to send again."""
    known = {message.code: message for message in db.session.scalars(_to(device).where(_named(receipts)))}
    rows = [
        {
            "message_id": known[receipt.message].id,
            "device_id": device.id,
            "kind": receipt.kind,
            "at": rules.moment_of(receipt, sent_at=known[receipt.message].sent_at, now=now),
        }
        for receipt in rules.once(receipts)
        if receipt.message in known
    ]
    new = _insert(rows)
    return [_noted(receipt, known.get(receipt.message), new=new) for receipt in receipts]


def _to(device: Device) -> Select[GateMessage]:
    """Messages to a phone's gate, or to all."""
    is_meant = or_(GateMessage.gate_id.is_(None), GateMessage.gate_id == device.gate_id)
    return select(GateMessage).where(GateMessage.edition_id == device.gate.edition_id, is_meant)


def _named(receipts: Sequence[Receipt]) -> ColumnElement[bool]:
    return GateMessage.code.in_({receipt.message for receipt in receipts})


def _insert(rows: Sequence[dict[str, object]]) -> set[tuple[int, ReceiptKind]]:
    if not rows:
        return set()
    keys = ("message_id", "device_id", "kind")
    statement = insert_into(RECEIPTS).on_conflict_do_nothing(index_elements=keys)
    returned = db.session.execute(statement.returning(RECEIPTS.c.message_id, RECEIPTS.c.kind), list(rows))
    return {(key, kind) for key, kind in returned}


def _noted(receipt: Receipt, message: GateMessage | None, *, new: set[tuple[int, ReceiptKind]]) -> Noted:
    if message is None:
        return Noted(receipt, Status.REFUSED)
    key = (message.id, receipt.kind)
    if key not in new:
        return Noted(receipt, Status.KNOWN)
    new.discard(key)  # Said twice in one call, it is stored once.
    return Noted(receipt, Status.STORED)
