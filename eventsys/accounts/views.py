"""Taking up an invitation. The other pages of accounts are the library's, see `security`."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts import actions
from eventsys.accounts.credentials import invited_by
from eventsys.accounts.forms import TakeUpForm
from eventsys.accounts.rules import Allow
from eventsys.accounts.texts import TEXTS
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import refusals_of

bp = Blueprint("accounts", __name__)


@bp.route("/account/invitation/<token>", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def take_up(token: str) -> ResponseReturnValue:
    user = invited_by(token, now=clock.now())
    if user is None:
        return render_template("accounts/no_invitation.html"), 404
    form = TakeUpForm()
    if form.validate_on_submit():
        with refusals_of(form, TEXTS):
            actions.take_up(user, password=form.password.data or "", now=clock.now())
            db.session.commit()
            flash(_("Your password is set. Sign in with it."), "success")
            return redirect(url_for("security.login"))
    return render_template("accounts/take_up.html", form=form, invited=user)
