"""Applications from a spreadsheet: typed rows, or why a row is refused; one bad row never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from eventsys.applications.rules import fields
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.own_columns import OwnColumn, answers_of
from eventsys.applications.rules.references import made_for
from eventsys.base.refusals import Refusal, RowRefusal, all_of
from eventsys.base.spreadsheet import Line, NotText, lines_of
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.rules.asking import Value

Cells = Mapping[str, str]
Read = Callable[[Cells], Any]
MOST_ROWS = 20_000
NEEDED = ("kind", "name", "email", "days")
# A list without references gets them made (`references.made_for`).
REFERENCE = "reference"
OPTIONAL = (
    REFERENCE, "submitted_at", "native_name", "language", "cvr", "phone", "area", "returning", "minority_association",
    "development_course", "crew", "cuisine", "width_m", "power_kw", "three_phase", "water", "gas", "open_fire",
    "amplified_sound", "vehicle_access", "step_free", "children_activities", "dietary", "allergens",
    "food_registration", "keep_apart", "next_to", "about_da", "about_en",
)  # fmt: skip


# A column of a sheet that is none of ours.
PASSED_OVER = ""
# Columns of our own exports that say what we decided or keep elsewhere: an import passes over them.
TOLD_BY_US = (
    "contact", "state", "announced_state", "announced_at", "note", "not_announced_decision", "not_announced_note",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """One application as a file tells it. `row` is the line at which it begins; `days` a bit mask, bit 0 for day 1.

    `allergens` is None where nothing is stated, which is never "none".
    """

    row: int
    reference: str
    submitted_at: datetime | None
    kind: Kind
    name: str
    native_name: str
    language: str
    cvr: str | None
    email: str
    phone: str
    area: str
    days: int
    has_taken_part_before: bool
    is_minority_association: bool | None
    is_in_development_course: bool
    crew: int | None
    cuisine: str
    width_cm: int | None
    power_watts: int | None
    needs_three_phase: bool
    needs_water: bool
    uses_gas: bool
    uses_open_fire: bool
    plays_amplified_sound: bool
    needs_vehicle_access: bool
    needs_step_free: bool
    has_children_activities: bool
    dietary: list[str]
    allergens: list[str] | None
    food_registration: str
    keep_apart: list[str]
    next_to: list[str]
    about: dict[str, str]
    # What it answers to the edition's own questions, by the key of the version.
    answers: dict[int, Value]

    @property
    def sells_food(self) -> bool:
        """Whether food is sold or served: a restaurant, or anybody who tells of food."""
        return self.kind is Kind.RESTAURANT or bool(self.cuisine or self.food_registration or self.allergens)


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """A file that was read."""

    rows: tuple[ApplicationRow, ...]
    refused: tuple[RowRefusal, ...]

    @property
    def row_count(self) -> int:
        """All rows of the file, taken or not."""
        return len(self.rows) + len(self.refused)


@dataclass(frozen=True, slots=True)
class _Told:
    """What earlier rows told: the line of each reference, and the reference of each company number."""

    lines: dict[str, int]
    references: dict[str, str]

    def refuse_repetition(self, row: ApplicationRow, *, is_made: bool) -> None:
        """The first one of a reference or of an organisation counts. Refused: REFERENCE_TWICE, NAME_IN_LINE, ORGANISATION_TWICE.

        `is_made`: the file has no references, and who has the same one made is the same organisation.
        """
        if row.reference in self.lines:
            code, field = (Code.NAME_IN_LINE, "name") if is_made else (Code.REFERENCE_TWICE, REFERENCE)
            raise Refusal(code, field=field, other=self.lines[row.reference])
        if row.cvr is not None and row.cvr in self.references:
            raise Refusal(Code.ORGANISATION_TWICE, field="cvr", other=self.references[row.cvr])
        self.lines[row.reference] = row.row
        if row.cvr is not None:
            self.references[row.cvr] = row.reference


def read_lines(content: bytes) -> list[Line]:
    """The lines of a CSV file or workbook, its heading first. Refused: FILE_BINARY, FILE_EMPTY, TOO_MANY_ROWS."""
    try:
        lines = lines_of(content)
    except NotText:
        raise Refusal(Code.FILE_BINARY) from None
    if not lines or not any(lines[0].cells or ()):
        raise Refusal(Code.FILE_EMPTY)
    if len(lines) > MOST_ROWS:
        raise Refusal(Code.TOO_MANY_ROWS, rows=len(lines), most=MOST_ROWS)
    return lines


def read_applications(
    content: bytes, *, days: frozenset[int], own: Mapping[str, OwnColumn] = MappingProxyType({})
) -> ApplicationFile:
    """Read a file as a Danish spreadsheet saves it; `days` are the numbers of the edition's open days, `own` its questions.

    Refused as a whole: those of `read_lines`, COLUMN_MISSING, COLUMN_UNKNOWN, COLUMN_TWICE.
    """
    lines = read_lines(content)
    columns = [column.lower() for column in lines[0].cells or ()]
    check_columns(columns, own)
    return read_rows(lines, columns, days=days, own=own)


def read_rows(
    lines: Sequence[Line],
    columns: Sequence[str],
    *,
    days: frozenset[int],
    own: Mapping[str, OwnColumn] = MappingProxyType({}),
) -> ApplicationFile:
    """The lines under a heading, whose cells stand in these columns of ours; what stands in a column without name is passed over."""
    rows: list[ApplicationRow] = []
    refused: list[RowRefusal] = []
    told, is_made = _Told({}, {}), REFERENCE not in columns
    for line in lines[1:]:
        cells = _named(columns, line.cells or ())
        try:
            if line.cells is None:
                raise Refusal(Code.ROW_UNREADABLE)
            if any(line.cells[len(columns) :]):
                raise Refusal(Code.CELLS_DIFFER, cells=len(line.cells), columns=len(columns))
            row = _row(line.number, cells, days=days, own=own, is_made=is_made)
            told.refuse_repetition(row, is_made=is_made)
            rows.append(row)
        except Refusal as no:
            refused.append(RowRefusal.of(line.number, cells["reference"], no))
    return ApplicationFile(tuple(rows), tuple(refused))


def check_columns(columns: Sequence[str], own: Collection[str] = ()) -> None:
    """Refused: COLUMN_TWICE, COLUMN_UNKNOWN, COLUMN_MISSING."""
    for place, column in enumerate(columns):
        if column == PASSED_OVER:
            continue
        if column in columns[:place]:
            raise Refusal(Code.COLUMN_TWICE, field=column, column=column)
        if column not in (*NEEDED, *OPTIONAL, *TOLD_BY_US, *own):
            raise Refusal(Code.COLUMN_UNKNOWN, field=column, column=column)
    for column in NEEDED:
        if column not in columns:
            raise Refusal(Code.COLUMN_MISSING, field=column, column=column)


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    named = dict.fromkeys((*NEEDED, *OPTIONAL), "")
    named.update(zip(columns, cells, strict=False))
    named.pop(PASSED_OVER, None)
    return named


def _row(
    number: int, cells: Mapping[str, str], *, days: frozenset[int], own: Mapping[str, OwnColumn], is_made: bool
) -> ApplicationRow:
    """A row as it is told. Refused with all that is wrong with it."""
    told: dict[str, Any] = {}
    refused: list[Refusal] = []
    of_edition: dict[str, Read] = {"days": lambda cells: fields.days_of(cells["days"], days)}
    if is_made:
        of_edition[REFERENCE] = lambda _cells: ""
    for name, read in {**READ, **of_edition}.items():
        try:
            told[name] = read(cells)
        except Refusal as no:
            refused.append(no)
    told["answers"], wrong = answers_of(cells, own, told.get("kind"))
    refused += wrong
    if refused:
        raise all_of(refused)
    if is_made:
        told[REFERENCE] = made_for(told["kind"], told["name"], told["cvr"])
    return ApplicationRow(row=number, **told)


# Columns with yes or no, and what they are called here.
ANSWERS = {
    "returning": "has_taken_part_before",
    "development_course": "is_in_development_course",
    "three_phase": "needs_three_phase",
    "water": "needs_water",
    "gas": "uses_gas",
    "open_fire": "uses_open_fire",
    "amplified_sound": "plays_amplified_sound",
    "vehicle_access": "needs_vehicle_access",
    "step_free": "needs_step_free",
    "children_activities": "has_children_activities",
}


# What people write for the kinds beside our own words.
KINDS = {
    **{kind.value: kind for kind in Kind},
    "forening": Kind.ASSOCIATION,
    "gruppe": Kind.ASSOCIATION,
    "café": Kind.RESTAURANT,
}


def _kind(written: str) -> Kind:
    word = written.lower()
    if not word:
        raise Refusal(Code.MISSING, field="kind")
    if word not in KINDS:
        raise Refusal(Code.KIND_UNKNOWN, field="kind", value=written[: fields.SHOWN])
    return KINDS[word]


def _stated(written: str, field: str) -> bool | None:
    """What an organisation states of itself: yes, no, or nothing."""
    return fields.answer_of(written, field) if written else None


def _allergens(written: str) -> list[str] | None:
    if not written:
        return None
    if written.lower() == "none":
        return []
    return fields.choices_of(written, "allergens", known=fields.ALLERGENS, code=Code.ALLERGEN_UNKNOWN)


def _about(cells: Cells) -> dict[str, str]:
    told = {
        one: fields.line_of(cells[f"about_{one}"], f"about_{one}", longest=fields.LONGEST_TEXT) for one in ("da", "en")
    }
    return {language: text for language, text in told.items() if text}


def _line(column: str) -> Read:
    return lambda cells: fields.line_of(cells[column], column)


def _amount(column: str, most: int, unit: fields.Unit = fields.PIECES) -> Read:
    return lambda cells: fields.amount_of(cells[column], column, most=most, unit=unit)


def _answer(column: str) -> Read:
    return lambda cells: fields.answer_of(cells[column], column)


# How each part of a row is read, but for the days, which are the edition's; what is wrong is told in this order.
READ: dict[str, Read] = {
    "reference": lambda cells: fields.name_of(cells["reference"], "reference"),
    "kind": lambda cells: _kind(cells["kind"]),
    "name": lambda cells: fields.name_of(cells["name"]),
    "email": lambda cells: fields.email_of(cells["email"]),
    "cvr": lambda cells: fields.cvr_of(cells["cvr"]),
    "days": lambda _cells: 0,
    "submitted_at": lambda cells: fields.moment_of(cells["submitted_at"], "submitted_at"),
    "native_name": _line("native_name"),
    "language": lambda cells: fields.language_of(cells["language"]),
    "phone": lambda cells: fields.phone_of(cells["phone"]),
    "area": _line("area"),
    "is_minority_association": lambda cells: _stated(cells["minority_association"], "minority_association"),
    "crew": _amount("crew", fields.MOST_CREW),
    "cuisine": _line("cuisine"),
    "width_cm": _amount("width_m", fields.WIDEST_CM, fields.METRES),
    "power_watts": _amount("power_kw", fields.MOST_WATTS, fields.KILOWATTS),
    "dietary": lambda cells: fields.choices_of(cells["dietary"], "dietary", known=fields.DIETS, code=Code.DIET_UNKNOWN),
    "allergens": lambda cells: _allergens(cells["allergens"]),
    "food_registration": _line("food_registration"),
    "keep_apart": lambda cells: fields.words_of(cells["keep_apart"]),
    "next_to": lambda cells: fields.words_of(cells["next_to"]),
    "about": _about,
    **{name: _answer(column) for column, name in ANSWERS.items()},
}
