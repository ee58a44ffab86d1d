"""Putting counts right afterwards: one, or a whole sheet from paper; taking that back; saying why a phone's was put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.models import User
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions import queries as editions
from eventsys.editions.access import actor, signed_in_user
from eventsys.editions.models import Edition, Gate
from eventsys.gate import closings, correcting, correcting_shown
from eventsys.gate.correcting import Why
from eventsys.gate.correcting_shown import DayToCorrect
from eventsys.gate.forms import CorrectForm, ReasonForm, TakeBackForm, sheet_form
from eventsys.gate.rules.correcting import check, sums_of
from eventsys.gate.shown import day_to_show
from eventsys.gate.texts import TEXTS
from eventsys.gate.views.blueprint import IN_CHARGE, bp


@bp.route("/organise/<edition:edition>/gate/correct", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def correct(edition: Edition) -> ResponseReturnValue:
    gates, day = _where(edition)
    form = CorrectForm(data={"ticket": correcting.new_ticket(clock.now()), "gate": request.args.get("gate")})
    form.offer(gates)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            gate = next(gate for gate in gates if gate.code == form.gate.data)
            counted = [form.counted(day.window)]
            correcting.put_right(gate, counted, _why(form), day=day.window, **_sent(form))
            db.session.commit()
            return _saved(edition, day.number)
    page = render_template("gate/correct.html", edition=edition, form=form, day=day)
    return page, 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/gate/paper", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def paper(edition: Edition) -> ResponseReturnValue:
    gates, day = _where(edition)
    gate = next((gate for gate in gates if gate.code == request.args.get("gate")), gates[0])
    sheet, is_checked = correcting_shown.sheet_of(edition, gate, day, now=clock.now()), False
    form = sheet_form(sheet, ticket=correcting.new_ticket(clock.now()), reason=_("From paper"))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit() and "change" not in request.form:
            check(form.counted(), day=day.window, now=clock.now())
            is_checked = True
            if "save" in request.form:
                correcting.put_right(gate, form.counted(), _why(form), day=day.window, **_sent(form))
                db.session.commit()
                return _saved(edition, day.number)
    shown = {"gates": gates, "gate": gate, "day": day, "sheet": sheet, "form": form}
    if is_checked and not form.errors:
        return render_template("gate/paper_check.html", edition=edition, sums=sums_of(form.counted()), **shown)
    return render_template("gate/paper.html", edition=edition, **shown), 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/gate/correct/<code>/back", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def take_back(edition: Edition, code: str) -> ResponseReturnValue:
    found = correcting_shown.one(edition, code) or abort(404)
    if not found.is_typed:
        abort(404)
    form = TakeBackForm(data={"ticket": correcting.new_ticket(clock.now())})
    form.offer(found.others)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            correcting.take_back(found.scan, _why(form), is_whole=form.takes_others, **_sent(form))
            db.session.commit()
            return _saved(edition, found.day)
    is_closed = found.day in closings.closings_of(edition)
    page = render_template("gate/take_back.html", edition=edition, form=form, found=found, is_closed=is_closed)
    return page, 422 if form.errors else 200


@bp.route("/organise/<edition:edition>/gate/reason/<code>", methods=["GET", "POST"])
@access(*IN_CHARGE)
@once_more_on_conflict
def reason(edition: Edition, code: str) -> ResponseReturnValue:
    found, form = correcting_shown.one(edition, code) or abort(404), ReasonForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            correcting.give_reason(found.scan, _why(form), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for("gate.day_end", edition=edition, day=found.day))
    page = render_template("gate/reason.html", edition=edition, form=form, found=found)
    return page, 422 if form.errors else 200


def _where(edition: Edition) -> tuple[Sequence[Gate], DayToCorrect]:
    """The gates, and the day that is asked for; not found where there are none."""
    gates, now = editions.gates_of(edition), clock.now()
    day = day_to_show(edition, wanted=request.args.get("day", type=int), now=now)
    if not gates or day is None:
        abort(404)
    return gates, correcting_shown.day_to_correct(edition, day, now=now)


def _why(form: Any) -> Why:
    user: User = signed_in_user() or abort(403)
    return Why(form.reason.data, user)


def _sent(form: Any) -> dict[str, Any]:
    return {"ticket": form.ticket.data or "", "by": actor(), "now": clock.now()}


def _saved(edition: Edition, day: int) -> ResponseReturnValue:
    is_closed = day in closings.closings_of(edition)
    if is_closed:
        late = _(
            "Saved. Day %(number)s is closed: it stands there as come late, and counts once an organiser accepts it.",
            number=day,
        )
        flash(late, "success")
    else:
        flash(_("Saved."), "success")
    return redirect(url_for("gate.day_end", edition=edition, day=day))
