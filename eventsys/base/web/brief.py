"""What many ask for at the same moment is made once, and kept in this process for about a second."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from flask import Request, Response

from eventsys.base import clock

SMALLEST_ZIPPED = 1000
AT, AGE = "Figures-At", "Figures-Age"


@dataclass(frozen=True, slots=True)
class Made:
    """An answer as it goes out, and of which moment it tells."""

    at: datetime
    content: bytes
    zipped: bytes
    etag: str


def made_of(told: Mapping[str, object], *, at: datetime) -> Made:
    """An answer that says this, as of a moment. Its tag is that of what it says, whenever and wherever it is said."""
    content = json.dumps(told, ensure_ascii=False).encode()
    zipped = gzip.compress(content, compresslevel=5) if len(content) > SMALLEST_ZIPPED else b""
    return Made(at, content, zipped, hashlib.sha256(content).hexdigest()[:32])


class Brief:
    """Keeps what was made last under each key.

    What is older than `renewed_after` is made anew by one of those who ask, while the others still get the old one; what
    is as old as `lasts` is given to nobody.
    """

    def __init__(self, *, renewed_after: timedelta, lasts: timedelta) -> None:
        self._renewed_after, self._lasts = renewed_after, lasts
        self._kept: dict[Hashable, Made] = {}
        self._locks: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under a key, or what `make` makes of it now."""
        if (kept := self._younger(key, self._renewed_after)) is not None:
            return kept
        lock = self._locks.setdefault(key, Lock())
        is_mine = lock.acquire(blocking=False)
        if not is_mine and (kept := self._younger(key, self._lasts)) is not None:
            return kept
        if not is_mine:
            lock.acquire()
        try:
            kept = self._younger(key, self._renewed_after)
            if kept is None:
                kept = self._kept[key] = make()
            return kept
        finally:
            lock.release()

    def forget(self) -> None:
        """Keep nothing."""
        self._kept.clear()

    def _younger(self, key: Hashable, than: timedelta) -> Made | None:
        kept = self._kept.get(key)
        return kept if kept is not None and timedelta(0) <= clock.now() - kept.at < than else None


def answer_with(made: Made, request: Request) -> Response:
    """The answer to somebody who may have it already; it says how old it is, by the server's own clock."""
    is_zipped = bool(made.zipped) and request.accept_encodings["gzip"] > 0
    answer = Response(made.zipped if is_zipped else made.content, mimetype="application/json")
    if is_zipped:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(made.etag, weak=True)
    answer.headers[AT] = made.at.isoformat(timespec="milliseconds")
    answer.headers[AGE] = str(max(0, (clock.now() - made.at) // timedelta(milliseconds=1)))
    answer.make_conditional(request)
    return answer
