"""The indicators of an edition: the table, the trace behind each, freezing."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.accounts.rules import Allow
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict
from eventsys.editions.access import signed_in_user
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.frozen_shown import compared, frozen_of
from eventsys.indicators.shown import earlier_rows, shown
from eventsys.indicators.trace import trace_of
from eventsys.indicators.views.blueprint import READERS, bp, holder_asked
from eventsys.indicators.years_shown import last_years


@bp.get("/organise/<edition:edition>/indicators")
@access(*READERS)
def index(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    holder, year = holder_asked(edition)
    found = queries.evaluated_and_hashed(holder, cutoff=now)
    return render_template(
        "indicators/index.html",
        edition=edition,
        year=year,
        years=[kept.year for kept in queries.programme_years()],
        indicators=[shown(kept, evaluation) for kept, evaluation, _hash in found],
        frozen=frozen_of(holder, found),
        last_year={} if year else last_years(edition, cutoff=now),
        earlier=[] if year else earlier_rows(list(queries.recorded_figures(edition))),
        cutoff=now,
        is_running=not year and edition.is_running(now),
        may_change=is_allowed(Allow.ORGANISER, {"edition": edition}),
    )


@bp.get("/organise/<edition:edition>/indicators/<key>")
@access(*READERS)
def show(edition: Edition, key: str) -> ResponseReturnValue:
    holder, year = holder_asked(edition)
    kept = queries.find(holder, key) or abort(404)
    now = clock.now()
    evaluation, inputs_hash = queries.evaluated_one(holder, kept, cutoff=now)
    measurement = queries.latest_measurement(kept)
    return render_template(
        "indicators/show.html",
        edition=edition,
        year=year,
        indicator=shown(kept, evaluation),
        evaluation=evaluation,
        source=kept.source,
        trace=trace_of(holder, kept),
        measurement=measurement,
        has_changed=measurement is not None and measurement.inputs_hash != inputs_hash,
        compared=compared(kept, measurement, evaluation) if measurement else [],
        cutoff=now,
        may_change=is_allowed(Allow.ORGANISER, {"edition": edition}),
    )


@bp.post("/organise/<edition:edition>/indicators/freeze")
@access(Allow.ORGANISER)
@once_more_on_conflict
def freeze(edition: Edition) -> ResponseReturnValue:
    user = signed_in_user()
    now = clock.now()
    holder, year = holder_asked(edition)
    kept = queries.indicators_of(holder)
    for indicator in kept:
        actions.freeze(holder, indicator, by=Actor("user", str(user.id if user else "")), now=now)
    db.session.commit()
    flash(
        ngettext("%(num)s figure is frozen.", "%(num)s figures are frozen.", len(kept))
        if kept
        else _("There is nothing to freeze yet."),
        "success" if kept else "info",
    )
    return redirect(url_for(".index", edition=edition, year=year))
