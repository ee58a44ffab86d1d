"""What people read: the public page of an edition, the organisers' overview, the figures as PDF."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from eventsys.accounts.rules import Allow
from eventsys.applications import queries as applications
from eventsys.applications.texts import ALLERGENS, DIETS
from eventsys.base import clock
from eventsys.base.clock import local
from eventsys.base.i18n import long_date
from eventsys.base.web.access import access
from eventsys.booths import queries as booths
from eventsys.booths.models import PlanState
from eventsys.editions.models import Edition
from eventsys.editions.rules import call_state
from eventsys.files.web import given_out
from eventsys.indicators import queries as indicators
from eventsys.indicators.shown import shown
from eventsys.passes import queries as passes
from eventsys.reports import contents, plan_contents, queries
from eventsys.reports.documents import figures as figures_document
from eventsys.reports.documents import street_plan as plan_document
from eventsys.reports.rules.choice import Choice, choice_of
from eventsys.reports.street import street_shown
from eventsys.reports.texts import KINDS
from eventsys.reports.ways_out import ways_out
from eventsys.reviews import queries as reviews

bp = Blueprint("reports", __name__)
PAPER_LANGUAGES = ("da", "en")


@bp.get("/<edition:edition>/")
@access(Allow.PUBLIC)
def edition(edition: Edition) -> ResponseReturnValue:
    if not edition.is_published:
        abort(404)
    sign_up = passes.visitor_sign_up(edition)
    return render_template(
        "reports/edition.html",
        edition=edition,
        call=call_state(edition.call_opens_at, edition.call_closes_at, clock.now()),
        criteria=reviews.criteria_of(edition),
        entries=queries.catalogue(edition),
        has_map=booths.plan(edition, PlanState.PUBLISHED) is not None,
        has_visitor_passes=sign_up is not None and sign_up.is_open and edition.ends_on >= clock.today(),
    )


@bp.get("/<edition:edition>/map", endpoint="map")
@access(Allow.PUBLIC)
def map_(edition: Edition) -> ResponseReturnValue:
    if not edition.is_published:
        abort(404)
    days = {day.number: long_date(local(day.opens_at).date()) for day in edition.open_days}
    choice = choice_of(request.args.to_dict(flat=False), days=days)
    return render_template(
        "reports/map.html",
        edition=edition,
        choice=choice,
        street=street_shown(edition, choice),
        days=days,
        kinds=KINDS,
        diets=DIETS,
        allergens=ALLERGENS,
    )


@bp.get("/<edition:edition>/catalogue")
@access(Allow.PUBLIC)
def catalogue(edition: Edition) -> ResponseReturnValue:
    if not edition.is_published:
        abort(404)
    asked = {name: request.args.getlist(name) for name in ("words", "kind")}
    choice = choice_of(asked, days=())
    entries = queries.catalogue(edition, kind=choice.kind, words=choice.words)
    ways = (
        []
        if entries or not choice.is_made
        else ways_out(edition, choice, queries.catalogue(edition), address=partial(_catalogue_of, edition))
    )
    return render_template("reports/catalogue.html", edition=edition, entries=entries, choice=choice, ways=ways)


def _catalogue_of(edition: Edition, choice: Choice) -> str:
    return url_for(".catalogue", edition=edition, **choice.query())  # type: ignore[arg-type]  # Values of the query.


@bp.get("/<edition:edition>/catalogue/<code>")
@access(Allow.PUBLIC)
def entry(edition: Edition, code: str) -> ResponseReturnValue:
    found = queries.in_catalogue(edition, code) if edition.is_published else None
    if found is None:
        abort(404)
    application = found.application
    return render_template(
        "reports/entry.html",
        edition=edition,
        entry=found,
        diets=[str(DIETS[key]) for key in application.dietary],
        allergens=[str(ALLERGENS[key]) for key in application.allergens or ()],
        logo=applications.logo_of(application),
        dishes=[(dish, contents.dish_cells(dish)) for dish in applications.dishes_of(application)],
    )


@bp.get("/<edition:edition>/catalogue/<code>/logo")
@access(Allow.PUBLIC)
def logo(edition: Edition, code: str) -> ResponseReturnValue:
    found = queries.in_catalogue(edition, code) if edition.is_published else None
    kept = applications.logo_of(found.application) if found is not None else None
    return given_out(kept.file, is_public=True) if kept is not None else abort(404)


@bp.get("/organise/<edition:edition>/")
@access(Allow.ORGANISER, Allow.REVIEWER, Allow.SUPERVISOR, Allow.EVALUATOR)
def overview(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    evaluated = indicators.evaluated(edition, cutoff=now)
    return render_template(
        "reports/overview.html",
        edition=edition,
        call=call_state(edition.call_opens_at, edition.call_closes_at, now),
        progress=queries.progress(edition),
        booths=booths.how_many_placed(edition),
        passes=queries.passes_by_kind(edition),
        visits=indicators.visits(edition),
        arrivals=contents.arrivals(queries.quarters(edition)),
        indicators=[shown(kept, evaluation) for kept, evaluation in evaluated],
        cutoff=now,
    )


@bp.get("/organise/<edition:edition>/figures-<language>.pdf")
@access(Allow.ORGANISER, Allow.EVALUATOR)
def figures(edition: Edition, language: str) -> ResponseReturnValue:
    if language not in PAPER_LANGUAGES:
        abort(404)
    with force_locale(language):
        pdf = figures_document.draw(contents.of_figures(edition, language=language, cutoff=clock.now()))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{edition.slug}-figures-{language}.pdf"'
    return response


@bp.get("/organise/<edition:edition>/street-plan-<language>.pdf")
@access(Allow.ORGANISER, Allow.SUPERVISOR)
def street_plan(edition: Edition, language: str) -> ResponseReturnValue:
    if language not in PAPER_LANGUAGES:
        abort(404)
    is_published = request.args.get("show") == "published"
    plan = booths.plan(edition, PlanState.PUBLISHED) if is_published else booths.plan_at_work(edition)
    with force_locale(language):
        told = plan_contents.of_street_plan(edition, plan, language=language, cutoff=clock.now())
        pdf = plan_document.draw(told)
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{edition.slug}-street-plan-{language}.pdf"'
    return response
