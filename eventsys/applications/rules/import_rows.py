"""Applications from a spreadsheet: typed rows, or why a row is refused; one bad row never stops the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsys.applications.rules import fields
from eventsys.applications.rules.codes import Code
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.spreadsheet import Line, NotText, lines_of
from eventsys.organisations.rules.kinds import Kind

MOST_ROWS = 20_000
NEEDED = ("reference", "kind", "name", "email", "days")
OPTIONAL = (
    "submitted_at", "native_name", "language", "cvr", "phone", "area", "returning", "minority_association",
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

    def refuse_repetition(self, row: ApplicationRow) -> None:
        """The first one of a reference or of an organisation counts. Refused: REFERENCE_TWICE, ORGANISATION_TWICE."""
        if row.reference in self.lines:
            raise Refusal(Code.REFERENCE_TWICE, field="reference", other=self.lines[row.reference])
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


def read_applications(content: bytes, *, days: frozenset[int]) -> ApplicationFile:
    """Read a file as a Danish spreadsheet saves it; `days` are the numbers of the edition's open days.

    Refused as a whole: those of `read_lines`, COLUMN_MISSING, COLUMN_UNKNOWN, COLUMN_TWICE.
    """
    lines = read_lines(content)
    columns = [column.lower() for column in lines[0].cells or ()]
    check_columns(columns)
    return read_rows(lines, columns, days=days)


def read_rows(lines: Sequence[Line], columns: Sequence[str], *, days: frozenset[int]) -> ApplicationFile:
    """The lines under a heading, whose cells stand in these columns of ours; what stands in a column without name is passed over."""
    rows: list[ApplicationRow] = []
    refused: list[RowRefusal] = []
    told = _Told({}, {})
    for line in lines[1:]:
        cells = _named(columns, line.cells or ())
        try:
            if line.cells is None:
                raise Refusal(Code.ROW_UNREADABLE)
            if any(line.cells[len(columns) :]):
                raise Refusal(Code.CELLS_DIFFER, cells=len(line.cells), columns=len(columns))
            row = _row(line.number, cells, days=days)
            told.refuse_repetition(row)
            rows.append(row)
        except Refusal as no:
            refused.append(RowRefusal(line.number, cells["reference"], no.code, no.field or "", no.values))
    return ApplicationFile(tuple(rows), tuple(refused))


def check_columns(columns: Sequence[str]) -> None:
    """Refused: COLUMN_TWICE, COLUMN_UNKNOWN, COLUMN_MISSING."""
    for place, column in enumerate(columns):
        if column == PASSED_OVER:
            continue
        if column in columns[:place]:
            raise Refusal(Code.COLUMN_TWICE, field=column, column=column)
        if column not in (*NEEDED, *OPTIONAL, *TOLD_BY_US):
            raise Refusal(Code.COLUMN_UNKNOWN, field=column, column=column)
    for column in NEEDED:
        if column not in columns:
            raise Refusal(Code.COLUMN_MISSING, field=column, column=column)


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    named = dict.fromkeys((*NEEDED, *OPTIONAL), "")
    named.update(zip(columns, cells, strict=False))
    named.pop(PASSED_OVER, None)
    return named


def _row(number: int, cells: Mapping[str, str], *, days: frozenset[int]) -> ApplicationRow:
    return ApplicationRow(
        row=number,
        reference=fields.name_of(cells["reference"], "reference"),
        kind=_kind(cells["kind"]),
        name=fields.name_of(cells["name"]),
        email=fields.email_of(cells["email"]),
        cvr=fields.cvr_of(cells["cvr"]),
        days=fields.days_of(cells["days"], days),
        submitted_at=fields.moment_of(cells["submitted_at"], "submitted_at"),
        native_name=fields.line_of(cells["native_name"], "native_name"),
        language=fields.language_of(cells["language"]),
        phone=fields.phone_of(cells["phone"]),
        area=fields.line_of(cells["area"], "area"),
        is_minority_association=_stated(cells["minority_association"], "minority_association"),
        crew=fields.amount_of(cells["crew"], "crew", most=fields.MOST_CREW),
        cuisine=fields.line_of(cells["cuisine"], "cuisine"),
        width_cm=fields.amount_of(cells["width_m"], "width_m", most=fields.WIDEST_CM, unit=fields.METRES),
        power_watts=fields.amount_of(cells["power_kw"], "power_kw", most=fields.MOST_WATTS, unit=fields.KILOWATTS),
        dietary=fields.choices_of(cells["dietary"], "dietary", known=fields.DIETS, code=Code.DIET_UNKNOWN),
        allergens=_allergens(cells["allergens"]),
        food_registration=fields.line_of(cells["food_registration"], "food_registration"),
        keep_apart=fields.words_of(cells["keep_apart"]),
        next_to=fields.words_of(cells["next_to"]),
        about={
            language: text
            for language in ("da", "en")
            if (text := fields.line_of(cells[f"about_{language}"], f"about_{language}", longest=fields.LONGEST_TEXT))
        },
        **{name: fields.answer_of(cells[column], column) for column, name in ANSWERS.items()},
    )


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
