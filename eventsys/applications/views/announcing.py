"""Tell later: see what is staged, a page at a time, each with the mail it will send; and announce it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import announcing, batches, decisions
from eventsys.applications.models import Application, Batch
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.decisions import ways_to_limit
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import moment_or_none, once_more_on_conflict, refusals_of
from eventsys.editions.access import signed_in_user
from eventsys.editions.models import Edition


@bp.route("/organise/<edition:edition>/applications/announce", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def announce(edition: Edition) -> ResponseReturnValue:
    if request.method == "POST":
        return _announce(edition)
    seen_at = clock.now().isoformat()  # Before it is read.
    page = queries.staged_page_of(edition, request.args.get("page", 1, type=int))
    return render_template(
        "applications/announce.html",
        edition=edition,
        page=page,
        staged=[(one, mark_of(one)) for one in page.rows],
        standings=queries.standings_of(edition),
        running=queries.announcing_in(edition),
        seen_at=seen_at,
    )


def _announce(edition: Edition) -> ResponseReturnValue:
    """Tell those that are ticked, and remember of the others that were shown that they are held back."""
    staged = queries.staged_of(edition, is_locked=True)
    looked_at, shown = set(request.form.getlist("told")), set(request.form.getlist("shown"))
    left = [one for one in staged if mark_of(one) in shown - looked_at]
    chosen = [one for one in staged if mark_of(one) in looked_at]
    if "all" in request.form:
        chosen += _on_other_pages(staged, shown | looked_at)
    with refusals_of(None, TEXTS, ways_to_limit(edition)):
        decisions.hold_back(left, is_held=True)
        decisions.hold_back(chosen, is_held=False)
        db.session.flush()
        batch = (
            announcing.release(edition, chosen, by=cast("User", signed_in_user()), now=clock.now()) if chosen else None
        )
        db.session.commit()
        _say(batch, left=len(left), missed=len(looked_at) > len(chosen))
        if batch is not None and batch.finished_at is None:
            return redirect(url_for(".show_batch", edition=edition, code=batch.code))
    return redirect(url_for(".announce" if queries.staged_count_of(edition) else ".index", edition=edition))


def _on_other_pages(staged: Sequence[Application], marks: set[str]) -> list[Application]:
    """Those that were not on the page that was sent, and that nobody held back or decided on since it was opened."""
    seen_at: datetime = moment_or_none(request.form.get("seen_at")) or abort(400)
    here = {mark.partition(" ")[0] for mark in marks}
    return [one for one in staged if one.code not in here and not one.is_held_back and one.changed_at <= seen_at]


def _say(batch: Batch | None, *, left: int, missed: bool) -> None:
    if batch is not None and batch.finished_at is not None:
        told = len(batches.done_codes(batch))
        flash(ngettext("%(num)d decision is announced.", "%(num)d decisions are announced.", told), "success")
    if left:
        flash(ngettext("%(num)d stays held back.", "%(num)d stay held back.", left), "info")
    if missed:
        flash(_("Some changed since you opened the page and were not announced. Look at them once more."), "warning")


def mark_of(application: Application) -> str:
    """What the announcing page sends of an application: which one, and in which state of changes it was looked at."""
    return f"{application.code} {application.changed_at.isoformat()}"


@bp.get("/organise/<edition:edition>/applications/<code>/preview")
@access(Allow.ORGANISER)
def preview_mail(edition: Edition, code: str) -> ResponseReturnValue:
    """The mail that announcing this decision sends, made when somebody wants to see it."""
    application = queries.find_in(edition, code) or abort(404)
    if not decisions.is_staged(application):
        return redirect(url_for(".show", edition=edition, code=code))
    subject, text = decisions.mail_of(application)
    return render_template(
        "applications/preview_mail.html", edition=edition, application=application, subject=subject, text=text
    )
