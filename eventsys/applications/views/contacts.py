"""The people to reach at an organisation, as the applicant keeps them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications.actions import keeping
from eventsys.applications.forms.steps import ContactForm
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.blueprint import bp
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of


@bp.route("/my/<code>/contacts", methods=["GET", "POST"])
@access(Allow.APPLICANT)
@once_more_on_conflict
def contacts(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    form = ContactForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            keeping.add_contact(application, form.told(), by=Actor("applicant", code), now=clock.now())
            db.session.commit()
            has_arrived()
            flash(_("%(name)s is kept.", name=form.name.data), "success")
            return redirect(url_for(".contacts", code=code))
    page = render_template(
        "applications/contacts.html", application=application, edition=application.edition, form=form,
        may_change=keeping.may_change(application, now=clock.now()),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.post("/my/<code>/contacts/remove")
@access(Allow.APPLICANT)
def remove_contact(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    with refusals_of(None, TEXTS):
        email = request.form.get("email", "")
        if keeping.remove_contact(application, email, by=Actor("applicant", code), now=clock.now()):
            db.session.commit()
            flash(_("Removed."), "success")
    return redirect(url_for(".contacts", code=code))
