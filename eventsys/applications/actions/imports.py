"""Taking in applications from a spreadsheet, each row by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DataError, IntegrityError

from eventsys.applications import queries
from eventsys.applications.actions import steps
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.import_rows import ApplicationRow, read_applications
from eventsys.applications.rules.states import Act, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.ids import new_code
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.editions.models import DayKind, Edition
from eventsys.organisations import actions as organisations
from eventsys.organisations import queries as known_organisations
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key

# What a row tells of the application itself, under the same names.
TOLD = (
    "email", "language", "days", "crew", "width_cm", "power_watts", "needs_three_phase", "needs_water", "uses_gas",
    "uses_open_fire", "plays_amplified_sound", "needs_vehicle_access", "needs_step_free", "has_children_activities",
    "sells_food", "cuisine", "dietary", "allergens", "food_registration", "has_taken_part_before",
    "is_in_development_course", "about", "keep_apart", "next_to",
)  # fmt: skip


def import_file(edition: Edition, content: bytes, *, by: Actor, now: datetime) -> Imported:
    """Take in a CSV file. Refused as a whole: what `read_applications` refuses; else each bad row is listed."""
    open_days = frozenset(day.number for day in edition.days if day.kind is DayKind.OPEN)
    file = read_applications(content, days=open_days)
    taken = import_rows(edition, file.rows, by=by, now=now)
    refused = sorted((*file.refused, *taken.refused), key=lambda refusal: refusal.row)
    return Imported(file.row_count, taken.accepted, taken.unchanged, tuple(refused))


def import_rows(edition: Edition, rows: Sequence[ApplicationRow], *, by: Actor, now: datetime) -> Imported:
    """Make each row a submitted application; a row that is in already changes nothing, and a bad one stops no other.

    Refused, by row: REFERENCE_TAKEN, HAS_OPEN_APPLICATION, SAYS_OTHERWISE, ROW_REFUSED.
    """
    there = queries.by_reference(edition)
    accepted, refused = 0, []
    for row in rows:
        try:
            with db.session.begin_nested():
                accepted += _take(edition, row, there, by=by, now=now)
        except Refusal as no:
            refused.append(RowRefusal(row.row, row.reference, no.code, no.field or "", no.values))
        except (IntegrityError, DataError):
            refused.append(RowRefusal(row.row, row.reference, Code.ROW_REFUSED, "", {}))
    return Imported(len(rows), accepted, len(rows) - accepted - len(refused), tuple(refused))


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """An organisation that a row would make known."""

    key: str
    kind: Kind
    cvr: str | None
    reference: str

    def is_of(self, row: ApplicationRow) -> bool:
        """Whether another row would be taken for the same organisation, as `_known` takes it."""
        if row.cvr is not None and row.cvr == self.cvr:
            return True
        is_called_so = bool(self.key) and (self.key, self.kind) == (name_key(row.name), row.kind)
        return is_called_so and (row.cvr is None or self.cvr is None)


def try_rows(edition: Edition, rows: Sequence[ApplicationRow]) -> Imported:
    """What `import_rows` would do, as far as rules tell; nothing is written."""
    there = queries.by_reference(edition)
    newcomers: list[_Newcomer] = []
    accepted, refused = 0, []
    for row in rows:
        try:
            accepted += _would_take(edition, row, there=there, newcomers=newcomers)
        except Refusal as no:
            refused.append(RowRefusal(row.row, row.reference, no.code, no.field or "", no.values))
    return Imported(len(rows), accepted, len(rows) - accepted - len(refused), tuple(refused))


def _would_take(
    edition: Edition, row: ApplicationRow, *, there: Mapping[str, Application], newcomers: list[_Newcomer]
) -> bool:
    organisation, found_by = _known(row)
    existing = there.get(row.reference)
    if existing is not None:
        _compare(existing, row, organisation)
        return False
    before = next((one.reference for one in newcomers if one.is_of(row)), None)
    if organisation is not None:
        other = queries.open_of(organisation, edition)
        before = other.reference if other is not None else before
    if before is not None:
        raise Refusal(Code.HAS_OPEN_APPLICATION, field=found_by or "name", other=before)
    newcomers.append(_Newcomer(name_key(row.name), row.kind, row.cvr, row.reference))
    return True


def _take(edition: Edition, row: ApplicationRow, there: dict[str, Application], *, by: Actor, now: datetime) -> bool:
    organisation, found_by = _known(row)
    existing = there.get(row.reference)
    if existing is not None:
        _compare(existing, row, organisation)
        return False
    if organisation is None:
        organisation = organisations.create(_facts(row, None), kind=row.kind, by=by, now=now)
    else:
        other = queries.open_of(organisation, edition)
        if other is not None:
            raise Refusal(Code.HAS_OPEN_APPLICATION, field=found_by, other=other.reference)
        organisations.change(organisation, _facts(row, organisation), by=by, now=now)
    organisations.reach(organisation, row.email, language=row.language, phone=row.phone)
    _submitted(edition, organisation, row=row, by=by, now=now)
    return True


def _known(row: ApplicationRow) -> tuple[Organisation | None, str]:
    """The organisation of a row, by its company number, else by its name and kind; and which column told."""
    if row.cvr is not None:
        organisation = known_organisations.by_cvr(row.cvr)
        if organisation is not None:
            return organisation, "cvr"
    key = name_key(row.name)
    for namesake in known_organisations.named(key, row.kind) if key else ():
        if row.cvr is None or namesake.cvr is None:
            return namesake, "name"
    return None, ""


def _compare(existing: Application, row: ApplicationRow, organisation: Organisation | None) -> None:
    if existing.organisation is not organisation:
        raise Refusal(Code.REFERENCE_TAKEN, field="reference", reference=row.reference)
    differs = [name for name in TOLD if getattr(existing, name) != getattr(row, name)]
    if row.submitted_at is not None and row.submitted_at != existing.submitted_at:
        differs.append("submitted_at")
    if differs:
        raise Refusal(Code.SAYS_OTHERWISE, field="reference", names=", ".join(differs))


def _facts(row: ApplicationRow, known: Organisation | None) -> organisations.Facts:
    """What the row tells of the organisation; where it is silent, what we know stays."""
    stated = row.is_minority_association
    return organisations.Facts(
        name=row.name,
        native_name=row.native_name or (known.native_name if known else ""),
        cvr=row.cvr or (known.cvr if known else None),
        area=row.area or (known.area if known else ""),
        is_minority_association=known.is_minority_association if known and stated is None else stated,
    )


def _submitted(edition: Edition, organisation: Organisation, *, row: ApplicationRow, by: Actor, now: datetime) -> None:
    application = Application(
        code=new_code(),
        reference=row.reference,
        edition=edition,
        organisation=organisation,
        state=State.DRAFT,
        announced_state=State.SUBMITTED,
        email_confirmed_at=now,
        created_at=now,
        changed_at=now,
        submitted_at=row.submitted_at or now,
        **{name: getattr(row, name) for name in TOLD},
    )
    db.session.add(application)
    db.session.flush()  # The history needs its key.
    record("applications.imported", "application", application.code, by=by, now=now)
    steps.take(application, Act.SUBMIT, to=State.SUBMITTED, by=by, now=now)
