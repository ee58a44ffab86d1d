"""Organisers build a questionnaire: begin it, name it, publish it, go on from it, throw it away."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.surveys import building, queries
from eventsys.surveys.building_forms import InstrumentForm, MakeForm
from eventsys.surveys.building_shown import shown_of
from eventsys.surveys.models import Instrument
from eventsys.surveys.rules.instruments import InstrumentState
from eventsys.surveys.rules.instruments import published as publishable
from eventsys.surveys.texts import TEXTS
from eventsys.surveys.views.blueprint import bp

READERS = (Allow.ORGANISER, Allow.EVALUATOR)
METHODS = ["GET", "POST"]


def instrument_or_404(code: str) -> Instrument:
    """The version of a questionnaire of the address."""
    return queries.by_code(code) or abort(404)


def draft_or_404(code: str) -> Instrument:
    """The same, as long as it may change."""
    instrument = instrument_or_404(code)
    return instrument if instrument.state is InstrumentState.DRAFT else abort(404)


def to_instrument(edition: Edition, instrument: Instrument, **values: Any) -> Response:
    """On to the page of a questionnaire."""
    return redirect(url_for("surveys.instrument", edition=edition, code=instrument.code, **values))


@bp.get("/organise/<edition:edition>/instruments")
@access(*READERS)
def instruments(edition: Edition) -> ResponseReturnValue:
    listed = queries.newest_versions()
    put = {one.key: queries.surveys_asking(queries.versions(one.key)) for one in listed}
    may_change = is_allowed(Allow.ORGANISER, {"edition": edition})
    return render_template(
        "surveys/instruments.html", edition=edition, instruments=listed, put=put, may_change=may_change
    )


@bp.route("/organise/<edition:edition>/instruments/add", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def make(edition: Edition) -> ResponseReturnValue:
    there = queries.newest_versions()
    form = MakeForm(data={"key": "" if queries.instrument(edition.slug) else edition.slug})
    form.offer(there)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            source = next((one for one in there if str(one.id) == form.source.data), None)
            made = building.begin(form.key.data, form.named(), source=source, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The questionnaire is begun. It is a draft: nobody is asked before you publish it."), "success")
            return to_instrument(edition, made)
    page = render_template("surveys/make.html", edition=edition, form=form)
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/organise/<edition:edition>/instruments/<code>")
@access(*READERS)
def instrument(edition: Edition, code: str) -> ResponseReturnValue:
    kept = instrument_or_404(code)
    return render_template(
        "surveys/instrument.html",
        edition=edition,
        instrument=kept,
        shown=shown_of(kept),
        versions=queries.versions(kept.key),
        surveys=queries.surveys_asking([kept]),
        may_change=is_allowed(Allow.ORGANISER, {"edition": edition}),
    )


@bp.route("/organise/<edition:edition>/instruments/<code>/change", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def rename(edition: Edition, code: str) -> ResponseReturnValue:
    kept = draft_or_404(code)
    form = InstrumentForm.of(kept)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            building.rename(kept, form.named(kept.name), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Name and languages are kept."), "success")
            return to_instrument(edition, kept)
    page = render_template("surveys/rename.html", edition=edition, form=form, instrument=kept)
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/organise/<edition:edition>/instruments/<code>/publish", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def publish(edition: Edition, code: str) -> ResponseReturnValue:
    kept = instrument_or_404(code)
    if request.method == "POST":
        with refusals_of(None, TEXTS):
            building.publish(kept, by=actor(), now=clock.now())
            db.session.commit()
            flash(
                _("Version %(version)s is published, and never changes. Now put it to people.", version=kept.version),
                "success",
            )
            return to_instrument(edition, kept)
    shown = shown_of(kept)
    values = {"shown": shown, "is_ready": _is_ready(kept)}
    return render_template("surveys/publish.html", edition=edition, instrument=kept, **values)


def _is_ready(kept: Instrument) -> bool:
    """Whether the draft can be published as it is."""
    try:
        publishable(queries.as_rules(kept))
    except Refusal:
        return False
    return True


@bp.post("/organise/<edition:edition>/instruments/<code>/next")
@access(Allow.ORGANISER)
@once_more_on_conflict
def go_on(edition: Edition, code: str) -> ResponseReturnValue:
    kept = instrument_or_404(code)
    with refusals_of(None, TEXTS):
        kept = building.go_on(kept, by=actor(), now=clock.now())
        db.session.commit()
        flash(
            _("This is the draft of version %(version)s. The published one stays as it is.", version=kept.version),
            "success",
        )
    return to_instrument(edition, kept)


@bp.route("/organise/<edition:edition>/instruments/<code>/remove", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def throw_away(edition: Edition, code: str) -> ResponseReturnValue:
    kept = draft_or_404(code)
    if request.method == "GET":
        return render_template("surveys/throw_away.html", edition=edition, instrument=kept, shown=shown_of(kept))
    way = url_for(".instrument", edition=edition, code=code)
    with refusals_of(None, TEXTS):
        building.throw_away(kept, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The draft is thrown away."), "success")
        way = url_for(".instruments", edition=edition, removed=code)
    return redirect(way)


@bp.post("/organise/<edition:edition>/instruments/<code>/restore")
@access(Allow.ORGANISER)
@once_more_on_conflict
def take_up(edition: Edition, code: str) -> ResponseReturnValue:
    thrown = queries.by_code(code, is_removed=True)
    if thrown is not None:
        building.take_up(thrown, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The draft is back."), "success")
    return to_instrument(edition, thrown or instrument_or_404(code))
