"""A spreadsheet of applications on its way in: where it stands, and which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz import fuzz, process

from eventsys.applications.rules.import_rows import NEEDED, OPTIONAL, PASSED_OVER, check_columns
from eventsys.applications.rules.own_columns import OwnColumn
from eventsys.organisations.rules.names import name_key

COLUMNS = (*NEEDED, *OPTIONAL)
# Headings that people write, in small letters; our own names stand for themselves.
CALLED = {
    "reference": "reference, nummer, nr, ansøgningsnummer, id",
    "kind": "type, art, slags",
    "name": "navn, forening, foreningens navn, organisation, association, restaurant",
    "email": "mail, e-mail, mailadresse, e-mailadresse, mail address, email address",
    "days": "dage, dag",
    "submitted_at": "modtaget, indsendt, sendt, tidsstempel, timestamp, sent",
    "native_name": "navn på eget sprog, name in own language",
    "language": "sprog",
    "cvr": "cvr-nr, cvr-nummer, cvr number",
    "phone": "telefon, tlf, mobil, telefonnummer, mobile",
    "area": "bydel, område, part of town",
    "returning": "deltaget før, took part before",
    "minority_association": "etnisk minoritet",
    "development_course": "udviklingsforløb",
    "crew": "personer, antal personer, bemanding, frivillige, people",
    "cuisine": "mad, ret, retter, køkken, food",
    "width_m": "bredde, bredde m, bredde i meter, width",
    "power_kw": "strøm, strøm kw, effekt, kw, power",
    "three_phase": "3-faset, kraft, three-phase power",
    "water": "vand",
    "gas": "gas",
    "open_fire": "åben ild, grill",
    "amplified_sound": "lyd, forstærket lyd, højttaler, sound",
    "vehicle_access": "bil, trailer, car",
    "step_free": "niveaufri adgang, uden trin",
    "children_activities": "børn, børneaktiviteter, children",
    "dietary": "kost, diæt, diet",
    "allergens": "allergener",
    "food_registration": "fødevareregistrering",
    "keep_apart": "adskil, ikke ved siden af",
    "next_to": "ved siden af, naboer, neighbours",
    "about_da": "beskrivelse, tekst, tekst på dansk, om jer",
    "about_en": "description, text in english",
}
LIKE_ENOUGH = 88


# More rows than these aren't tried while somebody waits for the page: the worker tries them.
MOST_TRIED_AT_ONCE = 2_000


class SheetState(StrEnum):
    """Where a spreadsheet stands on its way in, and out again."""

    WAITING = "waiting"
    TRYING = "trying"
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    UNDOING = "undoing"
    UNDONE = "undone"


ON_ITS_WAY = frozenset({SheetState.QUEUED, SheetState.RUNNING, SheetState.UNDOING})


class Stays(StrEnum):
    """Why an application that came in by a spreadsheet stays when that is undone."""

    DECIDED = "decided"
    CHANGED = "changed"
    LOOKED_AT = "looked_at"
    WRITTEN_TO = "written_to"


def headings_of(cells: Sequence[str]) -> list[str]:
    """The headings of a sheet, each different from the others: a second one of a name gets a number, an empty one too."""
    found: list[str] = []
    for place, cell in enumerate(cells, start=1):
        heading = cell or f"({place})"
        while heading in found:
            heading = f"{heading} ({place})"
        found.append(heading)
    return found


def chosen(headings: Sequence[str], columns: Mapping[str, str], own: Collection[str] = ()) -> list[str]:
    """The columns of ours in the order of a sheet's headings. Refused: COLUMN_TWICE, COLUMN_UNKNOWN, COLUMN_MISSING."""
    found = [columns.get(heading, PASSED_OVER) for heading in headings]
    check_columns(found, own)
    return found


def proposed(
    headings: Sequence[str], known: Mapping[str, str], own: Mapping[str, OwnColumn] = MappingProxyType({})
) -> dict[str, str]:
    """For each heading of a sheet the column of ours that it most likely is, empty for none; each of ours once.

    `own` are the edition's questions, known by their labels.

    `known` says what headings were the last time; then our own names and what people write count, then what is
    nearly one of these (Indel similarity of at least 88 %).
    """
    said = {name_key(label): name for name, column in own.items() for label in (name, *column.labels)}
    said |= {spelling: column for column, words in CALLED.items() for spelling in _spellings(column, words)}
    known = {heading: column for heading, column in known.items() if column in COLUMNS or column in own}
    found: dict[str, str] = {}
    for heading in headings:
        key = name_key(heading)
        near = process.extractOne(key, said.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH) if key else None
        column = known.get(heading) or said.get(key) or (said[near[0]] if near else "")
        found[heading] = "" if column in found.values() else column
    return found


def _spellings(column: str, words: str) -> list[str]:
    return [name_key(word) for word in (column, *words.split(","))]
