"""Bringing in a spreadsheet: send it, name its columns, see what would happen, take it in, mend what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import sheets
from eventsys.applications.forms.deciding import SheetForm
from eventsys.applications.models import Application, SheetImport
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.import_rows import NEEDED, read_lines
from eventsys.applications.rules.sheets import COLUMNS, SheetState, Stays, headings_of
from eventsys.applications.texts import SHEET_COLUMNS, STAYS, TEXTS, code_of
from eventsys.applications.views.blueprint import bp
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import has_decimal_comma
from eventsys.base.imports import Imported
from eventsys.base.refusals import Refusal, RowRefusal
from eventsys.base.sheets import CSV, XLSX, Sheet, as_csv, as_xlsx
from eventsys.base.web.access import access
from eventsys.base.web.writes import led_to, refusals_of, sentence_of
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.files.rules.checking import LARGEST

ADDRESS = "/organise/<edition:edition>/applications/import"
EXAMPLES = 3


def _me() -> User:
    return cast("User", signed_in_user())


def _sheet(edition: Edition, code: str, *, is_locked: bool = False) -> SheetImport:
    return queries.sheet(edition, code, is_locked=is_locked) or abort(404)


@bp.route(ADDRESS, methods=["GET", "POST"])
@access(Allow.ORGANISER)
def bring_sheet(edition: Edition) -> ResponseReturnValue:
    form = SheetForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            file = request.files.get("file")
            if file is None or not file.filename:
                raise Refusal(Code.MISSING, field="file")
            sheet = sheets.bring(edition, file.read(), file.filename, by=_me(), now=clock.now())
            db.session.commit()
            return led_to(url_for(".show_sheet", edition=edition, code=sheet.code))
    page = render_template(
        "applications/bring_sheet.html", edition=edition, form=form, sheets=queries.sheets_of(edition),
        needed=[(column, SHEET_COLUMNS[column]) for column in NEEDED],
        others=[one for one in columns_to_choose(edition) if one[0] not in NEEDED],
        most_bytes=LARGEST, most_mb=LARGEST // 1024 // 1024,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.route(f"{ADDRESS}/<code>", methods=["GET", "POST"])
@access(Allow.ORGANISER)
def show_sheet(edition: Edition, code: str) -> ResponseReturnValue:
    """Waiting, its columns and what would happen; at work, how far it is; in or out again, what could not be done."""
    sheet = _sheet(edition, code, is_locked=request.method == "POST")
    if request.method == "POST" and _set_off(edition, sheet):
        return redirect(url_for(".show_sheet", edition=edition, code=code))
    if sheet.state is SheetState.WAITING:
        return _waiting_page(edition, sheet)
    return render_template(
        "applications/show_sheet.html", edition=edition, sheet=sheet, refused=_lines(edition, _refusals_of(sheet)),
        is_over=sheet.state in {SheetState.FINISHED, SheetState.UNDONE}, stayed=_stayed_of(edition, sheet),
    )  # fmt: skip


def columns_to_choose(edition: Edition) -> list[tuple[str, object]]:
    """The columns that a sheet may have, and what they are: ours, and the edition's own questions."""
    own = [(name, column.label) for name, column in queries.own_columns_of(edition).items()]
    return [*((column, SHEET_COLUMNS[column]) for column in COLUMNS), *own]


def _set_off(edition: Edition, sheet: SheetImport) -> bool:
    """Keep the columns that were sent, and let the worker begin or stop what was asked for; whether it did."""
    before = sheet.state
    with refusals_of(None, TEXTS):
        if "stop" in request.form:
            sheets.stop_trying(sheet)
        elif sheet.state is SheetState.WAITING:
            sheets.name_columns(sheet, _named(edition, sheet))
            db.session.commit()
            if "take" in request.form:
                sheets.start(sheet, by=_me(), now=clock.now())
            elif sheets.must_be_tried(sheet):
                sheets.let_try(sheet, by=_me(), now=clock.now())
        db.session.commit()
    return sheet.state is not before


def _named(edition: Edition, sheet: SheetImport) -> dict[str, str]:
    """The columns as the form names them, by the place of the heading."""
    written = {heading: request.form.get(f"column-{place}", "") for place, heading in enumerate(sheet.columns)}
    known = dict(columns_to_choose(edition))
    return {heading: column for heading, column in written.items() if column in known}


def _waiting_page(edition: Edition, sheet: SheetImport) -> str:
    lines = read_lines(sheet.content)
    headings = headings_of(lines[0].cells or ())
    shown = [line.cells or () for line in lines[1 : 1 + EXAMPLES]]
    columns = [
        (
            heading,
            [cells[place] for cells in shown if place < len(cells) and cells[place]],
            sheet.columns.get(heading, ""),
        )
        for place, heading in enumerate(headings)
    ]
    attempt, trouble = _attempt(edition, sheet)
    return render_template(
        "applications/name_columns.html", edition=edition, sheet=sheet, columns=columns, attempt=attempt,
        trouble=trouble, choices=columns_to_choose(edition),
        refused=_lines(edition, attempt.refused) if attempt else [],
    )  # fmt: skip


