"""Passes as organisers look after them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_line
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.passes import actions, queries
from eventsys.passes.actions import handing
from eventsys.passes.forms import PeopleForm, ReissueForm, RevokeForm, SearchForm
from eventsys.passes.models import Pass
from eventsys.passes.rules.codes import Code
from eventsys.passes.rules.short_code import from_short_code
from eventsys.passes.shown import ShownPass, shown
from eventsys.passes.texts import KINDS, TEXTS
from eventsys.passes.views.blueprint import bp, pass_or_404

MOST_SHOWN = 50


@bp.get("/organise/<edition:edition>/passes")
@access(Allow.ORGANISER)
def index(edition: Edition) -> ResponseReturnValue:
    form = SearchForm(request.args)
    found = None
    if form.short_code.data:
        try:
            found = queries.find(edition, from_short_code(form.short_code.data))
            if found is None:
                raise Refusal(Code.NO_SUCH_PASS, field="short_code")
        except Refusal as refusal:
            form.short_code.errors = [sentence_of(refusal, TEXTS)]
    return render_template(
        "passes/index.html",
        edition=edition,
        counts=queries.counts_by_kind(edition),
        kinds=KINDS,
        form=form,
        found=found,
        shown=shown(found) if found else None,
        revocation=queries.revocation_of(found) if found else None,
        people=PeopleForm(request.args),
        given=_given(edition),
    )


def _given(edition: Edition) -> list[tuple[ShownPass, Pass, bool]]:
    """The passes that people have got, as the search for one narrows them, each with whether it is revoked."""
    passes = queries.search(edition, clean_line(request.args.get("text")), most=MOST_SHOWN)
    revoked = queries.revoked_among([pass_.pass_id for pass_ in passes])
    return [(shown(pass_), pass_, pass_.pass_id in revoked) for pass_ in passes]


@bp.post("/organise/<edition:edition>/passes/<short>/resend")
@access(Allow.ORGANISER)
def resend(edition: Edition, short: str) -> ResponseReturnValue:
    pass_ = pass_or_404(edition, short)
    bundle = pass_.bundle or abort(404)
    with refusals_of(None, TEXTS):
        handing.send(bundle, now=clock.now())
        db.session.commit()
        flash(_("A mail is on its way to %(email)s.", email=bundle.email), "success")
    return redirect(url_for("passes.index", edition=edition, short_code=shown(pass_).short_code))


@bp.route("/organise/<edition:edition>/passes/<short>/revoke", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def revoke(edition: Edition, short: str) -> ResponseReturnValue:
    pass_, form = pass_or_404(edition, short), RevokeForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            actions.revoke(pass_, reason=form.reason.data, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("The pass is revoked. Phones learn of it with their next exchange."), "success")
            return redirect(url_for("passes.index", edition=edition, short_code=shown(pass_).short_code))
    return render_template(
        "passes/revoke.html", edition=edition, shown=shown(pass_), form=form
    ), 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/passes/<short>/reissue", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def reissue(edition: Edition, short: str) -> ResponseReturnValue:
    pass_, form = pass_or_404(edition, short), ReissueForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            new = actions.reissue(pass_, by=actor(), now=clock.now())
            db.session.commit()
            flash(_("There is a new pass; the old one is revoked."), "success")
            return redirect(url_for("passes.index", edition=edition, short_code=shown(new).short_code))
    return render_template(
        "passes/reissue.html", edition=edition, shown=shown(pass_), form=form
    ), 422 if form.errors else 200
