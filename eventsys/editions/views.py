"""The front page, the editions somebody may work on, and the team of one."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.accounts.rules import Allow, Role
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions import actions, queries
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.forms import InviteForm
from eventsys.editions.models import Edition, TeamMember
from eventsys.editions.rules import call_state
from eventsys.editions.tasks import tasks_of
from eventsys.editions.texts import ROLES, TEXTS

bp = Blueprint("editions", __name__)


@bp.get("/")
@access(Allow.PUBLIC)
def home() -> ResponseReturnValue:
    now, today = clock.now(), clock.today()
    published = queries.published()
    coming = [edition for edition in reversed(published) if edition.ends_on >= today]
    past = [edition for edition in published if edition.ends_on < today]
    calls = {edition.id: call_state(edition.call_opens_at, edition.call_closes_at, now) for edition in coming}
    return render_template("editions/home.html", coming=coming, past=past, calls=calls)


@bp.get("/organise/")
@access(Allow.SIGNED_IN)
def index() -> ResponseReturnValue:
    me = _me()
    mine = queries.all_of(me)
    tasks = [task for edition in mine for task in tasks_of(edition, me)]
    return render_template("editions/index.html", editions=mine, me=me, today=clock.today(), tasks=tasks)


@bp.get("/organise/<edition:edition>/team")
@access(Allow.ORGANISER)
def team(edition: Edition) -> ResponseReturnValue:
    return render_template("editions/team.html", edition=edition, team=queries.team_of(edition), roles=ROLES, me=_me())


@bp.route("/organise/<edition:edition>/team/invite", methods=["GET", "POST"])
@access(Allow.ADMINISTRATOR)
@once_more_on_conflict
def invite(edition: Edition) -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        with refusals_of(form, TEXTS):
            member = actions.invite(
                edition,
                email=form.email.data or "",
                name=form.name.data,
                role=Role(form.role.data),
                language=form.language.data,
                by=actor(),
                now=clock.now(),
            )
            db.session.commit()
            flash(_("A mail is on its way to %(email)s.", email=member.user.email), "success")
            return redirect(url_for("editions.team", edition=edition))
    return render_template("editions/invite.html", edition=edition, form=form)


@bp.post("/organise/<edition:edition>/team/<code>/resend")
@access(Allow.ADMINISTRATOR)
def resend(edition: Edition, code: str) -> ResponseReturnValue:
    member = _member(edition, code)
    with refusals_of(None, TEXTS):
        actions.resend_invitation(edition, member, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("A fresh link is on its way to %(email)s.", email=member.user.email), "success")
    return redirect(url_for("editions.team", edition=edition))


@bp.get("/organise/<edition:edition>/team/<code>/remove")
@access(Allow.ADMINISTRATOR)
def remove(edition: Edition, code: str) -> ResponseReturnValue:
    return render_template("editions/remove.html", edition=edition, member=_member(edition, code), roles=ROLES)


@bp.post("/organise/<edition:edition>/team/<code>/remove")
@access(Allow.ADMINISTRATOR)
def remove_now(edition: Edition, code: str) -> ResponseReturnValue:
    member = _member(edition, code)
    name = member.user.name
    actions.remove_from_team(edition, member, by=actor(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is no longer on the team.", name=name), "success")
    return redirect(url_for("editions.team", edition=edition))


def _me() -> User:
    return cast("User", signed_in_user())  # The gatekeeper has let in only who is signed in.


def _member(edition: Edition, code: str) -> TeamMember:
    return queries.member(edition, code) or abort(404)
