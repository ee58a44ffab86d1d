"""The review list: narrowed, sorted, with the columns one wants; saved views; the same as a file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar, cast
from urllib.parse import urlencode

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import listing
from eventsys.applications.documents import sheet_of
from eventsys.applications.forms.deciding import FilterForm
from eventsys.applications.models import SavedView
from eventsys.applications.queries import Choice
from eventsys.applications.rules.batches import BatchAct
from eventsys.applications.rules.listing import COLUMNS, Sort, Wants, columns_of
from eventsys.applications.rules.places import Standing
from eventsys.applications.rules.states import State
from eventsys.applications.texts import BATCH_ACTS, COLUMN_WORDS, TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.audit.actions import record
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_line
from eventsys.base.refusals import Refusal
from eventsys.base.sheets import CSV, XLSX, as_csv, as_xlsx
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import sentence_of
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition
from eventsys.editions.queries import team_of
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY

READERS = (Allow.ORGANISER, Allow.REVIEWER)
LONGEST_SEARCH = 100
# Words of the address that narrow and order the list; `columns` says what is shown.
NARROW = (
    "state",
    "kind",
    "text",
    "staged",
    "amended",
    "tag",
    "reviewer",
    "wants",
    "day",
    "language",
    "sort",
    "columns",
)
Word = TypeVar("Word", bound=StrEnum)


def choice_of(written: MultiDict[str, str]) -> Choice:
    """What an address asks for; a word that isn't known narrows nothing."""

    def one(kind: type[Word], name: str) -> Word | None:
        return kind(written[name]) if written.get(name) in list(kind) else None

    day = written.get("day", "")
    return Choice(
        state=one(State, "state"),
        kind=one(Kind, "kind"),
        text=clean_line(written.get("text"))[:LONGEST_SEARCH],
        is_staged="staged" in written,
        is_amended="amended" in written,
        tag=written.get("tag", ""),
        reviewer=written.get("reviewer", ""),
        wants=one(Wants, "wants"),
        day=int(day) if day.isdecimal() and len(day) < 3 else None,
        language=written.get("language", ""),
        sort=one(Sort, "sort") or Sort.NEWEST,
    )


def kept_words(written: MultiDict[str, str]) -> dict[str, str]:
    """The words of an address that make the list what it is, without those that are empty."""
    words = {name: ",".join(written.getlist(name)) if name == "columns" else written.get(name, "") for name in NARROW}
    return {name: clean for name, word in words.items() if (clean := clean_line(word)[:LONGEST_SEARCH])}


@bp.get("/organise/<edition:edition>/applications")
@access(*READERS)
def index(edition: Edition) -> ResponseReturnValue:
    seen_at = clock.now().isoformat()  # Before it is read: what somebody changes meanwhile isn't seen.
    me, choice = cast("User", signed_in_user()), choice_of(request.args)
    page = queries.page_of(edition, choice, number=request.args.get("page", 1, type=int))
    columns = columns_of(",".join(request.args.getlist("columns")))
    return render_template(
        "applications/index.html",
        edition=edition,
        page=page,
        form=_filter_form(edition, choice),
        columns=columns,
        all_columns=[(column, COLUMN_WORDS[column], column in columns) for column in COLUMNS],
        column_words=COLUMN_WORDS,
        tags=queries.tags_by_application(page.rows) if "tags" in columns else {},
        counts=_counts(edition),
        staged=queries.staged_count_of(edition),
        amended=queries.amended_count_of(edition),
        views=queries.views_of(edition, me),
        values=kept_words(request.args),
        acts=[(act, BATCH_ACTS[act]) for act in BatchAct] if is_allowed(Allow.ORGANISER, {"edition": edition}) else [],
        seen_at=seen_at,
    )


def _counts(edition: Edition) -> list[tuple[Kind, object, list[tuple[State, int]], Standing]]:
    """How many of each kind stand where, against the limit of the kind."""
    counts, standings = queries.counts_of(edition), queries.standings_of(edition)
    return [
        (kind, KINDS_OF_MANY[kind], [(state, counts.get((state, kind), 0)) for state in State], standings[kind])
        for kind in Kind
    ]


def _filter_form(edition: Edition, choice: Choice) -> FilterForm:
    form = FilterForm(formdata=None, obj=choice)
    reviewers = {str(member.user_id): member.user.name for member in team_of(edition)}
    form.offer(
        tags=[(tag.code, tag.name) for tag in queries.tags_on(edition)],
        reviewers=[(queries.NOBODY, str(_("nobody"))), *reviewers.items()],
        days=[str(day.number) for day in edition.open_days],
        languages=queries.languages_of(edition),
    )
    return form


@bp.post("/organise/<edition:edition>/applications/views")
@access(*READERS)
def save_view(edition: Edition) -> ResponseReturnValue:
    me, values = cast("User", signed_in_user()), kept_words(request.form)
    try:
        name, is_shared = clean_line(request.form.get("name")), "shared" in request.form
        view = listing.save_view(edition, name, values, owner=None if is_shared else me, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The view “%(name)s” is kept. Its address opens it.", name=view.name), "success")
        return redirect(url_for(".open_view", edition=edition, code=view.code))
    except Refusal as refusal:
        db.session.rollback()
        flash(sentence_of(refusal, TEXTS), "error")
    return redirect(_address(edition, values))


def _address(edition: Edition, values: Mapping[str, str]) -> str:
    """The list's address with these words."""
    return f"{url_for('.index', edition=edition)}?{urlencode(values)}" if values else url_for(".index", edition=edition)


def _view(edition: Edition, code: str) -> SavedView:
    return queries.view(edition, code, cast("User", signed_in_user())) or abort(404)


@bp.get("/organise/<edition:edition>/applications/views/<code>")
@access(*READERS)
def open_view(edition: Edition, code: str) -> ResponseReturnValue:
    known = {name: word for name, word in _view(edition, code).choice.items() if name in NARROW}
    return redirect(_address(edition, known))


@bp.route("/organise/<edition:edition>/applications/views/<code>/remove", methods=["GET", "POST"])
@access(*READERS)
def remove_view(edition: Edition, code: str) -> ResponseReturnValue:
    view = _view(edition, code)
    if request.method == "GET":
        return render_template("applications/remove_view.html", edition=edition, view=view)
    listing.remove_view(view, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The view “%(name)s” is removed.", name=view.name), "success")
    return redirect(url_for(".index", edition=edition))


@bp.get("/organise/<edition:edition>/applications/export/csv")
@access(Allow.ORGANISER)
def export_csv(edition: Edition) -> ResponseReturnValue:
    return _export(edition, "csv")


@bp.get("/organise/<edition:edition>/applications/export/xlsx")
@access(Allow.ORGANISER)
def export_xlsx(edition: Edition) -> ResponseReturnValue:
    return _export(edition, "xlsx")


def _export(edition: Edition, form: str) -> ResponseReturnValue:
    sheet = sheet_of(edition, choice_of(request.args))
    record(
        "applications.exported",
        "edition",
        edition.slug,
        by=actor(),
        now=clock.now(),
        detail=f"{form} {len(sheet.rows)}",
    )
    db.session.commit()
    content, kind = (as_csv(sheet), CSV) if form == "csv" else (as_xlsx(sheet), XLSX)
    name = f"{edition.slug}-applications-{clock.today().isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=kind, headers=headers)