def _attempt(edition: Edition, sheet: SheetImport) -> tuple[Imported | None, str]:
    """What taking it in would do (nothing where that isn't tried yet), or why it can't be taken in."""
    try:
        if sheets.must_be_tried(sheet):
            sheets.columns_of(sheet, read_lines(sheet.content))
            return None, ""
        if sheet.tried_at is not None:
            return Imported(sheet.total, sheet.accepted, sheet.unchanged, tuple(_refusals_of(sheet))), ""
        return sheets.attempt(edition, sheet), ""
    except Refusal as refusal:
        return None, _said(edition, refusal)


def _said(edition: Edition, refusal: Refusal) -> str:
    """What is wrong with the columns, with their names as people read them."""
    name = str(refusal.values.get("column", ""))
    values = {**refusal.values, "column": dict(columns_to_choose(edition)).get(name, name)}
    return sentence_of(RowRefusal(0, "", refusal.code, "", values), TEXTS)


def _refusals_of(sheet: SheetImport) -> list[RowRefusal]:
    """What was refused as it is kept; what was kept before all of a row was told has no others."""

    def refusal(row: dict[str, Any], one: dict[str, Any]) -> RowRefusal:
        others = tuple(refusal(row, other) for other in one.get("others", ()))
        return RowRefusal(row["row"], row["reference"], code_of(one["why"]), one["field"], one["values"], others)

    return [refusal(row, row) for row in sheet.refused]


def _lines(edition: Edition, refused: Iterable[RowRefusal]) -> list[tuple[int, str, str, str]]:
    """All that is wrong, each with its line, reference, and column as people read it."""
    words = dict(columns_to_choose(edition))
    return [
        (one.row, one.reference, str(words.get(one.field, one.field)), sentence_of(one, TEXTS))
        for row in refused
        for one in row.each()
    ]


def _stayed_of(edition: Edition, sheet: SheetImport) -> list[tuple[Application, object]]:
    """What stays of an import that is undone: which application, and why."""
    why = {one["code"]: one["why"] for one in sheet.stayed}
    return [(one, STAYS[Stays(why[code])]) for code, one in queries.named(edition, list(why)).items() if why[code]]


@bp.route(f"{ADDRESS}/<code>/undo", methods=["GET", "POST"])
@access(Allow.ORGANISER)
def undo_sheet(edition: Edition, code: str) -> ResponseReturnValue:
    """Asked first, with how many go, how many stay, and why."""
    sheet = _sheet(edition, code, is_locked=request.method == "POST")
    back = url_for(".show_sheet", edition=edition, code=code)
    if request.method == "POST":
        with refusals_of(None, TEXTS):
            sheets.undo(edition, sheet, by=_me(), now=clock.now())
            db.session.commit()
        return redirect(back)
    if sheet.state is not SheetState.FINISHED:
        return redirect(back)
    reasons = Counter(sheets.that_stay(edition, sheet).values())
    return render_template(
        "applications/undo_sheet.html", edition=edition, sheet=sheet, back=back,
        go=len(sheet.taken) - reasons.total(), stay=[(STAYS[why], number) for why, number in reasons.items()],
    )  # fmt: skip


@bp.post(f"{ADDRESS}/<code>/remove")
@access(Allow.ORGANISER)
def remove_sheet(edition: Edition, code: str) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        sheets.drop(_sheet(edition, code, is_locked=True), by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The spreadsheet is forgotten. What was taken in from it stays."), "success")
    return redirect(url_for(".bring_sheet", edition=edition))


@bp.get(f"{ADDRESS}/<code>/csv")
@access(Allow.ORGANISER)
def refused_csv(edition: Edition, code: str) -> ResponseReturnValue:
    return _bad_rows(edition, _sheet(edition, code), "csv")


@bp.get(f"{ADDRESS}/<code>/xlsx")
@access(Allow.ORGANISER)
def refused_xlsx(edition: Edition, code: str) -> ResponseReturnValue:
    return _bad_rows(edition, _sheet(edition, code), "xlsx")


def _bad_rows(edition: Edition, sheet: SheetImport, form: str) -> ResponseReturnValue:
    """The refused rows as they came, with the line and the reasons behind: to mend and send again. Before it is taken in too."""
    kept = {one["row"]: one["cells"] for one in sheet.refused}
    refused: Sequence[RowRefusal] = _refusals_of(sheet)
    if sheet.state is SheetState.WAITING and sheet.tried_at is None:
        attempt, _trouble = _attempt(edition, sheet)
        kept = {line.number: list(line.cells or ()) for line in read_lines(sheet.content)}
        refused = attempt.refused if attempt else ()
    width = len(sheet.columns)
    rows = [
        [
            *(cell or None for cell in [*kept[one.row], *[""] * width][:width]),
            one.row,
            " ".join(why for _row, _reference, _field, why in _lines(edition, [one])),
        ]
        for one in refused
    ]
    bad = Sheet("refused", [*sheet.columns, _("Line"), _("Why")], rows)
    content, kind = (as_csv(bad, has_decimal_comma=has_decimal_comma()), CSV) if form == "csv" else (as_xlsx(bad), XLSX)
    headers = {"Content-Disposition": f'attachment; filename="refused.{form}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=kind, headers=headers)
