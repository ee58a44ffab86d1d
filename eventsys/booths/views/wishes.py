"""What organisers wish for booths: zones, two pitches, and who is kept away from whom without a word."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.booths import queries
from eventsys.booths.actions import wishing
from eventsys.booths.forms import AwayForm, WishForm
from eventsys.booths.texts import TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.booths.views.placing import ADDRESS, application_in
from eventsys.booths.wishes_shown import booth_wishes_shown, wishes_shown
from eventsys.editions.access import actor
from eventsys.editions.models import Edition


@bp.get("/organise/<edition:edition>/booths/wishes")
@access(Allow.ORGANISER)
def wishes(edition: Edition) -> ResponseReturnValue:
    return render_template("booths/wishes.html", edition=edition, shown=wishes_shown(edition))


@bp.route(f"{ADDRESS}/wishes", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def booth_wishes(edition: Edition, code: str) -> ResponseReturnValue:
    application = application_in(edition, code)
    form = _wish_form(application)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            wishing.wish(application, zone=form.zone.data, wants_two=form.wants_two.data, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Kept. It counts for the next proposal."), "success")
            return redirect(url_for(".booth_wishes", edition=edition, code=code))
    return _page(application, wish=form), 422 if form.is_submitted() else 200


def _wish_form(application: Application, **more: Any) -> WishForm:
    kept = queries.wish_of(application)
    zones = queries.zones_of(queries.pitches_on(application.edition))
    # A zone that no pitch has any more is shown until another one is chosen.
    zones += [kept.zone] if kept and kept.zone and kept.zone not in zones else []
    return WishForm(zones, obj=kept, **more)


def _page(application: Application, *, wish: WishForm | None = None, away: AwayForm | None = None) -> str:
    return render_template(
        "booths/booth_wishes.html", edition=application.edition, application=application,
        shown=booth_wishes_shown(application),
        wish=wish or _wish_form(application, formdata=None), away=away or AwayForm(_others(application), formdata=None),
    )  # fmt: skip


def _others(application: Application) -> list[tuple[str, str]]:
    there = applications.approved_of(application.edition)
    named = [(one.code, one.organisation.name) for one in there if one.id != application.id]
    return sorted(named, key=lambda one: one[1].casefold())


@bp.post(f"{ADDRESS}/wishes/apart")
@access(Allow.ORGANISER)
@once_more_on_conflict
def keep_away(edition: Edition, code: str) -> ResponseReturnValue:
    application = application_in(edition, code)
    form = AwayForm(_others(application))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            other = application_in(edition, form.other.data or "")
            wishing.keep_away(application, other, reason=form.reason.data, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Kept. It counts for the next proposal, and nobody but organisers sees it."), "success")
            return redirect(url_for(".booth_wishes", edition=edition, code=code))
    return _page(application, away=form), 422


@bp.post(f"{ADDRESS}/wishes/<other>/remove")
@access(Allow.ORGANISER)
def let_near(edition: Edition, code: str, other: str) -> ResponseReturnValue:
    there = {one.code: one for one in applications.all_of(edition)}
    if other in there:
        wishing.let_near(application_in(edition, code), there[other], by=actor(), now=clock.now())
        db.session.commit()
        flash(_("Dropped."), "success")
    return redirect(url_for(".booth_wishes", edition=edition, code=code))
