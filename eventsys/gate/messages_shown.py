"""Messages to the gates, ready to be shown: how they stand, and which phones have them and have read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsys.editions.models import Edition, Gate
from eventsys.gate import messages, queries
from eventsys.gate.models import Device, GateMessage
from eventsys.gate.rules import messages as rules
from eventsys.gate.rules.messages import STANDS_FOR, ReceiptKind, Service

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PhoneShown:
    """What is known of a message at one phone. `is_gone`: signed out or over, so that nothing more is to be expected."""

    device: Device
    received_at: datetime | None
    acknowledged_at: datetime | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message with the phones that it is meant for."""

    code: str
    text: str
    gate: Gate | None
    sent_at: datetime
    retracted_at: datetime | None
    stands: bool
    phones: tuple[PhoneShown, ...]

    @property
    def received(self) -> int:
        """How many phones have it."""
        return sum(phone.received_at is not None for phone in self.phones)

    @property
    def acknowledged(self) -> int:
        """At how many phones somebody has read it."""
        return sum(phone.acknowledged_at is not None for phone in self.phones)


def history(edition: Edition, *, now: datetime) -> list[MessageShown]:
    """The latest messages, the newest first."""
    return _shown(edition, messages.of_edition(edition, most=MOST_SHOWN), now=now)


def standing(edition: Edition, *, now: datetime) -> list[MessageShown]:
    """Messages that phones show now, the newest first."""
    found = messages.of_edition(edition, most=MOST_SHOWN, since=now - STANDS_FOR)
    return _shown(edition, [message for message in found if message.retraction is None], now=now)


def meant_for(edition: Edition, gate: Gate | None, *, now: datetime) -> int:
    """How many phones in use a message would reach."""
    phones = queries.devices_of(edition)
    return sum(rules.is_meant(_service(one), now, None) for one in phones if gate is None or one.gate_id == gate.id)


def _shown(edition: Edition, found: Sequence[GateMessage], *, now: datetime) -> list[MessageShown]:
    if not found:
        return []
    said = {(one.message_id, one.device_id, one.kind): one.at for one in messages.receipts_of(found)}
    devices = queries.devices_of(edition)
    return [_message(message, devices, said, now=now) for message in found]


def _message(
    message: GateMessage,
    devices: Sequence[Device],
    said: dict[tuple[int, int, ReceiptKind], datetime],
    *,
    now: datetime,
) -> MessageShown:
    retracted_at = message.retraction.retracted_at if message.retraction else None
    phones = []
    for device in devices:
        received, read = (said.get((message.id, device.id, kind)) for kind in ReceiptKind)
        is_at_gate = message.gate_id is None or message.gate_id == device.gate_id
        if (is_at_gate and rules.is_meant(_service(device), message.sent_at, retracted_at)) or received or read:
            phones.append(PhoneShown(device, received or read, read, _service(device).ends <= now))
    stands = rules.stands(message.sent_at, retracted_at, now=now)
    return MessageShown(message.code, message.text, message.gate, message.sent_at, retracted_at, stands, tuple(phones))


def _service(device: Device) -> Service:
    ends = device.valid_until if device.revoked_at is None else min(device.valid_until, device.revoked_at)
    return Service(device.enrolled_at, ends)
