"""Every field that an application tells is known wherever fields are listed: what is forgotten in one list fails here."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

from eventsys.applications.actions.imports import TOLD
from eventsys.applications.documents import COLUMNS as EXPORTED
from eventsys.applications.models import Application
from eventsys.applications.rules.answers import Answers
from eventsys.applications.rules.import_rows import ANSWERS, ApplicationRow
from eventsys.applications.rules.returning import TAKEN_OVER
from eventsys.applications.rules.sheets import CALLED, COLUMNS
from eventsys.applications.rules.steps import ASKED_OF
from eventsys.applications.texts import FIELDS, SHEET_COLUMNS

TELLS = {field.name for kind in get_args(Answers) for field in fields(kind)}
# Declared for one event, or of that event alone.
ANEW = {"days", "declares_background_checks", "has_liability_insurance", "is_below_food_limit"}


def test_what_steps_tell_has_a_step_a_name_and_a_column() -> None:
    assert ASKED_OF.keys() >= TELLS, "rules/steps.py"
    assert FIELDS.keys() >= TELLS, "texts/content.py"
    assert set(Application.__table__.columns.keys()) >= TELLS, "models/application.py"


def test_what_steps_tell_is_taken_over_next_year_or_asked_anew() -> None:
    assert set(TAKEN_OVER) | ANEW == TELLS, "rules/returning.py"
    assert not set(TAKEN_OVER) & ANEW


def test_columns_of_spreadsheets_are_called_explained_and_given_back() -> None:
    assert CALLED.keys() == set(COLUMNS), "rules/sheets.py"
    assert SHEET_COLUMNS.keys() == set(COLUMNS), "texts/sheets.py"
    assert set(COLUMNS) <= EXPORTED.keys(), "documents.py"
    assert set(ANSWERS.values()) <= {field.name for field in fields(ApplicationRow)}, "rules/import_rows.py"
    assert set(TOLD) >= set(ANSWERS.values()), "actions/imports.py"
