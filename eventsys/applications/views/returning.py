"""Coming back: asking to be let in, letting somebody in, taking last time's answers over."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import keeping, returning
from eventsys.applications.forms.steps import AccessForm, OrganisationForm
from eventsys.applications.models import AccessRequest
from eventsys.applications.rules.fields import cvr_of, phone_of
from eventsys.applications.rules.steps import Step
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.applicants import OFTEN_ENOUGH, application_or_404
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.steps import step_page
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import in_language, listed, page_language
from eventsys.base.ids import hash_of
from eventsys.base.web.access import access
from eventsys.base.web.language import speak
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of
from eventsys.editions.models import Edition
from eventsys.files.web import folder


@bp.get("/<edition:edition>/apply/asked")
@access(Allow.PUBLIC)
def access_asked(edition: Edition) -> ResponseReturnValue:
    return render_template("applications/access_asked.html", edition=edition)


@bp.route("/my/access/<token>", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(OFTEN_ENOUGH, methods=["POST"])
@once_more_on_conflict
def answer_access(token: str) -> ResponseReturnValue:
    """Opening it changes nothing: programs that look into mails open links too."""
    form = AccessForm()
    asked = queries.request_for(hash_of(token), is_locked=form.is_submitted())
    keeper = queries.keeper_of(asked.organisation) if asked else None
    if keeper is not None:
        speak(page_language(keeper.language))  # As the mail did.
    if asked is not None and asked.expires_at > clock.now():
        with refusals_of(form, TEXTS):
            if form.validate_on_submit():
                _answer(asked, form)
                db.session.commit()
    status = 422 if form.is_submitted() and form.form_errors else 200
    return render_template("applications/answer_access.html", asked=asked, form=form, now=clock.now()), status


def _answer(asked: AccessRequest, form: AccessForm) -> None:
    if form.yes.data:
        returning.grant(asked, now=clock.now())
    elif form.no.data:
        returning.deny(asked, now=clock.now())


@bp.post("/my/<code>/ask-access")
@access(Allow.APPLICANT)
@limiter.limit("10 per hour")
@once_more_on_conflict
def ask_access(code: str) -> ResponseReturnValue:
    """With the number of an organisation that is known already; the rest of the step is kept."""
    application = application_or_404(code, is_locked=True)
    form, by, now = OrganisationForm.of(queries.as_wished(application)), Actor("applicant", code), clock.now()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            returning.ask_by_number(application, cvr_of(form.cvr.data) or "", by=by, now=now)
            form.cvr.data = ""
            phone = phone_of(form.phone.data)
            keeping.save_organisation(
                application, form.told(), contact_name=form.contact_name.data, phone=phone, by=by, now=now
            )
            db.session.commit()
            has_arrived(url_for(".organisation", code=code))
            return redirect(url_for(".access_asked", edition=application.edition))
    return step_page(application, Step.ORGANISATION, form), 422


@bp.post("/my/<code>/take-over")
@access(Allow.APPLICANT)
@once_more_on_conflict
def take_over(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    on = ".status"
    with refusals_of(None, TEXTS):
        taken = returning.take_over(application, folder=folder(), by=Actor("applicant", code), now=clock.now())
        db.session.commit()
        edition, on = in_language(taken.earlier.edition.name), ".organisation"
        flash(
            _("Taken over from %(edition)s. Look through each step: something may be different.", edition=edition),
            "success",
        )
        if taken.lost:
            flash(_("These documents are lost: %(names)s. Send them anew.", names=listed(taken.lost)), "warning")
    return redirect(url_for(on, code=code))
