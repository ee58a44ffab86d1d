"""The surveys of an edition and what came out of them: counts, never a person."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.web.access import access
from eventsys.editions.models import Edition
from eventsys.surveys import queries
from eventsys.surveys.shown import results_of

bp = Blueprint("surveys", __name__)
READERS = (Allow.ORGANISER, Allow.EVALUATOR)


@bp.get("/organise/<edition:edition>/surveys")
@access(*READERS)
def index(edition: Edition) -> ResponseReturnValue:
    surveys = [(survey, queries.responses(survey)) for survey in queries.surveys_of(edition)]
    return render_template("surveys/index.html", edition=edition, surveys=surveys)


@bp.get("/organise/<edition:edition>/surveys/<code>")
@access(*READERS)
def show(edition: Edition, code: str) -> ResponseReturnValue:
    survey = queries.find(edition, code)
    if survey is None:
        abort(404)
    is_open = survey.closes_at is None or survey.closes_at > clock.now()
    return render_template(
        "surveys/show.html",
        edition=edition,
        survey=survey,
        responses=queries.responses(survey),
        is_open=is_open,
        results=[] if is_open else results_of(survey),
    )
