"""Telling the phones what was taken back: a void arrives with its scan, before it or long after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from eventsys.gate import caches, raw
from eventsys.gate.raw import Statement
from eventsys.gate.rules.admissions import Judged, Note
from eventsys.gate.rules.fold import Fold
from eventsys.gate.rules.scans import ScanRecord

_NEWS = {"scan_id": "text", "day_number": "int", "pass_id": "text", "place": "int"}


def news_of(scans: Iterable[ScanRecord], *, before: Fold, after: Fold) -> list[dict[str, Any]]:
    """The scans of passes that count no longer: before, they did, or were not known at all."""
    gone = (scan for scan in scans if scan.pass_id is not None and _is_news(scan.scan_id, before=before, after=after))
    return [
        {
            "scan_id": scan.scan_id,
            "day_number": after.judged[scan.scan_id].day,
            "pass_id": scan.pass_id,
            "place": place,
        }
        for place, scan in enumerate(sorted(gone, key=lambda scan: scan.scan_id), 1)
    ]


def _is_news(scan_id: str, *, before: Fold, after: Fold) -> bool:
    return _is_voided(after.judged.get(scan_id)) and not _is_voided(before.judged.get(scan_id))


def _is_voided(judged: Judged | None) -> bool:
    return judged is not None and Note.VOIDED in judged.notes


def telling_of(edition_id: int, news: list[dict[str, Any]]) -> Iterator[Statement]:
    """The statements that number news for the phones; the edition is locked, and its scans are in the log."""
    if not news:
        return
    sql, name = raw.dialect(), caches.counter_of(edition_id)
    tell = (
        "INSERT INTO taken_back (scan_id, edition_id, day_number, pass_id, seq)"
        " SELECT r.scan_id, :edition_id, r.day_number, r.pass_id, counter.value + r.place"
        f" FROM {sql.table('rows', _NEWS)}, counter WHERE counter.name = :name ON CONFLICT (scan_id) DO NOTHING"
    )
    yield Statement(tell, {"edition_id": edition_id, "rows": sql.rows(news), "name": name})
    take = "UPDATE counter SET value = value + :taken WHERE name = :name"
    yield Statement(take, {"taken": len(news), "name": name})
