"""Uploads that arrive at the same time go into the log together: one transaction, one wait for the disk.

Each is answered when it is stored, as if it had come alone. Who comes while others write waits, and is then taken with
all who came meanwhile; a hundred phones after a break in the network are a few transactions. The processes of a server
take turns by a lock on a file, so that those who come while another process writes go together as well. SQLite would
let a process sleep and look again, and PostgreSQL would let it wait with the few that it had taken already.
"""

from __future__ import annotations

import fcntl
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.gate import raw, recording
from eventsys.gate.raw import Statement
from eventsys.gate.recording import Sender, Upload
from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.intake import Result

MOST_TOGETHER = 1_000
"""From so many scans on nobody joins a transaction any more, so that nobody waits long for those of others."""

UPLOAD_GRACE = timedelta(days=14)
"""A phone whose hours are over may still send what it holds."""

SEEN_EVERY = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request brings: whose token, scans as they came, and what else the phone told."""

    token_hash: str
    scans: Sequence[object]
    now: datetime
    sent_at: datetime | None = None
    queued: int | None = None


Answer = list[Result] | Exception


@dataclass(slots=True)
class _Waiting:
    sent: Sent
    answer: Answer | None = None


@dataclass(slots=True)
class Uploads:
    """The uploads that one process is taking; `turns` is the file by which processes take turns."""

    turns: Path
    _waiting: deque[_Waiting] = field(default_factory=deque)
    _writing: Lock = field(default_factory=Lock)

    def take(self, sent: Sent) -> list[Result]:
        """Store an upload, with those that wait beside it, and commit; the answer to each scan, in its place.

        Refusal: DEVICE_UNKNOWN, DEVICE_EXPIRED. A failure of the database is raised to all who were taken together:
        none of them is stored then, and each may come again.
        """
        mine = _Waiting(sent)
        self._waiting.append(mine)
        with self._writing:
            while mine.answer is None:
                with self._turn():
                    _take_together(self._next())
        if isinstance(mine.answer, Exception):
            raise mine.answer
        return mine.answer

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """This process's turn to write; it ends when the file is closed, also by a process that dies."""
        with self.turns.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _next(self) -> list[_Waiting]:
        """Those who wait, the first one first, as many as go together."""
        found: list[_Waiting] = []
        while self._waiting and sum(len(one.sent.scans) for one in found) < MOST_TOGETHER:
            found.append(self._waiting.popleft())
        return found


def _take_together(waiting: Sequence[_Waiting]) -> None:
    # Nobody is left without an answer, whatever happens: who has none goes on waiting.
    answers: list[Answer] = [RuntimeError("the upload was broken off")] * len(waiting)
    try:
        answers = _stored([one.sent for one in waiting])
    except Exception as error:  # noqa: BLE001 - raised again to everybody whose scans are not stored
        answers = [error] * len(waiting)
        db.session.rollback()
    finally:
        for one, answer in zip(waiting, answers, strict=True):
            one.answer = answer


def _stored(sent: Sequence[Sent]) -> list[Answer]:
    """The answer to each upload, once all are committed; a refusal of its phone is one."""
    sql, writes = raw.dialect(), list[Statement]()
    phones = _phones({one.token_hash for one in sent})
    answers: list[Answer] = [_objection(phones.get(one.token_hash), now=one.now) or [] for one in sent]
    welcome = [place for place, answer in enumerate(answers) if not isinstance(answer, Exception)]
    by_edition = sorted(welcome, key=lambda place: phones[sent[place].token_hash].sender.edition_id)
    for _, group in groupby(by_edition, key=lambda place: phones[sent[place].token_hash].sender.edition_id):
        places = list(group)
        uploads = [
            Upload(phones[one.token_hash].sender, one.scans, one.now, one.sent_at)
            for one in (sent[place] for place in places)
        ]
        # An edition's scans are in before those of the next are looked at: the two may have sent the same id.
        if writes:
            sql.run(writes)
        recorded, writes = recording.recording_of(uploads)
        for place, results in zip(places, recorded, strict=True):
            answers[place] = results
    sql.commit([*writes, *_notes(phones, [sent[place] for place in welcome])])
    return answers


class _Phone(NamedTuple):
    sender: Sender
    valid_until: datetime
    last_seen_at: datetime | None
    queued: int | None


def _phones(token_hashes: Collection[str]) -> dict[str, _Phone]:
    """The phones with these tokens, by the hash of the token."""
    sql = raw.dialect()
    asked = (
        "SELECT token_hash, device.id, gate_id, edition_id, role, enrolled_at, revoked_at, valid_until, last_seen_at, queued"
        f" FROM device JOIN gate ON gate.id = device.gate_id WHERE token_hash {sql.one_of('hashes')}"
    )
    [rows] = sql.run([Statement(asked, {"hashes": sql.listed(token_hashes)})])
    return {
        token_hash: _Phone(
            Sender(
                device_id, gate_id, edition_id, DeviceRole(role), sql.read(enrolled_at), sql.read_or_none(revoked_at)
            ),
            sql.read(valid_until),
            sql.read_or_none(last_seen_at),
            queued,
        )
        for token_hash, device_id, gate_id, edition_id, role, enrolled_at, revoked_at, valid_until, last_seen_at, queued in rows
    }


def _objection(phone: _Phone | None, *, now: datetime) -> Refusal | None:
    """Why a phone may not send: nobody knows it, or its hours were over long ago. A revoked one may."""
    if phone is None:
        return Refusal(Code.DEVICE_UNKNOWN)
    return Refusal(Code.DEVICE_EXPIRED) if now >= phone.valid_until + UPLOAD_GRACE else None


def _notes(phones: Mapping[str, _Phone], sent: Sequence[Sent]) -> Iterator[Statement]:
    """Notes of when phones were there and what stayed behind on them: by the last of their uploads, at most once a second."""
    sql = raw.dialect()
    for token_hash, one in {one.token_hash: one for one in sent}.items():
        phone = phones[token_hash]
        queued = phone.queued if one.queued is None else one.queued
        is_fresh = phone.last_seen_at is not None and timedelta(0) <= one.now - phone.last_seen_at < SEEN_EVERY
        if queued != phone.queued or not is_fresh:
            values = {"id": phone.sender.device_id, "now": sql.moment(one.now), "queued": queued}
            yield Statement("UPDATE device SET last_seen_at = :now, queued = :queued WHERE id = :id", values)
