"""The register: what was done in a programme year, kept by hand: kind, group, date, amount, quality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from eventsys.base.reading import ObjectReader, one_of, text
from eventsys.base.refusals import Refusal, RowRefusal, all_of
from eventsys.base.spreadsheet import Line, NotText, lines_of, number, western
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import Figure, Quality, Unit
from eventsys.indicators.rules.populations import Population
from eventsys.indicators.rules.sentences import Phrase, Sentence, say

T = TypeVar("T")

HUNDREDTHS, THOUSANDTHS = 100, 1000
LARGEST = 1_000_000
LONGEST = 120  # Characters of a group or a note.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class EntryKind(StrEnum):
    """What an entry of the register counts."""

    REQUISITION = "requisition"
    ADVICE = "advice"
    SUPPORT = "support"
    ADMINISTRATION = "administration"
    PROJECT = "project"
    INITIATIVE = "initiative"
    EVENT = "event"
    ATTENDANCE = "attendance"
    PERSON = "person"
    ORGANISATION = "organisation"
    SCHOOL_CLASS = "school_class"
    PLAN = "plan"
    PARTNER = "partner"
    CAMPAIGN = "campaign"
    PUBLICATION = "publication"
    DISTRICT = "district"
    STEERING_GROUP = "steering_group"
    DAY = "day"
    HOURS = "hours"


UNIT_OF_KIND = {
    EntryKind.REQUISITION: Unit.TASKS,
    EntryKind.ADVICE: Unit.TASKS,
    EntryKind.SUPPORT: Unit.TASKS,
    EntryKind.ADMINISTRATION: Unit.ADMINISTRATIONS,
    EntryKind.PROJECT: Unit.PROJECTS,
    EntryKind.INITIATIVE: Unit.INITIATIVES,
    EntryKind.EVENT: Unit.EVENTS,
    EntryKind.ATTENDANCE: Unit.VISITS,
    EntryKind.PERSON: Unit.PERSONS,
    EntryKind.ORGANISATION: Unit.ORGANISATIONS,
    EntryKind.SCHOOL_CLASS: Unit.CLASSES,
    EntryKind.PLAN: Unit.PLANS,
    EntryKind.PARTNER: Unit.PARTNERS,
    EntryKind.CAMPAIGN: Unit.CAMPAIGNS,
    EntryKind.PUBLICATION: Unit.PUBLICATIONS,
    EntryKind.DISTRICT: Unit.DISTRICTS,
    EntryKind.STEERING_GROUP: Unit.GROUPS,
    EntryKind.DAY: Unit.DAYS,
    EntryKind.HOURS: Unit.HOURS,
}


class Way(StrEnum):
    """How entries become one figure: their amounts added up, or the different groups counted once each."""

    AMOUNTS = "amounts"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. `amount` is in hundredths, and whole but for hours; `happened_on` may be unknown."""

    kind: EntryKind
    group: str
    happened_on: date | None
    hundredths: int
    quality: Quality = Quality.COUNTED
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.hundredths <= LARGEST * HUNDREDTHS:
            raise Refusal(Code.AMOUNT_OUT_OF_BOUNDS, field="count", most=LARGEST)
        if self.kind is not EntryKind.HOURS and self.hundredths % HUNDREDTHS:
            raise Refusal(Code.AMOUNT_NOT_WHOLE, field="count")
        for field, words in (("group", self.group), ("note", self.note)):
            if len(words) > LONGEST:
                raise Refusal(Code.TOO_LONG, field=field, most=LONGEST)

    @property
    def amount(self) -> Fraction:
        """How many, or how many hours."""
        return Fraction(self.hundredths, HUNDREDTHS)

    @property
    def is_held(self) -> bool:
        """Whether it happened: what is only expected counts nowhere."""
        return self.quality is not Quality.EXPECTED


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """Which entries a figure is made of: a kind, perhaps one group of it, and how they are counted."""

    kind: EntryKind
    group: str = ""
    way: Way = Way.AMOUNTS

    @property
    def unit(self) -> Unit:
        """What the figure counts."""
        return UNIT_OF_KIND[self.kind]

    @classmethod
    def read(cls, reader: ObjectReader) -> RegisterPart | None:
        """From the fields `register`, `group` and `way` of a definition; None where it has no `register`."""
        kind = reader.take_or("register", one_of(EntryKind), default=None)
        group = reader.take_or("group", text, default="")
        way = reader.take_or("way", one_of(Way), default=Way.AMOUNTS)
        if kind is None and (group or way is not Way.AMOUNTS):
            raise Refusal(Code.FIELD_MISSING, field=reader.path_of("register"))
        return None if kind is None else cls(kind, group, way)

    def to_json(self) -> dict[str, object]:
        """The fields that `read` takes."""
        return {"register": self.kind.value, "group": self.group or None, "way": self.way.value}

    def sentence(self) -> Sentence:
        """What it comes to, in one sentence."""
        if self.group:
            return say(Phrase.DEFINED_REGISTER_GROUP, kind=self.kind, group=self.group)
        phrase = Phrase.DEFINED_REGISTER_GROUPS if self.way is Way.GROUPS else Phrase.DEFINED_REGISTER
        return say(phrase, kind=self.kind)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is of this part; capitals make no difference in a group."""
        return entry.kind is self.kind and (not self.group or entry.group.casefold() == self.group.casefold())


def part_as_json(part: RegisterPart | None) -> dict[str, object]:
    """Nothing where there is none, so that the hash of what was frozen earlier stays what it was."""
    return {} if part is None else part.to_json()


def refuse_half_a_part(population: Population, part: RegisterPart | None) -> None:
    """A count has a population or a part of the register. Refused: FIELD_MISSING."""
    if (population is Population.REGISTERED) != (part is not None):
        raise Refusal(Code.FIELD_MISSING, field="definition.register" if part is None else "definition.population")


def refuse_without_part(population: Population, part: RegisterPart | None) -> None:
    """Whom the register lists says nothing without the part; beside others a part says how many they are. Refused: FIELD_MISSING."""
    if population is Population.REGISTERED and part is None:
        raise Refusal(Code.FIELD_MISSING, field="definition.register")


def figure_of(part: RegisterPart, entries: Iterable[Entry]) -> Figure | None:
    """What a part of the register comes to, as sure as its least sure entry; None while it has no entry."""
    held = [entry for entry in entries if part.holds(entry)]
    if not held:
        return None
    happened = [entry for entry in held if entry.is_held]
    if part.way is Way.GROUPS:
        value = Fraction(len({entry.group.casefold() for entry in happened if entry.hundredths and entry.group}))
    else:
        value = sum((entry.amount for entry in happened), Fraction(0))
    order = list(Quality)
    quality = max((entry.quality for entry in happened), key=order.index, default=Quality.EXPECTED)
    return Figure(value, part.unit, quality)


COLUMNS = {
    "kind": "kind",
    "group": "group",
    "challenge": "group",
    "date": "date",
    "count": "count",
    "quality": "quality",
}
COLUMNS |= {"note": "note", "art": "kind", "gruppe": "group", "udfordring": "group", "dato": "date", "antal": "count"}
COLUMNS |= {"kvalitet": "quality", "bemærkning": "note"}


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file that was read: the entries that are sound, and the rows refused with why."""

    row_count: int
    entries: tuple[Entry, ...]
    refused: tuple[RowRefusal, ...]


