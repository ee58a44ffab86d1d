"""Letting phones in, taking their scans, and making the caches anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import hash_of, new_code, new_token
from eventsys.base.refusals import Refusal
from eventsys.editions import actions as editions
from eventsys.editions.models import Edition, Gate
from eventsys.gate import caches, queries, recording
from eventsys.gate.models import Admission, Device, GateLink, QuarterCount, Remark
from eventsys.gate.recording import Sender, Upload
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.differences import Difference, differences
from eventsys.gate.rules.fold import Fold
from eventsys.gate.rules.intake import Result

TYPED_LENGTH = 6
TOKEN_LENGTH = 43
TYPED_FOR = timedelta(minutes=15)
LONGEST_SHIFT = timedelta(days=16)
MOST_DEVICES = 200
LONGEST_NICKNAME = 40
SEEN_EVERY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that was just made, with the secrets that nobody can see again."""

    link: GateLink
    token: str
    typed_code: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A phone that was just taken in, with its token."""

    device: Device
    token: str


def add_gate(edition: Edition, *, code: str, name: Mapping[str, str], by: Actor, now: datetime) -> Gate:
    """A gate of the edition. Refusal: GATE_CODE_SHAPE, GATE_CODE_TAKEN, GATE_NAME_MISSING."""
    code = code.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]{1,6}", code):
        raise Refusal(Code.GATE_CODE_SHAPE, field="code", wanted=code)
    if queries.gate(edition, code) is not None:
        raise Refusal(Code.GATE_CODE_TAKEN, field="code", wanted=code)
    named = {language: text.strip() for language, text in name.items() if text.strip()}
    if not named:
        raise Refusal(Code.GATE_NAME_MISSING, field="name")
    gate = editions.add_gate(edition, code=code, name=named)
    record("gate.added", "gate", f"{edition.slug}:{code}", by=by, now=now)
    return gate


def make_link(
    gate: Gate,
    *,
    role: DeviceRole,
    valid_from: datetime,
    valid_until: datetime,
    most_devices: int,
    by: Actor,
    now: datetime,
) -> NewLink:
    """An invitation for phones to a gate. Refusal: LINK_HOURS, LINK_DEVICES."""
    if not timedelta(0) < valid_until - valid_from <= LONGEST_SHIFT or valid_until <= now:
        raise Refusal(Code.LINK_HOURS, field="valid_until", days=LONGEST_SHIFT.days)
    if not 1 <= most_devices <= MOST_DEVICES:
        raise Refusal(Code.LINK_DEVICES, field="most_devices", most=MOST_DEVICES)
    token, typed_code = new_token(), new_code(TYPED_LENGTH)
    link = GateLink(
        code=new_code(),
        gate_id=gate.id,
        role=role,
        token_hash=hash_of(token),
        code_hash=hash_of(typed_code),
        code_expires_at=now + TYPED_FOR,
        valid_from=valid_from,
        valid_until=valid_until,
        most_devices=most_devices,
        created_at=now,
    )
    db.session.add(link)
    record("gate.link_made", "gate_link", link.code, by=by, now=now, detail=role.value)
    return NewLink(link, token, typed_code)


def revoke_link(link: GateLink, *, by: Actor, now: datetime) -> None:
    """Take no more phones in by a link; those that came by it stay. Nothing changes when it is revoked already."""
    if link.revoked_at is None:
        link.revoked_at = now
        record("gate.link_revoked", "gate_link", link.code, by=by, now=now)


def invitation(said: str, *, now: datetime) -> GateLink:
    """The link of a token or of six characters, while it takes phones in; looking uses nothing up.

    Refusal: LINK_UNKNOWN (wrong, revoked, or typed too late), LINK_EXPIRED, LINK_FULL.
    """
    typed = _typed(said)
    link = queries.link(hash_of(typed or said), is_typed=typed is not None, now=now)
    if link is None or link.revoked_at is not None:
        raise Refusal(Code.LINK_UNKNOWN, field="code")
    if link.valid_until <= now:
        raise Refusal(Code.LINK_EXPIRED, field="code")
    if queries.devices_taken(link) >= link.most_devices:
        raise Refusal(Code.LINK_FULL, field="code", most=link.most_devices)
    return link


def _typed(said: str) -> str | None:
    """The six characters as they are kept; None for a token."""
    return said.replace("-", "").replace(" ", "").upper() if len(said) < TOKEN_LENGTH else None


def enrol(said: str, *, now: datetime, nickname: str = "") -> Enrolled:
    """A phone for a link's token, or for its six characters, which work once. Refusal: as `invitation`."""
    link = invitation(said, now=now)
    if _typed(said) is not None:
        link.code_hash = link.code_expires_at = None
    token = new_token()
    device = Device(
        code=new_code(),
        gate=link.gate,
        gate_link_id=link.id,
        role=link.role,
        token_hash=hash_of(token),
        nickname=" ".join(nickname.split())[:LONGEST_NICKNAME].rstrip(),
        valid_from=link.valid_from,
        valid_until=link.valid_until,
        enrolled_at=now,
        last_seen_at=now,
    )
    db.session.add(device)
    record("gate.enrolled", "device", device.code, by=Actor("device", device.code), now=now, detail=link.code)
    return Enrolled(device, token)


def note_lock_out(limit: str, *, now: datetime) -> None:
    """Write down that somebody tried wrong codes up to a limit; not from where, which is a person's address."""
    record("gate.locked_out", "gate_link", "", by=Actor("device"), now=now, detail=limit)


def revoke_device(device: Device, *, by: Actor, now: datetime) -> None:
    """Sign a phone out; it may still send what it holds. Refusal(DEVICE_REVOKED) when that was done already."""
    if device.revoked_at is not None:
        raise Refusal(Code.DEVICE_REVOKED)
    device.revoked_at = now
    record("gate.device_revoked", "device", device.code, by=by, now=now)


def is_seen_late(device: Device, *, now: datetime) -> bool:
    """Whether it is time to note again that a phone was there: twice a minute is enough."""
    return device.last_seen_at is None or not timedelta(0) <= now - device.last_seen_at < SEEN_EVERY


def see(device: Device, *, now: datetime) -> None:
    """Note that a phone was there."""
    device.last_seen_at = now


def record_scans(
    device: Device, scans: Sequence[object], *, now: datetime, sent_at: datetime | None = None
) -> list[Result]:
    """Take scans into the log, each exactly once, and answer each in its place; the caches follow.

    `scans` are objects as the API gets them: what can't be read is refused alone. `sent_at` is the phone's own clock
    when it sent them. Sending again changes nothing and gives the same answer (`known`); `received_at` is `now`.
    """
    device.last_seen_at = now
    return recording.record([Upload(Sender.of(device), scans, now, sent_at)])[0]


def judge_revoked(edition: Edition, *, pass_ids: Collection[str]) -> None:
    """Judge again what was scanned of passes that were just revoked: a scan may be younger than the revocation."""
    caches.revoked_now(edition.id, pass_ids)


def rebuild(edition: Edition, *, is_check: bool) -> list[Difference]:
    """Fold the whole log again and tell where the caches said otherwise; put them right unless it is only a check."""
    caches.lock(edition.id)
    ground = caches.ground_of(edition.id)
    cached, folded = caches.cached_fold(ground), caches.whole_fold(ground)
    found = differences(cached, folded)
    if found and not is_check:
        for table in (Admission, QuarterCount, Remark):
            db.session.execute(delete(table).where(table.edition_id == edition.id))
        caches.change(ground, Fold(), folded)
    return found
