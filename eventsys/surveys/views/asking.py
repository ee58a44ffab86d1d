"""Organisers put a questionnaire to people: what, when, whom; reminders; the poster."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.rendering import speaking
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.surveys import actions, asking, queries
from eventsys.surveys.asking import Said, Times
from eventsys.surveys.asking_shown import visitors_way
from eventsys.surveys.forms import AddForm, AskForm, TimesForm
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.instruments import Audience
from eventsys.surveys.texts import TEXTS
from eventsys.surveys.views.blueprint import bp

USUAL_LENGTH = timedelta(days=28)


def survey_or_404(edition: Edition, code: str) -> Survey:
    """The survey of the address."""
    return queries.find(edition, code) or abort(404)


@bp.route("/organise/<edition:edition>/surveys/add", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def add(edition: Edition) -> ResponseReturnValue:
    there = queries.not_put_yet(edition)
    here = clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    asked_for = request.args.get("instrument", "")
    form = AddForm(data={"instrument": asked_for, "opens_at": here, "closes_at": here + USUAL_LENGTH})
    form.offer(there)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            instrument = next(one for one in there if str(one.id) == form.instrument.data)
            opens, closes = form.times()
            made = actions.open_survey(
                edition, instrument, opens_at=opens, closes_at=closes, by=actor(), now=clock.now()
            )
            db.session.commit()
            flash(_("The survey is there. Nobody has been asked yet: choose who is."), "success")
            return redirect(url_for(".show", edition=edition, code=made.code))
    page = render_template("surveys/add.html", edition=edition, form=form, instruments=there)
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/organise/<edition:edition>/surveys/<code>/times", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def times(edition: Edition, code: str) -> ResponseReturnValue:
    survey = survey_or_404(edition, code)
    form = TimesForm.of(survey)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            opens_at = form.moment("opens_at") or survey.opens_at
            more = (form.moment(name) for name in ("closes_at", "first_reminder_at", "second_reminder_at"))
            asking.plan(survey, Times(opens_at, *more), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The times are changed."), "success")
            return redirect(url_for(".show", edition=edition, code=code))
    page = render_template("surveys/times.html", edition=edition, form=form, survey=survey)
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/organise/<edition:edition>/surveys/<code>/ask", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def ask(edition: Edition, code: str) -> ResponseReturnValue:
    survey = survey_or_404(edition, code)
    form = AskForm()
    form.offer(asking.could_be_asked(survey))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            said = Said(Audience(form.audience.data), form.addresses.data or "", is_attributed=form.is_attributed.data)
            count = asking.ask(survey, said, by=actor(), now=clock.now())
            db.session.commit()
            flash(_told(said.audience, count), "success")
            return redirect(url_for(".show", edition=edition, code=code))
    page = render_template("surveys/ask.html", edition=edition, form=form, survey=survey)
    return page, 422 if form.errors or form.form_errors else 200


def _told(audience: Audience, count: int) -> str:
    if audience is Audience.VISITOR:
        return str(_("Visitors can answer while the survey is open. The poster and the page for a tablet are below."))
    return str(_("%(count)s are on the list. Mails go out while the survey is open.", count=count))


@bp.post("/organise/<edition:edition>/surveys/<code>/remind")
@access(Allow.ORGANISER)
@once_more_on_conflict
def remind(edition: Edition, code: str) -> ResponseReturnValue:
    survey = survey_or_404(edition, code)
    with refusals_of(None, TEXTS):
        asking.remind(survey, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The reminder is on its way to those whose link hasn't been used."), "success")
    return redirect(url_for(".show", edition=edition, code=code))


@bp.get("/organise/<edition:edition>/surveys/<code>/poster")
@access(Allow.ORGANISER)
def print_poster(edition: Edition, code: str) -> ResponseReturnValue:
    survey = survey_or_404(edition, code)
    way = visitors_way(survey) or abort(404)
    said = []
    for language in ("da", "en", "ar"):
        with speaking(language):
            said.append((language, _("Tell us how it was"), _("Scan the code. It takes two minutes.")))
    return render_template("surveys/print_poster.html", edition=edition, survey=survey, way=way, said=said)
