"""The gate: links and devices, messages to them, the append-only scan log, and the caches of its fold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsys.accounts.models import User
from eventsys.base.db import Model, db, internal, personal
from eventsys.editions.models import Gate
from eventsys.editions.rules import MOST_DAYS
from eventsys.gate.rules.correcting import LONGEST_REASON
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.intake import Entry
from eventsys.gate.rules.messages import LONGEST_MESSAGE, ReceiptKind
from eventsys.gate.rules.scans import Direction

KEEP_DAYS = 90


class GateLink(Model):
    """An invitation for phones to a gate, for a time, for so many phones."""

    __table_args__ = (
        CheckConstraint("valid_until > valid_from", name="window"),
        CheckConstraint("most_devices >= 1", name="most_devices"),
        CheckConstraint("(code_hash IS NULL) = (code_expires_at IS NULL)", name="code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id", ondelete="CASCADE"), index=True)
    role: Mapped[DeviceRole] = mapped_column(default=DeviceRole.SCAN)
    token_hash: Mapped[str] = internal(unique=True)
    # The six characters for typing: they work once and expire in fifteen minutes.
    code_hash: Mapped[str | None] = internal(unique=True)
    code_expires_at: Mapped[datetime | None]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    most_devices: Mapped[int] = mapped_column(default=5)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    gate: Mapped[Gate] = relationship(lazy="joined")


class Device(Model):
    """A phone bound to a gate and hours. The token's hash is all that is kept of it.

    Or a gate's desk, one a gate: what stands in the log for those who put counts right on a page. Nobody has its token.
    """

    __table_args__ = (
        CheckConstraint("valid_until > valid_from", name="window"),
        CheckConstraint("queued IS NULL OR queued >= 0", name="queued"),
        Index(
            "uq_device_desk", "gate_id", unique=True,
            sqlite_where=db.text("is_desk"), postgresql_where=db.text("is_desk"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = internal(unique=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"), index=True)
    gate_link_id: Mapped[int] = mapped_column(ForeignKey("gate_link.id"), index=True)
    role: Mapped[DeviceRole]
    token_hash: Mapped[str] = internal(unique=True)
    nickname: Mapped[str] = personal("told apart by the volunteers", keep_days=KEEP_DAYS, default="")
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    enrolled_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    # Scans that stayed behind when it last sent some; empty for a phone that has never told.
    queued: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    is_desk: Mapped[bool] = mapped_column(default=False)
    gate: Mapped[Gate] = relationship(lazy="joined")


class GateRule(Model):
    """Whom a gate takes on a day, from a moment on. Triggers refuse update and delete: what was judged stays explained."""

    __table_args__ = (
        UniqueConstraint("gate_id", "day_number", "since"),
        CheckConstraint(f"day_number BETWEEN 1 AND {MOST_DAYS}", name="day_number"),
        CheckConstraint("kinds BETWEEN 1 AND 15", name="kinds"),
        CheckConstraint("(opens_at IS NULL) = (closes_at IS NULL)", name="both_hours"),
        CheckConstraint("opens_at IS NULL OR closes_at > opens_at", name="hours"),
        CheckConstraint("is_open OR opens_at IS NULL", name="open_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    day_number: Mapped[int]
    # Scans from this corrected time on are judged by it, until a later rule of the gate and day.
    since: Mapped[datetime]
    # Bit 0 for kind 1; all four is 15.
    kinds: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=True)
    # Hours for coming in, as moments: a night may be longer or shorter than the clocks on the wall say.
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]


class GateMessage(Model):
    """A sentence from those in charge to the phones at a gate, or at all. Triggers refuse update and delete."""

    __table_args__ = (
        CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_MESSAGE}", name="text"),
        Index("ix_gate_message_edition_sent", "edition_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # In addresses and on the phones. Made with the question whether to send, so that a second press is the same message.
    code: Mapped[str] = internal(unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    # Empty: to every gate.
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id"), index=True)
    text: Mapped[str] = internal()
    sent_at: Mapped[datetime]
    gate: Mapped[Gate | None] = relationship(lazy="joined")
    retraction: Mapped[GateMessageRetraction | None] = relationship(lazy="joined")


class GateMessageRetraction(Model):
    """That a message was taken back. Triggers refuse update and delete."""

    message_id: Mapped[int] = mapped_column(ForeignKey("gate_message.id"), primary_key=True)
    retracted_at: Mapped[datetime]


class GateMessageReceipt(Model):
    """That a phone has a message, and that somebody there has read it, each once. Triggers refuse update and delete."""

    message_id: Mapped[int] = mapped_column(ForeignKey("gate_message.id"), primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True, index=True)
    kind: Mapped[ReceiptKind] = mapped_column(primary_key=True)
    # By the phone's clock as it was put right there; never before the message, never after it became known here.
    at: Mapped[datetime]


class DayClosing(Model):
    """The figures of a day as an organiser froze them; the latest counts. Triggers refuse update and delete."""

    __table_args__ = (
        UniqueConstraint("edition_id", "day_number", "closed_at"),
        CheckConstraint(f"day_number BETWEEN 1 AND {MOST_DAYS}", name="day_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    day_number: Mapped[int]
    closed_at: Mapped[datetime]
    # Counts by the code of the gate, and keys of applications of which crew came in (`rules.closing`).
    figures: Mapped[dict[str, Any]] = internal()


class Scan(Model):
    """One attempt at a gate, also a refused one. Triggers refuse update and delete (migration 0001)."""

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN pass_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN code_hash IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN tally IS NULL THEN 0 ELSE 1 END) + (CASE WHEN voids IS NULL THEN 0 ELSE 1 END) = 1",
            name="names_one_thing",
        ),
        CheckConstraint("tally IS NULL OR tally <> 0", name="tally"),
        CheckConstraint("pass_id IS NULL OR length(pass_id) = 16", name="pass_id"),
        CheckConstraint("code_hash IS NULL OR length(code_hash) = 64", name="code_hash"),
        CheckConstraint("clock_doubt_ms >= 0", name="clock_doubt_ms"),
        CheckConstraint("length(scan_id) = 36", name="scan_id"),
        Index("ix_scan_pass_id", "pass_id"),
        Index("ix_scan_edition_at", "edition_id", "corrected_at"),
        Index(
            "ix_scan_voids",
            "voids",
            sqlite_where=db.text("voids IS NOT NULL"),
            postgresql_where=db.text("voids IS NOT NULL"),
        ),
    )

    # The phone's UUIDv7.
    scan_id: Mapped[str] = internal(primary_key=True)
    # From the device's token, never from the body.
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    direction: Mapped[Direction]
    # As read; may name a pass that was never issued, so no foreign key.
    pass_id: Mapped[str | None] = internal()
    code_hash: Mapped[str | None] = internal()
    voids: Mapped[str | None] = internal()
    tally: Mapped[int | None]
    captured_at: Mapped[datetime]
    # A dead battery sets a clock back by half a century.
    clock_offset_ms: Mapped[int] = mapped_column(BigInteger)
    clock_doubt_ms: Mapped[int] = mapped_column(BigInteger)
    # `captured_at` put right by what is known of the phone's clock; computed once, at arrival.
    corrected_at: Mapped[datetime]
    received_at: Mapped[datetime]
    after_revocation: Mapped[bool] = mapped_column(default=False)
    phone_verdict: Mapped[str | None] = internal()
    let_in: Mapped[bool]
    entry: Mapped[Entry]


class ScanReason(Model):
    """Why a count was put right, or a scan taken back. Triggers refuse update and delete: what was said stays said."""

    __table_args__ = (CheckConstraint(f"length(reason) BETWEEN 1 AND {LONGEST_REASON}", name="reason"),)

    scan_id: Mapped[str] = mapped_column(ForeignKey("scan.scan_id"), primary_key=True)
    # About counts; the pages ask for no names.
    reason: Mapped[str] = internal()
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    said_by: Mapped[User] = relationship(lazy="joined")


class Admission(Model):
    """Cache of the fold: where the bearer of a pass stands on a day."""

    __table_args__ = (
        Index("ix_admission_edition_day", "edition_id", "day_number"),
        UniqueConstraint("edition_id", "seq"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    day_number: Mapped[int] = mapped_column(primary_key=True)
    pass_id: Mapped[str] = internal(primary_key=True)
    kind: Mapped[int]
    is_inside: Mapped[bool]
    # The first entry of the day, which counts; and the last time in or out, which tells where the bearer stands.
    first_in_at: Mapped[datetime]
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    last_at: Mapped[datetime]
    last_gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    # Order of becoming known here, for the phones' "since".
    seq: Mapped[int]


class TakenBack(Model):
    """A scan of a pass that was taken back, as news for the phones: what one of them saw or was told of it is over."""

    __table_args__ = (UniqueConstraint("edition_id", "seq"),)

    scan_id: Mapped[str] = mapped_column(ForeignKey("scan.scan_id"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    # The day that the scan belongs to, 0 outside of all.
    day_number: Mapped[int]
    pass_id: Mapped[str] = internal()
    # From the counter of admissions: order of becoming known here.
    seq: Mapped[int]


class Remark(Model):
    """Cache of the fold: a scan to be looked at. A pass that came in again, or somebody let in against the verdict."""

    __table_args__ = (
        CheckConstraint(
            "(before_scan_id IS NULL) = (before_at IS NULL) AND (before_at IS NULL) = (before_gate_id IS NULL)",
            name="before",
        ),
        CheckConstraint("before_at IS NULL OR pass_id IS NOT NULL", name="again"),
        Index("ix_remark_edition_day", "edition_id", "day_number", "at"),
    )

    scan_id: Mapped[str] = internal(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    day_number: Mapped[int]
    at: Mapped[datetime]
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"))
    pass_id: Mapped[str | None] = internal()
    verdict: Mapped[str] = internal()
    # The entry before, of a pass that came in again.
    before_scan_id: Mapped[str | None] = internal()
    before_at: Mapped[datetime | None]
    before_gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id"))
    is_no_fault: Mapped[bool] = mapped_column(default=False)


class QuarterCount(Model):
    """Cache of the fold: what happened at a gate in a quarter of an hour."""

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"), primary_key=True)
    day_number: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    crew_admitted: Mapped[int] = mapped_column(default=0)
    volunteers_admitted: Mapped[int] = mapped_column(default=0)
    guests_admitted: Mapped[int] = mapped_column(default=0)
    visitors_admitted: Mapped[int] = mapped_column(default=0)
    # Passes that came in again after an exit, that went out, and let in against the class.
    returned: Mapped[int] = mapped_column(default=0)
    left: Mapped[int] = mapped_column(default=0)
    let_in_against: Mapped[int] = mapped_column(default=0)
    tallied_in: Mapped[int] = mapped_column(default=0)
    tallied_out: Mapped[int] = mapped_column(default=0)
