"""Keeping files: a row in the running transaction, and the content under a name of our own outside the web root."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.files.models import StoredFile
from eventsys.files.rules.checking import check, shown_name

WRITTEN = "files written"
REMOVED = "files removed"


def store(content: bytes, name: str, *, folder: Path, now: datetime, must_be_picture: bool = False) -> StoredFile:
    """Check a file and keep it; when the transaction is rolled back, its content goes again.

    Refusal: those of `rules.checking.check`.
    """
    checked = check(content, must_be_picture=must_be_picture)
    code = new_code(16)
    _write(checked.content, path_of(folder, code))
    stored = StoredFile(
        code=code,
        name=shown_name(name),
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        width=checked.width,
        height=checked.height,
        stored_at=now,
    )
    db.session.add(stored)
    db.session.flush()  # What it belongs to needs its key.
    return stored


def copy(stored: StoredFile, *, folder: Path, now: datetime) -> StoredFile | None:
    """The same content once more, under a name of its own, for something else to hold; None where it is lost on disk."""
    code = new_code(16)
    try:
        content = path_of(folder, stored.code).read_bytes()
    except FileNotFoundError:
        return None
    _write(content, path_of(folder, code))
    same = {name: getattr(stored, name) for name in ("name", "media_type", "size", "sha256", "width", "height")}
    copied = StoredFile(code=code, stored_at=now, **same)
    db.session.add(copied)
    db.session.flush()  # What it belongs to needs its key.
    return copied


def _write(content: bytes, path: Path) -> None:
    """Keep content for as long as the transaction holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    db.session().info.setdefault(WRITTEN, []).append(path)


def remove(stored: StoredFile, *, folder: Path) -> None:
    """Forget a file; its content goes when the transaction has held."""
    db.session().info.setdefault(REMOVED, []).append(path_of(folder, stored.code))
    db.session.delete(stored)


def path_of(folder: Path, code: str) -> Path:
    """Where the content of a file lies: spread over folders, under its code alone."""
    return folder / code[:2] / code


def _tidy(session: Session, gone: str, kept: str) -> None:
    if session.in_nested_transaction():
        return  # A savepoint: the transaction around it decides.
    session.info.pop(kept, None)
    for path in session.info.pop(gone, ()):
        path.unlink(missing_ok=True)


@event.listens_for(Session, "after_commit")
def _after_commit(session: Session) -> None:
    _tidy(session, REMOVED, WRITTEN)


@event.listens_for(Session, "after_rollback")
def _after_rollback(session: Session) -> None:
    _tidy(session, WRITTEN, REMOVED)
