"""Notes, tags and reviewers on the page of one application."""

from __future__ import annotations

from typing import cast

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import reviewing
from eventsys.applications.models import Application
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.listing import READERS
from eventsys.applications.views.organisers import application_page, team_for_review
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_text
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of, sentence_of
from eventsys.editions.access import signed_in_user
from eventsys.editions.models import Edition

ADDRESS = "/organise/<edition:edition>/applications/<code>"


def _me() -> User:
    return cast("User", signed_in_user())


def _application(edition: Edition, code: str) -> Application:
    return queries.find_in(edition, code) or abort(404)


def _back(edition: Edition, code: str, part: str) -> ResponseReturnValue:
    return redirect(url_for(".show", edition=edition, code=code, said=part, _anchor=part))


@bp.post(f"{ADDRESS}/notes")
@access(*READERS)
def add_note(edition: Edition, code: str) -> ResponseReturnValue:
    application, written = _application(edition, code), request.form.get("text", "")
    try:
        reviewing.write_note(application, written, by=_me(), now=clock.now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(sentence_of(refusal, TEXTS), "error")
        return application_page(application, note=clean_text(written)), 422
    flash(_("Your note is kept. Only the team reads it, and whoever asks to see what is kept about them."), "success")
    has_arrived()
    return _back(edition, code, "notes")


@bp.post(f"{ADDRESS}/notes/<note>/remove")
@access(*READERS)
def remove_note(edition: Edition, code: str, note: str) -> ResponseReturnValue:
    application = _application(edition, code)
    with refusals_of(None, TEXTS):
        kept = queries.note(application, note) or abort(404)
        reviewing.remove_note(application, kept, by=_me(), now=clock.now())
        db.session.commit()
        flash(_("Your note is removed."), "success")
    return _back(edition, code, "notes")


@bp.post(f"{ADDRESS}/tags")
@access(Allow.ORGANISER)
@once_more_on_conflict
def add_tag(edition: Edition, code: str) -> ResponseReturnValue:
    application = _application(edition, code)
    with refusals_of(None, TEXTS):
        tag = reviewing.tag_called(edition, request.form.get("tag", ""))
        reviewing.add_tag(application, tag, by=_me(), now=clock.now())
        db.session.commit()
        flash(_("Tagged: %(tag)s.", tag=tag.name), "success")
        has_arrived()
    return _back(edition, code, "tags")


@bp.post(f"{ADDRESS}/tags/<tag>/remove")
@access(Allow.ORGANISER)
def remove_tag(edition: Edition, code: str, tag: str) -> ResponseReturnValue:
    application = _application(edition, code)
    stuck = queries.tag(edition, tag) or abort(404)
    reviewing.remove_tag(application, stuck, by=_me(), now=clock.now())
    db.session.commit()
    flash(_("The tag is taken off."), "success")
    return _back(edition, code, "tags")


@bp.post(f"{ADDRESS}/reviewers")
@access(Allow.ORGANISER)
@once_more_on_conflict
def assign_reviewer(edition: Edition, code: str) -> ResponseReturnValue:
    application = _application(edition, code)
    chosen = {str(user.id): user for user in team_for_review(edition)}.get(request.form.get("user", ""))
    if chosen is None:
        flash(_("Choose somebody of the team."), "error")
        return _back(edition, code, "reviewers")
    if reviewing.assign(application, chosen, by=_me(), now=clock.now()):
        reviewing.tell_reviewer(chosen, edition, [application.organisation.name], by=_me(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is asked to look at it, by mail too.", name=chosen.name), "success")
    return _back(edition, code, "reviewers")


@bp.post(f"{ADDRESS}/reviewers/remove")
@access(Allow.ORGANISER)
def remove_reviewer(edition: Edition, code: str) -> ResponseReturnValue:
    application = _application(edition, code)
    asked_now = {str(user.id): user for user in queries.reviewers_of(application)}
    asked = asked_now.get(request.form.get("user", "")) or abort(404)
    reviewing.unassign(application, asked, by=_me(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is no longer asked.", name=asked.name), "success")
    return _back(edition, code, "reviewers")
