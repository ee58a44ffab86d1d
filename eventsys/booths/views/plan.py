"""The street plan for organisers: who stands where, a proposal, taking it over."""

from __future__ import annotations

from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import panels
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.completeness import SiteFacts
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_line
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.booths import actions, queries
from eventsys.booths.actions import proposing
from eventsys.booths.forms import PitchesForm, WaitingForm
from eventsys.booths.hand_shown import last_step_shown
from eventsys.booths.models import PlanState
from eventsys.booths.plan_shown import Choice, Show, Which, plan_shown, staying_said, troubles_shown
from eventsys.booths.publish_shown import publish_shown
from eventsys.booths.rules.allocation import STEPS
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.steps import steps_taken
from eventsys.booths.said import places_said
from eventsys.booths.texts import STORY, TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition

LONGEST_SEARCH, MOST_PAGES = 100, 1_000


@bp.get("/organise/<edition:edition>/booths")
@access(Allow.ORGANISER, Allow.SUPERVISOR)
def plan(edition: Edition) -> ResponseReturnValue:
    draft, published = (queries.plan(edition, state) for state in (PlanState.DRAFT, PlanState.PUBLISHED))
    choice = _choice(edition, has_draft=draft is not None, has_published=published is not None)
    shown = plan_shown(edition, draft, published, choice=choice)
    return render_template(
        "booths/plan.html",
        edition=edition,
        draft=draft,
        published=published,
        choice=choice,
        shown=shown,
        staying=staying_said(edition),
        step=last_step_shown(edition, draft),
        run=queries.open_run(edition),
        may_place=is_allowed(Allow.ORGANISER, {"edition": edition}),
        waiting_form=WaitingForm(request.args),
        pitches_form=PitchesForm(request.args),
        values=values_of(choice),
        form=FlaskForm(),
        has_source=not shown.street and bool(queries.streets_before(edition)),
    )


def _choice(edition: Edition, *, has_draft: bool, has_published: bool) -> Choice:
    """What the address asks for; what can't be had is what comes nearest."""
    asked, day, page = (request.args.get(name, "") for name in ("show", "day", "page"))
    show = Show(asked) if asked in list(Show) else Show.DRAFT
    if not has_draft or (show is Show.CHANGES and not has_published):
        show = Show.PUBLISHED if has_published else Show.DRAFT
    elif show is Show.PUBLISHED and not has_published:
        show = Show.DRAFT
    which = request.args.get("which", "")
    return Choice(
        show=show,
        day=next((one.number for one in edition.open_days if str(one.number) == day), 0),
        who=clean_line(request.args.get("who"))[:LONGEST_SEARCH],
        need=request.args.get("need", "")[:LONGEST_SEARCH],
        pitch=clean_line(request.args.get("pitch"))[:LONGEST_SEARCH],
        which=Which(which) if which in list(Which) else Which.ALL,
        page=int(page) if page.isdecimal() and 0 < int(page[:6]) < MOST_PAGES else 1,
    )


def values_of(choice: Choice) -> dict[str, str]:
    """A choice as words of an address, without the page."""
    told = {
        "show": choice.show.value, "day": str(choice.day or ""), "who": choice.who, "need": choice.need,
        "pitch": choice.pitch, "which": choice.which.value,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


@bp.route("/organise/<edition:edition>/booths/throw-away", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def throw_away(edition: Edition) -> ResponseReturnValue:
    draft = queries.plan(edition, PlanState.DRAFT)
    if draft is None:
        return redirect(url_for(".plan", edition=edition))
    if request.method == "POST":
        proposing.throw_away(edition, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The draft is thrown away."), "success")
        return redirect(url_for(".plan", edition=edition))
    published = queries.plan(edition, PlanState.PUBLISHED)
    return render_template(
        "booths/throw_away.html",
        edition=edition,
        version=draft.version,
        steps=steps_taken(draft.proposal),
        published=published,
    )


@bp.post("/organise/<edition:edition>/booths/propose")
@access(Allow.ORGANISER)
@once_more_on_conflict
def propose(edition: Edition) -> ResponseReturnValue:
    on = url_for(".plan", edition=edition)
    with refusals_of(None, TEXTS):
        run = proposing.start(edition, work=STEPS, by=_me(), now=clock.now())
        db.session.commit()
        on = url_for(".show_run", edition=edition, code=run.code)
    return redirect(on)


def _me() -> User:
    return cast("User", signed_in_user())


@bp.get("/organise/<edition:edition>/booths/runs/<code>")
@access(Allow.ORGANISER)
def show_run(edition: Edition, code: str) -> ResponseReturnValue:
    run = queries.run(edition, code) or abort(404)
    trouble, draft = TEXTS[Code(run.trouble)] if run.trouble else "", queries.plan(edition, PlanState.DRAFT)
    return render_template(
        "booths/run.html", edition=edition, run=run, trouble=trouble, is_over=run.finished_at is not None,
        draft=draft, troubles=troubles_shown(edition, draft), wanted=len(applications.approved_of(edition)),
    )  # fmt: skip


@bp.post("/organise/<edition:edition>/booths/runs/<code>/stop")
@access(Allow.ORGANISER)
def stop_run(edition: Edition, code: str) -> ResponseReturnValue:
    proposing.stop(queries.run(edition, code) or abort(404), by=actor(), now=clock.now())
    db.session.commit()
    flash(_("It stops with the best that was found."), "info")
    return redirect(url_for(".show_run", edition=edition, code=code))


@bp.get("/organise/<edition:edition>/booths/publish")
@access(Allow.ORGANISER)
def publish(edition: Edition) -> ResponseReturnValue:
    draft = queries.plan(edition, PlanState.DRAFT)
    if draft is None:
        return redirect(url_for(".plan", edition=edition))
    published = queries.plan(edition, PlanState.PUBLISHED)
    return render_template(
        "booths/publish.html",
        edition=edition,
        shown=publish_shown(edition, draft, published),
        staying=staying_said(edition),
    )


@bp.post("/organise/<edition:edition>/booths/publish")
@access(Allow.ORGANISER)
@once_more_on_conflict
def publish_now(edition: Edition) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        actions.publish(edition, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The plan counts from now on. Who stands elsewhere than before has a mail on its way."), "success")
    return redirect(url_for(".plan", edition=edition))


panels.register_story(STORY)


@panels.register
def booth_of(application: Application) -> list[tuple[str, str]]:
    """The booth on the applicant's page, once the plan is published: on the map as visitors see it, this one chosen."""
    edition, code = application.edition, application.organisation.code
    numbers = places_said(queries.where_on(application))
    if not numbers or not edition.is_published:
        return []
    there = url_for("reports.map", edition=edition, booth=code, _anchor="found")
    return [(_("Your booth on the public map: %(numbers)s", numbers=numbers), there)]


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
