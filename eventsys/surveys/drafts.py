"""Half-finished responses: kept in the database, and read with a key that only the respondent's device has.

The database has ciphertext under a hash of the key: whoever has all of it reads no answer that wasn't sent.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import CursorResult, delete, insert, select, update

from eventsys.base.db import db
from eventsys.surveys.models import Survey, SurveyDraft

KEY_BYTES, NONCE_BYTES = 32, 12
KEPT_FOR = timedelta(days=30)
# What is far too long for an answer isn't kept: the page shows it again with its message.
LONGEST_KEPT = 4000


@dataclass(frozen=True, slots=True)
class Draft:
    """What a device holds of a response. `key` is the secret in its cookie; nobody else has it."""

    key: str
    given: dict[str, list[str]] = field(default_factory=dict)

    @property
    def response_id(self) -> str:
        """The key of the one response that this becomes, however often it is sent."""
        return sha256(f"response:{self.key}".encode()).hexdigest()[:32]


def opened(key: str) -> Draft:
    """The draft that is kept under a device's key; a new one where there is no key, or none that we gave."""
    raw = _bytes_of(key)
    if raw is None:
        return Draft(urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode())
    kept = db.session.get(SurveyDraft, _id(key))
    if kept is None:
        return Draft(key)
    nonce, locked = kept.content[:NONCE_BYTES], kept.content[NONCE_BYTES:]
    try:
        return Draft(key, json.loads(AESGCM(raw).decrypt(nonce, locked, None)))
    except (InvalidTag, ValueError):  # Not written by us.
        return Draft(key)


def keep(draft: Draft, survey: Survey, given: Mapping[str, Sequence[str]], *, today: date) -> None:
    """Keep what was given, beside what was kept before."""
    for key, values in given.items():
        draft.given[key] = [value for value in values if len(value) <= LONGEST_KEPT]
    nonce = secrets.token_bytes(NONCE_BYTES)
    locked = AESGCM(urlsafe_b64decode(draft.key)).encrypt(nonce, json.dumps(draft.given).encode(), None)
    told = {"content": nonce + locked, "kept_on": today}
    # Not by the row that `opened` read: the same sheet, sent twice, may have been stored and forgotten meanwhile.
    done = db.session.execute(update(SurveyDraft).where(SurveyDraft.id == _id(draft.key)).values(**told))
    if not cast("CursorResult[Any]", done).rowcount:
        db.session.execute(insert(SurveyDraft).values(id=_id(draft.key), survey_id=survey.id, **told))


def forget(draft: Draft) -> None:
    """Drop what was kept."""
    db.session.execute(delete(SurveyDraft).where(SurveyDraft.id == _id(draft.key)))


def forget_old(*, today: date) -> bool:
    """Drop what nobody has gone on with for thirty days; whether there was any."""
    is_old = SurveyDraft.kept_on < today - KEPT_FOR
    if db.session.scalar(select(SurveyDraft.id).where(is_old).limit(1)) is None:
        return False
    db.session.execute(delete(SurveyDraft).where(is_old))
    return True


def _id(key: str) -> str:
    return sha256(f"draft:{key}".encode()).hexdigest()


def _bytes_of(key: str) -> bytes | None:
    try:
        raw = urlsafe_b64decode(key.encode())
    except ValueError:
        return None
    return raw if len(raw) == KEY_BYTES else None
