"""The surveys of an edition and what came out of them: counts, never a person."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.web.access import access, is_allowed
from eventsys.editions.models import Edition
from eventsys.surveys import queries
from eventsys.surveys.asking_shown import asked_rows, visitors_way
from eventsys.surveys.rules.asking import MOST_REMINDERS, Phase, phase_of, reminders_due
from eventsys.surveys.views.blueprint import bp

READERS = (Allow.ORGANISER, Allow.EVALUATOR)


def _may_change(edition: Edition) -> bool:
    """Whether the reader may ask people, and not only read."""
    return is_allowed(Allow.ORGANISER, {"edition": edition})


@bp.get("/organise/<edition:edition>/surveys")
@access(*READERS)
def index(edition: Edition) -> ResponseReturnValue:
    surveys = [(survey, queries.responses(survey)) for survey in queries.surveys_of(edition)]
    return render_template("surveys/index.html", edition=edition, surveys=surveys, may_change=_may_change(edition))


@bp.get("/organise/<edition:edition>/surveys/<code>")
@access(*READERS)
def show(edition: Edition, code: str) -> ResponseReturnValue:
    survey = queries.find(edition, code) or abort(404)
    phase = phase_of(survey.opens_at, survey.closes_at, now=clock.now())
    due = reminders_due(survey.first_reminder_at, survey.second_reminder_at, now=clock.now())
    return render_template(
        "surveys/show.html",
        edition=edition,
        survey=survey,
        phase=phase.value,
        may_remind=phase is Phase.OPEN and due < MOST_REMINDERS,
        responses=queries.responses(survey),
        asked=asked_rows(survey),
        way=visitors_way(survey),
        may_change=_may_change(edition),
    )
