"""Taking in applications from a spreadsheet, each row by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import DataError, IntegrityError

from eventsys.applications import queries
from eventsys.applications.actions import answers, steps
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
    file = read_applications(content, days=open_days, own=queries.own_columns_of(edition))
    taken = import_rows(edition, file.rows, by=by, now=now)
    refused = sorted((*file.refused, *taken.refused), key=lambda refusal: refusal.row)
    return Imported(file.row_count, taken.accepted, taken.unchanged, tuple(refused))


def import_rows(edition: Edition, rows: Sequence[ApplicationRow], *, by: Actor, now: datetime) -> Imported:
    """Make each row a submitted application; a row that is in already changes nothing, and a bad one stops no other.

    Refused, by row: REFERENCE_TAKEN, HAS_OPEN_APPLICATION, SAYS_OTHERWISE, ROW_REFUSED.
    """
    return take_rows(edition, rows, by=by, now=now)[0]


def take_rows(
    edition: Edition, rows: Sequence[ApplicationRow], *, by: Actor, now: datetime
) -> tuple[Imported, list[str]]:
    """What `import_rows` does, with the codes of the applications that came in."""
    there = queries.by_reference(edition, {row.reference for row in rows})
    codes, refused = [], []
    for row in rows:
        try:
            with db.session.begin_nested():
                made = _take(edition, row, there, by=by, now=now)
            codes += [made.code] if made else []
        except Refusal as no:
            refused.append(RowRefusal.of(row.row, row.reference, no))
        except (IntegrityError, DataError):
            refused.append(RowRefusal(row.row, row.reference, Code.ROW_REFUSED, "", {}))
    return Imported(len(rows), len(codes), len(rows) - len(codes) - len(refused), tuple(refused)), codes


def _take(
    edition: Edition, row: ApplicationRow, there: dict[str, Application], *, by: Actor, now: datetime
) -> Application | None:
    organisation, found_by = known(row)
    existing = there.get(row.reference)
    if existing is not None:
        compare(existing, row, organisation)
        return None
    if organisation is None:
        organisation = organisations.create(_facts(row, None), kind=row.kind, by=by, now=now)
    else:
        other = queries.open_of(organisation, edition)
        if other is not None:
            raise Refusal(Code.HAS_OPEN_APPLICATION, field=found_by, other=other.reference)
        organisations.change(organisation, _facts(row, organisation), by=by, now=now)
    organisations.reach(organisation, row.email, language=row.language, phone=row.phone)
    return _submitted(edition, organisation, row=row, by=by, now=now)


def known(row: ApplicationRow) -> tuple[Organisation | None, str]:
    """The organisation that we know of a row: by its company number, else by its name and kind; and which column told."""
    if row.cvr is not None:
        organisation = known_organisations.by_cvr(row.cvr)
        if organisation is not None:
            return organisation, "cvr"
    key = name_key(row.name)
    for namesake in known_organisations.named(key, row.kind) if key else ():
        if row.cvr is None or namesake.cvr is None:
            return namesake, "name"
    return None, ""


def compare(existing: Application, row: ApplicationRow, organisation: Organisation | None) -> None:
    """Whether a row says what the application with its reference says. Refusal: REFERENCE_TAKEN, SAYS_OTHERWISE."""
    if existing.organisation is not organisation:
        raise Refusal(Code.REFERENCE_TAKEN, field="reference", reference=row.reference)
    differs = [name for name in TOLD if getattr(existing, name) != getattr(row, name)]
    if row.submitted_at is not None and row.submitted_at != existing.submitted_at:
        differs.append("submitted_at")
    given = queries.answers_by_question(existing) if row.answers else {}
    if any(given.get(version) != value for version, value in row.answers.items()):
        differs.append("questions")
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


def _submitted(
    edition: Edition, organisation: Organisation, *, row: ApplicationRow, by: Actor, now: datetime
) -> Application:
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
    if row.answers:
        answers.replace(row.answers, of=application)
    steps.take(application, Act.SUBMIT, to=State.SUBMITTED, by=by, now=now)
    return application
