"""Every constraint of the database is there, on both databases, and refuses what it is for.

A new CheckConstraint needs one line in BREAKING: its name and what to change in a valid row to break it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Enum,
    ForeignKeyConstraint,
    Integer,
    Table,
    UniqueConstraint,
    inspect,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from eventsys.base.db import db
from tests.guards import rows
from tests.guards.rows import MOMENT

# Constraint: changes to a valid row that it must refuse.
BREAKING: dict[str, list[dict[str, Any]]] = {
    "ck_access_request_answered": [{"answered_at": MOMENT}, {"outcome": "granted"}],
    "ck_access_request_email_lower": [{"email": "Asker@example.org"}],
    "ck_amendment_closed": [{"outcome": "accepted"}, {"closed_at": MOMENT}],
    "ck_answer_import_digest": [{"digest": "a" * 63}],
    "ck_application_crew": [{"crew": -1}],
    "ck_application_days": [{"days": -1}, {"days": 65536}],
    "ck_application_power_watts": [{"power_watts": -1}],
    "ck_application_submitted_at": [{"state": "submitted"}],
    "ck_application_waitlist_rank": [{"waitlist_rank": 1}],
    "ck_application_width_cm": [{"width_cm": 0}],
    "ck_arrival_seat": [{"seat": 0}, {"seat": 51}],
    "ck_arrival_slot_hours": [{"ends_at": MOMENT, "starts_at": MOMENT}],
    "ck_arrival_slot_most_vehicles": [{"most_vehicles": 0}, {"most_vehicles": 51}],
    "ck_assignment_override_is_locked": [{"override_reason": "They bring their own roof."}],
    "ck_batch_done": [{"done": -1}],
    "ck_batch_finished": [{"finished_at": MOMENT}, {"state": "finished"}],
    "ck_board_capacity_watts": [{"capacity_watts": -1}],
    "ck_board_phases": [{"phases": 0}, {"phases": 2}],
    "ck_bundle_email_lower": [{"email": "Visitor2@example.org"}],
    "ck_contact_email_lower": [{"email": "Contact2@example.org"}],
    "ck_counter_value": [{"value": -1}],
    "ck_criterion_position": [{"position": 0}],
    "ck_criterion_weight": [{"weight": 0}, {"weight": 11}],
    "ck_day_closing_day_number": [{"day_number": 0}, {"day_number": 17}],
    "ck_day_hours": [{"closes_at": MOMENT, "opens_at": MOMENT}],
    "ck_day_number": [{"number": 0}, {"number": 17}],
    "ck_device_queued": [{"queued": -1}],
    "ck_device_window": [{"valid_until": MOMENT, "valid_from": MOMENT}],
    "ck_dish_name": [{"name": ""}],
    "ck_dish_position": [{"position": 0}],
    "ck_edition_call_grace_hours": [{"call_grace_hours": -1}, {"call_grace_hours": 721}],
    "ck_edition_call_order": [{"call_opens_at": MOMENT, "call_closes_at": MOMENT}],
    "ck_edition_capacity": [{"capacity": -1}],
    "ck_edition_number_fits_pass": [{"number": 0}, {"number": 65536}],
    "ck_edition_offer_hours": [{"offer_hours": 0}, {"offer_hours": 721}],
    "ck_gate_link_code": [{"code_hash": None}, {"code_expires_at": None}],
    "ck_gate_link_most_devices": [{"most_devices": 0}],
    "ck_gate_link_window": [{"valid_until": MOMENT, "valid_from": MOMENT}],
    "ck_gate_message_text": [{"text": ""}, {"text": "x" * 161}],
    "ck_gate_rule_both_hours": [{"opens_at": MOMENT}, {"closes_at": MOMENT}],
    "ck_gate_rule_day_number": [{"day_number": 0}, {"day_number": 17}],
    "ck_gate_rule_hours": [{"opens_at": MOMENT, "closes_at": MOMENT, "is_open": True}],
    "ck_gate_rule_kinds": [{"kinds": 0}, {"kinds": 16}],
    "ck_gate_rule_open_hours": [{"is_open": False, "opens_at": MOMENT, "closes_at": MOMENT + timedelta(hours=1)}],
    "ck_indicator_holder": [{"edition_id": None}, {"programme_year": 2001, "edition_id": 1}],
    "ck_instrument_published_at": [{"state": "published"}, {"published_at": MOMENT}],
    "ck_instrument_removed": [{"removed_at": MOMENT, "state": "published", "published_at": MOMENT}],
    "ck_instrument_version": [{"version": 0}],
    "ck_item_bounds": [{"lowest": 2, "highest": 1}],
    "ck_kerb_most_vehicles": [{"most_vehicles": 0}, {"most_vehicles": 51}],
    "ck_measurement_inputs_hash": [{"inputs_hash": "a" * 65}],
    "ck_message_attempts": [{"attempts": -1}],
    "ck_message_sent_at": [{"state": "sent"}, {"state": "caught"}, {"sent_at": MOMENT}],
    "ck_offer_closed": [{"outcome": "accepted"}, {"closed_at": MOMENT}],
    "ck_offer_expires": [{"expires_at": MOMENT, "made_at": MOMENT}],
    "ck_organisation_cvr_length": [{"cvr": "1234567"}],
    "ck_organisation_name": [{"name": ""}],
    "ck_pass_crew_has_application": [{"kind": 1, "application_id": None}],
    "ck_pass_days": [{"days": 0}, {"days": 65536}],
    "ck_pass_kind": [{"kind": 0}, {"kind": 5}],
    "ck_pass_key_fits_pass": [{"id": 0}, {"id": 256}],
    "ck_pass_key_public_key": [{"public_key": "ab"}],
    "ck_pass_link_days": [{"days": 0}, {"days": 65536}],
    "ck_pass_link_kind": [{"kind": 1}, {"kind": 4}],
    "ck_pass_link_most": [{"most": 0}],
    "ck_pass_number": [{"number": 1, "kind": 3}, {"number": 0}],
    "ck_pass_pass_id": [{"pass_id": "0" * 16}, {"pass_id": "1" * 15}],
    "ck_pitch_depth_cm": [{"depth_cm": 0}],
    "ck_pitch_width_cm": [{"width_cm": 0}],
    "ck_place_limit_places": [{"places": -1}],
    "ck_plan_published_at": [{"state": "published"}],
    "ck_plan_version": [{"version": 0}],
    "ck_site_feature_width_cm": [{"width_cm": 0}],
    "ck_question_key": [{"key": ""}],
    "ck_question_pause_restored": [{"restored_at": MOMENT}],
    "ck_question_version": [{"version": 0}],
    "ck_programme_year_year": [{"year": 1989}, {"year": 2101}],
    "ck_published_figure_strand": [{"strand": ""}, {"strand": "x" * 121}],
    "ck_published_figure_source": [{"source": ""}],
    "ck_recorded_figure_day_count": [{"day_count": 0}],
    "ck_recorded_figure_value": [{"value": -1}],
    "ck_register_entry_group": [{"group": "x" * 121}],
    "ck_register_entry_hundredths": [{"hundredths": -100}, {"hundredths": 100_000_100}],
    "ck_register_entry_note": [{"note": "x" * 121}],
    "ck_register_entry_whole": [{"hundredths": 150}],
    "ck_remark_again": [{"pass_id": None}],
    "ck_remark_before": [{"before_at": None}, {"before_scan_id": None}, {"before_gate_id": None}],
    "ck_response_random_id": [{"id": "1"}],
    "ck_review_conflict": [{"has_conflict": True, "recommendation": "approve"}],
    "ck_street_rule_distance_cm": [{"distance_cm": -1}, {"distance_cm": 50_001}],
    "ck_street_rule_weight": [{"weight": 51}, {"weight": -51}],
    "ck_proposal_run_finished": [{"finished_at": MOMENT}, {"state": "finished"}],
    "ck_proposal_run_work": [{"work": 0}],
    "ck_sheet_import_done": [{"done": -1}, {"done": 9}],
    "ck_sheet_import_undone": [{"undone": -1}, {"undone": 9}],
    "ck_sheet_import_finished": [{"finished_at": MOMENT}, {"state": "finished"}],
    "ck_saved_view_name": [{"name": ""}],
    "ck_scan_clock_doubt_ms": [{"clock_doubt_ms": -1}],
    "ck_scan_code_hash": [{"pass_id": None, "code_hash": "abc"}],
    "ck_scan_names_one_thing": [
        {"pass_id": None},
        {"tally": 3},
        {"voids": "00000000-0000-7000-8000-000000000001"},
        {"code_hash": "a" * 64},
    ],
    "ck_scan_pass_id": [{"pass_id": "abc"}],
    "ck_scan_reason_reason": [{"reason": ""}, {"reason": "a" * 301}],
    "ck_scan_scan_id": [{"scan_id": "1"}],
    "ck_scan_tally": [{"pass_id": None, "tally": 0}],
    "ck_stored_file_sha256": [{"sha256": "a" * 63}],
    "ck_stored_file_size": [{"size": 0}],
    "ck_survey_order": [{"closes_at": MOMENT, "opens_at": MOMENT}],
    "ck_survey_months_after": [{"months_after": -1}],
    "ck_survey_reminders": [
        {"second_reminder_at": MOMENT},
        {"first_reminder_at": MOMENT, "second_reminder_at": MOMENT},
    ],
    "ck_attribution_is_attributed": [{"is_attributed": False}],
    "ck_survey_audience_attributed": [{"audience": "crew"}],
    "ck_survey_audience_kiosk": [{"kiosk_code": None}],
    "ck_survey_audience_replaced": [{"replaced": -1}],
    "ck_survey_draft_id": [{"id": "1"}],
    "ck_text_tag_name": [{"name": ""}, {"name": "a" * 41}],
    "ck_text_tag_text_key": [{"text_key": "a" * 63}],
    "ck_survey_invitation_email_lower": [{"email": "Asked@example.org"}],
    "ck_survey_invitation_invited": [{"reminders": 1}],
    "ck_survey_invitation_random_id": [{"id": "1"}],
    "ck_survey_invitation_reminders": [{"reminders": 3, "invited_at": MOMENT}, {"reminders": -1, "invited_at": MOMENT}],
    "ck_survey_invitation_whom": [{"organisation_id": None, "email": None}],
    "ck_tag_name": [{"name": ""}],
    "ck_transition_changes_state": [{"act": "approve", "from_state": "draft", "to_state": "draft"}],
    "ck_user_email_lower": [{"email": "Person2@example.org"}],
    "ck_visitor_sign_up_most_per_day": [{"most_per_day": -1}],
    "ck_zone_capacity": [{"capacity": -1}],
}
# What a row needs so that a partial unique index sees it.
SEEN: dict[str, dict[str, Any]] = {
    "uq_batch_announcing": {"act": "announce"},
    "uq_contact_primary": {"is_primary": True},
    "uq_device_desk": {"is_desk": True},
    "uq_plan_published": {"state": "published", "published_at": MOMENT},
}


def checks() -> dict[str, Table]:
    return {
        str(constraint.name): table
        for table in rows.tables()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and str(constraint.name) not in enum_checks()
    }


def enum_checks() -> dict[str, Column[Any]]:
    return {
        f"ck_{table.name}_{column.type.name}": column
        for table in rows.tables()
        for column in table.columns
        if isinstance(column.type, Enum)
    }


def uniques() -> dict[str, tuple[Table, list[str]]]:
    found: dict[str, tuple[Table, list[str]]] = {}
    for table in rows.tables():
        found[str(table.primary_key.name)] = (table, [c.name for c in table.primary_key])
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                found[str(constraint.name)] = (table, [c.name for c in constraint.columns])
        for index in table.indexes:
            if index.unique:
                found[str(index.name)] = (table, [c.name for c in index.columns])
    return found


def foreign_keys() -> dict[str, tuple[Table, list[str]]]:
    return {
        str(constraint.name): (table, [c.name for c in constraint.columns])
        for table in rows.tables()
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
    }


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """A connection to a database with one valid row in every table."""
    made = db.session.connection()
    rows.fill(made)
    yield made
    db.session.rollback()


def is_refused(connection: Connection, table: str, number: int, changes: dict[str, Any]) -> str:
    """What the database says to a row; empty when it takes it. Nothing is left behind."""
    savepoint = connection.begin_nested()
    try:
        rows.enter(connection, table, number, changes)
    except IntegrityError as refusal:
        return str(refusal.orig)
    finally:
        savepoint.rollback()
    return ""


def test_valid_rows_are_taken(connection: Connection) -> None:
    rows.fill(connection, 2)


def test_every_check_has_a_row_that_breaks_it() -> None:
    missing = [
        f'Add a line to BREAKING in tests/guards/test_constraints.py: "{name}": [{{…changes that break it…}}],'
        for name in sorted(set(checks()) - set(BREAKING))
    ]
    assert missing == []
    assert sorted(set(BREAKING) - set(checks())) == []


@pytest.mark.parametrize("name", sorted(BREAKING))
def test_check_refuses(connection: Connection, name: str) -> None:
    table = checks()[name].name
    for changes in BREAKING[name]:
        assert name in is_refused(connection, table, 2, changes), f"{changes} went into {table}"


def test_enumerations_take_their_members_alone(connection: Connection) -> None:
    for column in enum_checks().values():
        statement = {column.name: None} | rows.row(column.table, 2)
        savepoint = connection.begin_nested()
        names = ", ".join(f'"{key}"' for key in statement)
        values = ", ".join(f"'nonsense' AS \"{key}\"" if key == column.name else f'"{key}"' for key in statement)
        with pytest.raises(IntegrityError, match=r"(?i)check constraint"):
            connection.exec_driver_sql(
                f'INSERT INTO "{column.table.name}" ({names}) SELECT {values} FROM "{column.table.name}"'  # noqa: S608
            )
        savepoint.rollback()


def test_unique_columns_refuse_a_second_one(connection: Connection) -> None:
    taken = {}
    for name, (table, columns) in uniques().items():
        seen = SEEN.get(name, {})
        savepoint = connection.begin_nested()
        if seen:
            rows.enter(connection, table.name, 2, seen)
        first = rows.row(table, 2 if seen else 1)
        twice = {column: rows.filled(table.c[column], 2 if seen else 1) for column in columns} | seen
        if any(first.get(column) is None for column in columns):
            values = {column: twice[column] for column in columns}
            connection.execute(table.update().values(rows.emptied(table, values) | values))
        said = is_refused(connection, table.name, 3 if seen else 2, twice)
        savepoint.rollback()
        key = table.primary_key
        is_wider_than_key = {c.name for c in key} <= set(columns)  # For others to refer to: the key refuses first.
        if name not in said and "UNIQUE" not in said and not (is_wider_than_key and str(key.name) in said):
            taken[name] = f"{twice} went into {table.name} twice: {said}"

    assert taken == {}


@pytest.mark.parametrize("name", sorted(SEEN))
def test_partial_unique_index_leaves_other_rows_alone(connection: Connection, name: str) -> None:
    table, columns = uniques()[name]
    rows.enter(connection, table.name, 2, SEEN[name])

    assert is_refused(connection, table.name, 3, {c: rows.filled(table.c[c], 2) for c in columns}) == ""


def test_foreign_keys_refuse_what_is_not_there(connection: Connection) -> None:
    taken = []
    for name, (table, columns) in foreign_keys().items():
        # Of a key of several columns those say enough that aren't bound to some values.
        free = [c for c in columns if not isinstance(table.c[c].type, Enum | Boolean)]
        nowhere = {c: "nowhere" if isinstance(rows.filled(table.c[c], 2), str) else 999_999 for c in free}
        if "foreign key" not in is_refused(connection, table.name, 2, nowhere).casefold():
            taken.append(name)

    assert taken == []


def test_columns_that_must_be_filled_refuse_to_be_empty(connection: Connection) -> None:
    taken = [
        f"{table.name}.{column.name}"
        for table in rows.tables()
        for column in table.columns
        if not column.nullable and not (column.primary_key and isinstance(column.type, Integer))
        if not refuses_null(connection, table, column)
    ]
    assert taken == []


def refuses_null(connection: Connection, table: Table, column: Column[Any]) -> bool:
    values = rows.row(table, 2)
    names = ", ".join(f'"{key}"' for key in values)
    # From the row that is there, so that nothing but the empty column is new; refusal comes before uniqueness.
    picked = ", ".join("NULL" if key == column.name else f'"{key}"' for key in values)
    savepoint = connection.begin_nested()
    try:
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) SELECT {picked} FROM "{table.name}"')  # noqa: S608
    except IntegrityError as refusal:
        return "null" in str(refusal.orig).casefold()
    finally:
        savepoint.rollback()
    return False


def test_database_has_the_constraints_of_the_models(connection: Connection) -> None:
    inspector = inspect(connection)
    for table in rows.tables():
        there = {str(check["name"]) for check in inspector.get_check_constraints(table.name)}
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert there == wanted, table.name
        indexes = {str(index["name"]) for index in inspector.get_indexes(table.name)}
        assert {str(index.name) for index in table.indexes} <= indexes, table.name


def test_every_foreign_key_of_many_rows_has_an_index() -> None:
    """Else deleting or joining reads the whole table. Small tables and keys that lead an index are fine."""
    bare = []
    for table in rows.tables():
        led = {next(iter(i.columns)).name for i in table.indexes} | {next(iter(table.primary_key.columns)).name}
        led |= {next(iter(c.columns)).name for c in table.constraints if isinstance(c, UniqueConstraint)}
        bare += [
            f"{table.name}.{column.name}" for column in table.columns if column.foreign_keys and column.name not in led
        ]
    assert sorted(bare) == UNINDEXED, "add index=True, or a line with the reason to UNINDEXED"


# Foreign keys without an index: asked from the other side alone, and never deleted over there.
UNINDEXED = [
    "admission.gate_id",
    "admission.last_gate_id",
    "assignment.day_id",
    "attribution.audience",  # Behind survey_id in its key.
    "attribution.is_attributed",
    "gate.zone_id",
    "pass.key_id",
    "quarter_count.gate_id",
    "remark.before_gate_id",
    "remark.gate_id",
    "scan.gate_id",
    "survey.instrument_id",
    "survey_invitation.audience",  # Behind survey_id in its key.
    "user_role.role_id",
]
