"""The street plan for organisers: who stands where, a proposal, taking it over."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from eventsys.accounts.rules import Allow
from eventsys.applications import panels
from eventsys.applications.models import Application
from eventsys.applications.rules.completeness import SiteFacts
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import listed
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.booths import actions, queries
from eventsys.booths.models import PlanState
from eventsys.booths.shown import plan_shown
from eventsys.booths.texts import TEXTS
from eventsys.editions.access import actor
from eventsys.editions.models import Edition

bp = Blueprint("booths", __name__)


@bp.get("/organise/<edition:edition>/booths")
@access(Allow.ORGANISER, Allow.SUPERVISOR)
def plan(edition: Edition) -> ResponseReturnValue:
    draft, published = (queries.plan(edition, state) for state in (PlanState.DRAFT, PlanState.PUBLISHED))
    return render_template(
        "booths/plan.html",
        edition=edition,
        draft=plan_shown(edition, draft) if draft else None,
        published=plan_shown(edition, published) if published else None,
        ground=None if draft or published else plan_shown(edition, None),
        placed=queries.how_many_placed(edition),
        form=FlaskForm(),
    )


@bp.post("/organise/<edition:edition>/booths/propose")
@access(Allow.ORGANISER)
@once_more_on_conflict
def propose(edition: Edition) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        _plan, proposal, _seconds = actions.propose(edition, by=actor(), now=clock.now())
        db.session.commit()
        count = len(proposal.pitches_of)
        flash(
            ngettext("A proposal for %(num)s booth is ready.", "A proposal for %(num)s booths is ready.", count),
            "success",
        )
    return redirect(url_for(".plan", edition=edition))


@bp.get("/organise/<edition:edition>/booths/publish")
@access(Allow.ORGANISER)
def publish(edition: Edition) -> ResponseReturnValue:
    if queries.plan(edition, PlanState.DRAFT) is None:
        return redirect(url_for(".plan", edition=edition))
    return render_template("booths/publish.html", edition=edition)


@bp.post("/organise/<edition:edition>/booths/publish")
@access(Allow.ORGANISER)
@once_more_on_conflict
def publish_now(edition: Edition) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        actions.publish(edition, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The plan counts from now on. Participants see their booth on their page."), "success")
    return redirect(url_for(".plan", edition=edition))


@panels.register
def booth_of(application: Application) -> list[tuple[str, str]]:
    """The booth on the applicant's page, once the plan is published."""
    places = queries.pitches_of(application.edition).get(application.id, [])
    numbers = listed(number for number, _days in places)
    if not numbers or not application.edition.is_published:
        return []
    return [(_("Your booth: %(numbers)s", numbers=numbers), url_for("reports.edition", edition=application.edition))]


@panels.register_site_facts
def what_the_street_offers(edition: Edition) -> SiteFacts:
    """The widest pitch and the largest board, for who reads applications."""
    return SiteFacts(
        widest_pitch_cm=max((pitch.width_cm for pitch in queries.pitches_on(edition)), default=None),
        largest_board_watts=max((board.capacity_watts for board in queries.boards_on(edition)), default=None),
    )


@panels.register_settled
def is_plan_published(edition: Edition) -> bool:
    """Whether the plan counts."""
    return queries.plan(edition, PlanState.PUBLISHED) is not None