def read_register(content: bytes) -> RegisterFile:
    """Read a CSV file or workbook with the columns kind, group (or challenge), date, count, quality, note.

    Only kind and count must be there. Refused as a whole: FILE_NOT_TEXT, COLUMN_MISSING, COLUMN_UNKNOWN; a bad row alone.
    """
    try:
        lines = lines_of(content)
    except NotText:
        raise Refusal(Code.FILE_NOT_TEXT) from None
    columns = _columns(lines[0] if lines else Line(1, ()))
    entries, refused = [], []
    for line in lines[1:]:
        try:
            entries.append(_entry(line, columns))
        except Refusal as no:
            refused.append(RowRefusal.of(line.number, "", no))
    return RegisterFile(len(lines) - 1 if lines else 0, tuple(entries), tuple(refused))


def _columns(header: Line) -> list[str]:
    found = []
    for cell in header.cells or ():
        name = COLUMNS.get(cell.strip().casefold())
        if name is None or name in found:
            raise Refusal(Code.COLUMN_UNKNOWN, column=cell)
        found.append(name)
    for needed in ("kind", "count"):
        if needed not in found:
            raise Refusal(Code.COLUMN_MISSING, column=needed)
    return found


def _entry(line: Line, columns: list[str]) -> Entry:
    if line.cells is None or len(line.cells) > len(columns):
        raise Refusal(Code.ROW_UNREADABLE)
    cells = dict(zip(columns, line.cells, strict=False))
    wrong: list[Refusal] = []
    kind = _kept(lambda: kind_written(cells.get("kind", "")), wrong)
    happened_on = _kept(lambda: date_written(cells.get("date", "")), wrong)
    hundredths = _kept(lambda: amount_written(cells.get("count", "")), wrong)
    quality = _kept(lambda: quality_written(cells.get("quality", "")), wrong)
    if wrong or kind is None or hundredths is None or quality is None:
        raise all_of(wrong)
    return Entry(
        kind, " ".join(cells.get("group", "").split()), happened_on, hundredths, quality, cells.get("note", "")
    )


