"""Figures that others publish, such as those of the Inclusion Barometer, kept with date and source."""

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
from eventsys.indicators.forms import PublishedForm
from eventsys.indicators.models import PublishedFigure
from eventsys.indicators.texts import TEXTS
from eventsys.indicators.views.blueprint import READERS, bp


@bp.get("/organise/<edition:edition>/published")
@access(*READERS)
def published(edition: Edition) -> ResponseReturnValue:
    removed = queries.published_figure(request.args.get("removed", ""))
    return render_template(
        "indicators/published.html", edition=edition, figures=queries.published_figures(),
        may_change=is_allowed(Allow.ORGANISER, {"edition": edition}),
        removed=removed if removed is not None and removed.removed_at is not None else None,
    )  # fmt: skip


@bp.route("/organise/<edition:edition>/published/add", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def keep_published(edition: Edition) -> ResponseReturnValue:
    form = PublishedForm.of(queries.published_figure(request.args.get("figure", "")))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            actions.keep_published(form.told(), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The figure is kept."), "success")
            return redirect(url_for(".published", edition=edition))
    page = render_template("indicators/publish.html", edition=edition, form=form)
    return page, 422 if form.is_submitted() else 200


def _figure(code: str) -> PublishedFigure:
    return queries.published_figure(code) or abort(404)


@bp.post("/organise/<edition:edition>/published/<code>/remove")
@access(Allow.ORGANISER)
def remove_published(edition: Edition, code: str) -> ResponseReturnValue:
    actions.remove_published(_figure(code), by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The figure is taken away. It counts nowhere."), "success")
    return redirect(url_for(".published", edition=edition, removed=code))


@bp.post("/organise/<edition:edition>/published/<code>/restore")
@access(Allow.ORGANISER)
def restore_published(edition: Edition, code: str) -> ResponseReturnValue:
    actions.restore_published(_figure(code), by=actor(), now=clock.now())
    db.session.commit()
    flash(_("The figure counts again."), "success")
    return redirect(url_for(".published", edition=edition))
