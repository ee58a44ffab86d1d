"""Indicators through the editions of an event, and long-term goals that others measure."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.web.access import access
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition
from eventsys.indicators import queries
from eventsys.indicators.models import Holder
from eventsys.indicators.views.blueprint import bp
from eventsys.indicators.years_shown import long_terms, subjects_through, through_the_years


@bp.get("/organise/<edition:edition>/indicators/years")
@access(Allow.ORGANISER, Allow.EVALUATOR)
def years(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    holders: list[Holder] = [*editions.earlier_of(edition), edition, *queries.programme_years()]
    return render_template(
        "indicators/years.html", edition=edition, cutoff=now,
        indicators=through_the_years(edition, cutoff=now), aims=long_terms(holders),
        subjects=subjects_through(edition, cutoff=now),
    )  # fmt: skip
