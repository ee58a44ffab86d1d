"""Building an indicator without code: what is counted, of whom, the target; the sentence that it stands for beside it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.forms import IndicatorForm
from eventsys.indicators.models import Holder, Indicator
from eventsys.indicators.rules import definitions as rules
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.measures import Measure
from eventsys.indicators.shown import Meant, meant
from eventsys.indicators.texts import ABOUT_MEASURES, MEASURES, TEXTS
from eventsys.indicators.views.blueprint import bp, holder_asked

METHODS = ["GET", "POST"]


@bp.route("/organise/<edition:edition>/indicators/add", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def add(edition: Edition) -> ResponseReturnValue:
    _holder, year = holder_asked(edition)
    measure = request.args.get("measure", "")
    if measure not in list(Measure):
        return render_template(
            "indicators/choose.html", edition=edition, year=year, measures=MEASURES, about=ABOUT_MEASURES
        )
    return _page(edition, Measure(measure), None)


@bp.route("/organise/<edition:edition>/indicators/<key>/change", methods=METHODS)
@access(Allow.ORGANISER)
@once_more_on_conflict
def change(edition: Edition, key: str) -> ResponseReturnValue:
    kept = queries.find(holder_asked(edition)[0], key) or abort(404)
    return _page(edition, kept.measure, kept)


def _page(edition: Edition, measure: Measure, kept: Indicator | None) -> ResponseReturnValue:
    holder, year = holder_asked(edition)
    form = IndicatorForm.of(measure, queries.askable(), queries.as_rules(kept) if kept else None)
    is_tried = "try" in request.form
    with refusals_of(form, TEXTS):
        if form.validate_on_submit() and not is_tried:
            key = _keep(holder, kept, form)
            db.session.commit()
            flash(_("The indicator is kept."), "success")
            return redirect(url_for(".show", edition=edition, key=key, year=year))
    sentence = _meant(holder, form, is_tried=is_tried)
    page = render_template(
        "indicators/define.html", edition=edition, year=year, indicator=kept, form=form, measure=MEASURES[measure],
        about=ABOUT_MEASURES[measure], meant=sentence,
    )  # fmt: skip
    return page, 422 if form.is_submitted() and form.errors else 200


def _keep(holder: Holder, kept: Indicator | None, form: IndicatorForm) -> str:
    if kept is not None:
        actions.change(holder, kept, form.told(kept.key), by=actor(), now=clock.now())
        return kept.key
    taken = {each.key for each in queries.indicators_of(holder)}
    indicator = form.told(rules.key_of(form.name_en.data or form.name_da.data, taken))
    actions.define(holder, [indicator], by=actor(), now=clock.now())
    return indicator.key


def _meant(holder: Holder, form: IndicatorForm, *, is_tried: bool) -> Meant | None:
    """The sentence, and what it comes to now; None while it makes none. Only who asks to see it is told why."""
    try:
        definition = form.definition()
        indicator = rules.Indicator("tried", {"en": "tried"}, definition, form.target_of(definition))
    except Refusal:
        if is_tried:
            with refusals_of(form, TEXTS):
                raise
        return None
    evaluation: Evaluation = queries.tried(
        indicator, queries.Collector(holder, cutoff=clock.now()), cutoff=clock.now()
    )[0]
    return meant(indicator, evaluation)


@bp.route("/organise/<edition:edition>/indicators/<key>/remove", methods=METHODS)
@access(Allow.ORGANISER)
def remove(edition: Edition, key: str) -> ResponseReturnValue:
    holder, year = holder_asked(edition)
    kept = queries.find(holder, key) or abort(404)
    if request.method == "GET":
        return render_template("indicators/remove.html", edition=edition, year=year, indicator=kept)
    where = url_for(".show", edition=edition, key=key, year=year)
    with refusals_of(None, TEXTS):
        actions.remove(holder, kept, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The indicator is taken away."), "success")
        where = url_for(".index", edition=edition, year=year)
    return redirect(where)
