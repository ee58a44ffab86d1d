"""What the database says when it can't: that there is no room, or that it isn't there just now."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
DISK_FULL = "53100"
# Classes of SQLSTATE (PostgreSQL, appendix A): connection, rollback of a lost race, resources, locks, an operator's act.
AWAY = frozenset({"08", "40", "53", "55", "57"})


def has_no_room(error: DBAPIError) -> bool:
    """Whether the database could not write because its disk is full, or a file of it may not grow."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code in NO_ROOM
    return getattr(error.orig, "sqlstate", None) == DISK_FULL


def is_away(error: DBAPIError) -> bool:
    """Whether the same request may succeed in a moment: the database restarts, is busy, or the connection was lost."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in BUSY
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or (state is None or state[:2] in AWAY)