def _kept(read: Callable[[], T], wrong: list[Refusal]) -> T | None:
    try:
        return read()
    except Refusal as no:
        wrong.append(no)
        return None


def kind_written(written: str) -> EntryKind:
    """The kind that a cell names. Refused: KIND_UNKNOWN."""
    try:
        return EntryKind(written.strip().casefold().replace(" ", "_"))
    except ValueError:
        raise Refusal(Code.KIND_UNKNOWN, field="kind", written=written[:LONGEST]) from None


def quality_written(written: str) -> Quality:
    """How it came about; counted unless it says otherwise. Refused: QUALITY_UNKNOWN."""
    try:
        return Quality(written.strip().casefold() or Quality.COUNTED)
    except ValueError:
        raise Refusal(Code.QUALITY_UNKNOWN, field="quality", written=written[:LONGEST]) from None


def date_written(written: str) -> date | None:
    """The date as 2011-08-27, 27.8.2011 or 27-8-2011; None for nothing. Refused: DATE_UNREADABLE."""
    plain = western(written.strip())
    if not plain:
        return None
    parts = plain.replace(".", "-").replace("/", "-").split("-")
    try:
        first, second, third = (int(part) for part in parts)
        year, month, day = (first, second, third) if len(parts[0]) == 4 else (third, second, first)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise Refusal(Code.DATE_UNREADABLE, field="date", written=written[:LONGEST]) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal(Code.DATE_UNREADABLE, field="date", written=written[:LONGEST])
    return found


def amount_written(written: str) -> int:
    """An amount in hundredths, comma or point. Refused: AMOUNT_UNREADABLE, AMOUNT_OUT_OF_BOUNDS."""
    found = number(written)
    if found is None or found * HUNDREDTHS != int(found * HUNDREDTHS):
        raise Refusal(Code.AMOUNT_UNREADABLE, field="count", written=written[:LONGEST])
    if not 0 <= found <= Decimal(LARGEST):
        raise Refusal(Code.AMOUNT_OUT_OF_BOUNDS, field="count", most=LARGEST)
    return int(found * HUNDREDTHS)


def thousandths_written(written: str) -> int:
    """A published figure in thousandths, comma or point, below zero too. Refused: AMOUNT_UNREADABLE."""
    found = number(written)
    if found is None or found * THOUSANDTHS != int(found * THOUSANDTHS):
        raise Refusal(Code.AMOUNT_UNREADABLE, field="value", written=written[:LONGEST])
    return int(found * THOUSANDTHS)


def year_checked(year: int) -> int:
    """A year that a programme may have. Refused: YEAR_OUT_OF_BOUNDS."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(Code.YEAR_OUT_OF_BOUNDS, field="year", first=FIRST_YEAR, last=LAST_YEAR)
    return year


def new_among(entries: Iterable[Entry], there: Iterable[Entry]) -> list[Entry]:
    """Those that aren't there yet: of two that are alike in a file, the second is new while only one is there."""
    left = Counter(there)
    new = []
    for entry in entries:
        if left[entry]:
            left[entry] -= 1
        else:
            new.append(entry)
    return new
