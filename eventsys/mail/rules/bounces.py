"""Mails that come back: delivery status notifications (RFC 3464), as mail servers send them to the sender."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Any


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail that failed for good: its Message-ID, and what the server said."""

    message_id: str
    said: str


def read_bounce(content: bytes) -> Bounce | None:
    """What a notification says of a mail that failed for good; None for any other mail, a delay or a receipt too.

    RFC 3464: a `multipart/report` whose `message/delivery-status` has the action `failed` for a recipient; the
    returned mail, or its head, brings the Message-ID along.
    """
    returned_mail = message_from_bytes(content, policy=policy.default)
    if returned_mail.get_content_type() != "multipart/report":
        return None
    said, message_id = "", ""
    for part in returned_mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            said = said or _failure(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            message_id = message_id or _message_id(part)
    return Bounce(message_id, said) if said and message_id else None


def _failure(part: Message) -> str:
    """What is said of the first recipient that failed; empty where none did."""
    payload: Any = part.get_payload()  # One message for each recipient, where it is well formed.
    for block in payload if isinstance(payload, list) else ():
        if str(block.get("Action", "")).strip().lower() == "failed":
            words = block.get("Diagnostic-Code") or block.get("Status") or "failed"
            return " ".join(str(words).split())
    return ""


def _message_id(part: Message) -> str:
    payload: Any = part.get_payload()
    returned = payload[0] if isinstance(payload, list) else message_from_bytes(_bytes_of(part), policy=policy.default)
    return str(returned.get("Message-ID", "")).strip() if isinstance(returned, Message) else ""


def _bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
