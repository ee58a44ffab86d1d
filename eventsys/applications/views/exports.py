"""The review list as a file: what it shows, all that is told in words, or as it can be brought in again."""

from __future__ import annotations

from typing import cast

from flask import Response, request
from flask.typing import ResponseReturnValue

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.documents import Shown, list_sheet_of, sheet_of, told_sheet_of
from eventsys.applications.views.beside import beside_of, questions_in
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.listing import choice_of, column_words, shown_columns
from eventsys.audit.actions import record
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import has_decimal_comma
from eventsys.base.sheets import CSV, XLSX, Sheet, as_csv, as_xlsx
from eventsys.base.web.access import access
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition


@bp.get("/organise/<edition:edition>/applications/export/csv")
@access(Allow.ORGANISER)
def export_csv(edition: Edition) -> ResponseReturnValue:
    return _export(edition, "csv")


@bp.get("/organise/<edition:edition>/applications/export/xlsx")
@access(Allow.ORGANISER)
def export_xlsx(edition: Edition) -> ResponseReturnValue:
    return _export(edition, "xlsx")


def _export(edition: Edition, form: str) -> ResponseReturnValue:
    sheet = _sheet(edition)
    record(
        "applications.exported",
        "edition",
        edition.slug,
        by=actor(),
        now=clock.now(),
        detail=f"{form} {len(sheet.rows)}",
    )
    db.session.commit()
    content, kind = (
        (as_csv(sheet, has_decimal_comma=has_decimal_comma()), CSV) if form == "csv" else (as_xlsx(sheet), XLSX)
    )
    name = f"{edition.slug}-applications-{clock.today().isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=kind, headers=headers)


def _sheet(edition: Edition) -> Sheet:
    """What the address asks for by `what`: `codes` to bring in again, `all` that is told, else what the list shows."""
    what, choice = request.args.get("what"), choice_of(request.args)
    if what == "codes":
        return sheet_of(edition, choice)
    me, own, rows = cast("User", signed_in_user()), questions_in(edition), queries.rows_of(edition, choice)
    everything = ("tags", "reviewers", "recommendations", "findings", *(question.key for question in own))
    columns = everything if what == "all" else shown_columns(request.args, own)
    shown = Shown(columns, column_words(own), beside_of(edition, rows, columns, questions=own, reader=me))
    return told_sheet_of(edition, choice, shown) if what == "all" else list_sheet_of(rows, shown)
