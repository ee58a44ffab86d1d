"""Two valid rows for every table, made from the models: for tests that try to break what the database holds.

Row 1 and row 2 differ in every column that is unique. A column that the rule of thumb fills wrongly (a length,
an order, a number that must be small) has its value in SPECIAL.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    String,
    Table,
    TypeDecorator,
    insert,
)
from sqlalchemy.engine import Connection

from eventsys.app import FEATURES, GROUND
from eventsys.base.db import db

MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Value = Callable[[int], Any]

SPECIAL: dict[str, Value] = {
    "answer.response_id": lambda n: f"{n:032x}",
    "amendment.application_id": lambda n: n,
    "amendment.outcome": lambda _n: None,
    "answer_import.digest": lambda n: f"{n:064x}",
    "apart_wish.other_id": lambda n: n,
    "application.announced_state": lambda _n: "draft",
    "application.organisation_id": lambda n: n,
    "application.state": lambda _n: "draft",
    "application.waitlist_rank": lambda _n: None,
    "application_tag.tag_id": lambda n: n,
    "assigned_reviewer.user_id": lambda n: n,
    "arrival.application_id": lambda n: n,
    "arrival_slot.ends_at": lambda n: MOMENT + timedelta(days=n, hours=1),
    "assignment.override_reason": lambda _n: "",
    "street_rule.rule": lambda n: ("keep_apart", "near")[n % 2],
    "assignment.day_id": lambda n: n,
    "board.phases": lambda _n: 3,
    "bundle.email": lambda n: f"visitor{n}@example.org",
    "bundle.row_key": lambda n: f"{n:064x}",
    "contact.email": lambda n: f"contact{n}@example.org",
    "day.closes_at": lambda n: MOMENT + timedelta(days=n, hours=8),
    "device.valid_until": lambda n: MOMENT + timedelta(days=n, hours=8),
    "gate_link.code_expires_at": lambda n: MOMENT + timedelta(days=n),
    "gate_link.code_hash": lambda n: f"code-hash-{n}",
    "gate_link.valid_until": lambda n: MOMENT + timedelta(days=n, hours=8),
    "gate_message_receipt.device_id": lambda n: n,
    "instrument.state": lambda _n: "draft",
    "indicator.edition_id": lambda _n: 1,
    "indicator.programme_year": lambda _n: 2001,
    "measurement.inputs_hash": lambda n: f"{n:064x}",
    "message.state": lambda _n: "queued",
    "organisation.cvr": lambda n: f"{n:08d}",
    "pass.application_id": lambda _n: 1,
    "pass.pass_id": lambda n: f"{n:016x}",
    "pass_link.kind": lambda _n: 2,
    "pass_key.public_key": lambda n: f"{n:064x}",
    "place_limit.kind": lambda n: ("association", "restaurant")[n % 2],
    "plan.state": lambda _n: "draft",
    "programme_year.year": lambda n: 2000 + n,
    "question_pause.restored_at": lambda n: MOMENT + timedelta(days=n, hours=8),
    "question_answer.question_id": lambda n: n,
    "register_entry.hundredths": lambda n: 100 * n,
    "register_entry.year": lambda _n: 2001,
    "remark.before_at": lambda n: MOMENT + timedelta(days=n),
    "remark.before_gate_id": lambda _n: 1,
    "remark.before_scan_id": lambda n: f"before-{n}",
    "remark.pass_id": lambda n: f"{n:016x}",
    "response.id": lambda n: f"{n:032x}",
    "review.user_id": lambda n: n,
    "revocation.pass_id": lambda n: f"{n:016x}",
    "scan.pass_id": lambda n: f"{n:016x}",
    "scan.scan_id": lambda n: f"00000000-0000-7000-8000-{n:012x}",
    "scan_reason.scan_id": lambda n: f"00000000-0000-7000-8000-{n:012x}",
    "taken_back.scan_id": lambda n: f"00000000-0000-7000-8000-{n:012x}",
    "offer.application_id": lambda n: n,
    "offer.expires_at": lambda n: MOMENT + timedelta(days=n, hours=8),
    "stored_file.sha256": lambda n: f"{n:064x}",
    "survey.instrument_id": lambda n: n,
    "attribution.audience": lambda _n: "association",
    "attribution.is_attributed": lambda _n: True,
    "attribution.organisation_id": lambda n: n,
    "attribution.response_id": lambda n: f"{n:032x}",
    "attribution.survey_id": lambda n: n,
    "survey_audience.kiosk_code": lambda n: f"kiosk-{n}",
    "survey_audience.poster_code": lambda n: f"poster-{n}",
    "survey_audience.audience": lambda _n: "association",
    "survey_audience.is_attributed": lambda _n: True,
    "survey_audience.survey_id": lambda n: n,
    "survey_draft.id": lambda n: f"{n:064x}",
    "text_tag.item_id": lambda n: n,
    "text_tag.survey_id": lambda n: n,
    "text_tag.text_key": lambda n: f"{n:064x}",
    "survey_invitation.audience": lambda _n: "association",
    "survey_invitation.email": lambda n: f"asked{n}@example.org",
    "survey_invitation.id": lambda n: f"{n:032x}",
    "survey_invitation.organisation_id": lambda n: n,
    "survey_invitation.reminders": lambda _n: 0,
    "survey_invitation.survey_id": lambda n: n,
    "team_member.user_id": lambda n: n,
    "transition.from_state": lambda _n: "draft",
    "transition.to_state": lambda _n: "submitted",
    "user.email": lambda n: f"person{n}@example.org",
    "user_role.role_id": lambda n: n,
}

# Of two columns one is filled: who fills this one leaves that one empty.
EITHER = {"indicator.programme_year": "edition_id"}


def tables() -> list[Table]:
    """Every table of the models, those first that others refer to."""
    for package in (*GROUND, *FEATURES):
        for part in ("models", "counters"):
            if importlib.util.find_spec(f"eventsys.{package}.{part}"):
                importlib.import_module(f"eventsys.{package}.{part}")
    return list(db.metadata.sorted_tables)


def table(name: str) -> Table:
    """One table by its name."""
    return next(found for found in tables() if found.name == name)


def row(of: Table, number: int, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Row `number` of a table, valid but for the changes; columns that may be empty are, unless SPECIAL fills them."""
    made = {column.name: filled(column, number) for column in of.columns if _is_needed(column)}
    return made | emptied(of, changes or {}) | dict(changes or {})


