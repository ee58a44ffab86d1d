"""Logo and documents: sent by the applicant, read by the team; the logo of who takes part by everybody."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import attachments, keeping
from eventsys.applications.actions.attachments import Sent
from eventsys.applications.forms.steps import DocumentForm
from eventsys.applications.models import Application
from eventsys.applications.rules.parts import AttachmentPurpose, purposes_of
from eventsys.applications.rules.steps import Step
from eventsys.applications.texts import PURPOSES, TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.listing import READERS
from eventsys.applications.views.steps import guide_of
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import refusals_of
from eventsys.editions.models import Edition
from eventsys.files.rules.codes import Code as FileCode
from eventsys.files.web import folder, given_out


def _form(application: Application) -> DocumentForm:
    return DocumentForm(purposes_of(sells_food=application.sells_food, uses_gas=application.uses_gas))


@bp.route("/my/<code>/documents", methods=["GET", "POST"])
@access(Allow.APPLICANT)
def documents(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    if request.method == "GET" and not keeping.may_change(application, now=clock.now()):
        return redirect(url_for(".status", code=code))
    form = _form(application)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            purpose = AttachmentPurpose(form.purpose.data)
            attachments.attach(
                application, _sent(), purpose, folder=folder(), expires_on=form.expires_on.data,
                by=Actor("applicant", code), now=clock.now(),
            )  # fmt: skip
            db.session.commit()
            flash(_("Kept: %(document)s.", document=PURPOSES[purpose]), "success")
            return redirect(url_for(".documents", code=code))
    page = render_template(
        "applications/documents.html",
        application=application,
        edition=application.edition,
        form=form,
        attachments=[(one, PURPOSES[one.purpose]) for one in queries.attachments_of(application)],
        guide=guide_of(application, Step.DOCUMENTS),
        on_url=url_for(".questions" if queries.questions_put_to(application) else ".check", code=code),
    )
    return page, 422 if form.is_submitted() else 200


def _sent() -> Sent:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refusal(FileCode.FILE_MISSING, field="file")
    return Sent(file.read(), file.filename)


@bp.get("/my/<code>/documents/<file>")
@access(Allow.APPLICANT)
def my_document(code: str, file: str) -> ResponseReturnValue:
    attachment = queries.attachment(application_or_404(code), file) or abort(404)
    return given_out(attachment.file)


@bp.post("/my/<code>/documents/<file>/remove")
@access(Allow.APPLICANT)
def remove_document(code: str, file: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    attachment = queries.attachment(application, file) or abort(404)
    word = PURPOSES[attachment.purpose]
    with refusals_of(None, TEXTS):
        attachments.detach(application, attachment, folder=folder(), by=Actor("applicant", code), now=clock.now())
        db.session.commit()
        flash(_("Removed: %(document)s. Send it again if that was a mistake.", document=word), "success")
    return redirect(url_for(".documents", code=code))


@bp.get("/organise/<edition:edition>/applications/<code>/documents/<file>")
@access(*READERS)
def document(edition: Edition, code: str, file: str) -> ResponseReturnValue:
    application = queries.find_in(edition, code) or abort(404)
    attachment = queries.attachment(application, file) or abort(404)
    return given_out(attachment.file)
