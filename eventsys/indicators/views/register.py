"""The hand-kept register of a programme year: the list, adding, correcting, taking away and up again."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.forms import EntryForm, RegisterFilter
from eventsys.indicators.models import RegisterEntry
from eventsys.indicators.register_shown import sums_shown
from eventsys.indicators.texts import KINDS, QUALITIES, TEXTS
from eventsys.indicators.views.blueprint import READERS, bp, year_asked

METHODS = ["GET", "POST"]


@bp.get("/organise/<edition:edition>/register")
@access(*READERS)
def register(edition: Edition) -> ResponseReturnValue:
    year = year_asked(edition)
    form = RegisterFilter.of(year, [kept.year for kept in queries.programme_years()])
    rows = queries.register_rows(year, kind=form.kind_chosen, quality=form.quality_chosen, words=form.words.data or "")
    return render_template(
        "indicators/register.html", edition=edition, year=year, form=form, rows=rows, kinds=KINDS, qualities=QUALITIES,
        sums=sums_shown(rows), may_change=is_allowed(Allow.ORGANISER, {"edition": edition}), removed=_removed(),
    )  # fmt: skip


def _removed() -> RegisterEntry | None:
    kept = queries.register_entry(request.args.get("removed", ""))
    return kept if kept is not None and kept.removed_at is not None else None


@bp.route("/organise/<edition:edition>/register/add", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def add_entry(edition: Edition) -> ResponseReturnValue:
    return _entry_page(edition, None)


@bp.route("/organise/<edition:edition>/register/<code>", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def correct_entry(edition: Edition, code: str) -> ResponseReturnValue:
    return _entry_page(edition, _entry(code))


def _entry(code: str) -> RegisterEntry:
    return queries.register_entry(code, is_locked=True) or abort(404)


def _entry_page(edition: Edition, kept: RegisterEntry | None) -> ResponseReturnValue:
    year = kept.year if kept else year_asked(edition)
    form = EntryForm.of(kept)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            if kept is None:
                actions.add_entry(year, form.told(), by=actor(), now=clock.now())
            else:
                actions.correct_entry(kept, form.told(), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The entry is kept."), "success")
            return redirect(url_for(".register", edition=edition, year=year))
    page = render_template("indicators/entry.html", edition=edition, year=year, entry=kept, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/organise/<edition:edition>/register/<code>/remove")
@access(Allow.ORGANISER)
def remove_entry(edition: Edition, code: str) -> ResponseReturnValue:
    kept = _entry(code)
    actions.remove_entry(kept, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The entry is taken away. It counts in no figure."), "success")
    return redirect(url_for(".register", edition=edition, year=kept.year, removed=code))


@bp.post("/organise/<edition:edition>/register/<code>/restore")
@access(Allow.ORGANISER)
def restore_entry(edition: Edition, code: str) -> ResponseReturnValue:
    kept = _entry(code)
    actions.restore_entry(kept, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The entry counts again."), "success")
    return redirect(url_for(".register", edition=edition, year=kept.year))