def emptied(of: Table, changes: Mapping[str, Any]) -> dict[str, None]:
    """The columns that are left empty because of what is filled."""
    return {EITHER[f"{of.name}.{name}"]: None for name in changes if f"{of.name}.{name}" in EITHER}


def _is_needed(column: Column[Any]) -> bool:
    name = f"{column.table.name}.{column.name}"
    return not column.nullable or (name in SPECIAL and name not in EITHER)


def filled(column: Column[Any], number: int) -> Any:
    """What stands in a column of row `number`, also where the row leaves it empty."""
    special = SPECIAL.get(f"{column.table.name}.{column.name}")
    if special is not None:
        return special(number)
    if column.foreign_keys:
        is_own = column.unique or (column.primary_key and len(column.table.primary_key) == 1)
        return number if is_own else 1
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Enum):
        return kind.enums[0]
    for python, make in _BY_KIND:
        if isinstance(kind, python):
            return make(column.name, number)
    raise TypeError(f"rows.py does not know how to fill {column}: give it a line in SPECIAL")


_BY_KIND: list[tuple[type, Callable[[str, int], Any]]] = [
    (Boolean, lambda _name, _number: False),
    (Integer, lambda _name, number: number),
    (JSON, lambda _name, _number: {}),
    (LargeBinary, lambda name, number: f"{name}-{number}".encode()),
    (DateTime, lambda _name, number: MOMENT + timedelta(days=number)),
    (Date, lambda _name, number: date(2026, 3, 2) + timedelta(days=number)),
    (String, lambda name, number: f"{name}-{number}"),
]


def fill(connection: Connection, number: int = 1, *, but: tuple[str, ...] = ()) -> None:
    """One row in every table."""
    for each in tables():
        if each.name not in but:
            connection.execute(insert(each).values(row(each, number)))


def enter(connection: Connection, name: str, number: int, changes: Mapping[str, Any] | None = None) -> None:
    """One row into a table by name."""
    of = table(name)
    connection.execute(insert(of).values(row(of, number, changes)))
