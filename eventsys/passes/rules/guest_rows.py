"""A list of volunteers and guests, as a spreadsheet holds it: kind, days, name, mail address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import Line, NotText, lines_of
from eventsys.passes.rules.codec import PassKind, days_mask
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.handing import email_of, names_of, row_keys

MOST_ROWS = 2000
# How columns may be called: in English and in Danish.
COLUMNS = {
    "kind": ("kind", "type", "art"),
    "days": ("days", "day", "dage", "dag"),
    "name": ("name", "navn"),
    "email": ("email", "e-mail", "mail"),
}
NEEDED = ("kind", "days")
KIND_WORDS = {
    "volunteer": PassKind.VOLUNTEER,
    "frivillig": PassKind.VOLUNTEER,
    "guest": PassKind.GUEST,
    "gæst": PassKind.GUEST,
}
ALL_DAYS = frozenset({"all", "alle"})


@dataclass(frozen=True, slots=True)
class GuestRow:
    """One person of a list; name and address are empty where they aren't given. `key` finds the row again next time."""

    number: int
    kind: PassKind
    days: frozenset[int]
    name: str
    email: str
    key: str = ""

    @property
    def person(self) -> tuple[PassKind, str, str]:
        """Who it is, for telling whether somebody is on it twice."""
        return self.kind, self.name.casefold(), self.email


@dataclass(frozen=True, slots=True)
class GuestFile:
    """The rows that say something sound, and those that don't."""

    rows: tuple[GuestRow, ...]
    refused: tuple[RowRefusal, ...]


def read_guests(content: bytes, *, days: frozenset[int]) -> GuestFile:
    """The rows of a CSV or XLSX file, for an edition with these days. Refusal: LIST_UNREADABLE, COLUMN_MISSING, ROWS."""
    try:
        lines = lines_of(content)
    except NotText:
        raise Refusal(Code.LIST_UNREADABLE, field="file") from None
    columns = _columns(lines[0].cells or () if lines else ())
    if len(lines) - 1 > MOST_ROWS:
        raise Refusal(Code.ROWS, field="file", most=MOST_ROWS)
    rows, refused = [], []
    for line in lines[1:]:
        try:
            rows.append(_row(line, columns, days=days))
        except Refusal as refusal:
            who = " ".join(cell for cell in line.cells or () if cell)[:40]
            refused.append(RowRefusal(line.number, who, refusal.code, refusal.field or "", refusal.values))
    keys = row_keys([(row.kind.value, days_mask(row.days), row.name, row.email) for row in rows])
    keyed = [
        GuestRow(row.number, row.kind, row.days, row.name, row.email, key) for row, key in zip(rows, keys, strict=True)
    ]
    return GuestFile(tuple(keyed), tuple(refused))


def _columns(header: Sequence[str]) -> Mapping[str, int]:
    known = {word: column for column, words in COLUMNS.items() for word in words}
    places = {known[name]: place for place, cell in enumerate(header) if (name := cell.strip().casefold()) in known}
    for column in NEEDED:
        if column not in places:
            raise Refusal(Code.COLUMN_MISSING, field="file", column=column)
    return places


def _row(line: Line, columns: Mapping[str, int], *, days: frozenset[int]) -> GuestRow:
    if line.cells is None:
        raise Refusal(Code.LIST_UNREADABLE)
    cells = {name: line.cells[place].strip() if place < len(line.cells) else "" for name, place in columns.items()}
    kind = KIND_WORDS.get(cells["kind"].casefold())
    if kind is None:
        raise Refusal(Code.KIND_UNKNOWN, field="kind", value=cells["kind"][:40] or "–")
    [name] = names_of(cells.get("name", ""), 1) or ("",)
    return GuestRow(line.number, kind, _days(cells["days"], days), name, email_of(cells.get("email", "")))


def _days(written: str, days: frozenset[int]) -> frozenset[int]:
    if written.casefold() in ALL_DAYS:
        return days
    parts = [part for part in re.split(r"[^\w]+", written) if part]
    wanted = {int(part) for part in parts if part.isdecimal() and len(part) < 3}
    if not wanted or len(wanted) < len(set(parts)) or not wanted <= days:
        raise Refusal(Code.DAY_UNKNOWN, field="days", days=written[:40] or "–")
    return frozenset(wanted)
