"""Volunteers and guests: a list that an organiser brings, and links by which they take a pass themselves."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import current_language
from eventsys.base.ids import new_token
from eventsys.base.refusals import Refusal
from eventsys.base.rendering import address_of
from eventsys.base.web.access import access
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.passes import queries
from eventsys.passes.actions import inviting
from eventsys.passes.forms import JoinForm, LinkForm, ListForm, SureForm, code_by
from eventsys.passes.models import PassLink
from eventsys.passes.rules.codec import PassKind, days_of
from eventsys.passes.rules.codes import Code
from eventsys.passes.texts import KINDS, TEXTS
from eventsys.passes.views.blueprint import bp

LARGEST_LIST = 1_000_000


@bp.route("/organise/<edition:edition>/passes/import", methods=["GET", "POST"], endpoint="import")
@access(Allow.ORGANISER)
@once_more_on_conflict
def import_(edition: Edition) -> ResponseReturnValue:
    form, plan = ListForm(data={"language": current_language()}), None
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            content = _list_in(form)
            if "take" in request.form:
                language = form.language.data
                done = inviting.import_guests(edition, content, language=language, by=actor(), now=clock.now())
                db.session.commit()
                said = _(
                    "%(new)s passes issued, %(unchanged)s were there already.",
                    new=done.accepted,
                    unchanged=done.unchanged,
                )
                flash(said, "success")
                return redirect(url_for(".index", edition=edition))
            plan, form.content.data = inviting.plan_guests(edition, content), b64encode(content).decode()
    refused = [(one.row, one.reference, one.field, sentence_of(one, TEXTS)) for one in plan.refused] if plan else []
    page = render_template("passes/import.html", edition=edition, form=form, plan=plan, refused=refused)
    return page, 422 if form.errors or form.form_errors else 200


def _list_in(form: ListForm) -> bytes:
    """The list that was chosen now, else the one that was looked at before."""
    file = request.files.get("file")
    try:
        content = file.read(LARGEST_LIST + 1) if file and file.filename else b64decode(form.content.data or "")
    except binascii.Error:
        content = b""
    if not content or len(content) > LARGEST_LIST:
        raise Refusal(Code.LIST_UNREADABLE, field="file")
    return content


@bp.route("/organise/<edition:edition>/passes/links", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def links(edition: Edition) -> ResponseReturnValue:
    until = clock.local(max(day.closes_at for day in edition.open_days)).replace(tzinfo=None, second=0, microsecond=0)
    form = LinkForm(data={"kind": str(PassKind.VOLUNTEER.value), "closes_at": until})
    form.offer(edition.open_days)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            inviting.make_link(edition, form.said(), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The link is there. Send it to those whom it is for."), "success")
            return redirect(url_for(".links", edition=edition))
    made = [
        (link, address_of("passes.join", code=link.code), queries.given_by(link)) for link in queries.links_of(edition)
    ]
    page = render_template("passes/links.html", edition=edition, form=form, links=made, kinds=KINDS, kind_of=PassKind)
    return page, 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/passes/links/<code>/close", methods=["GET", "POST"])
@access(Allow.ORGANISER)
def close_link(edition: Edition, code: str) -> ResponseReturnValue:
    link, form = _link_or_404(code), SureForm()
    if link.edition_id != edition.id:
        abort(404)
    if form.validate_on_submit():
        inviting.close_link(link, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The link gives no more passes. Those that it gave stay."), "success")
        return redirect(url_for(".links", edition=edition))
    return render_template("passes/close_link.html", edition=edition, link=link)


def _link_or_404(code: str) -> PassLink:
    return queries.find_link(code) or abort(404)


@bp.route("/passes/join/<code>", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit("60 per hour", methods=["POST"])
@once_more_on_conflict
def join(code: str) -> ResponseReturnValue:
    link, form, now = _link_or_404(code), JoinForm(data={"ticket": new_token()}), clock.now()
    edition = queries.edition_of(link)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            wanted = form.wanted(days_of(link.days), current_language())
            made = inviting.join(link, wanted, code=code_by(form.ticket.data, wanted), by=Actor("visitor"), now=now)
            db.session.commit()
            flash(_("A mail with the link to this page is on its way to %(email)s.", email=made.email), "success")
            return redirect(url_for(".bundle", code=made.code))
    is_open = link.closes_at > now and queries.given_by(link) < link.most
    days = [day for day in edition.open_days if day.number in days_of(link.days)]
    kind = KINDS[PassKind(link.kind)]
    page = render_template("passes/join.html", edition=edition, form=form, days=days, kind=kind, is_open=is_open)
    return page, 422 if form.is_submitted() else 200
